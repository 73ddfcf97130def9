"""Judged reps of a set -> which are no reps of it: something picked up, put down or reached for before or after.

Reps of one set are alike. The first or the last one is marked where its knees and its bend (or its trunk's lean) both
lie far from those of all others: a deeper rep of the same movement changes the bend alone, and a set that scatters by
itself marks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN
from exercises.filters import FloatArray
from exercises.reason_words import clause
from exercises.rep_values import BOTTOM_S, RepValue, rep_value
from exercises.results import Rep
from pose.reason import Reason, ReasonKind, Value
from pose.track import Track

#: What the reps of a standing set have in common; the first tells how it is bent, the others how deep.
_KNEE = "knee_flexion_deg"
_DEPTHS = ("bend_deg", "trunk_lean_deg")
#: So many other reps tell what the set is.
_LEAST_OTHERS = 3
#: Far is this much and so many times the scatter of the others. At the ends of 5 real and 7 rendered sets reps lie up
#: to 10 deg of knee and 33 deg of bend from the median of the others, never both far; three kettlebells put down after
#: a set of ten (three clips are of ten reps, eleven were counted) 49 to 77 and 19 to 24, a thing picked up 31 and 63.
_FAR_DEG, _SCATTERS = {_KNEE: 22.0, "bend_deg": 15.0, "trunk_lean_deg": 15.0}, 3.0
#: From so many others on, one of them may be odd itself.
_OTHER_END = 5
#: Others scatter by at least this.
_LEAST_SCATTER_DEG = 3.0
#: Of a normal distribution, the standard deviation over the median absolute deviation.
_MAD = 1.4826


def marked(exercise: Exercise, track: Track, reps: tuple[Rep, ...]) -> tuple[Rep, ...]:
    """Return the reps with `outside` set, and no verdict, for those at the ends of the set that do not belong to it."""
    if exercise.signal.quantity != "bend_deg" or exercise.posture is not None or exercise.hold is not None:
        return reps
    values = {name: np.array([_at_bottom(track, name, rep) for rep in reps]) for name in (_KNEE, *_DEPTHS)}
    out = list(reps)
    for end in (0, len(reps) - 1):
        if len(reps) > _LEAST_OTHERS:
            why = _why_odd(values, end)
            if why is not None:
                out[end] = _outside(reps[end], why)
    return tuple(out)


def inside(reps: Sequence[Rep]) -> tuple[Rep, ...]:
    """Return the reps that belong to the set."""
    return tuple(rep for rep in reps if not rep.outside)


def sentences(reps: Sequence[Rep]) -> list[str]:
    """Say which reps were left out of the sum, and why."""
    return [f"Rep {rep.index} may not be part of the set: {rep.outside}. It is left out of the sum."
            for rep in reps if rep.outside]


def _why_odd(values: dict[str, FloatArray], index: int) -> Reason | None:
    """What sets a rep apart from all others."""
    knee, *depths = (_apart(name, values[name], index) for name in (_KNEE, *_DEPTHS))
    depth = next(filter(None, depths), None)
    if not knee or not depth:
        return None
    return Reason.of(ReasonKind.ODD_REP, **knee, **{f"other_{name}": value for name, value in depth.items()})


def _apart(name: str, values: FloatArray, index: int) -> dict[str, Value]:
    """The quantity, its value and the usual one, where they lie far apart."""
    others = np.delete(values, index)
    others = others[np.isfinite(others)]
    if len(others) < _LEAST_OTHERS or not np.isfinite(values[index]):
        return {}
    usual = float(np.median(others))
    scatter = max(_MAD * float(np.median(np.abs(others - usual))), _LEAST_SCATTER_DEG)
    away = abs(float(values[index]) - usual)
    spread = np.sort(np.abs(others - usual))
    widest = float(spread[-2] if len(others) >= _OTHER_END else spread[-1])  # the other end may be odd as well
    if away < max(_FAR_DEG[name], _SCATTERS * scatter) or away <= widest:
        return {}
    return {"quantity": name, "value": round(float(values[index])), "usual": round(usual)}


def _at_bottom(track: Track, name: str, rep: Rep) -> float:
    middle = (rep.bottom_s + rep.leave_s) / 2
    found = rep_value(track, name, (min(rep.bottom_s, middle - BOTTOM_S), max(rep.leave_s, middle + BOTTOM_S)))
    return found.value if isinstance(found, RepValue) else np.nan


def _outside(rep: Rep, reason: Reason) -> Rep:
    why = clause(reason)
    return rep.model_copy(update={
        "outside": why, "outside_kind": reason.kind.value, "verdict": UNSEEN, "borderline": False, "word": "",
        "sentence": f"This may not be part of the set: {why}. It is left out of the sum."})
