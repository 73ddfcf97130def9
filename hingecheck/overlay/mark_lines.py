"""Landmarks of one frame + a quantity -> the line that it is measured on, and which landmarks are not to be shown."""

from __future__ import annotations

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.landmarks import INDEX, PAIRS
from pose.quantity import Position

#: Joints (middle of both sides) between which a quantity is measured, the body's middle first.
_MIDDLES = {
    "trunk_raise_deg": ("hip", "shoulder"),
    "lean_deg": ("hip", "shoulder"),
    "trunk_lean_deg": ("hip", "shoulder"),
    "hip_flexion_deg": ("knee", "hip", "shoulder"),
    "heel_lift_deg": ("heel", "foot_index"),
}
_SHANK = ("ankle", "heel", "foot_index")
_SEATED = (Position.SITTING, Position.LONG_SITTING)
#: A sitting person's knee that the model bends further than the straighter one by the first and less than a seat does
#: by the second lies between the two legs: it belongs to neither.
_BETWEEN_LEGS_DEG, _ON_A_SEAT_DEG = 20.0, 60.0


def line_of(quantity: str, landmarks_px: FloatArray | None) -> FloatArray | None:
    """Return the points (k, 2) of the line on which a quantity is measured; None where it has none, or is not seen."""
    if landmarks_px is None:
        return None
    if quantity == "leg_raise_deg":
        return _seen(raised_leg(landmarks_px))
    if quantity.endswith("turn_deg"):
        return _seen(landmarks_px[list(PAIRS["shoulder"])])
    if quantity not in _MIDDLES:
        return None
    return _seen(np.array([landmarks_px[list(PAIRS[joint])].mean(axis=0) for joint in _MIDDLES[quantity]]))


def straighter_leg(landmarks_px: FloatArray, knee_deg: float, facing: int) -> FloatArray | None:
    """Hip, knee and the end of the shank (3, 2) of a sitting person's straighter leg.

    The shank is drawn where the silhouette showed it, by the measured flexion: the model's own ankles change legs.
    """
    hip, knee = (landmarks_px[list(PAIRS[joint])].mean(axis=0) for joint in ("hip", "knee"))
    thigh = knee - hip
    bent = np.radians(knee_deg) * (facing or 1)
    turn = np.array([[np.cos(bent), -np.sin(bent)], [np.sin(bent), np.cos(bent)]])
    return _seen(np.array([hip, knee, knee + turn @ thigh]))


def raised_leg(landmarks_px: FloatArray) -> FloatArray:
    """Hip, knee and ankle (3, 2) of the leg whose ankle is further from the line of the trunk."""
    return _leg(landmarks_px, _raised_side(landmarks_px))


def other_leg(landmarks_px: FloatArray) -> FloatArray:
    """Hip, knee and ankle (3, 2) of the leg that is not raised."""
    return _leg(landmarks_px, 1 - _raised_side(landmarks_px))


def _raised_side(landmarks_px: FloatArray) -> int:
    shoulder, hip = (landmarks_px[list(PAIRS[joint])].mean(axis=0) for joint in ("shoulder", "hip"))
    along = (hip - shoulder) / max(float(np.hypot(*(hip - shoulder))), 1e-9)
    ankles = landmarks_px[list(PAIRS["ankle"])] - hip
    return int(np.argmax(np.abs(along[0] * ankles[:, 1] - along[1] * ankles[:, 0])))


def _leg(landmarks_px: FloatArray, side: int) -> FloatArray:
    return np.asarray(landmarks_px[[PAIRS[joint][side] for joint in ("hip", "knee", "ankle")]], dtype=float)


def trusted_visibility(position: Position | None, row: Row, shanks: bool = True) -> FloatArray | None:
    """Return the visibility of a frame's landmarks without what the model is known to make up in a position.

    Folded legs are taken for facing the other way (kneeling); a leg behind the other one is a guess, and the near one
    is at times drawn between the two (sitting). Without `shanks`, neither of theirs is shown: the measured leg is drawn
    in their place.
    """
    if row.visibility is None or position not in (Position.KNEELING, *_SEATED):
        return row.visibility
    kept = np.array(row.visibility, dtype=float)
    sides = ("left", "right") if row.facing > 0 else ("right", "left")
    near_deg = row.right_knee_flexion_deg if row.facing > 0 else row.left_knee_flexion_deg
    between = near_deg - row.straighter_knee_deg > _BETWEEN_LEGS_DEG and near_deg < _ON_A_SEAT_DEG
    hidden = sides if position is Position.KNEELING or between or not shanks else sides[:1]
    kept[[INDEX[f"{side}_{joint}"] for side in hidden for joint in _SHANK]] = 0.0
    return kept


def _seen(points: FloatArray) -> FloatArray | None:
    return np.asarray(points, dtype=float) if np.isfinite(points).all() else None
