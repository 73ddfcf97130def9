"""Rows -> the shape of the body in each frame: standing, a seat, straight legs on the floor, kneeling, face down.

Criteria are gravity and the body itself: the directions of trunk, thighs and shanks in the frame, whether the feet hang
below the seat, and whether the face looks along the legs (sitting) or away from them (face down, chest up).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.landmarks import INDEX, PAIRS
from pose.positions.lying import Legs, landmark_points

#: A segment within this of level is level; one that points down by more points down: half-way between the two.
_LEVEL_DEG = 40.0
#: A shank flatter than this lies on the floor. Kneeling people read 0-17 deg, the deepest lifts 27 and more.
_SHANK_LIES_DEG = 25.0
#: Knees of kneeling people are bent by 90 and more; the model reads as little as 80 on all fours.
_KNEES_FOLDED_DEG = 75.0
#: A leg bent by less than this carries the body, or lies straight.
_STRAIGHT_DEG = 60.0
#: Trunk and a thigh within this of one line lie; sitting people fold by 90 and more, a raised leg is the other one.
_IN_LINE_DEG = 50.0
#: A chest is lifted from the floor by less than this against the legs (deepest cobra measured: 50).
_CHEST_DEG = 75.0
#: Shoulders this much above the hips are lifted where the legs lie.
_LIFTED_DEG = 12.0
#: Least distance of the nose from the ears along the legs, in trunk lengths, toward the feet or away from them.
_FACE_ALONG = 0.03
#: On the floor no foot is further than this below the hips, in leg lengths; on a chair it is 0.4 to 0.6.
_FEET_BELOW = 0.3
#: The trunk of a sitting person is within this of upright. Chair stretches lean by up to 45, lifts by 50 to 80 at their
#: bottom.
_TALL_DEG = 45.0
#: Hands this far from the feet and this close to their level carry weight, in leg lengths: a bridge, not standing.
_HANDS_AWAY, _HANDS_LEVEL = 0.9, 0.3


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shape of the body in each frame, (n,) each; all False where it is unclear.

    Attributes
    ----------
    stands : ndarray of bool
        A leg carries the body, or both thighs point down.
    seat : ndarray of bool
        A thigh is level over a shank that points down.
    seat_tall : ndarray of bool
        Of those: the trunk is up.
    on_floor : ndarray of bool
        A straight leg lies level, the feet are no lower than the seat.
    kneels : ndarray of bool
        Both shanks lie level under bent knees.
    prone : ndarray of bool
        Legs level, face down or chest lifted away from the legs.
    """

    stands: BoolArray
    seat: BoolArray
    seat_tall: BoolArray
    on_floor: BoolArray
    kneels: BoolArray
    prone: BoolArray

    def __len__(self) -> int:
        return len(self.stands)

    @classmethod
    def of(cls, rows: Sequence[Row], legs: Legs) -> Shapes:
        """Classify each frame."""
        thigh_down, shank_down = _down(legs.thigh_deg), _down(legs.shank_deg)
        thigh_level, shank_level = _within(legs.thigh_deg, _LEVEL_DEG), _within(legs.shank_deg, _LEVEL_DEG)
        straight = legs.knee_deg < _STRAIGHT_DEG
        kneels = _within(legs.shank_deg, _SHANK_LIES_DEG).all(axis=1) & (legs.knee_deg > _KNEES_FOLDED_DEG).all(axis=1)
        prone = thigh_level.all(axis=1) & straight.all(axis=1) & _face_down(rows, legs) & ~kneels
        low = _feet_below(rows) < _FEET_BELOW
        lies = _within(legs.trunk_deg, _LEVEL_DEG) & (_off_line_deg(legs) < _IN_LINE_DEG).any(axis=1)
        on_floor = (thigh_level & shank_level & straight).any(axis=1) & low & ~lies & ~kneels & ~prone
        carried = (thigh_down & shank_down & straight).any(axis=1)
        stands = (carried | (thigh_down & shank_down).all(axis=1)) & ~_on_hands(rows) & ~kneels & ~on_floor
        seat = thigh_level.any(axis=1) & shank_down.any(axis=1) & ~stands & ~on_floor & ~kneels & ~prone
        up = np.asarray(np.sin(np.radians(legs.trunk_deg)) < -np.cos(np.radians(_TALL_DEG)))
        return cls(stands, seat, seat & up, on_floor, np.asarray(kneels), np.asarray(prone))


def _down(direction_deg: FloatArray) -> BoolArray:
    return np.asarray(np.sin(np.radians(direction_deg)) < -np.sin(np.radians(_LEVEL_DEG)))


def _within(direction_deg: FloatArray, of_level_deg: float) -> BoolArray:
    return np.asarray(np.abs(np.sin(np.radians(direction_deg))) < np.sin(np.radians(of_level_deg)))


def _off_line_deg(legs: Legs) -> FloatArray:
    """Return the angle of the thighs (n, 2) against the trunk, without a sign; 0 = one line."""
    return np.abs(turn_deg(legs.trunk_deg[:, None], legs.thigh_deg))


def _face_down(rows: Sequence[Row], legs: Legs) -> BoolArray:
    """Return where the nose is below the ears on a straight body, or away from the legs over a lifted chest."""
    points = landmark_points(rows)
    face = points[:, INDEX["nose"]] - points[:, list(PAIRS["ear"])].mean(axis=1)
    hip, knee, shoulder = (points[:, list(PAIRS[joint])].mean(axis=1) for joint in ("hip", "knee", "shoulder"))
    along = (face * (knee - hip)).sum(axis=1) / np.maximum(np.linalg.norm(knee - hip, axis=1), 1.0)
    away = along < -_FACE_ALONG * np.linalg.norm(shoulder - hip, axis=1)
    off_line = _off_line_deg(legs).max(axis=1)
    lifted = np.sin(np.radians(legs.trunk_deg)) < -np.sin(np.radians(_LIFTED_DEG))
    return np.asarray((off_line < _IN_LINE_DEG) & (face[:, 1] > 0) | (off_line < _CHEST_DEG) & lifted & away)


def _feet_below(rows: Sequence[Row]) -> FloatArray:
    """Return the distance of the lower foot below the hips (n,), in leg lengths."""
    points = landmark_points(rows)
    hip, knee, ankle = (points[:, list(PAIRS[joint])] for joint in ("hip", "knee", "ankle"))
    leg = (np.linalg.norm(knee - hip, axis=2) + np.linalg.norm(ankle - knee, axis=2)).mean(axis=1)
    return np.asarray((ankle[..., 1].max(axis=1) - hip[..., 1].mean(axis=1)) / np.maximum(leg, 1.0))


def _on_hands(rows: Sequence[Row]) -> BoolArray:
    """Return where the hands carry weight far from the feet, as in a bridge between hands and feet."""
    points = landmark_points(rows)
    hip, knee, ankle, wrist = (points[:, list(PAIRS[joint])].mean(axis=1)
                               for joint in ("hip", "knee", "ankle", "wrist"))
    leg = np.maximum(np.linalg.norm(knee - hip, axis=1) + np.linalg.norm(ankle - knee, axis=1), 1.0)
    away = np.abs(wrist - ankle) / leg[:, None]
    return np.asarray((away[:, 0] > _HANDS_AWAY) & (away[:, 1] < _HANDS_LEVEL))
