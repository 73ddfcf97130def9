"""Rows of a person lying face down -> lift of chest and pelvis from the person's own flat line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.geometry import known_median, turn_deg
from pose.positions.columns import PlainColumns
from pose.positions.lying import Legs
from pose.quantity import Position
from pose.reason import Reason, ReasonKind

#: The flattest frames of a clip are this share of it.
_FLATTEST_SHARE = 0.15
#: Trunk and thighs bent by less than this in the flattest frames lie flat.
_FLAT_DEG = 12.0
#: Half-widths of the 90 % band: the sway of the model's hip and shoulder points on the rendered press-ups.
BAND_DEG = {"trunk_raise_deg": 6.0, "pelvis_lift_deg": 6.0}
NEVER_FLAT = Reason.of(ReasonKind.NEVER_FLAT, position=Position.PRONE.value)


def measure_prone(rows: Sequence[Row]) -> PlainColumns:
    """Measure chest and pelvis of a person lying face down.

    Both are signed angles against the flat line, so that a tilted camera has no effect; upward is up in the frame.
    """
    legs = Legs.of(rows)
    thigh = _mean_direction_deg(legs.thigh_deg)
    fold = turn_deg(thigh, legs.trunk_deg)
    up = -1.0 if known_median(np.cos(np.radians(thigh))) > 0 else 1.0
    off_level = sum(np.abs(np.degrees(np.arcsin(np.sin(np.radians(part))))) for part in (legs.trunk_deg, thigh))
    flattest = off_level <= np.nanquantile(off_level, _FLATTEST_SHARE)
    trunk_raise = up * turn_deg(_median_direction_deg(legs.trunk_deg[flattest]), legs.trunk_deg)
    pelvis_lift = up * turn_deg(_median_direction_deg(thigh[flattest]), thigh)
    note = None if known_median(np.abs(fold[flattest])) < _FLAT_DEG else NEVER_FLAT
    return PlainColumns({"trunk_raise_deg": trunk_raise, "pelvis_lift_deg": pelvis_lift}, BAND_DEG, note)


def _mean_direction_deg(direction_deg: FloatArray) -> FloatArray:
    """Return the mean (n,) of the directions of the two legs (n, 2)."""
    return np.asarray(direction_deg[:, 0] + turn_deg(direction_deg[:, 0], direction_deg[:, 1]) / 2)


def _median_direction_deg(direction_deg: FloatArray) -> float:
    """Return the median of directions that are close to each other."""
    finite = direction_deg[np.isfinite(direction_deg)]
    return float(finite[0] + np.median(turn_deg(finite[0], finite)))
