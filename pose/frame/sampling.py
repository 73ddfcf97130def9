"""Silhouette and points between its pixels -> values at those points, by bilinear interpolation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pose.arrays import FloatArray, Mask


def bilinear(mask: Mask, points_px: NDArray[Any]) -> FloatArray:
    """Return the mask's values at points between its pixels.

    OpenCV's `remap` rounds positions to 1/32 pixel, which is a degree of spinal curve on a small person; SciPy's
    `map_coordinates` gives the same values as this and would be the only reason to install SciPy (140 MB).

    Parameters
    ----------
    mask : ndarray of uint8, shape (height, width)
    points_px : ndarray, shape (..., 2)
        x and y in pixels of the mask; (0, 0) is the middle of the first pixel.

    Returns
    -------
    ndarray, shape (...)
        0 to 255; 0 outside the middles of the outermost pixels.

    Examples
    --------
    >>> import numpy as np
    >>> mask = np.array([[0, 100], [200, 40]], dtype=np.uint8)
    >>> bilinear(mask, np.array([[0.5, 0.0], [0.0, 0.25], [1.5, 0.0]])).tolist()
    [50.0, 50.0, 0.0]
    """
    height, width = mask.shape
    x, y = points_px[..., 0], points_px[..., 1]
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    x, y = np.where(inside, x, 0.0), np.where(inside, y, 0.0)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, below = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = x - left, y - top
    upper = mask[top, left] * (1 - across) + mask[top, right] * across
    lower = mask[below, left] * (1 - across) + mask[below, right] * across
    return np.asarray(np.where(inside, upper * (1 - down) + lower * down, 0.0), dtype=np.float64)
