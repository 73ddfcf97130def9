"""Sighting -> Row: everything that can be measured in one frame alone, before the person's own neutral is known.

Only the direction that the person faces is carried from frame to frame: nobody turns round within a second, and the
landmarks of a single frame can be flipped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from pose.arrays import FloatArray
from pose.frame.contour import COUNT, back_outline
from pose.frame.skeleton import Skeleton, facing_evidence
from pose.frame.straight_leg import straighter_knee_deg
from pose.frame.view import View, ViewLimits, assess_view
from pose.frames import Pose, Sighting
from pose.geometry import distance, pitch_deg
from pose.landmarks import PAIRS

_FACING_MEMORY_S = 2.0  # evidence of this age weighs 1/e


@dataclass(frozen=True, eq=False)
class Row:
    """Raw measurements of one frame; NaN where unmeasured. Pitches in degrees from the vertical, forward positive.

    Attributes
    ----------
    index, time_s :
        As in the frame.
    facing : int
        +1 facing the right edge of the frame, -1 the left, 0 unknown.
    view : View
        Yaw, camera pitch and size; the problem or doubt where the person is cut off, small or not alone.
    thigh_pitch_deg, shank_pitch_deg, trunk_pitch_deg, neck_pitch_deg : float
        Of the segments' centre lines (left and right averaged).
    thigh_px, shank_px, trunk_px : float
        Lengths of the segments.
    hip_over_ankle_px : float
        Horizontal distance of the mid-hip in front of the mid-ankle.
    left_knee_flexion_deg, right_knee_flexion_deg : float
        From that leg's own landmarks.
    foot_pitch_deg : float
        From the heels to the toes, against straight up; 90 = level.
    straighter_knee_deg : float
        Of a sitting person, from the silhouette; see `straight_leg`.
    shoulders_turned_deg : float
        Line from right to left shoulder in the model's own metres, seen from above; 0 = square to the camera, facing
        it; positive = turned to the person's left.
    reach_px : ndarray, shape (contour.COUNT,)
        The back's outline, see `contour.BackOutline`.
    back_px : ndarray, shape (contour.COUNT, 2)
        The same as points of the frame.
    softness_px : float
        Blur of the outline.
    landmarks_px : ndarray, shape (33, 2), or None
        For drawing.
    visibility : ndarray, shape (33,), or None
        For drawing.
    picture_width_px, picture_height_px : int
        Size of the frame; 0 where it is not known.
    """

    index: int
    time_s: float
    facing: int
    view: View
    thigh_pitch_deg: float = math.nan
    shank_pitch_deg: float = math.nan
    trunk_pitch_deg: float = math.nan
    neck_pitch_deg: float = math.nan
    thigh_px: float = math.nan
    shank_px: float = math.nan
    trunk_px: float = math.nan
    hip_over_ankle_px: float = math.nan
    left_knee_flexion_deg: float = math.nan
    right_knee_flexion_deg: float = math.nan
    foot_pitch_deg: float = math.nan
    straighter_knee_deg: float = math.nan
    shoulders_turned_deg: float = math.nan
    reach_px: FloatArray = field(default_factory=lambda: np.full(COUNT, np.nan))
    back_px: FloatArray | None = None
    softness_px: float = math.nan
    landmarks_px: FloatArray | None = None
    visibility: FloatArray | None = None
    picture_width_px: int = 0
    picture_height_px: int = 0


class Measurer:
    """Measures frame after frame; one instance per clip or live session.

    Parameters
    ----------
    limits : ViewLimits
        When a frame cannot be judged.
    """

    def __init__(self, limits: ViewLimits | None = None) -> None:
        self._limits = limits or ViewLimits()
        self._evidence = 0.0
        self._last_s: float | None = None

    def __call__(self, sighting: Sighting) -> Row:
        """Measure one frame."""
        pose = sighting.pose
        width_px, height_px = sighting.size_px
        if pose is None:
            return Row(sighting.index, sighting.time_s, 0, assess_view(sighting, None, self._limits),
                       picture_width_px=width_px, picture_height_px=height_px)
        skeleton = Skeleton.of(pose, self._facing(pose, sighting.time_s))
        view = assess_view(sighting, skeleton, self._limits)
        outline = back_outline(pose, skeleton)
        hip, ankle = skeleton.middle("hip"), skeleton.middle("ankle")
        knee = skeleton.middle("knee")
        return Row(
            index=sighting.index,
            time_s=sighting.time_s,
            facing=skeleton.facing,
            view=view,
            thigh_pitch_deg=skeleton.thigh_pitch_deg,
            shank_pitch_deg=skeleton.shank_pitch_deg,
            trunk_pitch_deg=skeleton.trunk_pitch_deg,
            neck_pitch_deg=skeleton.neck_pitch_deg,
            thigh_px=float(distance(knee, hip)),
            shank_px=float(distance(ankle, knee)),
            trunk_px=skeleton.trunk_px,
            hip_over_ankle_px=float(hip[0] - ankle[0]),
            left_knee_flexion_deg=skeleton.knee_flexion_deg("left"),
            right_knee_flexion_deg=skeleton.knee_flexion_deg("right"),
            foot_pitch_deg=float(pitch_deg(skeleton.middle("heel"), skeleton.middle("foot_index"))),
            straighter_knee_deg=straighter_knee_deg(pose, skeleton),
            shoulders_turned_deg=_shoulders_turned_deg(pose),
            reach_px=outline.reach_px,
            back_px=outline.points_px,
            softness_px=outline.softness_px,
            landmarks_px=pose.landmarks_px.astype(float),
            visibility=pose.visibility.astype(float),
            picture_width_px=width_px,
            picture_height_px=height_px,
        )

    def _facing(self, pose: Pose, time_s: float) -> int:
        """Combine this frame's evidence with that of the last seconds."""
        gap_s = 0.0 if self._last_s is None else max(time_s - self._last_s, 0.0)
        self._last_s = time_s
        self._evidence = self._evidence * math.exp(-gap_s / _FACING_MEMORY_S) + facing_evidence(pose)
        return 1 if self._evidence >= 0 else -1


def _shoulders_turned_deg(pose: Pose) -> float:
    left, right = PAIRS["shoulder"]
    across = pose.world_m[left] - pose.world_m[right]
    return float(np.degrees(np.arctan2(across[2], across[0])))
