"""Rows of a clip -> the turn that brings its frames upright.

The pose model detects a body in any orientation, so its landmarks alone do not show gravity; the movement does
(`balance`). Frames are turned only where their orientation is impossible, one other is possible, and no third is nearly
as good. Where the orientation fits badly and nothing decides, the person is asked: judging another exercise would be
worse. A person who lies still fits several orientations, and then the frames stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.landmarks import PAIRS
from pose.positions.balance import assess_balance, leg_px, share_leaning_back, travel_range
from pose.positions.lying import landmark_points
from pose.positions.position import classify_position, faces_camera, whole_body_rows
from pose.quantity import Position

#: A floor that moves by this much weighs as much as a body that is never supported; its weight is limited.
_FLOOR_TRAVEL = 0.3
_MAX_FLOOR_MISFIT = 1.5
#: Leaning back further than people can weighs twice as much.
_LEAN_BACK_WEIGHT = 2.0
#: The misfit without any position, larger than any other.
_NO_POSITION = 2.0
#: Frames are turned where their misfit is at least this, ...
_LEAST_MISFIT = 0.3
#: ... that of another orientation at most this, and smaller than all others by this margin.
_MAX_TURNED_MISFIT, _MARGIN = 0.7, 0.25
#: Frames are turned without asking into these positions only: a person viewed from the front, turned by a quarter,
#: resembles one who sits on the floor.
_SURE_POSITIONS = (Position.STANDING, Position.PRONE)
#: Otherwise the person is asked where the misfit is larger than this, ...
_ASK_MISFIT = 0.8
#: ... or where the person does not stand, the misfit is larger than this, and an orientation in which the person stands
#: fits better, or hardly worse (by this) if the misfit is large (`_LEAST_MISFIT`): most people stand.
_ASK_NOT_STANDING_MISFIT, _HARDLY_WORSE = 0.2, 0.25
#: ... or where the person stands, the misfit is larger than this, and another orientation is better by this.
_ASK_STANDING_MISFIT, _BETTER = 0.15, 0.1
#: Of 92 clips as filmed (58 real ones, 25 samples, 9 made of those) none is turned or asked about, of 552 excerpts of
#: them two (a close-up after the exercise). Misfits of standing people: 0 to 0.09, and 0.21 and 0.49 with no better
#: orientation; of others 0 to 0.44, and 0.64 without a standing person in any orientation. Of the 58 real ones turned
#: by 90, 180 and 270 none is judged by another exercise (bench/turned.py).
#: Shorter clips are not assessed.
_LEAST_S = 1.5


@dataclass(frozen=True)
class FrameTurn:
    """The orientation of the frames of a clip.

    Attributes
    ----------
    turn_deg : int
        Clockwise turn of 0, 90, 180 or 270 degrees after which the person is the right way up.
    sure : bool
        False where the frames seem to be turned and nothing decides; `turn_deg` is then the likeliest turn.
    """

    turn_deg: int = 0
    sure: bool = True


def estimate_turn(rows: Sequence[Row]) -> FrameTurn:
    """Estimate the turn that brings the frames of a clip upright."""
    rows = whole_body_rows(rows)
    if not rows or rows[-1].time_s - rows[0].time_s < _LEAST_S or faces_camera(rows):
        return FrameTurn()
    points = landmark_points(rows)
    quarters = [_clockwise(points, number) for number in range(4)]
    misfits = [_misfit(rows, turned, as_filmed=number == 0) for number, turned in enumerate(quarters)]
    positions = [position for _, position in misfits]
    misfit = np.array([value for value, _ in misfits])
    # A seat is invisible, so sitting hardly has a misfit: it competes with other orientations but is never turned to.
    others = [number for number in (1, 2, 3) if positions[number] is not Position.SITTING]
    if not others:
        return FrameTurn()
    best = min(others, key=lambda number: float(misfit[number]))
    next_best = min(misfit[number] for number in range(4) if number != best)
    if misfit[0] >= _LEAST_MISFIT and misfit[best] <= _MAX_TURNED_MISFIT and misfit[0] - misfit[best] >= _MARGIN \
            and next_best - misfit[best] >= _MARGIN:
        return FrameTurn(90 * best, sure=positions[best] in _SURE_POSITIONS)
    likeliest = _likeliest_turn(misfit, positions, best)
    return FrameTurn() if likeliest is None else FrameTurn(90 * likeliest, sure=False)


def _likeliest_turn(misfit: FloatArray, positions: Sequence[Position | None], best: int) -> int | None:
    """Return the likeliest turn, in quarters, of frames that must not be judged as filmed; None where they may."""
    if positions[0] is None:  # nothing to judge, so nothing to ask
        return None
    if positions[0] is Position.STANDING:
        return best if misfit[0] > _ASK_STANDING_MISFIT and misfit[0] - misfit[best] >= _BETTER else None
    stands = [number for number in (1, 2, 3) if positions[number] is Position.STANDING]
    standing = min(stands, key=lambda number: float(misfit[number]), default=None)
    if standing is not None and misfit[0] > _ASK_NOT_STANDING_MISFIT:
        worse = misfit[standing] - misfit[0]
        if worse < (_HARDLY_WORSE if misfit[0] >= _LEAST_MISFIT else 0.0):
            return standing
    return best if misfit[0] > _ASK_MISFIT else None


def _clockwise(points: FloatArray, quarters: int) -> FloatArray:
    """Turn points (..., 2) of a frame clockwise about its corner."""
    for _ in range(quarters):
        points = np.stack([-points[..., 1], points[..., 0]], axis=-1)
    return points


def _misfit(rows: Sequence[Row], points: FloatArray, as_filmed: bool) -> tuple[float, Position | None]:
    """Return the misfit of a clip with these landmarks, 0 = none, and the position that the person then has."""
    turned = rows if as_filmed else [replace(row, landmarks_px=landmarks)
                                     for row, landmarks in zip(rows, points, strict=True)]
    position = classify_position(turned)
    if position is None:
        return _NO_POSITION, None
    if position is Position.SITTING:
        hips = points[:, list(PAIRS["hip"]), 1].mean(axis=1)
        return min(travel_range(hips) / leg_px(points) / _FLOOR_TRAVEL, _MAX_FLOOR_MISFIT), position
    stands = position is Position.STANDING
    balance = assess_balance(points, upright=stands)
    misfit = 1 - balance.supported + (_LEAN_BACK_WEIGHT * share_leaning_back(points) if stands else 0.0)
    if stands and as_filmed:  # plates that hide the feet also move the floor of upright people
        return misfit, position
    return misfit + min(balance.floor_travel / _FLOOR_TRAVEL, _MAX_FLOOR_MISFIT), position
