"""Rows of a clip -> the yaw of the camera from side-on.

The model's own metres give it, differently in upright frames and in bent ones, where the far side comes out too near.
So the median over the upright frames and the median over the bent ones are averaged; with too few frames of one kind
the other counts alone, with too few of both the median over all usable frames.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg

#: Angle of the line hip-shoulder against the thigh: below the first a frame is upright, above the second bent.
_UPRIGHT_DEG, _BENT_DEG = 25.0, 50.0
#: Of the usable frames: fewer upright or bent ones give no median.
_LEAST_SHARE = 0.05


def trunk_thigh_angles_deg(rows: Sequence[Row]) -> FloatArray:
    """Return the angle between trunk and thigh of each frame without its sign, degrees (n,); 0 = in line."""
    return np.array([abs(float(turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg))) for row in rows])


def clip_yaw_deg(rows: Sequence[Row], usable: NDArray[np.bool_]) -> float:
    """Estimate the yaw of the camera from side-on over a clip, 0 to 90; NaN without a usable frame.

    Parameters
    ----------
    rows : sequence of Row
    usable : ndarray of bool, shape (n,)
        The frames to use.
    """
    turned, bend = np.array([row.view.turned_deg for row in rows]), trunk_thigh_angles_deg(rows)
    usable = usable & np.isfinite(turned)
    parts = [turned[usable & part] for part in (bend < _UPRIGHT_DEG, bend > _BENT_DEG)]
    medians = [float(np.median(part)) for part in parts if len(part) >= max(3, _LEAST_SHARE * usable.sum())]
    if medians:
        return float(np.mean(medians))
    return float(np.median(turned[usable])) if usable.any() else float("nan")
