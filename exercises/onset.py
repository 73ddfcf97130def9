"""A rep's curves -> the hip flexion at which the back begins to give, and how a bend is shared between hips and back.

Which quantity gives along which other one, and from what limit on, is data of the exercise (`extras.Onset`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np

from exercises.curve import Curve, curve
from exercises.exercise_model import Exercise
from exercises.feedback import amount
from exercises.measures import unit_of
from exercises.rep_values import GAP_S, RepValue, part_of, rep_value
from exercises.report_parts import Onset
from exercises.results import Rep, Span
from pose.quantity import Unmeasured
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A bend of less than this, hips and back together, is hardly one: its shares would be shares of noise.
LEAST_BEND_DEG = 20.0
#: The slope at the crossing is taken over this many degrees to either side of the limit.
_SLOPE_BAND_DEG = 8.0
#: A back that gives hardly at all crosses the limit nowhere in particular: no band is wider than this.
_WIDEST_DEG = 60.0

_NEVER = Unmeasured(Reason(ReasonKind.NO_ROUNDING_ONSET))
_HIDDEN = Unmeasured(Reason(ReasonKind.DESCENT_UNMEASURED))


def rep_onset(exercise: Exercise, track: Track, span: Span) -> RepValue | Unmeasured:
    """Find where one rep's back begins to give.

    Going back from the bottom of the rep, the last moment at which the measure was not past its limit, as it reads
    there (`onset.reads_low`); the value of the other quantity at that moment, interpolated. Curves are smoothed by time
    as those that time the reps.

    Parameters
    ----------
    exercise : Exercise
        With its `onset`.
    track : Track
    span : Span

    Returns
    -------
    Taken or Unmeasured
        In the unit of `onset.along`. Unmeasured where the back never gave, had given before the rep began, or one of
        the two quantities was not measured at the bottom or around that moment. Its uncertainty joins that of `along`
        with that of `measure`, turned into `along` by the path's slope at the crossing.
    """
    onset, limit = exercise.onset, exercise.onset_limit
    if onset is None or limit is None or not span.bottom_seen:
        return _HIDDEN
    bottom = rep_value(track, onset.measure, part_of(span, "bottom")) if onset.measure in track.columns else _HIDDEN
    if isinstance(bottom, Unmeasured):
        return bottom
    if bottom.value <= limit:
        return _NEVER
    gives, along = _descent(track, onset.measure, span), _descent(track, onset.along, span)
    if gives is None or along is None:
        return _HIDDEN
    limit -= onset.reads_low
    at_s = _crossing(gives, limit)
    if at_s is None or along.blind[along.index(at_s)] or not along.time_s[0] <= at_s <= along.time_s[-1]:
        return _HIDDEN
    value = float(np.interp(at_s, along.time_s, along.depth))
    return RepValue(value, at_s, _uncertainty(track, onset, at_s, _slope(gives, along, limit)))


def set_onset(reps: Sequence[Rep]) -> tuple[float | None, float | None]:
    """Median onset of the reps that have one, and the middle of their uncertainties: errors have common causes."""
    found = [rep for rep in reps if rep.rounding_onset_deg is not None]
    if not found:
        return None, None
    widths = [width for rep in found if (width := rep.rounding_onset_uncertainty_deg) is not None]
    middle = float(np.median([rep.rounding_onset_deg or 0.0 for rep in found]))
    return round(middle, 2), round(float(np.median(widths)), 2) if widths else None


def onset_sentence(exercise: Exercise, value: float | None, uncertainty: float | None = None) -> str:
    """Return the sentence about a set's onset, or "" where there is none."""
    if exercise.onset is None or value is None:
        return ""
    return exercise.onset.sentence.format(value=amount(value, unit_of(exercise.onset.along), uncertainty))


def hip_share(hip_flexion_deg: float | None, spine_flexion_deg: float | None) -> float | None:
    """Return the hips' part of the whole bend, 0 to 1.

    Parameters
    ----------
    hip_flexion_deg, spine_flexion_deg : float or None
        At the bottom of a rep; a part that went the other way counts as nothing.

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
    """The smooth curve of a quantity from the start of a rep to the end of its bottom."""
    if name not in track.columns:
        return None
    rows = track.between(span.start_s - GAP_S, part_of(span, "bottom")[1])
    return curve(track.time_s[rows], track.columns[name][rows], GAP_S)


def _crossing(gives: Curve, limit: float) -> float | None:
    """Time of the last rise past the limit that is not undone; None where it is not on the curve or in a gap."""
    below = np.flatnonzero(gives.depth <= limit)
    if not len(below) or below[-1] + 1 >= len(gives):
        return None
    last = int(below[-1])
    if gives.blind[last] or gives.blind[last + 1]:
        return None
    share = (limit - gives.depth[last]) / (gives.depth[last + 1] - gives.depth[last])
    return float(gives.time_s[last] + share * (gives.time_s[last + 1] - gives.time_s[last]))


def _slope(gives: Curve, along: Curve, limit: float) -> float:
    """How many degrees `along` moves for one degree of `gives`, around the limit; never negative."""
    near = np.abs(gives.depth - limit) <= _SLOPE_BAND_DEG
    past = np.interp(gives.time_s[near], along.time_s, along.depth)
    spread = np.ptp(gives.depth[near])
    return float(np.ptp(past) / spread) if spread > 1.0 else _WIDEST_DEG


def _uncertainty(track: Track, onset: Onset, at_s: float, slope: float) -> float | None:
    """Half-width of the 90 % band: a back measured too round seems to give too early, by its error times the slope."""
    widths = []
    for name in (onset.along, onset.measure):
        if name not in track.uncertainty:
            return None
        column = track.uncertainty[name][track.between(at_s - GAP_S, at_s + GAP_S)]
        column = column[np.isfinite(column)]
        if not len(column):
            return None
        widths.append(float(np.median(column)))
    return min(hypot(widths[0], slope * widths[1]), _WIDEST_DEG)
