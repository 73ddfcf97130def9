"""Rows of a clip -> how the person is placed: standing, sitting, on the floor with straight legs, kneeling, lying.

Seen from gravity: where trunk, thighs and shanks point in the picture, and whether the face is up. Each frame votes.
Standing outvotes sitting early, since the deepest part of a squat looks like a seat; nobody stands in the middle of an
exercise that is done sitting.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.landmarks import INDEX, PAIRS
from pose.positions.lying import Legs, is_supine, points_of
from pose.quantity import Position

#: A view turned further than this sees somebody from the front or from behind.
FRONT_DEG = 60.0
#: A segment within this of level is level, within this of upright upright: half-way between the two.
_LEVEL_DEG = 40.0
#: A trunk and a thigh within this of one line lie; sitting people fold by 90 and more, raised legs are the other one.
_IN_LINE_DEG = 50.0
#: Knees bent further than this are folded under the body: chairs bend them to 70-110, heels to 140-160.
_FOLDED_DEG = 115.0
#: From this share of upright frames on a clip is a standing one. Squats of the samples stand in 40-60 % of theirs.
_STANDING_SHARE = 0.25
#: Seen from the front, a thigh shorter than this share of the shank points at the camera.
_FORESHORTENED = 0.65


def position_of(rows: Sequence[Row]) -> Position | None:
    """Tell how the person was placed in most of a clip.

    Returns
    -------
    Position or None
        None where nobody was seen, or too few frames show anything clear.
    """
    if not rows:
        return None
    legs = Legs.of(rows)
    seen = np.isfinite(legs.trunk_deg)
    if not seen.any():
        return None
    if faces_camera(rows):
        return _from_the_front(rows)
    if is_supine(rows, legs):
        return Position.SUPINE
    votes = _votes(rows, legs)
    counts = {position: int((votes == position.value).sum()) for position in Position}
    upright = counts[Position.STANDING] + counts[Position.SITTING]
    if counts[Position.STANDING] > _STANDING_SHARE * max(upright, 1) and upright >= 0.5 * seen.sum():
        return Position.STANDING
    best = max(counts, key=lambda position: counts[position])
    return best if counts[best] >= 0.3 * seen.sum() else None


def faces_camera(rows: Sequence[Row]) -> bool:
    """Whether the camera saw the person from the front or from behind for most of the clip."""
    turned = np.array([row.view.turned_deg for row in rows])
    turned = turned[np.isfinite(turned)]
    return bool(len(turned) and np.median(turned) > FRONT_DEG)


def _votes(rows: Sequence[Row], legs: Legs) -> NDArray[np.str_]:
    """The position that each frame shows, "" where none is clear."""
    level_trunk = _is_level(legs.trunk_deg)
    level_thigh = _is_level(legs.thigh_deg)
    level_shank = _is_level(legs.shank_deg)
    shank_down = _sine(legs.shank_deg) < -np.sin(np.radians(_LEVEL_DEG))
    thigh_down = _sine(legs.thigh_deg) < -np.sin(np.radians(_LEVEL_DEG))
    in_line = np.abs(turn_deg(legs.trunk_deg[:, None], legs.thigh_deg)) < _IN_LINE_DEG
    folded = (legs.knee_deg > _FOLDED_DEG).any(axis=1) & (legs.knee_deg > _FOLDED_DEG - 25).all(axis=1)
    flat = in_line.all(axis=1) & level_thigh.all(axis=1) & ~_face_up(rows)
    choices = (
        (folded & ~thigh_down.all(axis=1), Position.KNEELING),
        (flat, Position.PRONE),
        (thigh_down.all(axis=1), Position.STANDING),
        (level_thigh.any(axis=1) & shank_down.any(axis=1), Position.SITTING),
        (level_thigh.any(axis=1) & level_shank.any(axis=1) & ~(level_trunk & in_line.any(axis=1)),
         Position.LONG_SITTING),
    )
    seen = np.isfinite(legs.trunk_deg)
    return np.select([seen & which for which, _ in choices], [position.value for _, position in choices], default="")


def _from_the_front(rows: Sequence[Row]) -> Position:
    """Standing or sitting, from how short the thighs look beside the shanks."""
    points = points_of(rows)
    hip, knee, ankle = (points[:, list(PAIRS[joint]), 1].mean(axis=1) for joint in ("hip", "knee", "ankle"))
    ratio = float(np.nanmedian((knee - hip) / np.maximum(ankle - knee, 1.0)))
    return Position.SITTING if ratio < _FORESHORTENED else Position.STANDING


def _face_up(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Whether the nose is above the ears (the picture's y grows downward)."""
    points = points_of(rows)
    return np.asarray(points[:, list(PAIRS["ear"]), 1].mean(axis=1) > points[:, INDEX["nose"], 1])


def _sine(direction_deg: FloatArray) -> FloatArray:
    return np.asarray(np.sin(np.radians(direction_deg)))


def _is_level(direction_deg: FloatArray) -> NDArray[np.bool_]:
    return np.asarray(np.abs(_sine(direction_deg)) < np.sin(np.radians(_LEVEL_DEG)))
