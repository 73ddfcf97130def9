"""Rows of a clip -> how the person is placed: standing, sitting, on the floor with straight legs, kneeling, lying.

Each frame is asked what it can only be (`shapes`); the clip then weighs them. A seat is a seat where the trunk is up:
thighs that lie level under a trunk that leans far forward are the bottom of a lift, wherever the clip begins.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.landmarks import PAIRS
from pose.positions.balance import leg_px, travel
from pose.positions.lying import Legs, is_supine, points_of
from pose.positions.shapes import Shapes
from pose.quantity import Position

#: A view turned further than this sees somebody from the front or from behind.
FRONT_DEG = 60.0
#: From this share of upright frames on a clip is a standing one. Squats of the samples stand in 40-60 % of theirs.
_STANDING_SHARE = 0.25
#: A clip is of a position when this share of its frames shows it.
_LEAST_SHARE = 0.3
#: Frames that show the whole body count alone where they are this share of those with a person: one cut off below the
#: chest (somebody explains first) has guessed legs.
_WHOLE_SHARE = 0.2
#: Whoever sits has the trunk up in this share of the frames that look like a seat; six lifts that start at the bottom
#: have it up in 0 to 6 %, seated people in 80 to 100 %.
_TALL_SHARE = 0.25
#: A seat does not move: hips over the feet travel by 0.01 to 0.06 leg lengths in clips of seated people, by 0.15 and
#: more in the bottom half of squats.
_SEAT_TRAVEL = 0.12
#: Seen from the front, a thigh shorter than this share of the shank points at the camera.
_FORESHORTENED = 0.65


def position_of(rows: Sequence[Row]) -> Position | None:
    """Tell how the person was placed in most of a clip.

    Returns
    -------
    Position or None
        None where nobody was seen, or too few frames show anything clear.
    """
    rows = whole(rows)
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
    """Whether the camera saw the person from the front or from behind for most of the clip."""
    turned = np.array([row.view.turned_deg for row in rows])
    turned = turned[np.isfinite(turned)]
    return bool(len(turned) and np.median(turned) > FRONT_DEG)


def whole(rows: Sequence[Row]) -> list[Row]:
    """Rows with a person; those that show all of the body, where there are enough of them."""
    seen = [row for row in rows if row.landmarks_px is not None]
    whole = [row for row in seen if not row.view.problem]
    return whole if len(whole) >= max(1, _WHOLE_SHARE * len(seen)) else seen


def _stands(shapes: Shapes, seat_travel: float) -> bool:
    """Whether the upright frames are those of a standing person."""
    tall, folded = int(shapes.seat_tall.sum()), int((shapes.seat & ~shapes.seat_tall).sum())
    stands, seats = int(shapes.stands.sum()), tall + folded
    no_seat = tall < _TALL_SHARE * seats or seat_travel > _SEAT_TRAVEL
    bent_over = seats if no_seat else 0
    upright = stands + seats
    return upright >= 0.5 * len(shapes) and stands + bent_over > _STANDING_SHARE * upright


def _seat_travel(rows: Sequence[Row], shapes: Shapes) -> float:
    """How far the hips move up and down in the picture while there seems to be a seat, in leg lengths."""
    if not shapes.seat.any():
        return 0.0
    points = points_of(rows)[shapes.seat]
    return travel(points[:, list(PAIRS["hip"]), 1].mean(axis=1)) / leg_px(points)


def _from_the_front(rows: Sequence[Row]) -> Position | None:
    """Standing or sitting, from how short the thighs look beside the shanks; None where one leg says otherwise."""
    points = points_of(rows)
    hip, knee, ankle = (points[:, list(PAIRS[joint]), 1] for joint in ("hip", "knee", "ankle"))
    ratio = np.nanmedian((knee - hip) / np.maximum(ankle - knee, 1.0), axis=0)
    if (ratio < _FORESHORTENED).all():
        return Position.SITTING
    return Position.STANDING if (ratio >= _FORESHORTENED).all() else None
