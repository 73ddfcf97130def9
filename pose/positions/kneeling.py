"""Rows of somebody kneeling -> how far the trunk folds over the thighs and the seat leaves the heels.

The model often takes folded legs and their feet for facing the other way, so nothing here asks which way is forward:
nobody folds backward on their heels. Hip flexion is trunk against thigh, so that sitting back from all fours counts as
much as bowing down from an upright seat.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import distance, turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import Legs, points_of
from pose.positions.sitting import tallest

#: Half-widths of the 90 % band: the model's shoulder, hip and knee on the rendered folds.
BAND_DEG = {"hip_flexion_deg": 10.0, "lean_deg": 8.0}
#: Whoever kneels bends both knees by 90 and more; a frame that shows less, or two knees that differ by this much, has
#: hips and knees mixed up.
_LEAST_KNEE_DEG, _APART_DEG = 85.0, 25.0


def folded(rows: Sequence[Row]) -> PlainColumns:
    """Measure the fold of a clip of somebody kneeling."""
    points = points_of(rows)
    shoulder, hip, knee, heel = (points[:, list(PAIRS[joint])].mean(axis=1)
                                 for joint in ("shoulder", "hip", "knee", "heel"))
    over = shoulder - hip
    fold = np.abs(np.degrees(np.arctan2(over[:, 0], -over[:, 1])))
    legs = Legs.of(rows)
    hip_flexion = 180.0 - np.abs(turn_deg(legs.trunk_deg[:, None] + 180.0, legs.thigh_deg)).mean(axis=1)
    hip_flexion[_mixed_up(legs)] = np.nan
    rest = tallest(rows)
    thigh = float(np.nanmedian(distance(hip, knee)[rest]))
    away = distance(hip, heel) / max(thigh, 1.0)
    return PlainColumns({"hip_flexion_deg": hip_flexion,
                  "lean_deg": fold - float(np.nanmedian(fold[rest])),
                  "seat_lift_ratio": away - float(np.nanmedian(away[rest]))}, BAND_DEG)


def _mixed_up(legs: Legs) -> NDArray[np.bool_]:
    """Where the model has lost the folded legs."""
    return ~((legs.knee_deg.min(axis=1) >= _LEAST_KNEE_DEG) & (np.ptp(legs.knee_deg, axis=1) <= _APART_DEG))
