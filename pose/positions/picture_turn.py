"""Rows of a clip -> how the picture must be turned so that the person is the right way up.

The pose model finds a body whichever way it lies in the picture, so its landmarks say nothing of gravity; what the
body does says it (`balance`). A picture is called turned only where the way it is seen cannot be, one other way can,
and no third one is nearly as good. Where it fits badly as it is seen and nothing decides, it is asked about: a verdict
on another exercise would be worse. Somebody who lies still fits several ways, and then it stays as it is.
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
#: ... that of another way at most this, and smaller than all others by this much.
_RIGHT, _CLEARLY = 0.7, 0.25
#: Only to these it is turned unasked: somebody seen from the front, turned, looks like one who sits on the floor.
_TURNED_TO = (Position.STANDING, Position.PRONE)
#: Otherwise it is asked about where it fits worse than this, ...
_FITS_NOTHING = 0.8
#: ... or where nobody stands in it and it fits worse than this, and somebody who stands would fit better, or hardly
#: worse (by this) if it fits badly (`_WRONG`): most people stand.
_NOT_WELL, _HARDLY_WORSE = 0.2, 0.25
#: ... or where somebody stands in it, it fits worse than this, and another way is better by this.
_STANDS_ILL, _BETTER = 0.15, 0.1
#: Of 92 clips as filmed (58 real ones, 25 samples, 9 made of those) none is turned or asked about, of 552 cuts of them
#: two (a close-up after the exercise). Misfits of standing people: 0 to 0.09, and 0.21 and 0.49 with no better way; of
#: others 0 to 0.44, and 0.64 with nobody standing any other way. Of the 58 real ones turned by 90, 180 and 270 none is
#: judged by another exercise (bench/turned.py).
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
    if not others:
        return PictureTurn()
    best = min(others, key=lambda number: float(misfit[number]))
    next_best = min(misfit[number] for number in range(4) if number != best)
    if misfit[0] >= _WRONG and misfit[best] <= _RIGHT and misfit[0] - misfit[best] >= _CLEARLY \
            and next_best - misfit[best] >= _CLEARLY:
        return PictureTurn(90 * best, sure=positions[best] in _TURNED_TO)
    asked = _asked_about(misfit, positions, best)
    return PictureTurn() if asked is None else PictureTurn(90 * asked, sure=False)


def _asked_about(misfit: FloatArray, positions: Sequence[Position | None], best: int) -> int | None:
    """The likeliest turn, in quarters, of a picture that may not be judged as it is seen; None where it may."""
    if positions[0] is None:  # nothing to judge, so nothing to ask
        return None
    if positions[0] is Position.STANDING:
        return best if misfit[0] > _STANDS_ILL and misfit[0] - misfit[best] >= _BETTER else None
    stands = [number for number in (1, 2, 3) if positions[number] is Position.STANDING]
    standing = min(stands, key=lambda number: float(misfit[number]), default=None)
    if standing is not None and misfit[0] > _NOT_WELL:
        worse = misfit[standing] - misfit[0]
        if worse < (_HARDLY_WORSE if misfit[0] >= _WRONG else 0.0):
            return standing
    return best if misfit[0] > _FITS_NOTHING else None


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
