"""Raw measurements of a frame and of the person's own stand -> the terms of the spine formula.

All terms are changes from the stand, but for the last group, which describes the person's build: pitches in degrees,
lengths and reaches in per cent of the standing leg length.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from pose.contour import HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
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
        self._reach = _bridged(stand.reach_px)
        self._tangents, self._length = _tangents(stand, self._reach)
        self._build = np.concatenate([
            100 * self._reach / self._leg_px,
            [100 * stand.trunk_px / self._leg_px, stand.neck_pitch_deg, stand.trunk_pitch_deg, stand.thigh_pitch_deg],
        ])

    def of(self, frame: Measured) -> FloatArray:
        """Terms (len(NAMES),) of one frame; all NaN where too little of the outline is in view."""
        if np.isfinite(frame.reach_px).sum() < LEAST_STATIONS:
            return np.full(len(NAMES), np.nan)
        stand, leg = self._stand, self._leg_px
        reach = _bridged(frame.reach_px)
        tangents, length = _tangents(frame, reach)
        return np.concatenate([
            [turn_deg(getattr(stand, name), getattr(frame, name)) for name in (
                "trunk_pitch_deg", "thigh_pitch_deg", "shank_pitch_deg", "neck_pitch_deg")],
            [100 * np.log(getattr(frame, name) / getattr(stand, name)) for name in (
                "trunk_px", "thigh_px", "shank_px")],
            [100 * (frame.hip_over_ankle_px - stand.hip_over_ankle_px) / leg],
            100 * (reach - self._reach) / leg,
            turn_deg(self._tangents, tangents), [100 * np.log(length / self._length)],
            self._build,
        ])


def _bridged(reach: FloatArray) -> FloatArray:
    """Fill stations out of view (an arm, no edge) straight between their neighbours."""
    seen = np.isfinite(reach)
    number = np.arange(len(reach))
    return np.interp(number, number[seen], reach[seen])


def _tangents(frame: Measured, reach: FloatArray) -> tuple[FloatArray, float]:
    """Pitch of each piece of the outline (PIECES,), from mid-thigh to neck, and the outline's length in pixels."""
    points = outline_points(frame, reach)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    even = np.linspace(0.0, arc[-1], PIECES + 1)
    points = np.stack([np.interp(even, arc, points[:, axis]) for axis in (0, 1)], axis=1)
    for _ in range(2):  # a binomial filter: the ray fan steps a little where two segments meet
        points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    step = np.diff(points, axis=0)
    return np.degrees(np.unwrap(np.arctan2(step[:, 0], step[:, 1]))), float(arc[-1])


def outline_points(frame: Measured, reach: FloatArray) -> FloatArray:
    """Outline (stations, 2) in canonical coordinates with the mid-hip at the origin."""
    thigh, trunk = frame.thigh_pitch_deg, frame.trunk_pitch_deg

    def along(pitch_deg: float) -> FloatArray:
        return np.array([np.sin(np.radians(pitch_deg)), np.cos(np.radians(pitch_deg))])

    base = np.concatenate([
        -(1 - THIGH_STATIONS)[:, None] * frame.thigh_px * along(thigh),
        np.zeros((len(HIP_FAN), 2)),
        TRUNK_STATIONS[:, None] * frame.trunk_px * along(trunk),
    ])
    pitch = np.concatenate([
        np.full(len(THIGH_STATIONS), thigh),
        thigh + HIP_FAN * float(turn_deg(thigh, trunk)),
        np.full(len(TRUNK_STATIONS), trunk),
    ])
    return base + backward_normal(pitch) * reach[:, None]
