"""Rows of somebody who faces the camera -> how far the shoulders turn, to which side, and how far the trunk leans.

Shoulders seen from the front get narrower as they turn: the turn is the arc cosine of their width in the picture over
the widest width of the clip. The model's own depth says which way, and that a small turn is one at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import points_of

#: The widest shoulders of a clip: this quantile of their widths.
_WIDEST = 0.95
#: Shoulders at least this wide beside the widest face ahead.
_WIDE = 0.97
#: The model shows a turn by about half its size: from this one on the shoulders' width is believed, below it fades.
_SURE_DEG = 8.0
#: Half-widths of the 90 % band: a turn of 45 deg reads 37 to 41 on the rendered sample.
BAND_DEG = {"turn_deg": 10.0, "left_turn_deg": 10.0, "right_turn_deg": 10.0, "side_lean_deg": 5.0}


def turned(rows: Sequence[Row]) -> PlainColumns:
    """Measure the turn of the shoulders of a clip that was filmed from the front."""
    points = points_of(rows)
    left, right = (points[:, side] for side in PAIRS["shoulder"])
    width = np.abs(left[:, 0] - right[:, 0])
    widest = max(float(np.nanquantile(width, _WIDEST)), 1.0)
    size = np.degrees(np.arccos(np.clip(width / widest, 0.0, 1.0)))
    shown = np.array([row.shoulders_turned_deg for row in rows])
    shown = turn_deg(float(np.nanmedian(shown[width >= _WIDE * widest])), shown)
    turn = np.sign(shown) * size * np.clip(np.abs(shown) / _SURE_DEG, 0.0, 1.0)
    hips = points[:, list(PAIRS["hip"])].mean(axis=1)
    over = (left + right) / 2 - hips
    lean = np.abs(np.degrees(np.arctan2(over[:, 0], -over[:, 1])))
    return PlainColumns({"turn_deg": np.abs(turn), "left_turn_deg": np.maximum(turn, 0.0),
                  "right_turn_deg": np.maximum(-turn, 0.0), "side_lean_deg": lean}, BAND_DEG)
