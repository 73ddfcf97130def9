"""Judge a set that is over as a whole and save it, on a separate thread: the camera goes on."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from exercises.results import SetReport
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.live.autosave import SetAutosave
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_recording import SetVideo
from hingecheck.overlay.key_images import key_images
from language.current import current, set_current
from language.translate import _

#: Stands in a live set's report where a clip has its file name.
VIDEO_NAME = "live"


class SetAnalyser:
    """Judges the sets of one live session, one after the other; call `close` at the end.

    Attributes
    ----------
    report : SetReport or None
        The report of the last set that was judged.
    reports : list of SetReport or None
        Those of all sets since `begin_series`; None outside of a series, where sets may follow each other without end.
    problem : str
        Why the last one could not be judged; "" for nothing.
    """

    def __init__(self) -> None:
        # What is judged says it in the language of the session.
        self._thread = ThreadPoolExecutor(1, "hingecheck-judge", set_current, (current(),))
        self._last: Future[None] | None = None
        self.report: SetReport | None = None
        self.reports: list[SetReport] | None = None
        self.problem = ""

    @property
    def is_running(self) -> bool:
        """Whether a set is being judged."""
        return self._last is not None and not self._last.done()

    def begin_series(self) -> None:
        """Forget the sets so far, also those that are still being judged, and keep the reports of those that come."""
        self.report, self.reports = None, []

    def end_series(self) -> None:
        """Keep the last report only, from now on."""
        self.reports = None

    def submit(self, live: LiveSet, autosave: SetAutosave | None, video: SetVideo | None = None) -> None:
        """Judge a set that is over, and save it, with its video where one was recorded."""
        self._last = self._thread.submit(self._judge, live, autosave, self.reports, video)

    def close(self) -> None:
        """Wait until every set is judged."""
        self._thread.shutdown()

    def _judge(self, live: LiveSet, autosave: SetAutosave | None, reports: list[SetReport] | None,
               video: SetVideo | None) -> None:
        try:
            analysis = live.conclude(VIDEO_NAME)
            self.report, self.problem = analysis.report, ""
            if reports is not None:
                reports.append(analysis.report)
            if autosave is not None:
                autosave.save_analysis(analysis, live.plan.exercise, key_images(analysis, live.key_frames))
                _save_video(video, autosave, analysis, live.start_s)
        except Exception as error:  # reported here: no caller waits for this thread
            self.problem = (_("The last set could not be judged as a whole ({error}).") if autosave is None else
                            _("The last set could not be judged as a whole ({error}). Its reps are saved as they were "
                              "counted.")).format(error=error)
        finally:
            if video is not None:
                video.close()


def _save_video(video: SetVideo | None, autosave: SetAutosave, analysis: SetAnalysis, start_s: float) -> None:
    """Draw the video of a judged set, and wait until it is saved: its file is deleted afterwards."""
    drawn = None if video is None else video.draw(analysis, start_s)
    if drawn is not None:
        autosave.save_video(drawn)
