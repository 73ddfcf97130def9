"""Analyse one video that shows several exercises, and write the files of each part into a folder of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exercises.load import catalogue
from hingecheck.analysis import judged_parts, pipeline
from hingecheck.jobs import video_job
from hingecheck.jobs.video_job import OnProgress, VideoResult

#: A part begins a little before its first frame, so that rounding loses none.
_BEFORE_S = 1e-4


def run(path: Path, folder: Path, options: pipeline.Options, video: bool = True,
        on_progress: OnProgress | None = None) -> tuple[VideoResult, ...]:
    """Analyse a video once, judge each of its parts by its own rules, and write the files of each.

    Parameters
    ----------
    path, folder, options, video, on_progress :
        As in `video_job.run`; `options.known` are the exercises that may be in the clip.

    Returns
    -------
    tuple of VideoResult
        In order of time; the whole clip alone where it has no parts, or could not be read.
    """
    whole = pipeline.analyse(path, replace(options, exercise=None), on_progress)
    parts = judged_parts.judge_parts(whole, path.name, options.known or catalogue())
    if not parts:
        return (video_job.write(whole, path, folder, options, video, on_progress),)
    return tuple(_write(part, number, path, folder, options, video, on_progress)
                 for number, part in enumerate(parts, 1))


def _write(part: pipeline.SetAnalysis, number: int, path: Path, folder: Path, options: pipeline.Options, video: bool,
           on_progress: OnProgress | None) -> VideoResult:
    name = part.exercise.id if part.exercise is not None else "not_judged"
    speed = part.source.speed
    own = replace(options, start_s=max(part.rows[0].time_s / speed - _BEFORE_S, 0.0),
                  end_s=part.rows[-1].time_s / speed + _BEFORE_S, exercise=part.exercise)
    return video_job.write(part, path, folder / f"{number}-{name}", own, video, on_progress)
