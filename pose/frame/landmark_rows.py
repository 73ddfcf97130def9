"""Rows of a clip -> its landmarks as arrays, rounded to the precision of saved sets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.landmark_track import LandmarkTrack
from pose.landmarks import NAMES

#: Landmarks are stored to a sixteenth of a pixel, an error of 0.02 px (SD). On people who stand still they move by 0.09
#: to 0.23 px from frame to frame (SD, four samples of 640 x 480): finer differences are the model's noise.
_STEPS_PER_PX = 16


def landmarks_of(rows: Sequence[Row]) -> LandmarkTrack:
    """Return the landmarks of a clip.

    Parameters
    ----------
    rows : sequence of Row
        In order of time.
    """
    points = np.full((len(rows), len(NAMES), 2), np.nan, dtype=np.float32)
    visibility = np.zeros((len(rows), len(NAMES)), dtype=np.float32)
    for number, row in enumerate(rows):
        if row.landmarks_px is not None and row.visibility is not None:
            points[number] = np.round(row.landmarks_px * _STEPS_PER_PX) / _STEPS_PER_PX
            visibility[number] = row.visibility
    sizes = [(row.picture_width_px, row.picture_height_px) for row in rows]
    return LandmarkTrack(points, visibility, max(set(sizes), key=sizes.count, default=(0, 0)))
