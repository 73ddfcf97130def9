"""Rows of somebody who lies face down -> how far chest and pelvis are lifted from the person's own flat line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.positions.columns import PlainColumns
from pose.positions.lying import Legs
from pose.quantity import Position
from pose.reason import Reason, ReasonKind

#: The flattest moments of a clip: this share of its frames.
_FLATTEST_SHARE = 0.15
#: A line of trunk and thighs bent less than this in the flattest moments was seen lying flat.
_FLAT_DEG = 12.0
#: Half-widths of the 90 % band: what the model's hip and shoulder points sway by on the rendered press-ups.
BAND_DEG = {"trunk_raise_deg": 6.0, "pelvis_lift_deg": 6.0}
NEVER_FLAT = Reason.of(ReasonKind.NEVER_FLAT, position=Position.PRONE.value)


def lifted(rows: Sequence[Row]) -> PlainColumns:
    """Measure chest and pelvis of a clip of somebody lying face down.

    Both are signed turns against the flat line, so that a tilted camera does not matter; upward is up in the picture.
    """
    legs = Legs.of(rows)
    thigh = _mean_direction_deg(legs.thigh_deg)
    fold = turn_deg(thigh, legs.trunk_deg)
    up = -1.0 if np.nanmedian(np.cos(np.radians(thigh))) > 0 else 1.0
    away = sum(np.abs(np.degrees(np.arcsin(np.sin(np.radians(part))))) for part in (legs.trunk_deg, thigh))
    flattest = away <= np.nanquantile(away, _FLATTEST_SHARE)
    trunk_raise = up * turn_deg(_usual(legs.trunk_deg[flattest]), legs.trunk_deg)
    pelvis_lift = up * turn_deg(_usual(thigh[flattest]), thigh)
    note = None if np.nanmedian(np.abs(fold[flattest])) < _FLAT_DEG else NEVER_FLAT
    return PlainColumns({"trunk_raise_deg": trunk_raise, "pelvis_lift_deg": pelvis_lift}, BAND_DEG, note)


def _mean_direction_deg(direction_deg: FloatArray) -> FloatArray:
    """Middle (n,) of the two legs' directions (n, 2)."""
    return np.asarray(direction_deg[:, 0] + turn_deg(direction_deg[:, 0], direction_deg[:, 1]) / 2)


def _usual(direction_deg: FloatArray) -> float:
    """Median of directions that lie near each other."""
    seen = direction_deg[np.isfinite(direction_deg)]
    return float(seen[0] + np.median(turn_deg(seen[0], seen)))
