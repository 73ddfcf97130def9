"""Analyse one video that shows several exercises, and write the files of each part into a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exercises.load import catalogue
from hingecheck import reasons
from hingecheck.analysis import judged_parts, pipeline, rejudge
from hingecheck.jobs import video_job
from hingecheck.jobs.video_job import OnProgress, VideoResult
from pose.frame.rows_file import RowsFileError
from pose.reason import Reason, ReasonKind

#: A part begins a little before its first frame, so that rounding loses none.
_BEFORE_S = 1e-4


def run(path: Path, folder: Path, options: pipeline.Options, video: bool = True, on_progress: OnProgress | None = None,
        on_judged: Callable[[VideoResult], None] | None = None, from_last: bool = False) -> tuple[VideoResult, ...]:
    """Analyse a video once, judge each of its parts by its own rules, write the files of each, then draw their videos.

    Parameters
    ----------
    path, folder, options, video, on_progress, on_judged, from_last :
        As in `video_job.run`; `options.known` are the exercises that may be in the clip.

    Returns
    -------
    tuple of VideoResult
        In order of time; the whole clip alone where it has no parts, which it says, or could not be read.
    """
    of_any = replace(options, exercise=None)
    whole = rejudge.analysis(path, folder, of_any) if from_last else pipeline.analyse(path, of_any, on_progress)
    parts = judged_parts.judge_parts(whole, path.name, options.known or catalogue())
    if not parts:
        if whole.report.status != "error":
            whole = replace(whole, report=reasons.with_reasons(whole.report, [Reason(ReasonKind.NO_PARTS)]))
        return (video_job.write(whole, path, folder, options, video, on_progress, on_judged, not from_last),)
    problems: tuple[str, ...] = ()
    if not from_last:
        try:
            rejudge.keep(folder, path, options, whole)
        except RowsFileError as error:
            problems = (str(error),)
    places = [(folder / f"{number}-{_name(part)}", part_options(part, options)) for number, part in enumerate(parts, 1)]
    results = [video_job.write(part, path, place, own, False, None, on_judged)
               for part, (place, own) in zip(parts, places, strict=True)]
    if video:
        results = [video_job.with_video(result, path, place, own, on_progress)
                   for result, (place, own) in zip(results, places, strict=True)]
    first, *others = results
    return replace(first, problems=(*problems, *first.problems)), *others


def part_options(part: pipeline.SetAnalysis, options: pipeline.Options) -> pipeline.Options:
    """Return how a part alone would be analysed: its seconds of the video, and the exercise that it was judged by."""
    speed = part.source.speed
    return replace(options, start_s=max(part.rows[0].time_s / speed - _BEFORE_S, 0.0),
                   end_s=part.rows[-1].time_s / speed + _BEFORE_S, exercise=part.exercise)


def _name(part: pipeline.SetAnalysis) -> str:
    return part.exercise.id if part.exercise is not None else "not_judged"
