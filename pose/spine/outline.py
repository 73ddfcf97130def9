"""Raw measurements of frames -> the outline of the back as points, and the directions of its segments."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from pose.arrays import FloatArray
from pose.frame.contour import HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS
from pose.geometry import backward_normal, turn_deg


class PoseMeasures(Protocol):
    """Measurements that a frame and a neutral pose have in common."""

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


def mostly_visible(measures: PoseMeasures) -> bool:
    """Return whether more than half of the stations of the outline are visible."""
    return int(np.isfinite(measures.reach_px).sum()) > len(measures.reach_px) // 2


def fill_hidden(reach: FloatArray) -> FloatArray:
    """Interpolate hidden stations (an arm, no edge) linearly between their neighbours."""
    visible = np.isfinite(reach)
    number = np.arange(len(reach))
    return np.interp(number, number[visible], reach[visible])


def outline_points(measures: PoseMeasures, reach: FloatArray) -> FloatArray:
    """Return the outline (stations, 2) of one pose in canonical coordinates with the mid-hip at the origin."""
    values = (measures.thigh_pitch_deg, measures.trunk_pitch_deg, measures.thigh_px, measures.trunk_px, reach)
    return outlines(*(np.asarray([value], dtype=float) for value in values))[0]


def outlines(thigh_deg: FloatArray, trunk_deg: FloatArray, thigh_px: FloatArray, trunk_px: FloatArray,
             reach: FloatArray) -> FloatArray:
    """Return outlines (n, stations, 2) in canonical coordinates with the mid-hip at the origin."""
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


def tangents(points: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Divide outlines (n, stations, 2) into segments of equal length.

    Returns
    -------
    pitch_deg : ndarray, shape (n, count)
        Direction of each segment against the vertical.
    length : ndarray, shape (n,)
        Of the whole outline, in the unit of the points.
    """
    step = np.diff(points, axis=1)
    arc = np.concatenate([np.zeros((len(points), 1)), np.cumsum(np.hypot(step[..., 0], step[..., 1]), axis=1)], axis=1)
    even = np.linspace(np.zeros(len(arc)), arc[:, -1], count + 1, axis=1)
    points = np.array([[np.interp(to, along, outline[:, axis]) for axis in (0, 1)]
                       for to, along, outline in zip(even, arc, points, strict=True)]).transpose(0, 2, 1)
    for _ in range(2):  # a binomial filter: the ray fan steps a little where two segments meet
        points[:, 1:-1] = (points[:, :-2] + 2 * points[:, 1:-1] + points[:, 2:]) / 4
    step = np.diff(points, axis=1)
    return np.degrees(np.unwrap(np.arctan2(step[..., 0], step[..., 1]), axis=1)), arc[:, -1]
