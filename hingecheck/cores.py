"""How many processors this program may use."""

from __future__ import annotations

import os


def count() -> int:
    """Return the number of processors that this process may run on, at least 1."""
    # A container or `taskset` may leave fewer than the machine has; not every system tells.
    allowed = getattr(os, "sched_getaffinity", None)
    return max(1, len(allowed(0)) if allowed else os.cpu_count() or 1)


def jobs_of(wanted: int | None) -> int:
    """Return how many things may be done at once: as many as were asked for, or one on each processor.

    Examples
    --------
    >>> jobs_of(3)
    3
    """
    return count() if wanted is None else max(1, wanted)
