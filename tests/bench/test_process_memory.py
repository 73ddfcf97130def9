"""The most memory of a process is its own, not what the one that started it had; that of several is added up."""

from __future__ import annotations

import subprocess
import sys

from bench.process_memory import TreePeak, peak_mb, resident_mb


def test_the_peak_is_the_process_s_own() -> None:
    held = bytes(range(256)) * 2_000_000
    most_mb = peak_mb()
    assert most_mb >= resident_mb() >= 500
    del held
    # The kernel counts in batches for each processor.
    assert abs(peak_mb() - most_mb) < 10
    program = "from bench.process_memory import peak_mb; print(peak_mb())"
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 5 < float(child.stdout) < 100


def test_the_peak_of_several_processes_is_that_of_one_moment() -> None:
    program = "import time; held = bytes(range(256)) * 1_200_000; time.sleep(1.5)"
    with TreePeak() as two:
        children = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
        for child in children:
            child.wait()
    with TreePeak() as one:
        for _ in range(2):
            subprocess.run([sys.executable, "-c", program], check=True)
    assert 280 < two.peak_mb - one.peak_mb < 340
