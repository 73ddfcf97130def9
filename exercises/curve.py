"""Samples of one quantity over time -> an even, smooth curve of depth, and the times of the ramps on it.

Everything is in seconds, never in frames, so that 15 and 60 frames per second, or uneven ones, give the same values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.filters import savitzky_golay
from pose.arrays import BoolArray, FloatArray

#: Steps per second of the even curve: the rate of the fastest usual camera, anchored at time 0 so that the steps of a
#: growing recording do not change.
GRID_HZ = 60.0
#: Width of the smoothing window. A local parabola over this width keeps the depth of a turn without a pause (0.5 s
#: down, 0.5 s up) within 2 %, and halves a noise of 3 deg at 30 frames per second.
SMOOTH_S = 0.35
#: The shares of a ramp between which it is fitted: where a raised cosine is steep, noise moves a crossing least.
_LOWER, _UPPER = 0.12, 0.88
#: Steps further than this from a sample are interpolated and not used to time a ramp.
_NEAR_S = 0.1


@dataclass(frozen=True, eq=False)
class Curve:
    """Depth over even times.

    Attributes
    ----------
    time_s : ndarray, shape (n,)
        Even, `1 / GRID_HZ` apart.
    depth : ndarray, shape (n,)
        Smoothed distance from the nominal rest; grows toward the bottom of a rep.
    near : ndarray of bool, shape (n,)
        True where a sample is within 0.1 s.
    blind : ndarray of bool, shape (n,)
        True in gaps too long to be bridged.
    """

    time_s: FloatArray
    depth: FloatArray
    near: BoolArray
    blind: BoolArray

    def __len__(self) -> int:
        return len(self.time_s)

    def index(self, time_s: float) -> int:
        """Return the nearest step to a time, within the curve."""
        return int(np.clip(round((time_s - self.time_s[0]) * GRID_HZ), 0, len(self) - 1))


def curve(time_s: FloatArray, depth: FloatArray, bridge_s: float) -> Curve | None:
    """Compute a smooth, even curve from uneven samples.

    Parameters
    ----------
    time_s, depth : ndarray, shape (n,)
        Samples; NaN in `depth` where unmeasured.
    bridge_s : float
        Longer gaps between measured samples are marked `blind`.

    Returns
    -------
    Curve or None
        None where less than 0.35 s was measured.
    """
    measured = np.isfinite(depth)
    if measured.sum() < 3:
        return None
    time_s, depth = time_s[measured], without_spikes(depth[measured])
    steps = np.arange(np.ceil(time_s[0] * GRID_HZ - 1e-6), np.floor(time_s[-1] * GRID_HZ + 1e-6) + 1)
    width = 2 * round(SMOOTH_S * GRID_HZ / 2) + 1
    if len(steps) < width:
        return None
    even = steps / GRID_HZ
    after = np.clip(np.searchsorted(time_s, even), 1, len(time_s) - 1)
    gap = time_s[after] - time_s[after - 1]
    away = np.minimum(np.abs(even - time_s[after - 1]), np.abs(time_s[after] - even))
    smooth = savitzky_golay(np.interp(even, time_s, depth), width)
    return Curve(even, smooth, away <= _NEAR_S, gap > bridge_s)


def without_spikes(values: FloatArray) -> FloatArray:
    """Return the median of each sample and its two neighbours: removes single outliers, leaves ramps unchanged."""
    if len(values) < 3:
        return values
    middle = np.median(np.stack([values[:-2], values[1:-1], values[2:]]), axis=0)
    return np.concatenate([values[:1], middle, values[-1:]])


def ramp(time_s: FloatArray, depth: FloatArray, near: BoolArray) -> tuple[float, float]:
    """Determine the start and the end time of one rise from a low to a high level.

    People start and stop smoothly, so the crossing of a low level comes late: 10 % of an eased movement of 2 s is
    reached 0.4 s after its start. On a raised cosine ``y = (1 - cos(pi p)) / 2`` the phase ``p = arccos(1 - 2 y) / pi``
    is a straight line over time; it is fitted where the ramp is steep and extrapolated to p = 0 and p = 1. The start is
    weighted by the lower part of the ramp and the end by the upper, for people who start briskly and arrive slowly.

    Parameters
    ----------
    time_s, depth : ndarray, shape (n,)
        A section of a curve with rest, one rise, and (part of) the plateau. Times may be negated to time a fall.
    near : ndarray of bool, shape (n,)
        Which steps are measured, not interpolated.

    Returns
    -------
    start_s, end_s : float
    """
    low, high = _levels(depth)
    share = (depth - low) / max(high - low, 1e-9)
    past = int(np.argmax(share >= _UPPER)) if np.any(share >= _UPPER) else len(share) - 1
    first = _last_below(share, _LOWER, past)
    part = slice(first, past + 1)
    use = near[part] if near[part].sum() >= 4 else np.ones(past + 1 - first, dtype=bool)
    times, shares = time_s[part][use], np.clip(share[part][use], 0.0, 1.0)
    phase = np.arccos(1.0 - 2.0 * shares) / np.pi
    start = _extrapolate(times, phase, 1.0 - shares, 0.0)
    end = _extrapolate(times, phase, shares, 1.0)
    # Where the fit leaves the ramp (a pause half-way), the levels limit it: neither end is inside the steep part, nor
    # much further out than where the level is reached.
    slack = 0.05 + 0.15 * float(time_s[past] - time_s[first])
    at_low = time_s[_last_below(share, 0.0, first)]
    above = np.flatnonzero(share[past:] >= 1.0)
    at_high = time_s[past + above[0]] if len(above) else time_s[-1]
    return (
        float(np.clip(start, min(at_low - slack, time_s[first]), time_s[first])),
        float(np.clip(end, time_s[past], max(at_high + slack, time_s[past]))),
    )


def _levels(depth: FloatArray) -> tuple[float, float]:
    """Return rest and plateau: the medians of the values within a tenth of the lowest and of the highest one."""
    lowest, highest = float(depth.min()), float(depth.max())
    near = 0.1 * (highest - lowest)
    return float(np.median(depth[depth <= lowest + near])), float(np.median(depth[depth >= highest - near]))


def _last_below(share: FloatArray, level: float, before: int) -> int:
    below = np.flatnonzero(share[: before + 1] <= level)
    return int(below[-1]) if len(below) else 0


def _extrapolate(times: FloatArray, phase: FloatArray, weight: FloatArray, to: float) -> float:
    """Fit a weighted straight line to phase over time and return the time of a phase."""
    if len(times) < 3 or np.ptp(phase) < 0.05:
        return float(times[0] if to == 0.0 else times[-1])
    weight = weight + 0.25
    middle_t, middle_p = np.average(times, weights=weight), np.average(phase, weights=weight)
    away = times - middle_t
    slope = float(np.sum(weight * away * (phase - middle_p)) / np.sum(weight * away**2))
    if slope <= 1e-6:
        return float(times[0] if to == 0.0 else times[-1])
    return float(middle_t + (to - middle_p) / slope)
