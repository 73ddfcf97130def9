"""A noisy column over time -> a smooth one that keeps its peaks; short gaps bridged. Works in seconds, not frames."""

from __future__ import annotations

import numpy as np

from pose.geometry import FloatArray

#: Half the window of the local parabola. A movement of a second or more has no bend sharper than this.
HALF_WINDOW_S = 0.2
#: Fewer moments make no parabola.
_LEAST = 4
#: Gaps up to this long are bridged straight: shorter than any movement that is judged.
BRIDGE_S = 0.35


def bridged(time_s: FloatArray, values: FloatArray, longest_s: float = BRIDGE_S) -> FloatArray:
    """Fill gaps (NaN) between two measured moments no further apart than `longest_s`, straight."""
    seen = np.flatnonzero(np.isfinite(values))
    if len(seen) < 2:
        return values.copy()
    filled = np.interp(time_s, time_s[seen], values[seen], left=np.nan, right=np.nan)
    before = np.searchsorted(seen, np.arange(len(values)), side="right") - 1
    after = np.minimum(before + 1, len(seen) - 1)
    gap_s = time_s[seen[after]] - time_s[seen[np.maximum(before, 0)]]
    return np.where(np.isfinite(values) | ((before >= 0) & (gap_s <= longest_s)), filled, np.nan)


class Smoother:
    """The parabolas of one row of moments: what depends on them alone is made once, for all columns of a track.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
    half_window_s : float
    """

    def __init__(self, time_s: FloatArray, half_window_s: float = HALF_WINDOW_S) -> None:
        self._n = n = len(time_s)
        if n < _LEAST:
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
        """Return each moment's value of the parabola fitted to its neighbourhood (Savitzky-Golay for uneven times).

        A parabola follows a peak where an average would clip it. NaN stays NaN and counts for nothing; with fewer than
        four neighbours the value stays as it is.
        """
        seen = np.isfinite(values)
        if self._n < _LEAST or not seen.any():
            return values.copy()
        y = values[self._neighbour]
        weight = np.where(seen[self._neighbour], self._weight, 0.0)
        normal = (weight[:, None] @ self._products).reshape(-1, 3, 3) + 1e-9 * np.eye(3)
        right = (weight * np.where(seen[self._neighbour], y, 0.0))[:, None] @ self._powers
        level = np.linalg.solve(normal, right[:, 0, :, None])[:, 0, 0]
        enough = (weight > 0).sum(axis=1) >= _LEAST
        return np.where(seen & enough, level, values)


def running_median(time_s: FloatArray, values: FloatArray, half_window_s: float) -> FloatArray:
    """Median of what was measured within the window round each moment; NaN where nothing was."""
    first = np.searchsorted(time_s, time_s - half_window_s)
    past = np.searchsorted(time_s, time_s + half_window_s, side="right")
    if not len(values):
        return np.empty(0)
    # One row a window, sorted, what is unmeasured or outside last: a live session asks for this many times a second.
    step = first[:, None] + np.arange(int((past - first).max()))[None]
    near = np.where(step < past[:, None], values[np.minimum(step, len(values) - 1)], np.nan)
    near.sort(axis=1)
    seen = np.isfinite(near).sum(axis=1)
    low, high = (np.take_along_axis(near, np.maximum(part, 0)[:, None], axis=1)[:, 0]
                 for part in ((seen - 1) // 2, seen // 2 - (seen == 0)))
    return np.where(seen > 0, (low + high) / 2, np.nan)
