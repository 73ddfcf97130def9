"""Rows of a clip -> what the usual trainers measure from the same landmarks, frame by frame.

They get the best this program could give them: left and right averaged, pixels instead of 0-1 coordinates, and where
it says "change" the person's own upright subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.geometry import pitch_deg
from pose.landmarks import PAIRS

#: Upright are the frames with the smallest bend, this share of them (as for the program's own neutral) ...
_STRAIGHTEST_SHARE = 0.04
#: ... and all within so many degrees of it.
_UPRIGHT_BAND_DEG = 5.0

#: What each is, for the tables.
MEANING: dict[str, str] = {
    "ear_shoulder_hip": "ear-shoulder-hip angle, change from upright",
    "trunk_lean": "trunk lean from the vertical",
    "trunk_lean_change": "trunk lean, change from upright",
    "shoulder_hip_knee": "shoulder-hip-knee angle",
    "shoulder_hip_knee_change": "shoulder-hip-knee angle, change from upright",
}
#: Those that trainers show as the hip angle.
AS_HIP = ("trunk_lean", "trunk_lean_change", "shoulder_hip_knee", "shoulder_hip_knee_change")
#: Those that trainers call a back rounded by; larger = more rounded.
AS_ROUNDING = ("ear_shoulder_hip", "trunk_lean_change", "shoulder_hip_knee", "shoulder_hip_knee_change")


def proxies(rows: Sequence[Row]) -> dict[str, FloatArray]:
    """Every proxy over time.

    Parameters
    ----------
    rows : sequence of Row

    Returns
    -------
    dict of ndarray, shape (n,)
        Degrees, keys as in `MEANING`; 0 = straight or upright, larger = more bent; NaN without a person. The change of
        the ear-shoulder-hip angle is how much that angle has closed since upright.
    """
    def joint(name: str) -> FloatArray:
        return np.array([_middle(row, name) for row in rows]).reshape(-1, 2)

    ear, shoulder, hip, knee = (joint(name) for name in ("ear", "shoulder", "hip", "knee"))
    facing = np.array([row.facing or 1 for row in rows], dtype=float)
    closed = 180 - angle_at(shoulder, ear, hip)
    bend = 180 - angle_at(hip, shoulder, knee)
    lean = pitch_deg(hip * (1, -1), shoulder * (1, -1)) * facing
    upright = _upright(bend)
    return {
        "ear_shoulder_hip": closed - upright(closed),
        "trunk_lean": lean,
        "trunk_lean_change": lean - upright(lean),
        "shoulder_hip_knee": bend,
        "shoulder_hip_knee_change": bend - upright(bend),
    }


def at(columns: Mapping[str, FloatArray], chosen: slice) -> dict[str, float]:
    """Median of every proxy over some frames; NaN where none has a value."""
    return {name: float(np.median(seen)) if len(seen := values[chosen][np.isfinite(values[chosen])]) else np.nan
            for name, values in columns.items()}


def angle_at(corner: FloatArray, one: FloatArray, other: FloatArray) -> FloatArray:
    """Angle (n,) in degrees, 0 to 180, between the lines from a corner (n, 2) to two other points."""
    a, b = one - corner, other - corner
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return np.degrees(np.arctan2(np.abs(cross), (a * b).sum(axis=1)))


def _middle(row: Row, joint: str) -> FloatArray:
    if row.landmarks_px is None:
        return np.full(2, np.nan)
    left, right = PAIRS[joint]
    return (row.landmarks_px[left] + row.landmarks_px[right]) / 2


def _upright(bend: FloatArray) -> Callable[[FloatArray], float]:
    """Return what takes the upright value of a column: its median over the straightest frames."""
    seen = np.isfinite(bend)
    if not seen.any():
        return lambda _: np.nan
    straight = np.abs(bend - np.quantile(bend[seen], _STRAIGHTEST_SHARE)) <= _UPRIGHT_BAND_DEG
    return lambda values: float(np.median(values[straight]))
