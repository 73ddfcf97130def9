"""Curves of a rep -> the hip flexion at the rounding onset, and the hips' share of the bend.

The quantities and the limit are data of the exercise (`report_parts.Onset`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np

from exercises.curve import Curve, curve
from exercises.exercise_model import Exercise
from exercises.feedback import amount
from exercises.measures import unit_of
from exercises.rep_values import GAP_S, RepValue, part_window, rep_value
from exercises.report_parts import Onset
from exercises.results import Rep, Span
from language.translate import _
from pose.quantity import Unmeasured
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: The shares of a smaller bend, hips and back together, would be noise.
LEAST_BEND_DEG = 20.0
#: The slope at the crossing is computed over this many degrees to either side of the limit.
_SLOPE_BAND_DEG = 8.0
#: A back that hardly rounds crosses the limit at no definite point: no band is wider than this.
_MAX_BAND_DEG = 60.0

_NO_ONSET = Unmeasured(Reason(ReasonKind.NO_ROUNDING_ONSET))
_UNMEASURED = Unmeasured(Reason(ReasonKind.DESCENT_UNMEASURED))

#: An onset that may lie anywhere in more than 40 degrees, half of a whole hinge, is no advice: the tables have it.
_MOST_UNSURE_DEG = 20.0


def rep_onset(exercise: Exercise, track: Track, span: Span) -> RepValue | Unmeasured:
    """Find the rounding onset of one rep.

    Going back from the bottom of the rep, the last time at which the measure was not past its limit, lowered by its
    error there (`onset.reads_low`); the value of the other quantity at that time, interpolated. Curves are smoothed as
    those that time the reps.

    Parameters
    ----------
    exercise : Exercise
        With its `onset`.
    track : Track
    span : Span

    Returns
    -------
    RepValue or Unmeasured
        In the unit of `onset.along`. Unmeasured where there is no onset, it was before the rep began, or one of the two
        quantities is unmeasured at the bottom or around that time. Its uncertainty combines that of `along` with that
        of `measure`, converted to `along` by the slope at the crossing.
    """
    onset, limit = exercise.onset, exercise.onset_limit
    if onset is None or limit is None or not span.bottom_seen:
        return _UNMEASURED
    if onset.measure not in track.columns:
        return _UNMEASURED
    bottom = rep_value(track, onset.measure, part_window(span, "bottom"))
    if isinstance(bottom, Unmeasured):
        return bottom
    if bottom.value <= limit:
        return _NO_ONSET
    measure, along = _descent(track, onset.measure, span), _descent(track, onset.along, span)
    if measure is None or along is None:
        return _UNMEASURED
    limit -= onset.reads_low
    at_s = _crossing(measure, limit)
    if at_s is None or along.blind[along.index(at_s)] or not along.time_s[0] <= at_s <= along.time_s[-1]:
        return _UNMEASURED
    value = float(np.interp(at_s, along.time_s, along.depth))
    return RepValue(value, at_s, _uncertainty(track, onset, at_s, _slope(measure, along, limit)))


def set_onset(reps: Sequence[Rep]) -> tuple[float | None, float | None]:
    """Return the median onset of the reps that have one, and the median of their uncertainties (correlated errors)."""
    with_onset = [rep for rep in reps if rep.rounding_onset_deg is not None]
    if not with_onset:
        return None, None
    widths = [width for rep in with_onset if (width := rep.rounding_onset_uncertainty_deg) is not None]
    middle = float(np.median([rep.rounding_onset_deg or 0.0 for rep in with_onset]))
    return round(middle, 2), round(float(np.median(widths)), 2) if widths else None


def onset_sentence(exercise: Exercise, value: float | None, uncertainty: float | None = None) -> str:
    """Return the sentence about a set's onset, or "" where there is none, or where it is too unsure to go by."""
    if exercise.onset is None or value is None or (uncertainty or 0.0) > _MOST_UNSURE_DEG:
        return ""
    return _(exercise.onset.sentence).format(value=amount(value, unit_of(exercise.onset.along), uncertainty))


def hip_share(hip_flexion_deg: float | None, spine_flexion_deg: float | None) -> float | None:
    """Return the hips' share of the whole bend, 0 to 1.

    Parameters
    ----------
    hip_flexion_deg, spine_flexion_deg : float or None
        At the bottom of a rep; a negative one counts as 0.

    Returns
    -------
    float or None
        None where one is unmeasured or both together bend less than 20 deg.

    Examples
    --------
    >>> hip_share(60.0, 20.0)
    0.75
    """
    if hip_flexion_deg is None or spine_flexion_deg is None or hip_flexion_deg + spine_flexion_deg < LEAST_BEND_DEG:
        return None
    hip, spine = max(hip_flexion_deg, 0.0), max(spine_flexion_deg, 0.0)
    return round(hip / (hip + spine), 3)


def _descent(track: Track, name: str, span: Span) -> Curve | None:
    """Return the smooth curve of a quantity from the start of a rep to the end of its bottom."""
    if name not in track.columns:
        return None
    rows = track.between(span.start_s - GAP_S, part_window(span, "bottom")[1])
    return curve(track.time_s[rows], track.columns[name][rows], GAP_S)


def _crossing(measure: Curve, limit: float) -> float | None:
    """Return the time of the last rise past the limit; None where it is not on the curve, or in a gap."""
    below = np.flatnonzero(measure.depth <= limit)
    if not len(below) or below[-1] + 1 >= len(measure):
        return None
    last = int(below[-1])
    if measure.blind[last] or measure.blind[last + 1]:
        return None
    share = (limit - measure.depth[last]) / (measure.depth[last + 1] - measure.depth[last])
    return float(measure.time_s[last] + share * (measure.time_s[last + 1] - measure.time_s[last]))


def _slope(measure: Curve, along: Curve, limit: float) -> float:
    """Return the change of `along` per degree of `measure` around the limit; never negative."""
    near = np.abs(measure.depth - limit) <= _SLOPE_BAND_DEG
    past = np.interp(measure.time_s[near], along.time_s, along.depth)
    spread = np.ptp(measure.depth[near])
    return float(np.ptp(past) / spread) if spread > 1.0 else _MAX_BAND_DEG


def _uncertainty(track: Track, onset: Onset, at_s: float, slope: float) -> float | None:
    """Return the half-width of the 90 % band: the error of the measure shifts the onset by its slope."""
    widths = []
    for name in (onset.along, onset.measure):
        if name not in track.uncertainty:
            return None
        column = track.uncertainty[name][track.between(at_s - GAP_S, at_s + GAP_S)]
        column = column[np.isfinite(column)]
        if not len(column):
            return None
        widths.append(float(np.median(column)))
    return min(hypot(widths[0], slope * widths[1]), _MAX_BAND_DEG)
