"""Networks that come and go in threads leave no memory behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

#: Two networks at once, six times, in a process of their own; prints what is in memory after each time, megabytes.
ROUNDS = """
import threading
import numpy as np
from pose.frames import Frame
from pose.io.video import VideoReader
from pose.model.estimator import Estimator

with VideoReader("samples/hinge_neutral.mp4") as reader:
    images = [(frame.index, frame.time_s, np.ascontiguousarray(frame.image)) for frame, _ in zip(reader, range(20))]
frames = [Frame(*image) for image in images]

def detect():
    with Estimator() as estimator:
        for frame in frames:
            estimator.detect(frame)

for _ in range(6):
    threads = [threading.Thread(target=detect) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the stores are those of Linux's C library")
def test_twelve_networks_leave_no_more_than_four() -> None:
    done = subprocess.run([sys.executable, "-c", ROUNDS], capture_output=True, text=True, cwd=ROOT, check=True)
    after_mb = [float(line) for line in done.stdout.split()]
    # Without the limit each round leaves about 60 MB.
    assert max(after_mb[2:]) - after_mb[1] < 60, after_mb
