"""An analysed clip with several exercises in it -> the analysis of each of its parts, by its own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exercises.exercise_model import Exercise
from hingecheck.analysis import pipeline
from hingecheck.analysis.clip_parts import ClipPart, find_parts
from pose.frame.measure import Row


def judge_parts(analysis: pipeline.SetAnalysis, video: str,
                known: Mapping[str, Exercise]) -> tuple[pipeline.SetAnalysis, ...]:
    """Judge every part of an analysed clip by its own rules; empty where it has no part.

    Parameters
    ----------
    analysis : SetAnalysis
        Of the whole clip.
    video : str
    known : mapping of str to Exercise
    """
    return tuple(_judged(analysis, part.rows_of(analysis.rows), part, video, known)
                 for part in find_parts(analysis.rows, known))


def _judged(analysis: pipeline.SetAnalysis, rows: Sequence[Row], part: ClipPart, video: str,
            known: Mapping[str, Exercise]) -> pipeline.SetAnalysis:
    # Somebody said how the frames lie, or they were turned: a part is no reason to ask again.
    upright = analysis.turn_deg != 0
    judged = pipeline.conclude(rows, None, video, known=known, upright=upright)
    if judged.exercise is None and part.exercise is not None:
        judged = pipeline.conclude(rows, part.exercise, video, known=known, upright=upright)
    return pipeline.of_video(replace(judged, source=analysis.source), analysis.key_frames, analysis.turn_deg,
                             analysis.notes)
