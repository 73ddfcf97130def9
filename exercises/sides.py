"""The side of a rep, its distance from the target, and the results of a set per side."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.exercise_model import Exercise
from exercises.hold_model import Side, SideResult
from exercises.rep_values import RepValue, part_window, rep_value
from exercises.results import Rep, Span
from language.numbers import number
from language.translate import _
from pose.track import Track

#: A change or a difference in a leg raise is real from this on: its smallest detectable difference is 6-7 deg between
#: two measurements of one person.
REAL_DEG = 7.0


def side_of(exercise: Exercise, track: Track, span: Span) -> Side | None:
    """Return the working side at the bottom of a rep.

    None where the exercise has no sides, both work, or the side is unclear.
    """
    if exercise.sides is None or not span.bottom_seen:
        return None
    window = part_window(span, "bottom")
    left, right = (rep_value(track, name, window) for name in (exercise.sides.left, exercise.sides.right))
    if not (isinstance(left, RepValue) and isinstance(right, RepValue)):
        return None
    if abs(left.value - right.value) < exercise.sides.apart:
        return None
    left_works = (left.value > right.value) != exercise.sides.smaller
    return "left" if left_works else "right"


def target_gap(exercise: Exercise, track: Track, span: Span) -> float | None:
    """Return the distance of the bottom of a rep from the target, negative beyond it; None where unmeasured."""
    if exercise.target is None or not span.bottom_seen:
        return None
    value = rep_value(track, exercise.target.measure, part_window(span, "bottom"))
    return round(exercise.target.at - value.value, 1) if isinstance(value, RepValue) else None


def side_results(exercise: Exercise, reps: Sequence[Rep]) -> tuple[SideResult, ...]:
    """Return the results of each side with reps, left first."""
    results = []
    sides: tuple[Side, Side] = ("left", "right")
    for side in sides:
        side_reps = [rep for rep in reps if rep.side == side]
        if side_reps:
            holds = [rep.hold_s for rep in side_reps if rep.hold_s is not None]
            gaps = [rep.target_gap_deg for rep in side_reps if rep.target_gap_deg is not None]
            best = exercise.target.at - min(gaps) if exercise.target is not None and gaps else None
            results.append(SideResult(side=side, reps=len(side_reps), hold_s=round(sum(holds), 1) if holds else None,
                                      best=None if best is None else round(best, 1)))
    return tuple(results)


def skipped_side(exercise: Exercise, reps: Sequence[Rep]) -> Side | None:
    """Return the missing side of a set whose exercise needs both; None where none is missing."""
    present = {rep.side for rep in reps}
    if exercise.sides is None or not exercise.sides.both or None in present or len(present) != 1:
        return None
    return "right" if "left" in present else "left"


def sentences(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    """Return the sentences about the sides of a set: the missing one, or how the two compare."""
    missing = skipped_side(exercise, reps)
    if missing is not None:
        return [_("Only the left side was done here: switch sides, and do the right one as well.") if missing == "right"
                else _("Only the right side was done here: switch sides, and do the left one as well.")]
    both = side_results(exercise, reps)
    if len(both) < 2 or both[0].best is None or both[1].best is None:
        return []
    left, right = both[0].best, both[1].best
    gap = abs(left - right)
    if gap < REAL_DEG:
        text = _("Left about {left}\u00b0, right about {right}\u00b0: no clear difference.")
    elif left > right:
        text = _("Left about {left}\u00b0, right about {right}\u00b0: the left side is about {gap}\u00b0 ahead.")
    else:
        text = _("Left about {left}\u00b0, right about {right}\u00b0: the right side is about {gap}\u00b0 ahead.")
    return [text.format(left=number(left), right=number(right), gap=number(gap))]


def toward_target(exercise: Exercise, rep_gap_deg: float | None) -> str:
    """Return one sentence on the distance to the target: progress, never a fault; "" without a target."""
    if exercise.target is None or rep_gap_deg is None:
        return ""
    if rep_gap_deg <= -REAL_DEG:
        text = _("That is about {gap}\u00b0 past the goal of {goal}\u00b0: no need to go so far.")
    elif rep_gap_deg <= REAL_DEG / 2:
        text = _("That is the goal of {goal}\u00b0: no need to go further.")
    else:
        text = _("About {gap}\u00b0 to go to the goal of {goal}\u00b0: no hurry.")
    return text.format(gap=number(abs(rep_gap_deg)), goal=number(exercise.target.at))
