"""Evenly spaced samples -> running extremes, smoothed values: the filters that the rules need.

SciPy has them too; these few lines save its 140 MB. Tests compare them with SciPy's.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pose.arrays import FloatArray


def running_minimum(values: FloatArray, before: int, after: int) -> FloatArray:
    """Return the minimum over each sample, `before` samples before it and `after` samples after it.

    Beyond the ends the first or last sample is repeated.

    Examples
    --------
    >>> running_minimum(np.array([3.0, 1.0, 2.0, 4.0]), 0, 1).tolist()
    [1.0, 1.0, 2.0, 4.0]
    """
    padded = np.pad(values, (before, after), mode="edge")
    return np.asarray(sliding_window_view(padded, before + after + 1).min(axis=1), dtype=np.float64)


def running_maximum(values: FloatArray, before: int, after: int) -> FloatArray:
    """Return the maximum over each sample, `before` samples before it and `after` samples after it."""
    return -running_minimum(-values, before, after)


def savitzky_golay(values: FloatArray, width: int) -> FloatArray:
    """Smooth by the least-squares parabola of each window of `width` samples (Savitzky and Golay 1964).

    The first and last half window use the parabola of the outermost whole window.

    Parameters
    ----------
    values : ndarray, shape (n,)
    width : int
        Odd, at most n.
    """
    weights = _parabola_weights(width)
    half = width // 2
    smooth = np.empty_like(values)
    smooth[half:len(values) - half] = np.convolve(values, weights[half][::-1], mode="valid")
    smooth[:half] = weights[:half] @ values[:width]
    smooth[len(values) - half:] = weights[half + 1:] @ values[-width:]
    return smooth


@cache
def _parabola_weights(width: int) -> FloatArray:
    """Return the matrix (width, width) that maps a window to its least-squares parabola."""
    at = np.arange(width) - width // 2
    powers = np.stack([np.ones(width), at, at**2], axis=1)
    return np.asarray(powers @ np.linalg.pinv(powers), dtype=np.float64)
