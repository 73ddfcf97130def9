"""A person's full bend: measured from reps, and used for personal limits and percentages.

`measure_full_bend` returns the full bend from the reps of an exercise that records it; `with_personal_limits` converts
the limits of an exercise to those of the person.
"""

from __future__ import annotations

from collections.abc import Sequence

from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN, amount
from exercises.report_parts import LEAST_FULL_BEND_DEG, SPINE, FullBend
from exercises.results import Rep
from exercises.rule_model import Bound
from language.numbers import number
from language.translate import _


def with_personal_limits(exercise: Exercise, full_bend: FullBend) -> Exercise:
    """Return the exercise with this person's limits.

    Every rule whose bound has `own_at_most` and `own_watch` gets these shares of the full bend, in degrees, as its
    limits; the others are unchanged.

    Examples
    --------
    >>> from exercises.load import load
    >>> with_personal_limits(load("hip_hinge"), FullBend(spine_flexion_deg=60)).rule("rounding").bound.limit
    42.0
    """
    rules = tuple(rule.model_copy(update={"bound": _personal_bound(rule.bound, full_bend)}) for rule in exercise.rules)
    return exercise.model_copy(update={"rules": rules})


def has_personal_limits(exercise: Exercise) -> bool:
    """Return whether a full bend changes any limit of this exercise."""
    return any(rule.bound.own_at_most is not None for rule in exercise.rules)


def full_bend_of(exercise: Exercise) -> FullBend | None:
    """Return the full bend of the limits of an exercise; None where they are the same for everybody."""
    return next((rule.bound.full_bend for rule in exercise.rules if rule.bound.full_bend is not None), None)


def measure_full_bend(exercise: Exercise, reps: Sequence[Rep]) -> FullBend | None:
    """Return a person's full bend from the reps of an exercise that records it.

    Parameters
    ----------
    exercise : Exercise
    reps : sequence of Rep
        Judged; the deepest one is used, hips and back together.

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
    """Return the sentences about the person's range: its measurement, or that the set was judged by it."""
    used = full_bend_of(exercise)
    if used is not None:
        bound = next(rule.bound for rule in exercise.rules if rule.bound.full_bend is not None)
        text = _("Judged by your own full bend of {bend}: watch from {watch} %, too round from {limit} % of it.")
        return (text.format(
            bend=amount(used.spine_flexion_deg, "deg", used.uncertainty_deg),
            watch=number(100 * (bound.own_watch or 0)), limit=number(100 * (bound.own_at_most or 0))),)
    if exercise.records != "full_bend" or not reps:
        return ()
    measured = measure_full_bend(exercise, reps)
    if measured is None:
        return _why_unmeasured(reps)
    back = amount(measured.spine_flexion_deg, "deg", measured.uncertainty_deg)
    if measured.hip_flexion_deg is None:
        return (_("Your full bend: the back {back}. This is your own 100 %.").format(back=back),)
    hips = amount(measured.hip_flexion_deg, "deg", measured.hip_uncertainty_deg)
    return (_("Your full bend: the back {back}, with the hips at {hips}. This is your own 100 %.").format(
        back=back, hips=hips),)


def share_of(value: float | None, full_bend: FullBend | None) -> float | None:
    """Return a spine flexion as a share of the full bend; None where one of them is unknown."""
    return None if value is None or full_bend is None else round(value / full_bend.spine_flexion_deg, 3)


def _personal_bound(bound: Bound, full_bend: FullBend) -> Bound:
    if bound.own_at_most is None or bound.own_watch is None:
        return bound
    full_deg = full_bend.spine_flexion_deg
    return Bound(
        at_most=round(bound.own_at_most * full_deg, 2),
        watch=round(bound.own_watch * full_deg, 2),
        own_at_most=bound.own_at_most,
        own_watch=bound.own_watch,
        full_bend=full_bend,
    )


def _deepest(reps: Sequence[Rep]) -> Rep | None:
    judged = [rep for rep in reps if rep.verdict != UNSEEN and getattr(rep, SPINE) is not None]
    return max(judged, key=lambda rep: (rep.hip_flexion_deg or 0.0) + (rep.spine_flexion_deg or 0.0), default=None)


def _why_unmeasured(reps: Sequence[Rep]) -> tuple[str, ...]:
    deepest = _deepest(reps)
    if deepest is None or deepest.spine_flexion_deg is None:
        return (_("Your full bend could not be measured."),)
    return (_("Your back bent {bend}: less than {least}\u00b0 cannot be a full bend, so none was saved.").format(
        bend=amount(deepest.spine_flexion_deg, "deg", deepest.uncertainty_deg.spine_flexion_deg),
        least=number(LEAST_FULL_BEND_DEG)),)
