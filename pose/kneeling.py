"""Rows of somebody kneeling -> how far the trunk folds over the thighs and the seat leaves the heels.

The model often takes folded legs and their feet for facing the other way, so nothing here asks which way is forward:
nobody folds backward on their heels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.geometry import distance
from pose.landmarks import PAIRS
from pose.lying import points_of
from pose.measure import Row
from pose.placed import Plain
from pose.sitting import tallest

#: Half-width of the 90 % band: the model's shoulder and hip on the rendered folds.
BAND_DEG = {"lean_deg": 8.0}


def folded(rows: Sequence[Row]) -> Plain:
    """Measure the fold of a clip of somebody kneeling."""
    points = points_of(rows)
    shoulder, hip, knee, heel = (points[:, list(PAIRS[joint])].mean(axis=1)
                                 for joint in ("shoulder", "hip", "knee", "heel"))
    over = shoulder - hip
    fold = np.abs(np.degrees(np.arctan2(over[:, 0], -over[:, 1])))
    rest = tallest(rows)
    thigh = float(np.nanmedian(distance(hip, knee)[rest]))
    away = distance(hip, heel) / max(thigh, 1.0)
    return Plain({"lean_deg": fold - float(np.nanmedian(fold[rest])),
                  "seat_lift_ratio": away - float(np.nanmedian(away[rest]))}, BAND_DEG)
