"""Raw measurements of a frame and of the person's own upright sit -> the terms of the formula for sitting people.

All terms are changes from the stand, but for the last group, which describes the person's build: pitches in degrees,
lengths and reaches in per cent of the standing leg length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from pose.frame.contour import HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
from pose.geometry import FloatArray, backward_normal, turn_deg

#: Pieces of equal length into which the outline from mid-thigh to neck is cut; each has a tangent.
PIECES = 16
#: An outline with fewer stations than this in view is not measured; the gaps between are bridged straight.
LEAST_STATIONS = 14

_REACHES = (
    *(f"thigh {share:.0%}" for share in THIGH_STATIONS),
    *(f"hip fan {share:.0%}" for share in HIP_FAN),
    *(f"trunk {share:.0%}" for share in TRUNK_STATIONS),
)

#: What each term is, in order.
NAMES: tuple[str, ...] = (
    "trunk pitch", "thigh pitch", "shank pitch", "neck pitch",
    "trunk length", "thigh length", "shank length", "hip over ankle",
    *(f"reach {name}" for name in _REACHES),
    *(f"outline tangent {number + 1}/{PIECES}" for number in range(PIECES)), "outline length",
    *(f"standing reach {name}" for name in _REACHES),
    "standing trunk length", "standing neck pitch", "standing trunk pitch", "standing thigh pitch",
)


class Measured(Protocol):
    """What a frame and a stand have in common."""

    @property
    def trunk_pitch_deg(self) -> float: ...  # noqa: D102

    @property
    def thigh_pitch_deg(self) -> float: ...  # noqa: D102

    @property
    def shank_pitch_deg(self) -> float: ...  # noqa: D102

    @property
    def neck_pitch_deg(self) -> float: ...  # noqa: D102

    @property
    def trunk_px(self) -> float: ...  # noqa: D102

    @property
    def thigh_px(self) -> float: ...  # noqa: D102

    @property
    def shank_px(self) -> float: ...  # noqa: D102

    @property
    def hip_over_ankle_px(self) -> float: ...  # noqa: D102

    @property
    def reach_px(self) -> FloatArray: ...  # noqa: D102


class Terms:
    """Builds the terms of many frames against one stand.

    Parameters
    ----------
    stand : Measured
        The person standing tall; at least `LEAST_STATIONS` of its reaches must be finite.
    """

    def __init__(self, stand: Measured) -> None:
        self._stand = stand
        self._leg_px = stand.thigh_px + stand.shank_px
        self._reach = bridged(stand.reach_px)
        one = ([stand.thigh_pitch_deg], [stand.trunk_pitch_deg], [stand.thigh_px], [stand.trunk_px], [self._reach])
        (self._tangents,), (self._length,) = _tangents(*map(np.asarray, one))
        self._build = np.concatenate([
            100 * self._reach / self._leg_px,
            [100 * stand.trunk_px / self._leg_px, stand.neck_pitch_deg, stand.trunk_pitch_deg, stand.thigh_pitch_deg],
        ])

    def of(self, frame: Measured) -> FloatArray:
        """Terms (len(NAMES),) of one frame; all NaN where too little of the outline is in view."""
        return self.table([frame])[0]

    def table(self, frames: Sequence[Measured]) -> FloatArray:
        """Terms (n, len(NAMES)) of many frames, a row each: many times faster together than one by one."""
        terms = np.full((len(frames), len(NAMES)), np.nan)
        seen = [number for number, frame in enumerate(frames) if np.isfinite(frame.reach_px).sum() >= LEAST_STATIONS]
        if seen:
            terms[seen] = self._of([frames[number] for number in seen])
        return terms

    def _of(self, frames: Sequence[Measured]) -> FloatArray:
        stand, leg = self._stand, self._leg_px

        def column(name: str) -> FloatArray:
            return np.array([getattr(frame, name) for frame in frames], dtype=float)

        reach = np.array([bridged(frame.reach_px) for frame in frames])
        tangents, length = _tangents(column("thigh_pitch_deg"), column("trunk_pitch_deg"), column("thigh_px"),
                                     column("trunk_px"), reach)
        return np.column_stack([
            *(turn_deg(getattr(stand, name), column(name)) for name in (
                "trunk_pitch_deg", "thigh_pitch_deg", "shank_pitch_deg", "neck_pitch_deg")),
            *(100 * np.log(column(name) / getattr(stand, name)) for name in ("trunk_px", "thigh_px", "shank_px")),
            100 * (column("hip_over_ankle_px") - stand.hip_over_ankle_px) / leg,
            100 * (reach - self._reach) / leg,
            turn_deg(self._tangents, tangents), 100 * np.log(length / self._length),
            np.broadcast_to(self._build, (len(frames), len(self._build))),
        ])


def bridged(reach: FloatArray) -> FloatArray:
    """Fill stations out of view (an arm, no edge) straight between their neighbours."""
    seen = np.isfinite(reach)
    number = np.arange(len(reach))
    return np.interp(number, number[seen], reach[seen])


def _tangents(thigh_deg: FloatArray, trunk_deg: FloatArray, thigh_px: FloatArray, trunk_px: FloatArray,
              reach: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Pitches (n, PIECES) of the pieces of the outline, from mid-thigh to neck, and its length (n,) in pixels."""
    return pieces(outlines(thigh_deg, trunk_deg, thigh_px, trunk_px, reach), PIECES)


def pieces(points: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Cut outlines (n, stations, 2) into pieces of equal length: their pitches (n, count), the whole length (n,)."""
    step = np.diff(points, axis=1)
    arc = np.concatenate([np.zeros((len(points), 1)), np.cumsum(np.hypot(step[..., 0], step[..., 1]), axis=1)], axis=1)
    even = np.linspace(np.zeros(len(arc)), arc[:, -1], count + 1, axis=1)
    points = np.array([[np.interp(to, along, outline[:, axis]) for axis in (0, 1)]
                       for to, along, outline in zip(even, arc, points, strict=True)]).transpose(0, 2, 1)
    for _ in range(2):  # a binomial filter: the ray fan steps a little where two segments meet
        points[:, 1:-1] = (points[:, :-2] + 2 * points[:, 1:-1] + points[:, 2:]) / 4
    step = np.diff(points, axis=1)
    return np.degrees(np.unwrap(np.arctan2(step[..., 0], step[..., 1]), axis=1)), arc[:, -1]


def outline_points(frame: Measured, reach: FloatArray) -> FloatArray:
    """Outline (stations, 2) in canonical coordinates with the mid-hip at the origin."""
    one = ([frame.thigh_pitch_deg], [frame.trunk_pitch_deg], [frame.thigh_px], [frame.trunk_px], [reach])
    return outlines(*(np.asarray(part, dtype=float) for part in one))[0]


def outlines(thigh_deg: FloatArray, trunk_deg: FloatArray, thigh_px: FloatArray, trunk_px: FloatArray,
              reach: FloatArray) -> FloatArray:
    """Outlines (n, stations, 2)."""
    def along(pitch_deg: FloatArray) -> FloatArray:
        return np.stack([np.sin(np.radians(pitch_deg)), np.cos(np.radians(pitch_deg))], axis=-1)[:, None]

    base = np.concatenate([
        -(1 - THIGH_STATIONS)[:, None] * thigh_px[:, None, None] * along(thigh_deg),
        np.zeros((len(reach), len(HIP_FAN), 2)),
        TRUNK_STATIONS[:, None] * trunk_px[:, None, None] * along(trunk_deg),
    ], axis=1)
    pitch = np.concatenate([
        np.repeat(thigh_deg[:, None], len(THIGH_STATIONS), axis=1),
        thigh_deg[:, None] + HIP_FAN * turn_deg(thigh_deg, trunk_deg)[:, None],
        np.repeat(trunk_deg[:, None], len(TRUNK_STATIONS), axis=1),
    ], axis=1)
    return base + backward_normal(pitch) * reach[..., None]
