"""Rows of a clip -> the person's position: standing, sitting, on the floor with straight legs, kneeling, lying.

Each frame is classified on its own (`shapes`), then the clip as a whole. Level thighs are a seat where the trunk is up:
under a trunk that leans far forward they are the bottom of a lift, wherever the clip begins.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.landmarks import PAIRS
from pose.positions.balance import leg_px, travel_range
from pose.positions.lying import Legs, is_supine, landmark_points
from pose.positions.shapes import Shapes
from pose.quantity import Position

#: A view turned further than this is from the front or from behind.
FRONT_DEG = 60.0
#: A clip is of standing from this share of standing frames among the upright ones. Squats of the samples have 40-60 %.
_STANDING_SHARE = 0.25
#: A clip is of a position when this share of its frames shows it.
_LEAST_SHARE = 0.3
#: Only frames with the whole body are used where they are this share of those with a person: in a frame cut off below
#: the chest (a person who explains first) the legs are guessed.
_WHOLE_SHARE = 0.2
#: Sitting people have the trunk up in at least this share of the frames with level thighs; six lifts that start at the
#: bottom have it up in 0 to 6 %, sitting people in 80 to 100 %.
_TALL_SHARE = 0.25
#: A seat does not move: hips over the feet move by 0.01 to 0.06 leg lengths in clips of sitting people, by 0.15 and
#: more in the bottom half of squats.
_SEAT_TRAVEL = 0.12
#: Viewed from the front, a thigh shorter than this share of the shank points at the camera.
_FORESHORTENED = 0.65


def classify_position(rows: Sequence[Row]) -> Position | None:
    """Classify the position of the person in most of a clip.

    Returns
    -------
    Position or None
        None without a person, or where too few frames are clear.
    """
    rows = whole_body_rows(rows)
    if not rows:
        return None
    legs = Legs.of(rows)
    if faces_camera(rows):
        return _from_the_front(rows)
    if is_supine(rows, legs):
        return Position.SUPINE
    shapes = Shapes.of(rows, legs)
    if _stands(shapes, _seat_travel(rows, shapes)):
        return Position.STANDING
    counts = {Position.SITTING: shapes.seat, Position.LONG_SITTING: shapes.on_floor, Position.KNEELING: shapes.kneels,
              Position.PRONE: shapes.prone}
    best = max(counts, key=lambda position: int(counts[position].sum()))
    return best if counts[best].sum() >= _LEAST_SHARE * len(rows) else None


def faces_camera(rows: Sequence[Row]) -> bool:
    """Return whether the person is viewed from the front or from behind for most of the clip."""
    turned = np.array([row.view.turned_deg for row in rows])
    turned = turned[np.isfinite(turned)]
    return bool(len(turned) and np.median(turned) > FRONT_DEG)


def whole_body_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with a person; only those with the whole body, where there are enough of them."""
    with_person = [row for row in rows if row.landmarks_px is not None]
    whole = [row for row in with_person if not row.view.problem]
    return whole if len(whole) >= max(1, _WHOLE_SHARE * len(with_person)) else with_person


def _stands(shapes: Shapes, seat_travel: float) -> bool:
    """Return whether the upright frames are those of a standing person."""
    tall, folded = int(shapes.seat_tall.sum()), int((shapes.seat & ~shapes.seat_tall).sum())
    stands, seats = int(shapes.stands.sum()), tall + folded
    no_seat = tall < _TALL_SHARE * seats or seat_travel > _SEAT_TRAVEL
    bent_over = seats if no_seat else 0
    upright = stands + seats
    return upright >= 0.5 * len(shapes) and stands + bent_over > _STANDING_SHARE * upright


def _seat_travel(rows: Sequence[Row], shapes: Shapes) -> float:
    """Return the vertical range of the hips in the frames with level thighs, in leg lengths."""
    if not shapes.seat.any():
        return 0.0
    points = landmark_points(rows)[shapes.seat]
    return travel_range(points[:, list(PAIRS["hip"]), 1].mean(axis=1)) / leg_px(points)


def _from_the_front(rows: Sequence[Row]) -> Position | None:
    """Return standing or sitting by the foreshortening of the thighs; None where the legs disagree."""
    points = landmark_points(rows)
    hip, knee, ankle = (points[:, list(PAIRS[joint]), 1] for joint in ("hip", "knee", "ankle"))
    ratio = np.nanmedian((knee - hip) / np.maximum(ankle - knee, 1.0), axis=0)
    if (ratio < _FORESHORTENED).all():
        return Position.SITTING
    return Position.STANDING if (ratio >= _FORESHORTENED).all() else None
