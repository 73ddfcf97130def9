"""Which side a rep belongs to, how far it is from the target, and what a set did on either side."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.exercise_model import Exercise
from exercises.hold_model import Side, SideResult
from exercises.rep_values import RepValue, part_of, rep_value
from exercises.results import Rep, Span
from pose.track import Track

#: From this difference on a change or a difference in a leg raise is real: its smallest detectable difference is
#: 6-7 deg between two looks at one person (EXERCISES: "counts as real from 7 deg").
REAL_DEG = 7.0


def side_of(exercise: Exercise, track: Track, span: Span) -> Side | None:
    """Return the side at work at the bottom of a rep.

    None where the exercise has no sides, both are at work, or it cannot be told.
    """
    if exercise.sides is None or not span.bottom_seen:
        return None
    window = part_of(span, "bottom")
    left, right = (rep_value(track, name, window) for name in (exercise.sides.left, exercise.sides.right))
    if not (isinstance(left, RepValue) and isinstance(right, RepValue)):
        return None
    if abs(left.value - right.value) < exercise.sides.apart:
        return None
    left_works = (left.value > right.value) != exercise.sides.smaller
    return "left" if left_works else "right"


def target_gap(exercise: Exercise, track: Track, span: Span) -> float | None:
    """Return how far the bottom of a rep is from the target, negative beyond it; None where unmeasured."""
    if exercise.target is None or not span.bottom_seen:
        return None
    got = rep_value(track, exercise.target.measure, part_of(span, "bottom"))
    return round(exercise.target.at - got.value, 1) if isinstance(got, RepValue) else None


def results(exercise: Exercise, reps: Sequence[Rep]) -> tuple[SideResult, ...]:
    """Return what was done on each side, left first; only sides that were seen."""
    found = []
    sides: tuple[Side, Side] = ("left", "right")
    for side in sides:
        own = [rep for rep in reps if rep.side == side]
        if own:
            holds = [rep.hold_s for rep in own if rep.hold_s is not None]
            gaps = [rep.target_gap_deg for rep in own if rep.target_gap_deg is not None]
            best = exercise.target.at - min(gaps) if exercise.target is not None and gaps else None
            found.append(SideResult(side=side, reps=len(own), hold_s=round(sum(holds), 1) if holds else None,
                                    best=None if best is None else round(best, 1)))
    return tuple(found)


def skipped(exercise: Exercise, reps: Sequence[Rep]) -> Side | None:
    """Return the side that was left out of a set whose exercise asks for both; None where nothing is missing."""
    seen = {rep.side for rep in reps}
    if exercise.sides is None or not exercise.sides.both or None in seen or len(seen) != 1:
        return None
    return "right" if "left" in seen else "left"


def sentences(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    """Return what to say about the sides of a set: the one that is missing, or how the two compare."""
    missing = skipped(exercise, reps)
    if missing is not None:
        return [f"Only the {'left' if missing == 'right' else 'right'} side was done here: switch sides, and do the "
                f"{missing} one as well."]
    both = results(exercise, reps)
    if len(both) < 2 or both[0].best is None or both[1].best is None:
        return []
    left, right = both[0].best, both[1].best
    gap = abs(left - right)
    verdict = (f"the {'left' if left > right else 'right'} side is about {gap:.0f} deg ahead" if gap >= REAL_DEG
               else "no clear difference")
    return [f"Left about {left:.0f} deg, right about {right:.0f} deg: {verdict}."]


def toward_target(exercise: Exercise, rep_gap_deg: float | None) -> str:
    """Return one sentence on the distance to the target: progress, never a fault; "" where there is none."""
    if exercise.target is None or rep_gap_deg is None:
        return ""
    if rep_gap_deg <= -REAL_DEG:
        return (f"That is about {-rep_gap_deg:.0f} deg past the goal of {exercise.target.at:.0f} deg: no need to go so "
                "far.")
    if rep_gap_deg <= REAL_DEG / 2:
        return f"That is the goal of {exercise.target.at:.0f} deg: no need to go further."
    return f"About {rep_gap_deg:.0f} deg to go to the goal of {exercise.target.at:.0f}: no hurry."
