"""Legs of a person lying on the back -> raise of each above the person's own flat line, and flexion of its knee.

Angles are signed against the line of the flat body, never against the frame. Which leg is up is measured frame by
frame; its side, left or right, is a vote over the whole time that it is up, since in a side view the model swaps the
two legs from frame to frame. With thigh, shank = the directions of those segments against the flat line,

    raise = STRAIGHT thigh + (CURVED + NEAR [the leg is the one nearer to the camera]) sin thigh + BENT (thigh - shank)
    knee  = KNEE (apparent flexion) + KNEE_FLAT (apparent flexion of the same person's flat legs)

The model's hip point moves up with the thigh, most at half-way: hence the sine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.positions.columns import PlainColumns
from pose.positions.lying import Legs, is_supine
from pose.quantity import Position
from pose.reason import Reason, ReasonKind

#: Fitted by bench/fit_legs.py on 87 rendered people, six images each (raised 0-105 deg, knee 0-50, other leg flat or
#: not); on people who are not in the fit the mean error of the raise is 2.5 deg, its 90th percentile 5.2, of the knee
#: 3.5 and 7.0.
STRAIGHT, CURVED, NEAR, BENT = 0.861, 11.3, 2.3, -0.031
KNEE, KNEE_FLAT = 0.967, -0.349
#: Half-widths of the 90 % band from the same people, degrees.
BAND_DEG = {"leg_raise_deg": 5.5, "knee_flexion_deg": 7.0}
#: A body that is never flat is measured against the line of its trunk instead: flat thighs are 3.2 deg below it while
#: one leg is up, with a standard deviation of 4.0 deg among the same people; their flat knees appear 3.7 deg bent.
_BELOW_TRUNK_DEG, _FLAT_KNEE_DEG, _NO_FLAT_BAND_DEG = 3.2, 3.7, 6.6
#: A leg this close to the line of the trunk with a knee this straight may be flat: flat ones read up to 10 and 11 deg.
_FLAT_LEG_DEG, _FLAT_BEND_DEG = 20.0, 25.0
#: Flat legs are together; more than this apart one of them is moving.
_TOGETHER_DEG = 8.0
_LEAST_FLAT_S = 0.3
#: One straight leg alone may also be raised a little: only its lowest frames are flat.
_LOWEST_SHARE, _AS_LOW_DEG = 0.1, 6.0
#: From this difference of the two lines from hip to foot on one leg is up, and its side can be determined.
_UP_DEG = 12.0
#: The side of a leg is given where this share of the frames agrees; with less it would be a guess.
_LEAST_AGREEMENT = 0.65

NEVER_FLAT = Reason.of(ReasonKind.NEVER_FLAT, position=Position.SUPINE.value)
LEG_UNCLEAR = Reason(ReasonKind.LEG_UNCLEAR)


@dataclass(frozen=True, eq=False)
class SupineColumns(PlainColumns):
    """The columns of a person lying on the back.

    Attributes
    ----------
    columns, bands, note :
        As in `PlainColumns`.
    unclear : ndarray of bool, shape (n,)
        Where one leg is up and its side is unclear.
    """

    unclear: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))


@dataclass(frozen=True, eq=False)
class _Flat:
    """The flat line: directions of flat thighs and shanks, (n,) degrees in the frame, and flexion of flat knees."""

    thigh_deg: FloatArray
    shank_deg: FloatArray
    knee_deg: float
    personal: bool


def measure_supine(rows: Sequence[Row]) -> SupineColumns | None:
    """Measure the legs of a clip; None where the person does not lie on the back."""
    if not rows:
        return None
    legs = Legs.of(rows)
    if not is_supine(rows, legs):
        return None
    upward = _upward(legs)
    flat = _flat_line(legs, upward)
    thigh = upward * turn_deg(flat.thigh_deg[:, None], legs.thigh_deg)
    shank = upward * turn_deg(flat.shank_deg[:, None], legs.shank_deg)
    foot = upward * turn_deg(flat.thigh_deg[:, None], legs.leg_deg)
    knee = KNEE * upward * turn_deg(legs.shank_deg, legs.thigh_deg) + KNEE_FLAT * flat.knee_deg
    # The raised leg is the one whose foot is up: with the foot on the floor and the knee bent, the thigh is up as well.
    up = np.argmax(np.nan_to_num(foot, nan=-180.0), axis=1)
    left, unclear = _left_is_up(foot, up)
    near: FloatArray = np.where(unclear, 0.5, np.asarray(left == _left_is_near(legs, upward), dtype=float))
    raise_up = _raise_deg(_pick(thigh, up), _pick(shank, up), near)
    down = np.asarray(1 - up)
    raise_rest = _raise_deg(_pick(thigh, down), _pick(shank, down), 1 - near)
    columns = _columns((raise_up, raise_rest), (_pick(knee, up), _pick(knee, down)), left, unclear)
    bands = {name: float(np.hypot(band, 0 if flat.personal else _NO_FLAT_BAND_DEG)) for name, band in BAND_DEG.items()}
    return SupineColumns(columns, _band_of_each(bands), None if flat.personal else NEVER_FLAT, unclear)


def _raise_deg(thigh: FloatArray, shank: FloatArray, near: FloatArray) -> FloatArray:
    return STRAIGHT * thigh + (CURVED + NEAR * near) * np.sin(np.radians(thigh)) + BENT * (thigh - shank)


def _pick(values: FloatArray, which: NDArray[np.intp]) -> FloatArray:
    """Select one of two values (n, 2) in each row."""
    return np.asarray(np.take_along_axis(values, which[:, None], axis=1)[:, 0])


def _upward(legs: Legs) -> int:
    """Return 1 where the front of the body is counterclockwise of the line from trunk to feet in the frame, else -1.

    Hips flex forward only, so the front is the side on which the legs are furthest from the line of the trunk.
    """
    away = turn_deg(legs.trunk_deg[:, None], legs.thigh_deg)
    high, low = np.nanquantile(away, [0.98, 0.02])
    return 1 if high + low >= 0 else -1


def _flat_line(legs: Legs, upward: int) -> _Flat:
    """Estimate the flat line from all frames in which both legs are flat, else from those in which one is."""
    straight = (np.abs(turn_deg(legs.trunk_deg[:, None], legs.leg_deg)) < _FLAT_LEG_DEG) & (
        legs.knee_deg < _FLAT_BEND_DEG)
    together = np.abs(turn_deg(legs.leg_deg[:, 0], legs.leg_deg[:, 1])) < _TOGETHER_DEG
    both = straight & (straight.all(axis=1) & together)[:, None]
    step_s = float(np.median(np.diff(legs.time_s))) if len(legs.time_s) > 1 else 0.0
    low = upward * turn_deg(legs.trunk_deg[:, None], legs.leg_deg)
    lowest = np.quantile(low[straight], _LOWEST_SHARE) if straight.any() else np.nan
    for flat in (both, straight & (low <= lowest + _AS_LOW_DEG)):
        if flat.any(axis=1).sum() * step_s >= _LEAST_FLAT_S:
            trunk = np.broadcast_to(legs.trunk_deg[:, None], flat.shape)[flat]
            middle = float(np.median(trunk))
            thigh, shank = (middle + float(np.median(turn_deg(middle, part[flat])))
                            for part in (legs.thigh_deg, legs.shank_deg))
            return _Flat(np.full(len(flat), thigh), np.full(len(flat), shank), upward * (thigh - shank), personal=True)
    thigh_deg = legs.trunk_deg - upward * _BELOW_TRUNK_DEG
    return _Flat(thigh_deg, thigh_deg - upward * _FLAT_KNEE_DEG, _FLAT_KNEE_DEG, personal=False)


def _left_is_up(foot: FloatArray, up: NDArray[np.intp]) -> tuple[BoolArray, BoolArray]:
    """Return whether the leg that is up is the left one (n,), and where that is unclear (n,).

    The frames of each interval with one leg up vote. Legs that cross are together for a moment, where one interval ends
    and the next begins.
    """
    left = up == 0
    unclear = np.zeros(len(up), dtype=bool)
    one_up = np.nan_to_num(np.abs(foot[:, 0] - foot[:, 1])) > _UP_DEG
    edges = np.flatnonzero(np.diff(np.concatenate([[False], one_up, [False]]).astype(int)))
    for start, end in edges.reshape(-1, 2):
        share = float((up[start:end] == 0).mean())
        left[start:end] = share >= 0.5
        unclear[start:end] = max(share, 1 - share) < _LEAST_AGREEMENT
    return left, unclear


def _left_is_near(legs: Legs, upward: int) -> bool:
    """Return whether the person's left side is the one toward the camera.

    Lying with the feet to the right and the front up (counterclockwise of them), a person shows the right side.
    """
    return upward < 0


def _columns(raises: tuple[FloatArray, FloatArray], knees: tuple[FloatArray, FloatArray], left: BoolArray,
             unclear: BoolArray) -> dict[str, FloatArray]:
    """Return the columns by role (up, resting) and by side."""
    def by_side(parts: tuple[FloatArray, FloatArray], name: str) -> dict[str, FloatArray]:
        first, second = np.where(left, parts[0], parts[1]), np.where(left, parts[1], parts[0])
        return {f"left_{name}": np.where(unclear, np.nan, first), f"right_{name}": np.where(unclear, np.nan, second)}

    return {
        "leg_raise_deg": raises[0],
        "resting_leg_raise_deg": raises[1],
        "raised_knee_flexion_deg": knees[0],
        "resting_knee_flexion_deg": knees[1],
        "resting_leg_lift_deg": np.maximum(raises[1], knees[1]),
        "knee_flexion_deg": knees[0],
        **by_side(raises, "leg_raise_deg"),
        **by_side(knees, "knee_flexion_deg"),
    }


def _band_of_each(bands: dict[str, float]) -> dict[str, float]:
    """Return the band of every column: that of its kind, leg raise or knee."""
    legs, knees = bands["leg_raise_deg"], bands["knee_flexion_deg"]
    as_leg = ("leg_raise_deg", "resting_leg_raise_deg", "left_leg_raise_deg", "right_leg_raise_deg")
    as_knee = ("knee_flexion_deg", "raised_knee_flexion_deg", "resting_knee_flexion_deg", "resting_leg_lift_deg")
    return {**dict.fromkeys(as_leg, legs), **dict.fromkeys(as_knee, knees)}
