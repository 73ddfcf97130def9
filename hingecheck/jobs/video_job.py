"""Analyse one video and write all its files into one folder, for the command line and the pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from markupsafe import Markup

from exercises.aftercare import with_answers
from exercises.results import SetReport
from hingecheck.analysis import pipeline, rejudge
from hingecheck.overlay import annotated_video
from hingecheck.overlay.key_images import key_images
from hingecheck.overlay.marks import marker_of
from hingecheck.report import data_files, html_report
from hingecheck.report.charts import agreement_plot
from pose.frame.rows_file import RowsFileError
from pose.io.video import VideoError, VideoReader

OnProgress = Callable[[pipeline.Progress], None]


@dataclass(frozen=True, eq=False)
class VideoResult:
    """The result of one video.

    Attributes
    ----------
    analysis : SetAnalysis
        Report and time series; for bad input only the report, which says what is wrong.
    files : mapping of str to Path
        Files written, by kind: "json", "reps", "series", "html", "video".
    problems : tuple of str
        Files that could not be written, and why.
    key_images : mapping of int to bytes
        Rep index -> drawn image (JPEG) of the bottom of that rep.
    saved : str or None
        Id of the set in the history, where it was saved.
    """

    analysis: pipeline.SetAnalysis
    files: Mapping[str, Path] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    key_images: Mapping[int, bytes] = field(default_factory=dict)
    saved: str | None = None

    @property
    def report(self) -> SetReport:
        """The report: verdicts, or the reasons why there are none."""
        return self.analysis.report


def run(path: Path, folder: Path, options: pipeline.Options, video: bool = True,
        on_progress: OnProgress | None = None, on_judged: Callable[[VideoResult], None] | None = None,
        from_last: bool = False) -> VideoResult:
    """Analyse a video and write its files; bad input and a full disk are reported in the result, not raised.

    `on_judged` is called before the video is drawn, which takes as long as the analysis. `from_last`: judge what was
    measured at the last analysis into this folder, without the pose model.
    """
    analysis = rejudge.analysis(path, folder, options) if from_last else pipeline.analyse(path, options, on_progress)
    return write(analysis, path, folder, options, video, on_progress, on_judged, measurements=not from_last)


def write(analysis: pipeline.SetAnalysis, path: Path, folder: Path, options: pipeline.Options, video: bool = True,
          on_progress: OnProgress | None = None,
          on_judged: Callable[[VideoResult], None] | None = None, measurements: bool = True) -> VideoResult:
    """Write the files of an analysed video; the parameters are those of `run`.

    `measurements`: save what was measured beside them, so that the video can be judged again without the model.
    """
    analysis, plots = _add_agreement(_add_answers(analysis, options), options)
    files: dict[str, Path] = {}
    with ThreadPoolExecutor(1) as beside:
        # Compressing what was measured takes as long as drawing, and lets Python go on meanwhile.
        keep = partial(copy_context().run, rejudge.keep, folder, path, options, analysis)
        kept = beside.submit(keep) if measurements else None
        images = {} if analysis.track is None else key_images(analysis, analysis.key_frames)
    result = VideoResult(analysis, key_images=images)
    try:
        if kept is not None:
            kept.result()
        files.update(data_files.write_data(folder, analysis.report, analysis.track))
        files["html"] = html_report.write(folder / "report.html", analysis.report, analysis.track, analysis.exercise,
                                          images, plots=plots)
        if not video or analysis.report.status != "judged":
            data_files.discard(folder / "annotated.mp4")
    except (data_files.ReportError, RowsFileError) as error:
        return replace(result, files=files, problems=(str(error),))
    result = replace(result, files=files)
    if on_judged is not None:
        on_judged(result)
    return with_video(result, path, folder, options, on_progress) if video else result


def with_video(result: VideoResult, path: Path, folder: Path, options: pipeline.Options,
               on_progress: OnProgress | None = None) -> VideoResult:
    """Draw the video of a result whose other files are written; nothing is drawn without a verdict."""
    if result.problems or result.report.status != "judged":
        return result
    try:
        video = _draw(path, folder / "annotated.mp4", options, result.analysis, on_progress)
    except (data_files.ReportError, VideoError) as error:
        return replace(result, problems=(str(error),))
    return replace(result, files={**result.files, "video": video})


def _add_answers(analysis: pipeline.SetAnalysis, options: pipeline.Options) -> pipeline.SetAnalysis:
    """Add the after-set answers, and the advice that follows from them, to the report."""
    if options.answers is None:
        return analysis
    return replace(analysis, report=with_answers(analysis.report, analysis.exercise, options.answers))


def _add_agreement(analysis: pipeline.SetAnalysis,
                   options: pipeline.Options) -> tuple[pipeline.SetAnalysis, dict[str, Markup]]:
    """Add the agreement with angles measured by hand, if there are any, and a plot per quantity."""
    if options.measured is None:
        return analysis, {}
    report, plots = agreement_plot.with_plots(analysis.report, analysis.track, options.measured)
    return replace(analysis, report=report), plots


def _draw(path: Path, target: Path, options: pipeline.Options, analysis: pipeline.SetAnalysis,
          on_progress: OnProgress | None) -> Path:
    total = None if analysis.track is None else len(analysis.track)
    start = time.monotonic()

    def report_progress(frames_done: int) -> None:
        if on_progress is not None:
            fps = frames_done / max(time.monotonic() - start, 1e-3)
            on_progress(pipeline.Progress(frames_done=frames_done, frames_total=total, fps=fps, stage="drawing"))

    # Same part, mirrored and turned as in the first pass, so that frame indexes mean the same frames.
    with VideoReader(path, start_s=options.start_s, end_s=options.end_s, mirror=options.mirror,
                     turn_deg=analysis.turn_deg, speed=analysis.source.speed) as frames:
        # A part's rows count the frames of the whole clip, its reader those of the part.
        marker, first = marker_of(analysis), analysis.rows[0].index
        return annotated_video.annotate(frames, lambda index: marker(index + first), target,
                                        analysis.report.fps or 30.0, report_progress)
