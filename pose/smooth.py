"""Noisy column over time -> smooth column with its peaks preserved; short gaps bridged. In seconds, not frames."""

from __future__ import annotations

import numpy as np

from pose.arrays import FloatArray

#: Half the window of the local parabola. A movement of a second or more has no sharper peak than this.
HALF_WINDOW_S = 0.2
#: A parabola needs at least this many values.
_LEAST_VALUES = 4
#: Gaps up to this long are interpolated: shorter than any movement that is judged.
MAX_GAP_S = 0.35


def bridge_gaps(time_s: FloatArray, values: FloatArray, longest_s: float = MAX_GAP_S) -> FloatArray:
    """Interpolate gaps (NaN) linearly between two measured values no further apart than `longest_s`."""
    measured = np.flatnonzero(np.isfinite(values))
    if len(measured) < 2:
        return values.copy()
    filled = np.interp(time_s, time_s[measured], values[measured], left=np.nan, right=np.nan)
    before = np.searchsorted(measured, np.arange(len(values)), side="right") - 1
    after = np.minimum(before + 1, len(measured) - 1)
    gap_s = time_s[measured[after]] - time_s[measured[np.maximum(before, 0)]]
    return np.where(np.isfinite(values) | ((before >= 0) & (gap_s <= longest_s)), filled, np.nan)


class Smoother:
    """Smooths columns by local parabolas; what depends on the times alone is computed once for all columns of a track.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
    half_window_s : float
    """

    def __init__(self, time_s: FloatArray, half_window_s: float = HALF_WINDOW_S) -> None:
        self._n = n = len(time_s)
        if n < _LEAST_VALUES:
            return
        step_s = max(float(np.median(np.diff(time_s))), 1e-3)
        reach = max(1, round(half_window_s / step_s))
        neighbour = np.arange(n)[:, None] + np.arange(-reach, reach + 1)[None]
        inside = (neighbour >= 0) & (neighbour < n)
        self._neighbour = np.clip(neighbour, 0, n - 1)
        x = (time_s[self._neighbour] - time_s[:, None]) / half_window_s
        self._weight = np.where(inside, np.clip(1 - np.abs(x / 1.2) ** 3, 0, None), 0.0)
        self._powers = np.stack([np.ones_like(x), x, x**2], axis=-1)
        self._products = (self._powers[..., None] * self._powers[..., None, :]).reshape(n, -1, 9)

    def __call__(self, values: FloatArray) -> FloatArray:
        """Return the values of parabolas fitted around each time (a Savitzky-Golay filter for uneven times).

        A parabola follows a peak where an average would clip it. NaN stays NaN and has no weight; with fewer than four
        neighbours the value is unchanged.
        """
        measured = np.isfinite(values)
        if self._n < _LEAST_VALUES or not measured.any():
            return values.copy()
        y = values[self._neighbour]
        weight = np.where(measured[self._neighbour], self._weight, 0.0)
        normal = (weight[:, None] @ self._products).reshape(-1, 3, 3) + 1e-9 * np.eye(3)
        right = (weight * np.where(measured[self._neighbour], y, 0.0))[:, None] @ self._powers
        level = np.linalg.solve(normal, right[:, 0, :, None])[:, 0, 0]
        enough = (weight > 0).sum(axis=1) >= _LEAST_VALUES
        return np.where(measured & enough, level, values)


def running_median(time_s: FloatArray, values: FloatArray, half_window_s: float) -> FloatArray:
    """Return the median of the measured values in the window around each time; NaN without any."""
    first = np.searchsorted(time_s, time_s - half_window_s)
    end = np.searchsorted(time_s, time_s + half_window_s, side="right")
    if not len(values):
        return np.empty(0)
    # One row per window, sorted, with unmeasured values last: a live session computes this many times a second.
    step = first[:, None] + np.arange(int((end - first).max()))[None]
    near = np.where(step < end[:, None], values[np.minimum(step, len(values) - 1)], np.nan)
    near.sort(axis=1)
    count = np.isfinite(near).sum(axis=1)
    low, high = (np.take_along_axis(near, np.maximum(part, 0)[:, None], axis=1)[:, 0]
                 for part in ((count - 1) // 2, count // 2 - (count == 0)))
    return np.where(count > 0, (low + high) / 2, np.nan)
