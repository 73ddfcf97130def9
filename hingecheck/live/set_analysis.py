"""A set that is over -> judged as a whole and kept, on a thread of its own: the camera goes on."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from exercises.results import SetReport
from hingecheck.live.autosave import KeptSet
from hingecheck.live.session import Live
from hingecheck.overlay.key_images import key_images

NAME = "live"


class Judge:
    """Judges the sets of one live session, one after the other; call `close` in the end.

    Attributes
    ----------
    report : SetReport or None
        Of the last set that was judged.
    problem : str
        Why the last one could not be judged; "" for nothing.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "hingecheck-judge")
        self._last: Future[None] | None = None
        self.report: SetReport | None = None
        self.problem = ""

    @property
    def is_judging(self) -> bool:
        """Whether a set is being judged."""
        return self._last is not None and not self._last.done()

    def over(self, live: Live, kept: KeptSet | None) -> None:
        """Judge a set that is over, and keep it."""
        self._last = self._thread.submit(self._judge, live, kept)

    def close(self) -> None:
        """Wait until every set is judged."""
        self._thread.shutdown()

    def _judge(self, live: Live, kept: KeptSet | None) -> None:
        try:
            judgement = live.conclude(NAME)
            self.report, self.problem = judgement.report, ""
            if kept is not None:
                pictures = key_images(judgement, live.keys)
                kept.finished(judgement, live.plan.exercise, pictures)
        except Exception as error:  # told: nobody else waits for this thread
            kept_as = "" if kept is None else " Its reps are kept as they were counted."
            self.problem = f"The last set could not be judged as a whole ({error}).{kept_as}"
