"""Rows of a clip that is judged as one exercise -> the remark that it seems to show several, which nobody asked about.

The clip is cut as if somebody had asked for its parts. A part is certain where its reps, by which the cut was made, and
the detection of the part alone come to the same exercise. Nothing is measured again: it takes about as long as judging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.recognise import alike
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.analysis import exercise_choice
from hingecheck.analysis.clip_parts import ClipPart, find_parts
from pose.frame.measure import Row
from pose.positions.assemble import assemble
from pose.positions.frame_turn import FrameTurn
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A part is certain from this share of the likelihood on. The parts of 6 clips that were joined from samples have 0.86
#: to 1.0; a deadlift that its film shows slowly, with pauses and from near, came to a held stretch with 0.61, the only
#: such part in the films of 58 sets (bench.real).
_LEAST_SHARE = 0.75


def with_remark(report: SetReport, rows: Sequence[Row], known: Mapping[str, Exercise],
                track: Track | None = None) -> SetReport:
    """Return the report of a clip, with the remark where its rows seem to show more than one exercise.

    Parameters
    ----------
    report : SetReport
        Of the clip as one exercise; verdicts and numbers stay.
    rows : sequence of Row
    known : mapping of str to Exercise
        Those that the clip may show; empty for the whole catalogue.
    track : Track, optional
        Of the rows, as the report was judged from: see `find_parts`.
    """
    if report.turn_asked_deg is not None:
        return report
    exercises = _certain(rows, known or catalogue(), track)
    if all(_is_one(first, second) for first, second in combinations(exercises, 2)):
        return report
    return reasons.with_reasons(report, [Reason.of(
        ReasonKind.SEVERAL_EXERCISES, exercises=tuple(one.name for one in exercises),
        ids=tuple(one.id for one in exercises))])


def _certain(rows: Sequence[Row], known: Mapping[str, Exercise], track: Track | None) -> tuple[Exercise, ...]:
    """Return the exercises of the parts that are certain, each once, in order of time."""
    parts = [part for part in find_parts(rows, known, track) if part.exercise is not None]
    if len({part.exercise.id for part in parts if part.exercise is not None}) < 2:
        return ()
    exercises = {part.exercise.id: part.exercise for part in parts
                 if part.exercise is not None and _is_certain(part, rows, known)}
    return tuple(exercises.values())


def _is_certain(part: ClipPart, rows: Sequence[Row], known: Mapping[str, Exercise]) -> bool:
    track, _ = assemble(part.rows_of(rows))
    report, exercise = exercise_choice.judged(None, "", track, (), known, FrameTurn())
    share = None if report.recognised is None else report.recognised.share
    return (report.status == "judged" and exercise is not None and part.exercise is not None
            and exercise.id == part.exercise.id and share is not None and share >= _LEAST_SHARE)


def _is_one(first: Exercise, second: Exercise) -> bool:
    """Return whether two exercises may be one movement: a hinge that becomes a squat, a leg that is held by a towel."""
    bases = {first.based_on or first.id, second.based_on or second.id}
    return alike(first, second) or len(bases) == 1
