"""Networks that come and go in threads leave no memory behind."""

from __future__ import annotations

import ctypes
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

#: Frees three large pieces and prints how many of the next three lie outside of the stores, by glibc's own count.
LARGE_PIECES = """
import ctypes
import pose.model.estimator

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

class Counts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks",
                                                     "fsmblks", "uordblks", "fordblks", "keepcost")]

libc.mallinfo2.restype = Counts
for _ in range(2):
    before = libc.mallinfo2().hblks
    pieces = [libc.malloc(24 << 20) for _ in range(3)]
    outside = libc.mallinfo2().hblks - before
    for piece in pieces:
        libc.free(piece)
print(outside)
"""
needs_glibc = pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "mallinfo2"),
                                 reason="the stores are those of glibc")


def of_program(text: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, cwd=ROOT, check=True)
    return [float(line) for line in done.stdout.split()]


@needs_glibc
def test_large_pieces_stay_outside_of_the_stores_after_such_were_freed() -> None:
    assert of_program(LARGE_PIECES) == [3]


@needs_glibc
def test_twelve_networks_leave_no_more_than_four() -> None:
    after_mb = of_program(ROUNDS)
    # Without the limit each round leaves about 60 MB.
    assert max(after_mb[2:]) - after_mb[1] < 60, after_mb
