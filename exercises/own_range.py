"""A person's own full bend, and what it changes: limits as shares of it, and values as percentages of it.

`of_reps` takes the full bend from the reps of an exercise that records it; `personal` turns an exercise's limits into
that person's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN, amount
from exercises.report_parts import BENDS, LEAST_FULL_BEND_DEG, FullBend
from exercises.results import Rep
from exercises.rule_model import Bound


def personal(exercise: Exercise, full_bend: FullBend) -> Exercise:
    """Return the exercise with this person's own limits.

    Every rule whose bound has `own_at_most` and `own_watch` gets these shares of the full bend, in degrees, as its
    limits; the others stay as they are.

    Examples
    --------
    >>> from exercises.load import load
    >>> personal(load("hip_hinge"), FullBend(spine_flexion_deg=60)).rule("rounding").bound.limit
    42.0
    """
    rules = tuple(rule.model_copy(update={"bound": _own(rule.bound, full_bend)}) for rule in exercise.rules)
    return exercise.model_copy(update={"rules": rules})


def has_own_limits(exercise: Exercise) -> bool:
    """Whether a full bend changes anything in this exercise."""
    return any(rule.bound.own_at_most is not None for rule in exercise.rules)


def full_bend_of(exercise: Exercise) -> FullBend | None:
    """The full bend that an exercise's limits were made from; None where they are the same for everybody."""
    return next((rule.bound.full_bend for rule in exercise.rules if rule.bound.full_bend is not None), None)


def of_reps(exercise: Exercise, reps: Sequence[Rep]) -> FullBend | None:
    """Take a person's full bend from the reps of an exercise that records it.

    Parameters
    ----------
    exercise : Exercise
    reps : sequence of Rep
        Judged; the deepest one counts, hips and back together.

    Returns
    -------
    FullBend or None
        None where the exercise records none, no rep's back could be judged, or the deepest bent under 30 deg.
    """
    deepest = _deepest(reps) if exercise.records == "full_bend" else None
    if deepest is None or deepest.spine_flexion_deg is None or deepest.spine_flexion_deg < LEAST_FULL_BEND_DEG:
        return None
    return FullBend(
        spine_flexion_deg=deepest.spine_flexion_deg,
        uncertainty_deg=deepest.uncertainty_deg.spine_flexion_deg,
        hip_flexion_deg=deepest.hip_flexion_deg,
        hip_uncertainty_deg=deepest.uncertainty_deg.hip_flexion_deg,
        rep=deepest.index,
    )


def sentences(exercise: Exercise, reps: Sequence[Rep]) -> tuple[str, ...]:
    """What to tell about the person's own range: what was measured of it, or what the set was judged by."""
    used = full_bend_of(exercise)
    if used is not None:
        bound = next(rule.bound for rule in exercise.rules if rule.bound.full_bend is not None)
        return (f"Judged by your own full bend of {amount(used.spine_flexion_deg, 'deg', used.uncertainty_deg)}: "
                f"watch from {100 * (bound.own_watch or 0):.0f} %, "
                f"too round from {100 * (bound.own_at_most or 0):.0f} % of it.",)
    if exercise.records != "full_bend" or not reps:
        return ()
    measured = of_reps(exercise, reps)
    if measured is None:
        return _why_not(reps)
    hips = "" if measured.hip_flexion_deg is None else \
        f", with the hips at {amount(measured.hip_flexion_deg, 'deg', measured.hip_uncertainty_deg)}"
    return (f"Your full bend: the back {amount(measured.spine_flexion_deg, 'deg', measured.uncertainty_deg)}{hips}. "
            "This is your own 100 %.",)


def share_of(value: float | None, full_bend: FullBend | None) -> float | None:
    """A spine flexion as a share of the full bend; None where one of them is not known."""
    return None if value is None or full_bend is None else round(value / full_bend.spine_flexion_deg, 3)


def _own(bound: Bound, full_bend: FullBend) -> Bound:
    if bound.own_at_most is None or bound.own_watch is None:
        return bound
    whole = full_bend.spine_flexion_deg
    return Bound(
        at_most=round(bound.own_at_most * whole, 2),
        watch=round(bound.own_watch * whole, 2),
        own_at_most=bound.own_at_most,
        own_watch=bound.own_watch,
        full_bend=full_bend,
    )


def _deepest(reps: Sequence[Rep]) -> Rep | None:
    seen = [rep for rep in reps if rep.verdict != UNSEEN and getattr(rep, BENDS) is not None]
    return max(seen, key=lambda rep: (rep.hip_flexion_deg or 0.0) + (rep.spine_flexion_deg or 0.0), default=None)


def _why_not(reps: Sequence[Rep]) -> tuple[str, ...]:
    deepest = _deepest(reps)
    if deepest is None or deepest.spine_flexion_deg is None:
        return ("Your full bend could not be measured.",)
    return (f"Your back bent {amount(deepest.spine_flexion_deg, 'deg', deepest.uncertainty_deg.spine_flexion_deg)}: "
            f"less than {LEAST_FULL_BEND_DEG:.0f} deg cannot be a full bend, so none was kept.",)
