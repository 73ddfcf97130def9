"""One video -> its report and all its files in one folder. What the command line and later the pages run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from coach import agreement, agreement_plot, annotate, html, report, session
from exercises.aftercare import with_answers
from exercises.outcome import SetReport
from pose.video import VideoError, VideoReader

OnProgress = Callable[[session.Progress], None]


@dataclass(frozen=True, eq=False)
class Done:
    """What came of one video.

    Attributes
    ----------
    report : SetReport
    files : mapping of str to Path
        What was written: "json", "reps", "series", "html", "video".
    problems : tuple of str
        What could not be written and why.
    analysis : Analysis or None
        Time series and pictures, for whoever keeps the set.
    """

    report: SetReport
    files: dict[str, Path]
    problems: tuple[str, ...] = ()
    analysis: session.Analysis | None = None


def run(path: Path, folder: Path, options: session.Options, video: bool = True,
        on_progress: OnProgress | None = None, on_judged: Callable[[Done], None] | None = None) -> Done:
    """Analyse a video and write its files; bad input and full disks end up in the result, not in an exception.

    `on_judged` is told before the video is drawn, which takes about as long again.
    """
    analysis, plots = _compared(_answered(session.analyse(path, options, on_progress), options), options)
    files: dict[str, Path] = {}
    try:
        files.update(report.write_data(folder, analysis.report, analysis.track))
        files["html"] = html.write(folder / "report.html", analysis.report, analysis.track, analysis.exercise,
                                   analysis.key_images, plots=plots)
        if on_judged is not None:
            on_judged(Done(analysis.report, dict(files), analysis=analysis))
        if video and analysis.report.status == "judged":
            files["video"] = _draw(path, folder / "annotated.mp4", options, analysis, on_progress)
        else:
            report.discard(folder / "annotated.mp4")
    except (report.ReportError, VideoError) as error:
        return Done(analysis.report, files, (str(error),), analysis)
    return Done(analysis.report, files, analysis=analysis)


def _answered(analysis: session.Analysis, options: session.Options) -> session.Analysis:
    """Keep what the person answered after the set, and what follows from it, with the report."""
    if options.answers is None:
        return analysis
    return replace(analysis, report=with_answers(analysis.report, analysis.exercise, options.answers))


def _compared(analysis: session.Analysis, options: session.Options) -> tuple[session.Analysis, dict[str, Markup]]:
    """Lay the angles measured by hand beside the clip's, where there are any; a picture for each quantity."""
    if options.measured is None:
        return analysis, {}
    judged, pairs = agreement.added(analysis.report, analysis.track, options.measured)
    plots = {one.agreement.quantity: agreement_plot.bland_altman(one) for one in pairs}
    return replace(analysis, report=judged), plots


def _draw(path: Path, target: Path, options: session.Options, analysis: session.Analysis,
          on_progress: OnProgress | None) -> Path:
    total = None if analysis.track is None else len(analysis.track)
    began = time.monotonic()

    def tell(done: int) -> None:
        if on_progress is not None:
            rate = done / max(time.monotonic() - began, 1e-3)
            on_progress(session.Progress(frames_done=done, frames_total=total, fps=rate, stage="drawing"))

    # The same part, mirrored the same way: indexes must mean the same frames as in the first pass.
    with VideoReader(path, start_s=options.start_s, end_s=options.end_s, mirror=options.mirror) as frames:
        return annotate.annotate(frames, analysis.marks, target, analysis.report.fps or 30.0, tell)
