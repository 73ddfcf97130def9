"""Rows of a kneeling person -> fold of the trunk over the thighs, and distance of the seat from the heels.

The model often estimates folded legs and feet as facing the other way, so nothing here depends on the facing: nobody
folds backward on their heels. Hip flexion is trunk against thigh, so that sitting back from all fours counts as much as
bowing down from an upright seat.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import BoolArray
from pose.frame.measure import Row
from pose.geometry import distance, known_median, turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import Legs, landmark_points
from pose.positions.sitting import tallest_frames

#: Half-widths of the 90 % band: the model's shoulder, hip and knee on the rendered folds.
BAND_DEG = {"hip_flexion_deg": 10.0, "lean_deg": 8.0}
#: Kneeling bends both knees by 90 and more; in a frame with less, or with two knees that differ by this much, the model
#: has confused hips and knees.
_LEAST_KNEE_DEG, _MAX_DIFFERENCE_DEG = 85.0, 25.0


def measure_kneeling(rows: Sequence[Row]) -> PlainColumns:
    """Measure the fold of a kneeling person."""
    points = landmark_points(rows)
    shoulder, hip, knee, heel = (points[:, list(PAIRS[joint])].mean(axis=1)
                                 for joint in ("shoulder", "hip", "knee", "heel"))
    trunk = shoulder - hip
    fold = np.abs(np.degrees(np.arctan2(trunk[:, 0], -trunk[:, 1])))
    legs = Legs.of(rows)
    hip_flexion = 180.0 - np.abs(turn_deg(legs.trunk_deg[:, None] + 180.0, legs.thigh_deg)).mean(axis=1)
    hip_flexion[_confused(legs)] = np.nan
    rest = tallest_frames(rows)
    thigh = known_median(distance(hip, knee)[rest])
    seat = distance(hip, heel) / max(thigh, 1.0)
    return PlainColumns({"hip_flexion_deg": hip_flexion,
                  "lean_deg": fold - known_median(fold[rest]),
                  "seat_lift_ratio": seat - known_median(seat[rest])}, BAND_DEG)


def _confused(legs: Legs) -> BoolArray:
    """Return where the model has confused the folded legs."""
    return ~((legs.knee_deg.min(axis=1) >= _LEAST_KNEE_DEG) & (np.ptp(legs.knee_deg, axis=1) <= _MAX_DIFFERENCE_DEG))
