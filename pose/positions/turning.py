"""Rows of a person who faces the camera -> turn of the shoulders, its side, and side lean of the trunk.

Shoulders viewed from the front become narrower as they turn: the turn is the arc cosine of their width in the frame
over the maximum width of the clip. The model's own depth gives the side, and confirms that a small turn is one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.geometry import known_median, turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import landmark_points

#: The maximum width of the shoulders in a clip is this quantile.
_MAX_QUANTILE = 0.95
#: Shoulders of at least this share of the maximum width face ahead.
_AHEAD_SHARE = 0.97
#: The model's depth gives about half of a turn: from this value on the turn by width is used in full, below it fades.
_FULL_DEG = 8.0
#: Half-widths of the 90 % band: a turn of 45 deg reads 37 to 41 on the rendered sample.
BAND_DEG = {"turn_deg": 10.0, "left_turn_deg": 10.0, "right_turn_deg": 10.0, "side_lean_deg": 5.0}


def measure_turn(rows: Sequence[Row]) -> PlainColumns:
    """Measure the turn of the shoulders of a person filmed from the front."""
    points = landmark_points(rows)
    left, right = (points[:, side] for side in PAIRS["shoulder"])
    width = np.abs(left[:, 0] - right[:, 0])
    widest = max(float(np.nanquantile(width, _MAX_QUANTILE)), 1.0)
    size = np.degrees(np.arccos(np.clip(width / widest, 0.0, 1.0)))
    model = np.array([row.shoulders_turned_deg for row in rows])
    model = turn_deg(known_median(model[width >= _AHEAD_SHARE * widest]), model)
    turn = np.sign(model) * size * np.clip(np.abs(model) / _FULL_DEG, 0.0, 1.0)
    hips = points[:, list(PAIRS["hip"])].mean(axis=1)
    trunk = (left + right) / 2 - hips
    lean = np.abs(np.degrees(np.arctan2(trunk[:, 0], -trunk[:, 1])))
    return PlainColumns({"turn_deg": np.abs(turn), "left_turn_deg": np.maximum(turn, 0.0),
                  "right_turn_deg": np.maximum(-turn, 0.0), "side_lean_deg": lean}, BAND_DEG)
