"""Judged reps of a set -> those that are not part of it: something picked up or put down before or after the set.

Reps of one set are similar. The first or the last one is marked where its knees and its bend (or its trunk lean) are
both far from those of all others: a deeper rep of the same movement changes the bend only, and in a set with a large
scatter nothing is marked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN
from exercises.reason_words import clause
from exercises.rep_values import BOTTOM_S, RepValue, rep_value
from exercises.results import Rep
from language.translate import _
from pose.arrays import FloatArray
from pose.reason import Reason, ReasonKind, Value
from pose.track import Track

#: The quantities that are compared: the first is how the person bends, the others are how deep.
_KNEE = "knee_flexion_deg"
_DEPTHS = ("bend_deg", "trunk_lean_deg")
#: Least number of other reps to compare with.
_LEAST_OTHERS = 3
#: Far is this much and this many times the scatter of the others. At the ends of 5 real and 7 rendered sets reps are up
#: to 10 deg of knee and 33 deg of bend from the median of the others, never both far; three kettlebells put down after
#: a set of ten (three clips are of ten reps, eleven were counted) 49 to 77 and 19 to 24, a thing picked up 31 and 63.
_FAR_DEG, _SCATTERS = {_KNEE: 22.0, "bend_deg": 15.0, "trunk_lean_deg": 15.0}, 3.0
#: From this many others on, one of them may be odd itself.
_LEAST_WITH_ODD = 5
#: Lower limit of the scatter of the others.
_LEAST_SCATTER_DEG = 3.0
#: Standard deviation over median absolute deviation of a normal distribution.
_SD_PER_MAD = 1.4826


def mark_outside(exercise: Exercise, track: Track, reps: tuple[Rep, ...]) -> tuple[Rep, ...]:
    """Return the reps with `outside` set, and no verdict, for odd ones at the ends of the set."""
    if exercise.signal.quantity != "bend_deg" or exercise.posture is not None or exercise.hold is not None:
        return reps
    values = {name: np.array([_at_bottom(track, name, rep) for rep in reps]) for name in (_KNEE, *_DEPTHS)}
    out = list(reps)
    for end in (0, len(reps) - 1):
        if len(reps) > _LEAST_OTHERS:
            reason = _odd_reason(values, end)
            if reason is not None:
                out[end] = _outside(reps[end], reason)
    return tuple(out)


def reps_inside(reps: Sequence[Rep]) -> tuple[Rep, ...]:
    """Return the reps that belong to the set."""
    return tuple(rep for rep in reps if not rep.outside)


def sentences(reps: Sequence[Rep]) -> list[str]:
    """Return which reps are not counted, and why."""
    return [_("Rep {rep} may not be part of the set: {reason}. It is not counted.").format(rep=rep.index,
                                                                                          reason=rep.outside)
            for rep in reps if rep.outside]


def _odd_reason(values: dict[str, FloatArray], index: int) -> Reason | None:
    """Return how a rep differs from all others; None where it does not."""
    knee, *depths = (_difference(name, values[name], index) for name in (_KNEE, *_DEPTHS))
    depth = next(filter(None, depths), None)
    if not knee or not depth:
        return None
    return Reason.of(ReasonKind.ODD_REP, **knee, **{f"other_{name}": value for name, value in depth.items()})


def _difference(name: str, values: FloatArray, index: int) -> dict[str, Value]:
    """Return the quantity, its value and the median of the others where they differ; else nothing."""
    others = np.delete(values, index)
    others = others[np.isfinite(others)]
    if len(others) < _LEAST_OTHERS or not np.isfinite(values[index]):
        return {}
    usual = float(np.median(others))
    scatter = max(_SD_PER_MAD * float(np.median(np.abs(others - usual))), _LEAST_SCATTER_DEG)
    distance = abs(float(values[index]) - usual)
    spread = np.sort(np.abs(others - usual))
    largest = float(spread[-2] if len(others) >= _LEAST_WITH_ODD else spread[-1])  # the other end may be odd as well
    if distance < max(_FAR_DEG[name], _SCATTERS * scatter) or distance <= largest:
        return {}
    return {"quantity": name, "value": round(float(values[index])), "usual": round(usual)}


def _at_bottom(track: Track, name: str, rep: Rep) -> float:
    middle = (rep.bottom_s + rep.leave_s) / 2
    value = rep_value(track, name, (min(rep.bottom_s, middle - BOTTOM_S), max(rep.leave_s, middle + BOTTOM_S)))
    return value.value if isinstance(value, RepValue) else np.nan


def _outside(rep: Rep, reason: Reason) -> Rep:
    why = clause(reason)
    return rep.model_copy(update={
        "outside": why, "outside_kind": reason.kind.value, "verdict": UNSEEN, "borderline": False, "word": "",
        "sentence": _("This may not be part of the set: {reason}. It is not counted.").format(reason=why)})
