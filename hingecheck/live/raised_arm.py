"""Poses with times -> whether an arm was raised above the head and held there: the sign that steers a programme."""

from __future__ import annotations

import numpy as np

from language.translate import mark
from pose.arrays import FloatArray
from pose.frames import Pose
from pose.landmarks import PAIRS

#: The sentence about it for people.
SIGN = mark("One arm held up for two seconds does the same: it pauses a set, and goes on from a rest or a pause.")
# These five are chosen, not measured on people: none of the samples gives the sign by accident (tests), and a sign by
# accident only pauses or goes on, which the next one takes back.
#: The arm is held for so long, seconds.
HOLD_S = 1.5
#: The sign may be lost for so long, seconds, as in a frame without a person.
_GAP_S = 0.3
#: The wrist is this much of the trunk's length above the ears.
_ABOVE_EAR = 0.15
#: Who leans further than this from upright, or lies, gives no sign, degrees.
_MAX_LEAN_DEG = 30.0
#: The model sees the raised wrist.
_MIN_VISIBILITY = 0.5


class RaisedArm:
    """Watches for the sign; call it with every frame. The arm must come down before it counts again."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._seen_s = 0.0
        self._is_given = False

    def __call__(self, pose: Pose | None, now_s: float) -> bool:
        """Take one more frame; return whether the sign was given with it."""
        if pose is not None and is_raised(pose):
            self._since_s = now_s if self._since_s is None else self._since_s
            self._seen_s = now_s
        elif self._since_s is not None and now_s - self._seen_s > _GAP_S:
            self._since_s, self._is_given = None, False
        if self._since_s is None or self._is_given or self._seen_s - self._since_s < HOLD_S:
            return False
        self._is_given = True
        return True


def is_raised(pose: Pose) -> bool:
    """Return whether an upright person has one arm above the head, and the other wrist below its shoulder.

    Both arms up is how many people begin a bend, and no sign.
    """
    shoulders, hips = _pair(pose, "shoulder"), _pair(pose, "hip")
    trunk = shoulders.mean(axis=0) - hips.mean(axis=0)
    length_px = float(np.hypot(*trunk))
    if length_px == 0 or np.degrees(np.arctan2(abs(trunk[0]), -trunk[1])) > _MAX_LEAN_DEG:
        return False
    wrists, elbows = _pair(pose, "wrist"), _pair(pose, "elbow")
    top_px = _pair(pose, "ear")[:, 1].min() - _ABOVE_EAR * length_px
    seen = pose.visibility[list(PAIRS["wrist"])] >= _MIN_VISIBILITY
    up = seen & (wrists[:, 1] < top_px) & (wrists[:, 1] < elbows[:, 1])
    down = wrists[:, 1] > shoulders[:, 1]
    return bool((up[0] and down[1]) or (up[1] and down[0]))


def _pair(pose: Pose, joint: str) -> FloatArray:
    """Return the left and the right landmark of a joint, in pixels of the frame, (2, 2)."""
    return np.asarray(pose.landmarks_px[list(PAIRS[joint])], dtype=float)
