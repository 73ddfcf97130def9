"""Names, bones and left-right pairs of the 33 landmarks: data only."""

from __future__ import annotations

NAMES: tuple[str, ...] = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
    "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)

INDEX: dict[str, int] = {name: number for number, name in enumerate(NAMES)}

#: The joints with a left and a right landmark, in the order in which a side view is drawn.
JOINTS: tuple[str, ...] = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")

#: (left, right) landmark number of each joint.
PAIRS: dict[str, tuple[int, int]] = {joint: (INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]) for joint in JOINTS}

#: Bones of one side, as pairs of joints.
BONES: tuple[tuple[str, str], ...] = (
    ("ear", "shoulder"), ("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"),
    ("knee", "ankle"), ("ankle", "heel"), ("heel", "foot_index"), ("ankle", "foot_index"),
)
