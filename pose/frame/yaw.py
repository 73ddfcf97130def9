"""Rows of a clip -> the yaw of the camera from side-on.

The model's own metres give it, differently in upright frames and in bent ones, where the far side comes out too near.
So the median over the upright frames and the median over the bent ones are averaged; with too few frames of one kind
the other counts alone, with too few of both the median over all usable frames.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.smooth import running_median

#: Angle of the line hip-shoulder against the thigh: below the first a frame is upright, above the second bent.
_UPRIGHT_DEG, _BENT_DEG = 25.0, 50.0
#: Of the usable frames: fewer upright or bent ones give no median.
_LEAST_SHARE = 0.05
#: Half the time over which the yaw of one part of a clip is read.
_HALF_WINDOW_S = 1.0
#: A part reads more than the whole clip by less than this where camera and person stay: at most 15 deg in 32 rendered
#: clips and 20 in 47 side-on real ones, 71 in one that is cut from side-on to in front.
_LEAST_DIFFERENCE_DEG = 20.0


def trunk_thigh_angles_deg(rows: Sequence[Row]) -> FloatArray:
    """Return the angle between trunk and thigh of each frame without its sign, degrees (n,); 0 = in line."""
    return np.array([abs(float(turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg))) for row in rows])


def clip_yaw_deg(rows: Sequence[Row], usable: BoolArray) -> float:
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


def frame_yaw_deg(rows: Sequence[Row], usable: BoolArray) -> FloatArray:
    """Estimate the yaw at each frame: that of the clip, or the local one where the view turned clearly further away.

    Parameters
    ----------
    rows : sequence of Row
    usable : ndarray of bool, shape (n,)
        The frames to use.

    Returns
    -------
    ndarray, shape (n,)
        Degrees, 0 to 90; NaN without a usable frame in the clip.
    """
    clip_deg = clip_yaw_deg(rows, usable)
    turned = np.array([row.view.turned_deg if use else np.nan for row, use in zip(rows, usable, strict=True)])
    local = running_median(np.array([row.time_s for row in rows]), turned, _HALF_WINDOW_S)
    return np.where(local - clip_deg > _LEAST_DIFFERENCE_DEG, local, clip_deg)
