"""Memory of this process and of those that it starts (Linux), by the kernel's own count of what lies in main memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_EVERY_S = 0.25


def resident_mb() -> float:
    """Return how many megabytes lie in main memory now."""
    return _status_mb("VmRSS")


def peak_mb() -> float:
    """Return the most that lay there so far, megabytes.

    Not `ru_maxrss` of `getrusage`: that begins with what the process had that started this one.
    """
    return _status_mb("VmHWM")


class TreePeak:
    """Watches this process and all that it starts: the most that lay in main memory at one time, libraries once.

    Use it in a `with` statement; `peak_mb` holds afterwards. A peak shorter than a quarter of a second may be missed.
    """

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> TreePeak:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watch.join()

    def _run(self) -> None:
        while not self._stop.wait(_EVERY_S):
            members = [os.getpid(), *below(os.getpid())]
            # What is mapped from files, libraries above all, is the same in each of them.
            now_mb = _status_mb("RssFile") + sum(_anonymous_mb(member) for member in members)
            self.peak_mb = max(self.peak_mb, now_mb)


def below(process: int) -> Iterator[int]:
    """Yield the processes that a process has started, and theirs, as far as they still run."""
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            for child in map(int, task.read_text().split()):
                yield child
                yield from below(child)


def _anonymous_mb(process: int) -> float:
    try:
        return _status_mb("RssAnon", process) + _status_mb("RssShmem", process)
    except (OSError, StopIteration):  # it has ended meanwhile
        return 0.0


def _status_mb(name: str, process: int | str = "self") -> float:
    lines = (line.split() for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return next(float(line[1]) for line in lines if line[0] == f"{name}:") * 1024 / 1e6
