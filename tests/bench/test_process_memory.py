"""The most memory of a process is its own, not what the one that started it had."""

from __future__ import annotations

import subprocess
import sys

from bench.process_memory import peak_mb, resident_mb


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
