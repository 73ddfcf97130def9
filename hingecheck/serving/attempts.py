"""Slow down and lock out who tries passwords: by the name that is tried, and by the address that tries.

A name that nobody has is treated like any other, so that no answer tells which names there are.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

#: So many wrong passwords are a person's own; then each costs twice the wait of the one before.
FREE, LONGEST_WAIT_S = 3, 60.0
#: From so many on nothing is tried for a while, and then it begins anew.
LOCKED_FROM, LOCKED_S = 10, 15 * 60.0
#: Behind one address may be a whole clinic.
_ADDRESS_FACTOR = 5
#: Names and addresses that are remembered; the oldest go first.
_MOST = 10_000


@dataclass
class _Count:
    failures: int = 0
    next_s: float = 0.0
    last_s: float = 0.0


class Attempts:
    """Counts failed logins; safe to share between threads.

    Parameters
    ----------
    clock : callable
        Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, _Count] = {}
        self._lock = threading.Lock()

    def begin(self, name: str, address: str) -> float:
        """Count an attempt as failed before its password is checked; return 0, or the seconds to wait before one.

        Counting first keeps many attempts at once from all being checked.
        """
        now_s = self._clock()
        with self._lock:
            counts = [(self._count(key), factor) for key, factor in _keys(name, address)]
            wait_s = max(count.next_s - now_s for count, _ in counts)
            if wait_s > 0:
                return wait_s
            for count, factor in counts:
                _add_failure(count, factor, now_s)
            return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name, and one of its address, after a right password."""
        with self._lock:
            (by_name, _), (by_address, _) = _keys(name, address)
            self._counts.pop(by_name, None)
            count = self._count(by_address)
            count.failures, count.next_s = max(0, count.failures - 1), 0.0

    def _count(self, key: str) -> _Count:
        now_s = self._clock()
        count = self._counts.pop(key, None)
        if count is None or now_s - count.last_s > LOCKED_S:
            count = _Count(last_s=now_s)
        self._counts[key] = count
        while len(self._counts) > _MOST:
            self._counts.pop(next(iter(self._counts)))
        return count


def _add_failure(count: _Count, factor: int, now_s: float) -> None:
    count.failures += 1
    count.last_s = now_s
    beyond = count.failures - FREE * factor
    if count.failures >= LOCKED_FROM * factor:
        count.next_s = now_s + LOCKED_S
    elif beyond >= 0:
        count.next_s = now_s + min(LONGEST_WAIT_S, 2.0 ** beyond)


def _keys(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    folded = unicodedata.normalize("NFKC", name[:200]).casefold().strip()
    return (f"name {folded}", 1), (f"address {address}", _ADDRESS_FACTOR)
