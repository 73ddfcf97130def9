"""Pose -> joints in canonical coordinates (x in the direction the person faces, y up), with the segments' pitches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pose.arrays import FloatArray
from pose.frames import Pose
from pose.geometry import distance, pitch_deg, to_canonical, turn_deg
from pose.landmarks import INDEX, PAIRS

#: Left and right landmark of every joint.
_SIDES = np.array(list(PAIRS.values())).T


@dataclass(frozen=True, eq=False)
class Skeleton:
    """The landmarks of one frame, viewed from the side.

    Attributes
    ----------
    joints : ndarray, shape (33, 2)
        Canonical coordinates in frame pixels.
    visibility : ndarray, shape (33,)
        0 to 1, as estimated by the model.
    facing : int
        +1 where the person faces the right edge of the frame, -1 where the left.
    """

    joints: FloatArray
    visibility: FloatArray
    facing: int

    @classmethod
    def of(cls, pose: Pose, facing: int) -> Skeleton:
        """Convert a pose to canonical coordinates."""
        return cls(to_canonical(pose.landmarks_px, facing), pose.visibility.astype(float), facing)

    def middle(self, joint: str) -> FloatArray:
        """Return the midpoint (2,) of the left and the right joint: of all points a small yaw moves it least."""
        return self._middles[joint]

    @cached_property
    def _middles(self) -> dict[str, FloatArray]:
        left, right = _SIDES
        return dict(zip(PAIRS, (self.joints[left] + self.joints[right]) / 2, strict=True))

    def joint(self, side: str, joint: str) -> FloatArray:
        """Return the joint (2,) of one side, "left" or "right"."""
        return self.joints[INDEX[f"{side}_{joint}"]]

    @cached_property
    def leg_px(self) -> float:
        """Length of thigh and shank, frame pixels."""
        knee = self.middle("knee")
        return float(distance(self.middle("hip"), knee) + distance(knee, self.middle("ankle")))

    @property
    def trunk_px(self) -> float:
        """Distance from hip to shoulder, frame pixels."""
        return float(distance(self.middle("hip"), self.middle("shoulder")))

    @property
    def thigh_pitch_deg(self) -> float:
        """Knee to hip against the vertical; positive = hip in front of the knee."""
        return float(pitch_deg(self.middle("knee"), self.middle("hip")))

    @property
    def shank_pitch_deg(self) -> float:
        """Ankle to knee against the vertical; positive = knee in front of the ankle."""
        return float(pitch_deg(self.middle("ankle"), self.middle("knee")))

    @property
    def trunk_pitch_deg(self) -> float:
        """Hip to shoulder against the vertical; positive = leaning forward."""
        return float(pitch_deg(self.middle("hip"), self.middle("shoulder")))

    @property
    def neck_pitch_deg(self) -> float:
        """Shoulder to ear against the vertical; positive = head in front of the shoulders."""
        return float(pitch_deg(self.middle("shoulder"), self.middle("ear")))

    def knee_flexion_deg(self, side: str) -> float:
        """Thigh against shank of one leg; 0 = straight, positive = bent."""
        hip, knee, ankle = (self.joint(side, joint) for joint in ("hip", "knee", "ankle"))
        return float(turn_deg(pitch_deg(knee, hip), pitch_deg(ankle, knee)))


def facing_evidence(pose: Pose) -> float:
    """Return how clearly a pose faces right (positive) or left (negative), in leg lengths.

    The toes point forward of the heels and the nose forward of the ears. Each distance is small when the person is
    turned or a landmark is guessed, so they are added up.
    """
    x = pose.landmarks_px[:, 0].astype(float)
    leg = max(Skeleton.of(pose, 1).leg_px, 1.0)

    def middle(joint: str) -> float:
        left, right = PAIRS[joint]
        return float(x[left] + x[right]) / 2

    toes = middle("foot_index") - middle("heel")
    face = float(x[INDEX["nose"]]) - middle("ear")
    return float(np.clip(toes / leg, -0.3, 0.3) + np.clip(face / leg, -0.2, 0.2))
