"""Track, Hold and Span of a rep -> HoldMeasures: seconds on the clock, steadiness, creep. By time, never by frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from exercises.curve import GRID_HZ, Curve
from exercises.exercise_model import Exercise
from exercises.filters import running_maximum, running_minimum
from exercises.hold_model import HoldMeasures
from exercises.mixed_legs import find_confused_legs
from exercises.results import Span
from exercises.segment import depth_curve
from pose.arrays import BoolArray, FloatArray
from pose.track import Track

#: Steadiness is judged inside the hold: its first and last half second still belong to the movement.
_SETTLE_S = 0.5
#: A hold shorter than this has no steadiness.
_STEADY_FROM_S = 2.0
#: A hold in which the legs are confused for more than this share has no steadiness.
_MAX_SKIPPED = 0.5
#: A bounce goes out and back within this time; slower changes are creep.
_BOUNCE_S = 3.0
#: A movement lasts at least this long: the speed over less is noise of the model.
_MOVE_S = 0.4
#: Nobody lowers a limb by half and lifts it again in less than this: the model had lost it. Between two holds of the
#: rendered and the real clips are at least 3.0 s.
_LOST_S = 1.5
#: A movement of this share of the largest repeats it.
_REPEAT_SHARE = 0.6
#: Creep is the difference of the last part of the hold from the first, each this share of it.
_CREEP_SHARE = 0.25


def hold_goal_s(exercise: Exercise) -> float | None:
    """Return how long a hold is to last: the shortest that is no fault, else the usual dose; None without a hold."""
    if exercise.hold is None:
        return None
    for rule in exercise.rules:
        if rule.measure == "hold_s" and rule.bound.at_least is not None:
            return rule.bound.at_least
    return exercise.dose.hold_s[0] if exercise.dose.hold_s is not None else None


def join_interrupted(exercise: Exercise, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans, joining holds that were interrupted because the model lost the limb for a moment."""
    if exercise.hold is None:
        return tuple(spans)
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before is not None and span.bottom_s - before.leave_s < _LOST_S:
            joined[-1] = before.model_copy(update={"leave_s": span.leave_s, "end_s": span.end_s,
                                                   "whole": before.whole and span.whole})
        else:
            joined.append(span)
    return tuple(joined)


def time_hold(exercise: Exercise, track: Track, span: Span) -> Span:
    """Return the span with its hold measured; unchanged where the exercise has no hold or it is measured already."""
    if exercise.hold is None or span.held is not None:
        return span
    line = depth_curve(track, exercise.signal)
    if line is None:
        return span
    rows = slice(line.index(span.bottom_s), line.index(span.leave_s) + 1)
    depth, blind = line.depth[rows], line.blind[rows]
    if not len(depth) or blind.all():
        return span
    zone = (depth >= float(np.median(depth[~blind])) - exercise.hold.within) & ~blind
    swing, speed, crept = _steadiness(line, rows, find_confused_legs(track, line, rows, exercise.signal.quantity))
    held = HoldMeasures(seconds=round(clock_s(zone, exercise.hold.forgive_s), 3), swing=swing, speed_per_s=speed,
                crept=crept)
    return span.model_copy(update={"held": held})


def clock_s(zone: BoolArray, forgive_s: float) -> float:
    """Return the seconds of a clock that runs inside the zone and through absences shorter than `forgive_s`.

    Parameters
    ----------
    zone : ndarray of bool, shape (n,)
        Even steps, `curve.GRID_HZ` per second.
    forgive_s : float

    Examples
    --------
    >>> clock_s(np.repeat([True, False, True], [120, 30, 60]), 1.0)
    3.5
    >>> clock_s(np.repeat([True, False, True], [120, 90, 60]), 1.0)
    3.0
    """
    inside = np.flatnonzero(zone)
    if not len(inside):
        return 0.0
    absences_s = [(after - before - 1) / GRID_HZ for before, after in pairwise(inside.tolist()) if after > before + 1]
    return len(inside) / GRID_HZ + sum(absence for absence in absences_s if absence < forgive_s)


def _steadiness(line: Curve, rows: slice, skipped: BoolArray
                ) -> tuple[float | None, float | None, float | None]:
    """Return swing, speed and creep of a hold; None where it is too short, has a gap, or too much of it is skipped."""
    trim = round(_SETTLE_S * GRID_HZ)
    inner = slice(rows.start + trim, max(rows.stop - trim, rows.start + trim))
    skipped = skipped[trim:trim + inner.stop - inner.start]
    depth = line.depth[inner]
    if len(skipped) and skipped.mean() > _MAX_SKIPPED:
        return None, None, None
    if skipped.any():
        steps = np.arange(len(depth))
        depth = np.interp(steps, steps[~skipped], depth[~skipped])
    if len(depth) < (_STEADY_FROM_S - 2 * _SETTLE_S) * GRID_HZ or line.blind[inner].any():
        return None, None, None
    part = max(1, int(_CREEP_SHARE * len(depth)))
    crept = float(np.median(depth[-part:]) - np.median(depth[:part]))
    return round(_swing(depth), 2), round(_speed_per_s(depth), 2), round(crept, 2)


def _swing(depth: FloatArray) -> float:
    """Return the largest dip between two highs, or rise between two lows, within the time of a bounce."""
    return max(_repeated(_dips(depth)), _repeated(_dips(-depth)))


def _repeated(values: FloatArray) -> float:
    """Return the highest value that is repeated, approximately, more than half a bounce away.

    Bouncing repeats; a limb that jumps once was lost by the model.
    """
    if not len(values):
        return 0.0
    reach, best = round(_BOUNCE_S / 2 * GRID_HZ), int(np.argmax(values))
    second = float(np.max(np.concatenate([values[:max(best - reach, 0)], values[best + reach + 1:]]), initial=0.0))
    return float(values[best]) if second >= _REPEAT_SHARE * values[best] else second


def _dips(depth: FloatArray) -> FloatArray:
    """Return the depth of the curve below the maxima before and after, within the time of a bounce."""
    reach = round(_BOUNCE_S / 2 * GRID_HZ)
    before, after = running_maximum(depth, reach, 0), running_maximum(depth, 0, reach)
    return np.minimum(before, after) - depth


def _speed_per_s(depth: FloatArray) -> float:
    """Return the highest speed that lasted for `_MOVE_S` and was repeated."""
    step = np.abs(np.gradient(depth)) * GRID_HZ
    size = round(_MOVE_S * GRID_HZ)
    slowest = running_minimum(step, size // 2, size - 1 - size // 2)
    return _repeated(slowest[size // 2:len(step) - size // 2])
