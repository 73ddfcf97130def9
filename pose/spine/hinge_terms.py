"""Raw measurements of a frame and of the person's neutral pose -> the terms of the formula for standing people.

Every length is measured in units of thigh and shank in the same frame. So a person who steps nearer, a lens that zooms
or a stream that changes its frame size changes no term (before: 2 deg of flexion for 1 % of size). On rendered people
this costs 0.1 deg (bench/fit_spine.py).

The outline is used from the hip to the neck only. What lies behind the thigh on real people (plates, shorts, hands,
kettlebells) was never rendered: its terms lay 5 to 15 standard deviations out in 19 of 23 real clips, and leaving
them out costs rendered people 0.05 deg. The neutral outline is not a term either, only the change from it: two neutral
poses of one real person then read alike (median 3 deg instead of 6; rendered people lose 0.2). Thigh against shank and
the neck's pitch in the neutral pose are left out for the same reason: they lay up to 15 and 8 standard deviations out
on real people, and rendered ones lose nothing without them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import FloatArray
from pose.frame.contour import COUNT, HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
from pose.geometry import turn_deg
from pose.spine.outline import PoseMeasures, fill_hidden, outlines, tangents

#: The stations of `contour` that are used.
USED = slice(len(THIGH_STATIONS), COUNT)
#: Segments of equal length into which the outline from hip to neck is divided; 6 to 16 give the same error within
#: 0.03 deg.
SEGMENTS = 12
#: An outline with fewer visible stations of those used is not measured; gaps between them are interpolated.
LEAST_STATIONS = 11

#: Rendered people were turned up to here.
MAX_YAW_DEG = 62.0
#: The names of the terms, in order: changes from the neutral pose, then the person's build and the camera's yaw.
CHANGES: tuple[str, ...] = (
    "trunk pitch", "thigh pitch", "shank pitch", "neck pitch", "trunk length",
    *(f"reach hip fan {share:.0%}" for share in HIP_FAN), *(f"reach trunk {share:.0%}" for share in TRUNK_STATIONS),
    *(f"outline tangent {number + 1}/{SEGMENTS}" for number in range(SEGMENTS)), "outline length",
)
BUILD: tuple[str, ...] = ("standing trunk length", "standing trunk pitch", "standing thigh pitch", "yaw")
NAMES: tuple[str, ...] = (*CHANGES, *BUILD)


class HingeTerms:
    """Computes the terms of many frames against one neutral pose.

    Parameters
    ----------
    neutral : Posture
        The person standing tall; at least one of its reaches that are used must be finite.
    yaw_deg : float
        How far from side-on the camera stands, see `pose.frame.yaw.clip_yaw_deg`; NaN counts as side-on.
    """

    def __init__(self, neutral: PoseMeasures, yaw_deg: float = 0.0) -> None:
        self._pose = neutral
        self._yaw_deg = min(float(np.nan_to_num(yaw_deg)), MAX_YAW_DEG)
        self._neutral = _Normalised([neutral])

    def table(self, frames: Sequence[PoseMeasures]) -> FloatArray:
        """Return the terms (n, len(NAMES)), one row per frame; NaN where too little of the outline is visible.

        Pitches in degrees; lengths and reaches in per cent of thigh and shank in the same frame, the lengths of trunk
        and outline as logarithms of their change.
        """
        terms = np.full((len(frames), len(NAMES)), np.nan)
        visible = [number for number, frame in enumerate(frames) if visible_stations(frame) >= LEAST_STATIONS]
        if visible:
            terms[visible] = self._of([frames[number] for number in visible])
        return terms

    def _of(self, frames: Sequence[PoseMeasures]) -> FloatArray:
        neutral, current = self._neutral, _Normalised(frames)
        build = (100 * neutral.trunk[0], self._pose.trunk_pitch_deg, self._pose.thigh_pitch_deg, self._yaw_deg)
        return np.column_stack([
            *(turn_deg(before, after) for before, after in zip(neutral.pitches, current.pitches, strict=True)),
            100 * np.log(current.trunk / neutral.trunk),
            100 * (current.reach - neutral.reach),
            turn_deg(neutral.tangents, current.tangents), 100 * np.log(current.outline / neutral.outline),
            np.broadcast_to(build, (len(frames), len(BUILD))),
        ])


class _Normalised:
    """The measurements of frames in units of their own thigh and shank."""

    def __init__(self, frames: Sequence[PoseMeasures]) -> None:
        def column(name: str) -> FloatArray:
            return np.array([getattr(frame, name) for frame in frames], dtype=float)

        leg = column("thigh_px") + column("shank_px")
        self.pitches = [column(f"{name}_pitch_deg") for name in ("trunk", "thigh", "shank", "neck")]
        self.trunk, self.thigh = column("trunk_px") / leg, column("thigh_px") / leg
        self.reach = np.array([fill_hidden(frame.reach_px[USED]) for frame in frames]) / leg[:, None]
        whole = np.pad(self.reach, ((0, 0), (USED.start, 0)), constant_values=np.nan)
        points = outlines(self.pitches[1], self.pitches[0], self.thigh, self.trunk, whole)[:, USED]
        self.tangents, self.outline = tangents(points, SEGMENTS)


def visible_stations(frame: PoseMeasures) -> int:
    """Return how many of the stations that are used are visible."""
    return int(np.isfinite(frame.reach_px[USED]).sum())
