"""Free what a window held soon after it was closed: its folder, uploads, background work and memory.

What a window holds refers to itself in a ring, which only a full garbage collection frees. Python makes those rarely in
a server of this size: none in 42 analyses, each in a window of its own. Streamlit's own after every run is off, because
it delays the live video.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pose.model.freed_memory import give_back, limit_stores

#: Streamlit lets a window come back for a while (120 s by its default) and forgets it then, without closing it: it is
#: closed this long before.
_BEFORE_S, _EVERY_S = 10.0, 5.0


class OpenWindows:
    """The windows that have shown a page; those that were closed are closed for good after a while.

    Parameters
    ----------
    is_open : callable
        Whether the window with this id has a connection.
    close : callable
        Lets a window go, so that it cannot come back.
    clock : callable, optional
        Seconds that only grow.
    """

    def __init__(self, is_open: Callable[[str], bool], close: Callable[[str], None],
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._is_open, self._close, self._clock = is_open, close, clock
        self._open_s: dict[str, float] = {}

    def add(self, window: str) -> None:
        """Note that a window shows a page now; from any thread."""
        self._open_s[window] = self._clock()

    def close_closed(self) -> int:
        """Let the windows go that have had no connection for some time; return how many."""
        now_s, closed = self._clock(), 0
        for window, open_s in list(self._open_s.items()):
            if self._is_open(window):
                self._open_s[window] = now_s
            elif now_s - open_s > config.get_option("server.disconnectedSessionTTL") - _BEFORE_S:
                del self._open_s[window]
                self._close(window)
                closed += 1
        return closed


class _ServerWindows:
    """The windows of the one server in this process."""

    windows = OpenWindows(lambda window: Runtime.instance().is_active_session(window),
                          lambda window: Runtime.instance().close_session(window))


def note() -> None:
    """Note that the window whose page is drawn is open."""
    context = get_script_run_ctx()
    if context is not None:
        _ServerWindows.windows.add(context.session_id)


@asynccontextmanager
async def freed() -> AsyncIterator[None]:
    """Free what closed windows held, as long as the server runs."""
    # Each window's page runs in threads of its own. `hingecheck app` has done it before it had any.
    limit_stores()
    task = asyncio.create_task(_free_for_ever())
    try:
        yield
    finally:
        task.cancel()


async def _free_for_ever() -> None:
    while True:
        await asyncio.sleep(_EVERY_S)
        if _ServerWindows.windows.close_closed():
            # The end of a window deletes files and waits for processes: not where messages are handled.
            await asyncio.to_thread(_collect)


def _collect() -> None:
    gc.collect()
    give_back()
