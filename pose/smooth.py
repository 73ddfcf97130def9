"""A noisy column over time -> a smooth one that keeps its peaks; short gaps bridged. Works in seconds, not frames."""

from __future__ import annotations

import numpy as np

from pose.geometry import FloatArray

#: Half the window of the local parabola. A movement of a second or more has no bend sharper than this.
HALF_WINDOW_S = 0.2
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


def smooth(time_s: FloatArray, values: FloatArray, half_window_s: float = HALF_WINDOW_S) -> FloatArray:
    """Value at each moment of the parabola fitted to its neighbourhood (a Savitzky-Golay filter for uneven times).

    A parabola follows a peak where an average would clip it. NaN stays NaN and counts for nothing; with fewer than four
    neighbours the value stays as it is.
    """
    n = len(values)
    if n < 4 or not np.isfinite(values).any():
        return values.copy()
    step_s = max(float(np.median(np.diff(time_s))), 1e-3)
    reach = max(1, round(half_window_s / step_s))
    neighbour = np.arange(n)[:, None] + np.arange(-reach, reach + 1)[None]
    inside = (neighbour >= 0) & (neighbour < n)
    neighbour = np.clip(neighbour, 0, n - 1)
    x = (time_s[neighbour] - time_s[:, None]) / half_window_s
    y = values[neighbour]
    weight = np.where(inside & np.isfinite(y), np.clip(1 - np.abs(x / 1.2) ** 3, 0, None), 0.0)
    powers = np.stack([np.ones_like(x), x, x**2], axis=-1)
    normal = np.einsum("nk,nki,nkj->nij", weight, powers, powers) + 1e-9 * np.eye(3)
    right = np.einsum("nk,nki,nk->ni", weight, powers, np.nan_to_num(y))
    level = np.linalg.solve(normal, right[..., None])[:, 0, 0]
    enough = (weight > 0).sum(axis=1) >= 4
    return np.where(np.isfinite(values) & enough, level, values)


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
