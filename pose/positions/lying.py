"""Rows of a clip -> the directions of trunk and legs in every frame, and whether the person lies on the back.

Lying is recognised by gravity: the trunk level in the frame, the legs level or up, the face up. In frames that are on
their side (a phone laid down) the same body is upright: then one leg held high beside the line of trunk and other leg
distinguishes it from standing. Nothing else here depends on which way is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.landmarks import INDEX, PAIRS

#: A trunk within this of level lies; within this of vertical it stands. Lying people read 0-10 deg, the flattest hinges
#: of the rendered people 80-100 with legs that point down.
_LEVEL_DEG = 35.0
#: Legs that point further down than this carry the body.
_DOWN_DEG = 40.0
#: Legs up a wall leave the trunk's line by 90-120; trunks folded over the thighs by more than this.
_FOLDED_DEG = 135.0
#: A clip is of lying on the back when this share of the frames with a person shows it.
_LEAST_SHARE = 0.5
#: A lying trunk is within this of its median direction in this share of the frames: in 99 and 100 % in two real and
#: five rendered clips; in 19 to 84 % where one of 20 sets of hinges is filmed on its side.
_STILL_DEG, _STILL_SHARE = 25.0, 0.85
#: Nobody stands with one leg this far up from the line of trunk and other leg for this long.
_HIGH_DEG, _IN_LINE_DEG, _HIGH_S = 45.0, 20.0, 3.0


@dataclass(frozen=True, eq=False)
class Legs:
    """Directions of trunk and legs, degrees counterclockwise from the right edge of the frame; NaN without a person.

    Attributes
    ----------
    time_s : ndarray, shape (n,)
    trunk_deg : ndarray, shape (n,)
        From shoulders to hips.
    thigh_deg, shank_deg, leg_deg : ndarray, shape (n, 2)
        From hip to knee, knee to ankle, hip to ankle; left and right as the model names them, which may be swapped.
    """

    time_s: FloatArray
    trunk_deg: FloatArray
    thigh_deg: FloatArray
    shank_deg: FloatArray
    leg_deg: FloatArray

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Legs:
        """Compute the directions from the landmarks."""
        points = landmark_points(rows)
        hips, knees, ankles = (points[:, list(PAIRS[joint])] for joint in ("hip", "knee", "ankle"))
        shoulder = points[:, list(PAIRS["shoulder"])].mean(axis=1)
        return cls(np.array([row.time_s for row in rows], dtype=float), direction_deg(shoulder, hips.mean(axis=1)),
                   direction_deg(hips, knees), direction_deg(knees, ankles), direction_deg(hips, ankles))

    @property
    def knee_deg(self) -> FloatArray:
        """Flexion of both knees (n, 2), without a sign."""
        return np.abs(turn_deg(self.thigh_deg, self.shank_deg))


def direction_deg(start: FloatArray, end: FloatArray) -> FloatArray:
    """Return the direction (...) of the line between points (..., 2) of the frame: 0 = to the right, 90 = up."""
    delta = end - start
    return np.asarray(np.degrees(np.arctan2(-delta[..., 1], delta[..., 0])), dtype=float)


def is_supine(rows: Sequence[Row], legs: Legs) -> bool:
    """Return whether the person of a clip lies on the back."""
    finite = np.isfinite(legs.trunk_deg)
    if not finite.any():
        return False
    by_gravity = _level(legs) & _legs_up(legs) & ~_folded(legs)
    if by_gravity[finite].mean() >= _LEAST_SHARE:
        return _trunk_lies_still(legs.trunk_deg[finite]) and _face_up(rows, by_gravity)
    return _frame_on_its_side(legs)


def _trunk_lies_still(trunk_deg: FloatArray) -> bool:
    """Return whether the trunk keeps its direction: one that folds repeatedly is a bend in a frame on its side."""
    median = trunk_deg[0] + np.median(turn_deg(trunk_deg[0], trunk_deg))
    return bool((np.abs(turn_deg(median, trunk_deg)) < _STILL_DEG).mean() >= _STILL_SHARE)


def landmark_points(rows: Sequence[Row]) -> FloatArray:
    """Return the landmarks (n, 33, 2) of the rows, NaN without a person."""
    no_person = np.full((len(INDEX), 2), np.nan)
    return np.stack([no_person if row.landmarks_px is None else row.landmarks_px for row in rows])


def _level(legs: Legs) -> BoolArray:
    return np.asarray(np.abs(np.sin(np.radians(legs.trunk_deg))) < np.sin(np.radians(_LEVEL_DEG)))


def _legs_up(legs: Legs) -> BoolArray:
    """Return where neither leg points down: 0 and 180 are level, 90 is up, -90 down."""
    return np.asarray((np.sin(np.radians(legs.leg_deg)) > -np.sin(np.radians(_DOWN_DEG))).all(axis=1))


def _folded(legs: Legs) -> BoolArray:
    """Return where the trunk is folded over both thighs, as when a person sits or kneels and bows down."""
    return np.asarray((np.abs(turn_deg(legs.trunk_deg[:, None], legs.thigh_deg)) > _FOLDED_DEG).all(axis=1))


def _face_up(rows: Sequence[Row], lying: BoolArray) -> bool:
    """Return whether the nose is above the ears while lying (y points down)."""
    points = landmark_points(rows)[lying]
    ears = points[:, list(PAIRS["ear"]), 1].mean(axis=1)
    return bool(np.median(ears - points[:, INDEX["nose"], 1]) > 0)


def _frame_on_its_side(legs: Legs) -> bool:
    upright = np.abs(np.cos(np.radians(legs.trunk_deg))) < np.sin(np.radians(_LEVEL_DEG))
    off_line = np.abs(turn_deg(legs.trunk_deg[:, None], legs.leg_deg))
    high = (off_line.max(axis=1) > _HIGH_DEG) & (off_line.min(axis=1) < _IN_LINE_DEG) & upright
    step_s = float(np.median(np.diff(legs.time_s))) if len(legs.time_s) > 1 else 0.0
    return bool(high.sum() * step_s >= _HIGH_S)
