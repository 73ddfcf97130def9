"""Track, Hold and a rep's Span -> Held: seconds on the clock, how steady, how it crept. All by time, never by frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from exercises.curve import GRID_HZ, Curve
from exercises.exercise_model import Exercise
from exercises.filters import FloatArray, running_maximum, running_minimum
from exercises.hold_model import Held
from exercises.mixed_legs import mixed
from exercises.results import Span
from exercises.segment import depth_curve
from pose.track import Track

#: Steadiness is judged inside the hold: its first and last half second are still arriving and already leaving.
_SETTLE_S = 0.5
#: A hold shorter than this has no steadiness.
_STEADY_FROM_S = 2.0
#: Of a hold that is skipped for more than this (the model mixed the legs) nothing is said.
_MOST_SKIPPED = 0.5
#: A bounce goes out and comes back within this; slower changes are creep.
_BOUNCE_S = 3.0
#: A movement lasts at least this long: the speed of less is the noise of the model.
_MOVE_S = 0.4
#: Nobody lowers a limb by half and lifts it again in less than this: the model had lost it. Between two holds 3.0 s and
#: more pass in the rendered and the real clips.
_LOST_S = 1.5
#: A movement of this share of the largest is that one again.
_AGAIN = 0.6
#: Creep is the last part of the hold against the first, each this share of it.
_CREEP_SHARE = 0.25


def joined(exercise: Exercise, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans of an exercise that holds, with those made one again that a moment's loss of the limb cut."""
    if exercise.hold is None:
        return tuple(spans)
    whole: list[Span] = []
    for span in spans:
        before = whole[-1] if whole else None
        if before is not None and span.bottom_s - before.leave_s < _LOST_S:
            whole[-1] = before.model_copy(update={"leave_s": span.leave_s, "end_s": span.end_s,
                                                  "whole": before.whole and span.whole})
        else:
            whole.append(span)
    return tuple(whole)


def clocked(exercise: Exercise, track: Track, span: Span) -> Span:
    """Return the span with its hold timed; unchanged where the exercise holds nothing or already timed."""
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
    swing, speed, crept = _steadiness(line, rows, mixed(track, line, rows, exercise.signal.quantity))
    held = Held(seconds=round(seconds_in(zone, exercise.hold.forgive_s), 3), swing=swing, speed_per_s=speed,
                crept=crept)
    return span.model_copy(update={"held": held})


def seconds_in(zone: NDArray[np.bool_], forgive_s: float) -> float:
    """Return the seconds on a clock that runs inside the zone and forgives leaving it for less than `forgive_s`.

    Parameters
    ----------
    zone : ndarray of bool, shape (n,)
        Even steps, `curve.GRID_HZ` a second.
    forgive_s : float

    Examples
    --------
    >>> seconds_in(np.repeat([True, False, True], [120, 30, 60]), 1.0)
    3.5
    >>> seconds_in(np.repeat([True, False, True], [120, 90, 60]), 1.0)
    3.0
    """
    inside = np.flatnonzero(zone)
    if not len(inside):
        return 0.0
    away = [(after - before - 1) / GRID_HZ for before, after in pairwise(inside.tolist()) if after > before + 1]
    return len(inside) / GRID_HZ + sum(gap for gap in away if gap < forgive_s)


def _steadiness(line: Curve, rows: slice, skipped: NDArray[np.bool_]
                ) -> tuple[float | None, float | None, float | None]:
    """Swing, speed and creep inside a hold; None where it is too short, has a gap, or too much of it is skipped."""
    trim = round(_SETTLE_S * GRID_HZ)
    inner = slice(rows.start + trim, max(rows.stop - trim, rows.start + trim))
    skipped = skipped[trim:trim + inner.stop - inner.start]
    depth = line.depth[inner]
    if len(skipped) and skipped.mean() > _MOST_SKIPPED:
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
    """Return the highest value that comes again, more or less, further than half a bounce away.

    Bouncing is done again and again; a limb that jumps once was lost by the model.
    """
    if not len(values):
        return 0.0
    reach, best = round(_BOUNCE_S / 2 * GRID_HZ), int(np.argmax(values))
    second = float(np.max(np.concatenate([values[:max(best - reach, 0)], values[best + reach + 1:]]), initial=0.0))
    return float(values[best]) if second >= _AGAIN * values[best] else second


def _dips(depth: FloatArray) -> FloatArray:
    """How far the curve falls below both the highest before and the highest after, within the time of a bounce."""
    reach = round(_BOUNCE_S / 2 * GRID_HZ)
    before, after = running_maximum(depth, reach, 0), running_maximum(depth, 0, reach)
    return np.minimum(before, after) - depth


def _speed_per_s(depth: FloatArray) -> float:
    """Return the fastest movement that went on for a while and came again."""
    step = np.abs(np.gradient(depth)) * GRID_HZ
    size = round(_MOVE_S * GRID_HZ)
    slowest = running_minimum(step, size // 2, size - 1 - size // 2)
    return _repeated(slowest[size // 2:len(step) - size // 2])
