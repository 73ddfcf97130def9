"""Rows of a clip -> is the person lying on the back, and where the trunk and the two legs point in every frame.

Lying is seen from gravity: the trunk level in the picture, the legs level or up, the face up. A picture that lies on
its side (a phone held upright and laid down) shows the same body upright: then one leg held high beside the line of
trunk and other leg tells it from standing. Nothing else here asks which way is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.landmarks import INDEX, PAIRS

#: A trunk within this of level lies; one within this of upright stands. Lying people read 0-10 deg, the flattest hinges
#: of the rendered people 80-100 with legs that point down.
_LEVEL_DEG = 35.0
#: Legs that point further down than this carry somebody.
_DOWN_DEG = 40.0
#: Legs up a wall leave the trunk's line by 90-120; trunks that lie over the thighs by more than this.
_FOLDED_DEG = 135.0
#: A clip is a lying one when this share of the frames with a person shows it.
_MOST = 0.5
#: A lying trunk is within this of its usual direction in this share of the frames: in 99 and 100 % in two real and
#: five rendered clips; in 19 to 84 % where one of 20 sets of hinges is filmed on its side.
_STILL_DEG, _STILL = 25.0, 0.85
#: One leg this far up beside the line of trunk and other leg, for so long, is nothing that people do standing.
_HIGH_DEG, _IN_LINE_DEG, _HIGH_S = 45.0, 20.0, 3.0


@dataclass(frozen=True, eq=False)
class Legs:
    """Where trunk and legs point, degrees counterclockwise from the picture's right edge; NaN without a person.

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
        """Read the directions off the landmarks."""
        points = points_of(rows)
        hips, knees, ankles = (points[:, list(PAIRS[joint])] for joint in ("hip", "knee", "ankle"))
        shoulder = points[:, list(PAIRS["shoulder"])].mean(axis=1)
        return cls(np.array([row.time_s for row in rows], dtype=float), direction_deg(shoulder, hips.mean(axis=1)),
                   direction_deg(hips, knees), direction_deg(knees, ankles), direction_deg(hips, ankles))

    @property
    def knee_deg(self) -> FloatArray:
        """Bend of either knee (n, 2), without a sign."""
        return np.abs(turn_deg(self.thigh_deg, self.shank_deg))


def direction_deg(start: FloatArray, end: FloatArray) -> FloatArray:
    """Direction (...) of the line between points (..., 2) of the picture: 0 = to the right, 90 = up."""
    delta = end - start
    return np.asarray(np.degrees(np.arctan2(-delta[..., 1], delta[..., 0])), dtype=float)


def is_supine(rows: Sequence[Row], legs: Legs) -> bool:
    """Whether a clip shows somebody lying on the back."""
    seen = np.isfinite(legs.trunk_deg)
    if not seen.any():
        return False
    by_gravity = _level(legs) & _legs_up(legs) & ~_folded(legs)
    if by_gravity[seen].mean() >= _MOST:
        return _trunk_lies_still(legs.trunk_deg[seen]) and _face_up(rows, by_gravity)
    return _picture_on_its_side(legs)


def _trunk_lies_still(trunk_deg: FloatArray) -> bool:
    """Whether the trunk keeps its direction: one that folds up again and again is a bend in a picture on its side."""
    usual = trunk_deg[0] + np.median(turn_deg(trunk_deg[0], trunk_deg))
    return bool((np.abs(turn_deg(usual, trunk_deg)) < _STILL_DEG).mean() >= _STILL)


def points_of(rows: Sequence[Row]) -> FloatArray:
    """Landmarks (n, 33, 2) of the rows, NaN without a person."""
    nothing = np.full((len(INDEX), 2), np.nan)
    return np.stack([nothing if row.landmarks_px is None else row.landmarks_px for row in rows])


def _level(legs: Legs) -> NDArray[np.bool_]:
    return np.asarray(np.abs(np.sin(np.radians(legs.trunk_deg))) < np.sin(np.radians(_LEVEL_DEG)))


def _legs_up(legs: Legs) -> NDArray[np.bool_]:
    """Neither leg points down: 0 and 180 are level, 90 is up, -90 down."""
    return np.asarray((np.sin(np.radians(legs.leg_deg)) > -np.sin(np.radians(_DOWN_DEG))).all(axis=1))


def _folded(legs: Legs) -> NDArray[np.bool_]:
    """Whether the trunk lies over both thighs, as in somebody who sits or kneels and bows down."""
    return np.asarray((np.abs(turn_deg(legs.trunk_deg[:, None], legs.thigh_deg)) > _FOLDED_DEG).all(axis=1))


def _face_up(rows: Sequence[Row], lying: NDArray[np.bool_]) -> bool:
    """Whether the nose is above the ears while lying (the picture's y grows downward)."""
    points = points_of(rows)[lying]
    ears = points[:, list(PAIRS["ear"]), 1].mean(axis=1)
    return bool(np.median(ears - points[:, INDEX["nose"], 1]) > 0)


def _picture_on_its_side(legs: Legs) -> bool:
    upright = np.abs(np.cos(np.radians(legs.trunk_deg))) < np.sin(np.radians(_LEVEL_DEG))
    off_line = np.abs(turn_deg(legs.trunk_deg[:, None], legs.leg_deg))
    high = (off_line.max(axis=1) > _HIGH_DEG) & (off_line.min(axis=1) < _IN_LINE_DEG) & upright
    step_s = float(np.median(np.diff(legs.time_s))) if len(legs.time_s) > 1 else 0.0
    return bool(high.sum() * step_s >= _HIGH_S)
