"""Memory of this process (Linux), by the kernel's own count of what lies in main memory."""

from __future__ import annotations

import resource
from pathlib import Path


def resident_mb() -> float:
    """Return how many megabytes lie in main memory now."""
    return _status_mb("VmRSS")


def peak_mb() -> float:
    """Return the most that lay there so far, megabytes.

    Not `ru_maxrss` of `getrusage`: that begins with what the process had that started this one.
    """
    return _status_mb("VmHWM")


def children_peak_mb() -> float:
    """Return the most that the largest of the processes that this one has started and ended had, megabytes; 0 = none.

    With what it shares with this one, so it is too much where both are added up.
    """
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6


def _status_mb(name: str) -> float:
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return next(float(line[1]) for line in lines if line[0] == f"{name}:") * 1024 / 1e6
