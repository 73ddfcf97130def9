"""Column of a Track and part of a rep -> one value with its time and uncertainty, or why it is unmeasured."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from exercises.curve import GRID_HZ, curve
from exercises.filters import running_minimum
from exercises.results import Span
from pose.arrays import FloatArray
from pose.quantity import Unmeasured
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A rule is unseen where a smaller share of its frames has a value.
LEAST_SHARE = 0.6
#: The bottom of a rep without a pause extends this far to either side.
BOTTOM_S = 0.15
#: No level is sustained across a longer gap.
GAP_S = 0.25
#: Of a slow camera two frames in a row may be missing, up to this long. (With a quarter of a second for all cameras,
#: half of the reps at 5 uneven frames per second were not judged; tests/hingecheck/live/test_slow_camera.py.)
_MAX_GAP_FRAMES, _MAX_GAP_S = 2.5, 0.45
#: 90 % of the times of reps are within this of the truth: two ends, each within about 0.1 s (tests/exercises).
TIME_UNCERTAINTY_S = 0.15


@dataclass(frozen=True)
class RepValue:
    """A value with its time and the half-width of its 90 % band."""

    value: float
    at_s: float
    #: None where the column has no uncertainty.
    uncertainty: float | None


def rep_time(measure: str, span: Span, enough_s: float = inf) -> RepValue | Unmeasured:
    """Return one of `measures.REP_TIMES`; unmeasured where the rep is not whole.

    A hold at the edge of the clip lasted at least as long as its part in the clip: that is measured where it reaches
    `enough_s`.
    """
    if measure == "hold_s" and span.held is not None and (span.whole or span.held.seconds >= enough_s):
        return RepValue(span.held.seconds, span.leave_s, TIME_UNCERTAINTY_S)
    if not span.whole:
        return Unmeasured(Reason(ReasonKind.REP_INCOMPLETE))
    ends = {
        "down_s": (span.start_s, span.bottom_s),
        "hold_s": (span.bottom_s, span.leave_s),
        "up_s": (span.leave_s, span.end_s),
        "rep_s": (span.start_s, span.end_s),
    }
    first, last = ends[measure]
    return RepValue(last - first, last, TIME_UNCERTAINTY_S)


def hold_value(measure: str, span: Span) -> RepValue | Unmeasured:
    """Return one of `measures.HOLD_MEASURES`; unmeasured where the hold was too short."""
    held = span.held
    values = {} if held is None else {
        "hold_swing_deg": held.swing, "hold_speed_deg_per_s": held.speed_per_s, "hold_crept_deg": held.crept}
    value = values.get(measure)
    if value is None:
        return Unmeasured(Reason(ReasonKind.HOLD_UNMEASURED))
    return RepValue(value, (span.bottom_s + span.leave_s) / 2, None)


def part_window(span: Span, during: str) -> tuple[float, float]:
    """Return the first and last time of a part of a rep; the bottom lasts at least 0.3 s.

    The deep part is the lower half of the movement: an eased ramp is half-way down in the middle of its time.
    """
    if during == "down":
        return span.start_s, span.bottom_s
    if during == "up":
        return span.leave_s, span.end_s
    if during == "deep":
        return (span.start_s + span.bottom_s) / 2, (span.leave_s + span.end_s) / 2
    if during == "rep":
        return span.start_s, span.end_s
    middle = (span.bottom_s + span.leave_s) / 2
    return min(span.bottom_s, middle - BOTTOM_S), max(span.leave_s, middle + BOTTOM_S)


def rep_value(
    track: Track, name: str, window: tuple[float, float], statistic: str = "median", for_s: float = 0.0
) -> RepValue | Unmeasured:
    """Compute one statistic of one column in a window of time.

    Parameters
    ----------
    track : Track
    name : str
        A quantity. A track without this column is treated as one that could not measure it.
    window : (float, float)
        First and last time, seconds.
    statistic : {"median", "highest", "lowest"}
    for_s : float
        For highest and lowest: the level must have been sustained for this long.

    Returns
    -------
    RepValue or Unmeasured
        Unmeasured, with the most frequent reason, where under 60 % of the frames have a value.
    """
    if name not in track.columns:
        return Unmeasured(Reason.of(ReasonKind.NO_COLUMN, quantity=name))
    rows = track.between(*window)
    times, values = track.time_s[rows], track.columns[name][rows]
    measured = np.isfinite(values)
    reason = track.why_unmeasured(name, *window) or Reason.of(ReasonKind.TOO_FEW_FRAMES, quantity=name)
    if not len(values) or measured.mean() < LEAST_SHARE:
        return Unmeasured(reason)
    if statistic == "median":
        at = (window[0] + window[1]) / 2
        return RepValue(float(np.median(values[measured])), at, _uncertainty(track, name, window))
    sign = 1.0 if statistic == "highest" else -1.0
    sustained = sustained_level(times, sign * values, for_s)
    if sustained is None:
        return Unmeasured(reason)
    level, at_s = sustained
    reach = max(for_s / 2, BOTTOM_S)
    return RepValue(sign * level, at_s, _uncertainty(track, name, (at_s - reach, at_s + reach)))


def _uncertainty(track: Track, name: str, window: tuple[float, float]) -> float | None:
    """Return the median half-width of the frames: their errors are correlated, so a median is as uncertain as one."""
    if name not in track.uncertainty:
        return None
    widths = track.uncertainty[name][track.between(*window)]
    widths = widths[np.isfinite(widths)]
    return float(np.median(widths)) if len(widths) else None


def sustained_level(time_s: FloatArray, values: FloatArray, for_s: float) -> tuple[float, float] | None:
    """Return the highest level that was sustained for a time, and the middle of that time.

    The maximum over all windows of `for_s` of the lowest value in the window, on smoothed values evenly spaced in time;
    windows with a gap of more than 0.25 s are excluded; of more than up to 0.45 s at low frame rates.

    Parameters
    ----------
    time_s, values : ndarray, shape (n,)
        NaN in `values` where unmeasured.
    for_s : float
        0 for the highest (smoothed) value itself.

    Returns
    -------
    (level, at_s) or None
        None where no window was measured throughout.
    """
    line = curve(time_s, values, _gap_s(time_s))
    half = round(for_s * GRID_HZ / 2)
    if line is None or len(line) < 2 * half + 1:
        return None
    inside = slice(half, len(line) - half)
    levels = running_minimum(np.where(line.blind, -np.inf, line.depth), half, half)[inside]
    best = int(np.argmax(levels))
    if not np.isfinite(levels[best]):
        return None
    return float(levels[best]), float(line.time_s[inside][best])


def _gap_s(time_s: FloatArray) -> float:
    """Return the longest gap that is bridged at this frame rate."""
    step_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    return min(max(GAP_S, _MAX_GAP_FRAMES * step_s), _MAX_GAP_S)
