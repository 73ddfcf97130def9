"""Pose -> the outline of the back: where the silhouette ends behind thigh, hip and trunk, left out where an arm lies.

From every station along the chain knee -> hip -> shoulder a ray runs backward (dorsally), at a right angle to the
segment; around the hip the rays fan out from the thigh's normal to the trunk's. Where the soft mask falls through one
half, interpolated between pixels, is the outline.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pose.frame.sampling import bilinear
from pose.frame.skeleton import Skeleton
from pose.frames import Pose
from pose.geometry import FloatArray, backward_normal, distance, distance_to_segment, picture, pitch_deg, turn_deg
from pose.landmarks import PAIRS

#: Stations on the thigh, as shares of the way from knee to hip.
THIGH_STATIONS = np.array([0.35, 0.5, 0.65, 0.8, 0.9])
#: Rays from the hip itself, as shares of the turn from the thigh's normal to the trunk's.
HIP_FAN = np.array([0.0, 0.2, 0.4, 0.6, 0.8])
#: Stations on the trunk, as shares of the way from hip to shoulder; a little past it, to the foot of the neck.
TRUNK_STATIONS = np.linspace(0.0, 1.04, 14)
#: Number of stations, in the order thigh, hip, trunk.
COUNT = len(THIGH_STATIONS) + len(HIP_FAN) + len(TRUNK_STATIONS)

_FARTHEST_LEGS = 0.5  # a back lies within half a leg length of the line hip-shoulder, whatever the build
_STEP_PX = 0.5  # along a ray; the crossing itself is interpolated
_ARM_HALF_WIDTH = 0.22  # of the upper arm's length: an arm's half thickness in a sleeve, with a little room


@dataclass(frozen=True, eq=False)
class BackOutline:
    """The dorsal outline of one frame, from the back of the thigh to the foot of the neck.

    Attributes
    ----------
    points_px : ndarray, shape (COUNT, 2)
        Picture coordinates in frame pixels; NaN where no edge was found.
    reach_px : ndarray, shape (COUNT,)
        Distance from the segment to the outline in frame pixels; NaN where no edge was found or an arm covers it.
    softness_px : float
        How many frame pixels the mask takes to fall from 0.8 to 0.2, median over the stations: how blurred the edge is.
    """

    points_px: FloatArray
    reach_px: FloatArray
    softness_px: float


def back_outline(pose: Pose, skeleton: Skeleton) -> BackOutline:
    """Find where the silhouette ends on the dorsal side.

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
    covered = _under_an_arm(points, skeleton)
    return BackOutline(
        points_px=picture(points, skeleton.facing),
        reach_px=np.where(covered, np.nan, reach_px),
        softness_px=softness_px,
    )


def _stations(skeleton: Skeleton) -> tuple[FloatArray, FloatArray]:
    """Start (COUNT, 2) and segment pitch (COUNT,) of every ray."""
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
    """Distance along each ray at which it leaves the body for the first time, and the edge's softness."""
    steps = np.arange(0.0, max(_FARTHEST_LEGS * skeleton.leg_px, 4 * _STEP_PX), _STEP_PX / pose.mask_scale)
    along = picture(base[:, None] + normals[:, None] * steps[None, :, None], skeleton.facing)
    mask_xy = (along + 0.5) * pose.mask_scale - 0.5
    belief = bilinear(pose.mask, mask_xy) / 255.0
    first = _first_exit(belief, 0.5)
    reach = _interpolated(belief, first, 0.5) * (_STEP_PX / pose.mask_scale)
    blur = (_first_exit(belief, 0.2) - _first_exit(belief, 0.8)) * (_STEP_PX / pose.mask_scale)
    seen = first >= 0
    return np.where(seen, reach, np.nan), float(np.median(blur[seen])) if seen.any() else np.nan


def _first_exit(belief: FloatArray, level: float) -> NDArray[np.int64]:
    """Index of the last sample inside before each ray (row) first falls below the level; -1 where it never does."""
    inside = belief >= level
    leaves = inside[:, :-1] & ~inside[:, 1:]
    return np.where(leaves.any(axis=1), leaves.argmax(axis=1), -1)


def _interpolated(belief: FloatArray, last_inside: NDArray[np.int64], level: float) -> FloatArray:
    """Sub-sample position of the crossing after `last_inside`."""
    row = np.arange(len(belief))
    before, after = belief[row, last_inside], belief[row, np.minimum(last_inside + 1, belief.shape[1] - 1)]
    return last_inside + (before - level) / np.maximum(before - after, 1e-6)


def _under_an_arm(points: FloatArray, skeleton: Skeleton) -> NDArray[np.bool_]:
    """Which outline points belong to an arm (an elbow behind the back, a hanging arm) and not to the trunk."""
    covered = np.zeros(len(points), dtype=bool)
    for side in (0, 1):
        shoulder, elbow, wrist = (skeleton.joints[PAIRS[joint][side]] for joint in ("shoulder", "elbow", "wrist"))
        near = _ARM_HALF_WIDTH * max(float(distance(shoulder, elbow)), float(distance(elbow, wrist)))
        # The upper arm's first third lies on the shoulder blade in every posture; the rest may hide the back.
        start = shoulder + (elbow - shoulder) / 3
        covered |= distance_to_segment(points, start, elbow) < near
        covered |= distance_to_segment(points, elbow, wrist) < near
    return covered
