"""Legs of somebody lying on the back -> how far each is raised above the person's own flat line, how bent its knee is.

Angles are signed against the line of the flat body, never against the picture. Which leg is up is seen frame by frame;
its name, left or right, is voted on over the whole time that it is up, since in a side view the model swaps the two
legs from frame to frame. With thigh, shank = the directions of those segments against the flat line,

    raise = STRAIGHT thigh + (CURVED + NEAR [the leg is the one nearer to the camera]) sin thigh + BENT (thigh - shank)
    knee  = KNEE (bend seen now) + KNEE_FLAT (bend seen in the same person's flat legs)

The model's hip point moves up with the thigh, most half-way: that is the sine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.positions.lying import Legs, is_supine
from pose.quantity import Position
from pose.reason import Reason, ReasonKind

#: Fitted by bench/fit_legs.py on 87 rendered people, six pictures each (raised 0-105 deg, knee 0-50, other leg flat or
#: not); on people the fit had not seen the raise is off by 2.5 deg in the mean and 5.2 at the 90th percentile, the knee
#: by 3.5 and 7.0.
STRAIGHT, CURVED, NEAR, BENT = 0.861, 11.3, 2.3, -0.031
KNEE, KNEE_FLAT = 0.967, -0.349
#: Half-widths of the 90 % band from the same people, degrees.
BAND_DEG = {"leg_raise_deg": 5.5, "knee_flexion_deg": 7.0}
#: A body that was never seen flat is measured against its trunk's line instead: flat thighs lie 3.2 deg below it
#: while one leg is up, with a standard deviation of 4.0 deg among the same people; their flat knees look 3.7 deg bent.
_BELOW_TRUNK_DEG, _FLAT_KNEE_DEG, _NO_FLAT_BAND_DEG = 3.2, 3.7, 6.6
#: A leg this near to the trunk's line with a knee this straight may be flat: flat ones read up to 10 and 11 deg.
_FLAT_LEG_DEG, _FLAT_BEND_DEG = 20.0, 25.0
#: Flat legs lie together; more than this apart one of them is on its way.
_TOGETHER_DEG = 8.0
_LEAST_FLAT_S = 0.3
#: One straight leg alone may also be raised a little: only its lowest moments lie flat.
_LOWEST_SHARE, _AS_LOW_DEG = 0.1, 6.0
#: From this difference of the two lines from hip to foot on one leg is up, and can be named.
_UP_DEG = 12.0
#: A leg is named where this share of the frames agrees; with less the name would be a guess.
_AGREED = 0.65

NEVER_FLAT = Reason.of(ReasonKind.NEVER_FLAT, position=Position.SUPINE.value)
UNNAMED = Reason(ReasonKind.LEG_UNCLEAR)
#: Quantities that only a lying person has.
ONLY_LYING = ("leg_raise_deg", "left_leg_raise_deg", "right_leg_raise_deg", "resting_leg_raise_deg",
              "raised_knee_flexion_deg", "resting_knee_flexion_deg", "resting_leg_lift_deg")


@dataclass(frozen=True, eq=False)
class Raised:
    """What the legs of a lying person do.

    Attributes
    ----------
    columns : dict of str to ndarray, shape (n,)
        By the names of `quantity.QUANTITIES`.
    bands : dict of str to float
        Half-width of the 90 % band of a column, degrees.
    unnamed : ndarray of bool, shape (n,)
        Where one leg is up and its side could not be told.
    note : Reason or None
        What a person must know about the whole clip.
    """

    columns: dict[str, FloatArray]
    bands: dict[str, float]
    unnamed: NDArray[np.bool_]
    note: Reason | None = None

    def half_widths(self, columns: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return the bands as columns, NaN where the cleaned columns are."""
        return {name: np.where(np.isfinite(columns[name]), band, np.nan) for name, band in self.bands.items()}


@dataclass(frozen=True, eq=False)
class _Flat:
    """The flat line: where flat thighs and shanks point, (n,) degrees in the picture, and how bent flat knees look."""

    thigh_deg: FloatArray
    shank_deg: FloatArray
    knee_deg: float
    own: bool


def raised_legs(rows: Sequence[Row]) -> Raised | None:
    """Measure the legs of a clip; None where nobody lies on the back."""
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
    # The raised leg is the one whose foot is up: of a leg with its foot on the floor and the knee bent, the thigh is.
    up = np.argmax(np.nan_to_num(foot, nan=-180.0), axis=1)
    left, unnamed = _left_is_up(foot, up)
    near: FloatArray = np.where(unnamed, 0.5, np.asarray(left == _left_is_near(legs, upward), dtype=float))
    raise_up = _raise_deg(_pick(thigh, up), _pick(shank, up), near)
    down = np.asarray(1 - up)
    raise_rest = _raise_deg(_pick(thigh, down), _pick(shank, down), 1 - near)
    columns = _columns((raise_up, raise_rest), (_pick(knee, up), _pick(knee, down)), left, unnamed)
    bands = {name: float(np.hypot(band, 0 if flat.own else _NO_FLAT_BAND_DEG)) for name, band in BAND_DEG.items()}
    return Raised(columns, _spread(bands), unnamed, None if flat.own else NEVER_FLAT)


def _raise_deg(thigh: FloatArray, shank: FloatArray, near: FloatArray) -> FloatArray:
    return STRAIGHT * thigh + (CURVED + NEAR * near) * np.sin(np.radians(thigh)) + BENT * (thigh - shank)


def _pick(values: FloatArray, which: NDArray[np.intp]) -> FloatArray:
    """Of (n, 2) values take one a row."""
    return np.asarray(np.take_along_axis(values, which[:, None], axis=1)[:, 0])


def _upward(legs: Legs) -> int:
    """1 where the front of the body is counterclockwise of the line from trunk to feet in the picture, else -1.

    Hips bend forward only, so the side to which the legs leave the trunk's line furthest is the front.
    """
    away = turn_deg(legs.trunk_deg[:, None], legs.thigh_deg)
    high, low = np.nanquantile(away, [0.98, 0.02])
    return 1 if high + low >= 0 else -1


def _flat_line(legs: Legs, upward: int) -> _Flat:
    """Take the flat line from all moments in which both legs lie flat, else from those in which one does."""
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
            about = float(np.median(trunk))
            thigh, shank = (about + float(np.median(turn_deg(about, part[flat])))
                            for part in (legs.thigh_deg, legs.shank_deg))
            return _Flat(np.full(len(flat), thigh), np.full(len(flat), shank), upward * (thigh - shank), own=True)
    thigh_deg = legs.trunk_deg - upward * _BELOW_TRUNK_DEG
    return _Flat(thigh_deg, thigh_deg - upward * _FLAT_KNEE_DEG, _FLAT_KNEE_DEG, own=False)


def _left_is_up(foot: FloatArray, up: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the leg that is up is the left one (n,), and where that could not be told (n,).

    Over each time that one leg is up the frames vote. Legs that cross meet on the way: there one time ends and the next
    begins.
    """
    left = up == 0
    unnamed = np.zeros(len(up), dtype=bool)
    apart = np.nan_to_num(np.abs(foot[:, 0] - foot[:, 1])) > _UP_DEG
    edges = np.flatnonzero(np.diff(np.concatenate([[False], apart, [False]]).astype(int)))
    for start, past in edges.reshape(-1, 2):
        share = float((up[start:past] == 0).mean())
        left[start:past] = share >= 0.5
        unnamed[start:past] = max(share, 1 - share) < _AGREED
    return left, unnamed


def _left_is_near(legs: Legs, upward: int) -> bool:
    """Whether the person's left side is the one toward the camera.

    Lying with the feet to the right and the front up (counterclockwise of them), a person shows the right side: the
    left is trunk times front.
    """
    return upward < 0


def _columns(raises: tuple[FloatArray, FloatArray], knees: tuple[FloatArray, FloatArray], left: NDArray[np.bool_],
             unnamed: NDArray[np.bool_]) -> dict[str, FloatArray]:
    """Sort (up, resting) into columns, by role and by side."""
    def by_side(parts: tuple[FloatArray, FloatArray], name: str) -> dict[str, FloatArray]:
        first, second = np.where(left, parts[0], parts[1]), np.where(left, parts[1], parts[0])
        return {f"left_{name}": np.where(unnamed, np.nan, first), f"right_{name}": np.where(unnamed, np.nan, second)}

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


def _spread(bands: dict[str, float]) -> dict[str, float]:
    """Every angle of a leg is as sure as its kind."""
    legs, knees = bands["leg_raise_deg"], bands["knee_flexion_deg"]
    as_leg = ("leg_raise_deg", "resting_leg_raise_deg", "left_leg_raise_deg", "right_leg_raise_deg")
    as_knee = ("knee_flexion_deg", "raised_knee_flexion_deg", "resting_knee_flexion_deg", "resting_leg_lift_deg")
    return {**dict.fromkeys(as_leg, legs), **dict.fromkeys(as_knee, knees)}
