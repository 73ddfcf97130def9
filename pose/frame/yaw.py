"""Rows of a clip -> how far from side-on the camera stood.

The model's own metres tell it, upright frames and bent ones differently: upright, side-on people with their hands in
front read up to 29 deg (real clips labelled side-on); bent, the model brings the far side too near and everybody reads
low (rendered people 5 deg at 10 to 45). The mean of the two medians is within 8 deg of the truth in two of three clips
(329 rendered people), and on 43 real clips those labelled side-on read up to 24, those labelled 30 to 50 from 31 on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg

#: The line hip-shoulder against the thigh: less than the first is upright, more than the second bent.
_UPRIGHT_DEG, _BENT_DEG = 25.0, 50.0
#: A share of the frames under this is too few for a median.
_LEAST_SHARE = 0.05


def bends(rows: Sequence[Row]) -> FloatArray:
    """How far each frame shows the trunk turned from the thigh's line, degrees (n,)."""
    return np.array([abs(float(turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg))) for row in rows])


def clip_yaw_deg(rows: Sequence[Row], usable: NDArray[np.bool_]) -> float:
    """Return how far from side-on the camera stood over a clip, 0 to 90; NaN where nothing tells.

    Parameters
    ----------
    rows : sequence of Row
    usable : ndarray of bool, shape (n,)
        Frames that count.
    """
    turned, bend = np.array([row.view.turned_deg for row in rows]), bends(rows)
    usable = usable & np.isfinite(turned)
    parts = [turned[usable & part] for part in (bend < _UPRIGHT_DEG, bend > _BENT_DEG)]
    medians = [float(np.median(part)) for part in parts if len(part) >= max(3, _LEAST_SHARE * usable.sum())]
    if medians:
        return float(np.mean(medians))
    return float(np.median(turned[usable])) if usable.any() else float("nan")
