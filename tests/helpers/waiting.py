"""Wait for what another thread, process or browser is about to do."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(condition: Callable[[], object], what: str = "the condition was not met", within_s: float = 60.0) -> None:
    """Return as soon as a condition holds; raise AssertionError with these words where it does not in time."""
    end_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end_s, f"{what} within {within_s:.0f} s"
        time.sleep(0.05)
