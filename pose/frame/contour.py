"""Pose -> the outline of the back: the edge of the silhouette behind thigh, hip and trunk, unmeasured behind an arm.

From every station along the chain knee -> hip -> shoulder a ray runs backward (dorsally), at a right angle to the
segment; around the hip the rays fan out from the thigh's normal to the trunk's. The outline is where the soft mask
falls below one half, interpolated between pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pose.arrays import BoolArray, FloatArray
from pose.frame.sampling import bilinear
from pose.frame.skeleton import Skeleton
from pose.frames import Pose
from pose.geometry import backward_normal, distance, distance_to_segment, pitch_deg, to_frame, turn_deg
from pose.landmarks import PAIRS

#: Stations on the thigh, as shares of the way from knee to hip.
THIGH_STATIONS = np.array([0.35, 0.5, 0.65, 0.8, 0.9])
#: Rays from the hip itself, as shares of the angle from the thigh's normal to the trunk's.
HIP_FAN = np.array([0.0, 0.2, 0.4, 0.6, 0.8])
#: Stations on the trunk, as shares of the way from hip to shoulder; a little past it, to the base of the neck.
TRUNK_STATIONS = np.linspace(0.0, 1.04, 14)
#: Number of stations, in the order thigh, hip, trunk.
COUNT = len(THIGH_STATIONS) + len(HIP_FAN) + len(TRUNK_STATIONS)

_MAX_REACH_LEGS = 0.5  # a back lies within half a leg length of the line hip-shoulder, whatever the build
_STEP_PX = 0.5  # along a ray; the crossing itself is interpolated
_ARM_HALF_WIDTH = 0.22  # of the upper arm's length: an arm's half thickness in a sleeve, with a margin


@dataclass(frozen=True, eq=False)
class BackOutline:
    """The dorsal outline of one frame, from the back of the thigh to the base of the neck.

    Attributes
    ----------
    points_px : ndarray, shape (COUNT, 2)
        Frame coordinates in pixels; NaN where there is no edge.
    reach_px : ndarray, shape (COUNT,)
        Distance from the segment to the outline in frame pixels; NaN where there is no edge or an arm hides it.
    softness_px : float
        Frame pixels over which the mask falls from 0.8 to 0.2, median over the stations: how blurred the edge is.
    """

    points_px: FloatArray
    reach_px: FloatArray
    softness_px: float


def back_outline(pose: Pose, skeleton: Skeleton) -> BackOutline:
    """Locate the edge of the silhouette on the dorsal side.

    Parameters
    ----------
    pose : Pose
        With its mask.
    skeleton : Skeleton
        The same pose in canonical coordinates.
    """
    base, pitch = _stations(skeleton)
    normals = backward_normal(pitch)
    reach_px, softness_px = _edges(pose, skeleton, base, normals)
    points = base + normals * reach_px[:, None]
    hidden = _behind_an_arm(points, skeleton)
    return BackOutline(
        points_px=to_frame(points, skeleton.facing),
        reach_px=np.where(hidden, np.nan, reach_px),
        softness_px=softness_px,
    )


def _stations(skeleton: Skeleton) -> tuple[FloatArray, FloatArray]:
    """Return start (COUNT, 2) and segment pitch (COUNT,) of every ray."""
    knee, hip, shoulder = skeleton.middle("knee"), skeleton.middle("hip"), skeleton.middle("shoulder")
    thigh, trunk = float(pitch_deg(knee, hip)), float(pitch_deg(hip, shoulder))
    fan = thigh + HIP_FAN * float(turn_deg(thigh, trunk))
    base = np.concatenate([
        knee + THIGH_STATIONS[:, None] * (hip - knee),
        np.repeat(hip[None], len(HIP_FAN), axis=0),
        hip + TRUNK_STATIONS[:, None] * (shoulder - hip),
    ])
    pitch = np.concatenate([np.full(len(THIGH_STATIONS), thigh), fan, np.full(len(TRUNK_STATIONS), trunk)])
    return base, pitch


def _edges(pose: Pose, skeleton: Skeleton, base: FloatArray, normals: FloatArray) -> tuple[FloatArray, float]:
    """Return the distance along each ray at which it first leaves the body, and the edge's softness."""
    steps = np.arange(0.0, max(_MAX_REACH_LEGS * skeleton.leg_px, 4 * _STEP_PX), _STEP_PX / pose.mask_scale)
    along = to_frame(base[:, None] + normals[:, None] * steps[None, :, None], skeleton.facing)
    mask_xy = (along + 0.5) * pose.mask_scale - 0.5
    foreground = bilinear(pose.mask, mask_xy) / 255.0
    last_inside = _last_inside(foreground, 0.5)
    reach = _crossing(foreground, last_inside, 0.5) * (_STEP_PX / pose.mask_scale)
    blur = (_last_inside(foreground, 0.2) - _last_inside(foreground, 0.8)) * (_STEP_PX / pose.mask_scale)
    has_edge = last_inside >= 0
    return np.where(has_edge, reach, np.nan), float(np.median(blur[has_edge])) if has_edge.any() else np.nan


def _last_inside(foreground: FloatArray, level: float) -> NDArray[np.int64]:
    """Return the index of the last sample before each ray (row) first falls below the level; -1 where it never does."""
    inside = foreground >= level
    exits = inside[:, :-1] & ~inside[:, 1:]
    return np.where(exits.any(axis=1), exits.argmax(axis=1), -1)


def _crossing(foreground: FloatArray, last_inside: NDArray[np.int64], level: float) -> FloatArray:
    """Return the sub-sample position at which each ray crosses the level after `last_inside`."""
    row = np.arange(len(foreground))
    before, after = foreground[row, last_inside], foreground[row, np.minimum(last_inside + 1, foreground.shape[1] - 1)]
    return last_inside + (before - level) / np.maximum(before - after, 1e-6)


def _behind_an_arm(points: FloatArray, skeleton: Skeleton) -> BoolArray:
    """Return which outline points belong to an arm (an elbow behind the back, a hanging arm), not to the trunk."""
    hidden = np.zeros(len(points), dtype=bool)
    for side in (0, 1):
        shoulder, elbow, wrist = (skeleton.joints[PAIRS[joint][side]] for joint in ("shoulder", "elbow", "wrist"))
        half_width_px = _ARM_HALF_WIDTH * max(float(distance(shoulder, elbow)), float(distance(elbow, wrist)))
        # The upper arm's first third lies on the shoulder blade in every posture; the rest may hide the back.
        start = shoulder + (elbow - shoulder) / 3
        hidden |= distance_to_segment(points, start, elbow) < half_width_px
        hidden |= distance_to_segment(points, elbow, wrist) < half_width_px
    return hidden
