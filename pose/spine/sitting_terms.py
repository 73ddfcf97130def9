"""Raw measurements of a frame and of the person's own upright sit -> the terms of the formula for sitting people.

All terms are changes from the upright sit, except for the last group, which describes the person's build: pitches in
degrees, lengths and reaches in per cent of the leg length in the upright sit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import FloatArray
from pose.frame.contour import HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
from pose.geometry import turn_deg
from pose.spine.outline import PoseMeasures, fill_hidden, outlines, tangents

#: Segments of equal length into which the outline from mid-thigh to neck is divided; each has a tangent.
SEGMENTS = 16
#: An outline with fewer visible stations than this is not measured; gaps between them are interpolated.
LEAST_STATIONS = 14

_REACHES = (
    *(f"thigh {share:.0%}" for share in THIGH_STATIONS),
    *(f"hip fan {share:.0%}" for share in HIP_FAN),
    *(f"trunk {share:.0%}" for share in TRUNK_STATIONS),
)

#: The names of the terms, in order, as stored with the fitted numbers.
NAMES: tuple[str, ...] = (
    "trunk pitch", "thigh pitch", "shank pitch", "neck pitch",
    "trunk length", "thigh length", "shank length", "hip over ankle",
    *(f"reach {name}" for name in _REACHES),
    *(f"outline tangent {number + 1}/{SEGMENTS}" for number in range(SEGMENTS)), "outline length",
    *(f"standing reach {name}" for name in _REACHES),
    "standing trunk length", "standing neck pitch", "standing trunk pitch", "standing thigh pitch",
)


class SittingTerms:
    """Computes the terms of many frames against one upright sit.

    Parameters
    ----------
    neutral : Posture
        The person sitting upright; at least `LEAST_STATIONS` of its reaches must be finite.
    """

    def __init__(self, neutral: PoseMeasures) -> None:
        self._neutral = neutral
        self._leg_px = neutral.thigh_px + neutral.shank_px
        self._reach = fill_hidden(neutral.reach_px)
        columns = ([neutral.thigh_pitch_deg], [neutral.trunk_pitch_deg], [neutral.thigh_px], [neutral.trunk_px],
                   [self._reach])
        (self._tangents,), (self._length,) = tangents(outlines(*map(np.asarray, columns)), SEGMENTS)
        self._build = np.concatenate([
            100 * self._reach / self._leg_px,
            [100 * neutral.trunk_px / self._leg_px, neutral.neck_pitch_deg, neutral.trunk_pitch_deg,
             neutral.thigh_pitch_deg],
        ])

    def of(self, frame: PoseMeasures) -> FloatArray:
        """Return the terms (len(NAMES),) of one frame; all NaN where too little of the outline is visible."""
        return self.table([frame])[0]

    def table(self, frames: Sequence[PoseMeasures]) -> FloatArray:
        """Return the terms (n, len(NAMES)) of many frames, one row each: much faster than frame by frame."""
        terms = np.full((len(frames), len(NAMES)), np.nan)
        visible = [number for number, frame in enumerate(frames)
                   if np.isfinite(frame.reach_px).sum() >= LEAST_STATIONS]
        if visible:
            terms[visible] = self._of([frames[number] for number in visible])
        return terms

    def _of(self, frames: Sequence[PoseMeasures]) -> FloatArray:
        neutral, leg = self._neutral, self._leg_px

        def column(name: str) -> FloatArray:
            return np.array([getattr(frame, name) for frame in frames], dtype=float)

        reach = np.array([fill_hidden(frame.reach_px) for frame in frames])
        directions, length = tangents(outlines(column("thigh_pitch_deg"), column("trunk_pitch_deg"),
                                               column("thigh_px"), column("trunk_px"), reach), SEGMENTS)
        return np.column_stack([
            *(turn_deg(getattr(neutral, name), column(name)) for name in (
                "trunk_pitch_deg", "thigh_pitch_deg", "shank_pitch_deg", "neck_pitch_deg")),
            *(100 * np.log(column(name) / getattr(neutral, name)) for name in ("trunk_px", "thigh_px", "shank_px")),
            100 * (column("hip_over_ankle_px") - neutral.hip_over_ankle_px) / leg,
            100 * (reach - self._reach) / leg,
            turn_deg(self._tangents, directions), 100 * np.log(length / self._length),
            np.broadcast_to(self._build, (len(frames), len(self._build))),
        ])
