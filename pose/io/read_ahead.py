"""An iterable -> the same one, worked on ahead in a thread of its own, so that the steps of a chain overlap."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from contextvars import copy_context
from typing import TypeVar

Item = TypeVar("Item")


class _End:
    """Stands behind the last item: how the work ended."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def read_ahead(items: Iterable[Item], most: int = 4) -> Generator[Item, None, None]:
    """Yield the items in their order while a thread prepares the next ones, at most so many.

    An error of the iterable is raised where its item would have come. Closing the generator ends the thread.

    Examples
    --------
    >>> list(read_ahead(range(3)))
    [0, 1, 2]
    """
    ready: queue.Queue[Item | _End] = queue.Queue(most)
    stop = threading.Event()

    def work() -> None:
        error = None
        try:
            for item in items:
                ready.put(item)
                if stop.is_set():
                    break
        except BaseException as raised:  # handed over, not hidden
            error = raised
        ready.put(_End(error))

    # With the caller's context: an error is in the caller's language.
    thread = threading.Thread(target=copy_context().run, args=(work,), name="hingecheck-ahead", daemon=True)
    thread.start()
    last: _End | None = None
    try:
        while not isinstance(last, _End):
            item = ready.get()
            if isinstance(item, _End):
                last = item
            else:
                yield item
    finally:
        stop.set()
        while last is None:  # make room until the thread has seen that it is to stop
            item = ready.get()
            last = item if isinstance(item, _End) else None
        thread.join()
    if last.error is not None:
        raise last.error
