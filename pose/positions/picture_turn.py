"""Rows of a clip -> how the picture must be turned so that the person is the right way up.

The pose model finds a body whichever way it lies in the picture, so its landmarks say nothing of gravity; what the
body does says it (`balance`). A picture is called turned only where the way it is seen cannot be, one other way can,
and no third one is nearly as good. Somebody who lies is no turned picture: a lying body that keeps still fits several
ways, and then it stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pose.frame.measure import Row
from pose.geometry import FloatArray
from pose.landmarks import PAIRS
from pose.positions.balance import balance_of, leans_back, leg_px, travel
from pose.positions.lying import points_of
from pose.positions.position import faces_camera, position_of, whole
from pose.quantity import Position

#: A floor that travels by this much counts as much as a body that is never held up.
_FLOOR = 0.3
_MOST_FLOOR = 1.5
#: Leaning back further than anybody does counts twice as much.
_LEANS_BACK = 2.0
#: Worse than anything that can be measured: no position at all.
_NO_POSITION = 2.0
#: The picture is turned where its misfit is at least this, ...
_WRONG = 0.3
#: ... that of another way at most this, and smaller than all others by this much. Of 102 clips as filmed (58 real ones
#: and cuts of them, 25 rendered ones, 9 made of those) none is turned or asked about, nor of 500 cuts of them; of 310
#: turned by 90, 180 and 270 degrees 159 are found, 21 asked about, none turned the wrong way.
_RIGHT, _CLEARLY = 0.7, 0.25
#: Shorter clips say too little.
_LEAST_S = 1.5


@dataclass(frozen=True)
class PictureTurn:
    """How a picture lies.

    Attributes
    ----------
    turn_deg : int
        Clockwise turn of 0, 90, 180 or 270 degrees after which the person is the right way up.
    sure : bool
        False where the picture seems to be turned and nothing decides; `turn_deg` is then the likeliest.
    """

    turn_deg: int = 0
    sure: bool = True


def picture_turn(rows: Sequence[Row]) -> PictureTurn:
    """Tell how the picture of a clip must be turned."""
    rows = whole(rows)
    if not rows or rows[-1].time_s - rows[0].time_s < _LEAST_S or faces_camera(rows):
        return PictureTurn()
    points = points_of(rows)
    quarters = [_clockwise(points, number) for number in range(4)]
    misfits = [_misfit(rows, turned, as_seen=number == 0) for number, turned in enumerate(quarters)]
    positions = [position for _, position in misfits]
    misfit = np.array([value for value, _ in misfits])
    # A seat is not seen, so nothing can break on it: it speaks against other ways but is never turned to.
    others = [number for number in (1, 2, 3) if positions[number] is not Position.SITTING]
    if not others or misfit[0] < _WRONG:
        return PictureTurn()
    best = min(others, key=lambda number: float(misfit[number]))
    next_best = min(misfit[number] for number in range(4) if number != best)
    if misfit[best] > _RIGHT or misfit[0] - misfit[best] < _CLEARLY:
        return PictureTurn()
    if next_best - misfit[best] >= _CLEARLY:
        return PictureTurn(90 * best)
    return PictureTurn(90 * best, sure=False) if positions[best] is Position.STANDING else PictureTurn()


def _clockwise(points: FloatArray, quarters: int) -> FloatArray:
    """Turn points (..., 2) of a picture clockwise about its corner."""
    for _ in range(quarters):
        points = np.stack([-points[..., 1], points[..., 0]], axis=-1)
    return points


def _misfit(rows: Sequence[Row], points: FloatArray, as_seen: bool) -> tuple[float, Position | None]:
    """How badly a clip fits when its picture is turned so, 0 = perfectly; and the position that the person then has."""
    turned = rows if as_seen else [replace(row, landmarks_px=own) for row, own in zip(rows, points, strict=True)]
    position = position_of(turned)
    if position is None:
        return _NO_POSITION, None
    if position is Position.SITTING:
        hips = points[:, list(PAIRS["hip"]), 1].mean(axis=1)
        return min(travel(hips) / leg_px(points) / _FLOOR, _MOST_FLOOR), position
    stands = position is Position.STANDING
    found = balance_of(points, upright=stands)
    misfit = 1 - found.held_up + (_LEANS_BACK * leans_back(points) if stands else 0.0)
    if stands and as_seen:  # plates that hide the feet move the floor of upright people, too
        return misfit, position
    return misfit + min(found.floor_travel / _FLOOR, _MOST_FLOOR), position
