"""The analysis of the last seconds, beside the frames: one at a time, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from language.current import current, set_current
from language.translate import _


class WindowThread:
    """Run the analysis of the window of seconds up to a frame while the model works on the next one.

    Parameters
    ----------
    analyse : callable
        Analyses the window.

    Attributes
    ----------
    problem : str
        Why the last one failed, in words; "" where it did not.
    """

    def __init__(self, analyse: Callable[[], None]) -> None:
        self._analyse = analyse
        # Errors are reported in the language of the session.
        self._thread = ThreadPoolExecutor(1, "hingecheck-window", set_current, (current(),))
        self._running: Future[None] | None = None
        self.problem = ""

    def begin(self) -> None:
        """Begin an analysis."""
        self._running = self._thread.submit(self._run)

    def wait(self) -> None:
        """Wait for the one that was begun last."""
        if self._running is not None:
            self._running.result()

    def close(self) -> None:
        """End the thread, after what was begun."""
        self._thread.shutdown()

    def _run(self) -> None:
        try:
            self._analyse()
            self.problem = ""
        except Exception as error:  # reported, and the camera goes on
            self.problem = _("The last seconds could not be analysed ({error}). If it goes on, stop and start the "
                             "camera.").format(error=error)
