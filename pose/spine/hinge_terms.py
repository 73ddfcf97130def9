"""Raw measurements of a frame and of the person's own stand -> the terms of the formula for standing people.

Every length counts in the person's own size at that moment, the length of thigh and shank in the same frame. So a
person who steps nearer, a lens that zooms or a stream that changes its frame size changes no term (before: 2 deg of
flexion for 1 % of size). On rendered people this costs 0.1 deg (bench/fit_spine.py).

The outline counts from the hip to the neck only. What lies behind the thigh on real people (plates, shorts, hands,
kettlebells) was never rendered: its terms lay 5 to 15 standard deviations out in 19 of 23 real clips, and leaving
them out costs rendered people 0.05 deg. The person's own standing outline is no term of its own either, only the change
from it: two stands of one real person then read alike (median 3 deg instead of 6; rendered people lose 0.2). Thigh
against shank and the neck's pitch in the stand are left out for the same reason: they lay up to 15 and 8 standard
deviations out on real people, and rendered ones lose nothing without them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.frame.contour import COUNT, HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
from pose.geometry import FloatArray, turn_deg
from pose.spine.terms import Measured, bridged, outlines, pieces

#: The stations of `contour` that count.
USED = slice(len(THIGH_STATIONS), COUNT)
#: Pieces of equal length into which the outline from hip to neck is cut; 6 to 16 give the same error within 0.03 deg.
PIECES = 12
#: An outline with fewer of the stations that count in view is not measured; gaps between are bridged straight.
LEAST_STATIONS = 11

#: What each term is, in order: changes from the stand, then the person's build.
CHANGES: tuple[str, ...] = (
    "trunk pitch", "thigh pitch", "shank pitch", "neck pitch", "trunk length",
    *(f"reach hip fan {share:.0%}" for share in HIP_FAN), *(f"reach trunk {share:.0%}" for share in TRUNK_STATIONS),
    *(f"outline tangent {number + 1}/{PIECES}" for number in range(PIECES)), "outline length",
)
BUILD: tuple[str, ...] = ("standing trunk length", "standing trunk pitch", "standing thigh pitch")
NAMES: tuple[str, ...] = (*CHANGES, *BUILD)


class HingeTerms:
    """Builds the terms of many frames against one stand.

    Parameters
    ----------
    stand : Measured
        The person standing tall; at least one of its reaches that count must be finite.
    """

    def __init__(self, stand: Measured) -> None:
        self._stand = stand
        self._own = _Sized([stand])

    def table(self, frames: Sequence[Measured]) -> FloatArray:
        """Terms (n, len(NAMES)), a row a frame; NaN where too little of the outline is in view.

        Pitches in degrees; lengths and reaches in per cent of thigh and shank in the same frame, the lengths of trunk
        and outline as logarithms of their change.
        """
        terms = np.full((len(frames), len(NAMES)), np.nan)
        seen = [number for number, frame in enumerate(frames) if in_view(frame) >= LEAST_STATIONS]
        if seen:
            terms[seen] = self._of([frames[number] for number in seen])
        return terms

    def _of(self, frames: Sequence[Measured]) -> FloatArray:
        stand, own, now = self._stand, self._own, _Sized(frames)
        build = (100 * own.trunk[0], stand.trunk_pitch_deg, stand.thigh_pitch_deg)
        return np.column_stack([
            *(turn_deg(before, after) for before, after in zip(own.pitches, now.pitches, strict=True)),
            100 * np.log(now.trunk / own.trunk),
            100 * (now.reach - own.reach),
            turn_deg(own.tangents, now.tangents), 100 * np.log(now.outline / own.outline),
            np.broadcast_to(build, (len(frames), len(BUILD))),
        ])


class _Sized:
    """Frames in units of their own thigh and shank."""

    def __init__(self, frames: Sequence[Measured]) -> None:
        def column(name: str) -> FloatArray:
            return np.array([getattr(frame, name) for frame in frames], dtype=float)

        leg = column("thigh_px") + column("shank_px")
        self.pitches = [column(f"{name}_pitch_deg") for name in ("trunk", "thigh", "shank", "neck")]
        self.trunk, self.thigh = column("trunk_px") / leg, column("thigh_px") / leg
        self.reach = np.array([bridged(frame.reach_px[USED]) for frame in frames]) / leg[:, None]
        whole = np.pad(self.reach, ((0, 0), (USED.start, 0)), constant_values=np.nan)
        points = outlines(self.pitches[1], self.pitches[0], self.thigh, self.trunk, whole)[:, USED]
        self.tangents, self.outline = pieces(points, PIECES)


def in_view(frame: Measured) -> int:
    """Return how many of the stations that count are in view."""
    return int(np.isfinite(frame.reach_px[USED]).sum())
