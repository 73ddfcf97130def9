"""Landmarks and a candidate for down -> whether the body is supported, and whether its floor stays in place.

Two facts hold for anybody in front of a camera that does not move, and for the true direction only: the centre of mass
is over what touches the floor, and the floor does not move. A bend turned on its side breaks the second (the hips sink
into the floor, or the trunk goes through it), a chest lifted face down breaks the first (nobody stands leaning back
that far).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pose.arrays import FloatArray
from pose.geometry import pitch_deg
from pose.landmarks import INDEX, PAIRS

#: Parts of the body's mass between two landmarks: (first, second, position between them, share), from Winter,
#: Biomechanics and Motor Control of Human Movement (2009), table 4.1; both sides together.
_MASSES = (("ear", "ear", 0.0, 0.081), ("shoulder", "hip", 0.5, 0.497), ("shoulder", "elbow", 0.44, 0.056),
           ("elbow", "wrist", 0.6, 0.044), ("hip", "knee", 0.433, 0.2), ("knee", "ankle", 0.433, 0.093),
           ("heel", "foot_index", 0.5, 0.029))
#: Distance from the landmark, which is inside the body, to the skin, in leg lengths.
_THICKNESS = {"shoulder": 0.14, "hip": 0.13, "knee": 0.07, "ankle": 0.1, "heel": 0.04, "foot_index": 0.04,
              "wrist": 0.06, "elbow": 0.05, "ear": 0.11}
#: Skin this close to the lowest point touches the floor, in leg lengths: feet close together, or a long body in
#: perspective.
_CONTACT_UPRIGHT, _CONTACT_LYING = 0.12, 0.25
#: The centre of mass may be this far outside: landmarks sway, a weight in the hands shifts it. Of the frames of 47
#: real standing clips 87 to 100 % are inside by this, in all but one clip 98 % and more.
_OUTSIDE = 0.12
#: Hips of a standing person extend by 10 to 20 deg (see `standing`). Nobody stands further back than this against the
#: thighs and against the vertical, toes and face giving the front: of 50 real standing clips two have any such
#: frames (9 %), chests lifted face down in frames on their side 44 to 86 %.
_MAX_EXTENSION_DEG, _MAX_LEAN_BACK_DEG = 22.0, 15.0


@dataclass(frozen=True)
class Balance:
    """How well a direction fits as down.

    Attributes
    ----------
    supported : float
        Share of the frames in which the centre of mass is supported.
    floor_travel : float
        Range of the lowest point of the body along that direction (10th to 90th percentile), leg lengths.
    """

    supported: float
    floor_travel: float


def assess_balance(points: FloatArray, upright: bool) -> Balance:
    """Assess a clip in which y points down.

    Parameters
    ----------
    points : ndarray, shape (n, 33, 2)
        Landmarks; no NaN.
    upright : bool
        Whether the person stands: then only feet touch the floor.
    """
    leg = leg_px(points)
    names = [index for joint in _THICKNESS for index in PAIRS[joint]]
    thickness_px = np.array([_THICKNESS[joint] for joint in _THICKNESS for _ in PAIRS[joint]]) * leg
    depth = points[:, names, 1] + thickness_px
    floor = depth.max(axis=1)
    touches = depth > (floor - leg * (_CONTACT_UPRIGHT if upright else _CONTACT_LYING))[:, None]
    across = points[:, names, 0]
    first = np.where(touches, across, np.inf).min(axis=1) - _OUTSIDE * leg
    last = np.where(touches, across, -np.inf).max(axis=1) + _OUTSIDE * leg
    middle = _centre_of_mass(points)[:, 0]
    supported = (first <= middle) & (middle <= last)
    return Balance(float(supported.mean()), travel_range(floor) / leg)


def share_leaning_back(points: FloatArray) -> float:
    """Return the share of frames in which a standing body leans back further than people can.

    0 where face and toes point in different directions: a folded person looks back between the legs.
    """
    ear, shoulder, hip, knee = (_middle(points, joint) for joint in ("ear", "shoulder", "hip", "knee"))
    front = np.sign(np.median(points[:, INDEX["nose"], 0] - ear[:, 0]))
    toes = np.sign(np.median(_middle(points, "foot_index")[:, 0] - _middle(points, "heel")[:, 0]))
    if front != toes:
        return 0.0
    lean = front * pitch_deg(hip * [1, -1], shoulder * [1, -1])
    thigh = front * pitch_deg(knee * [1, -1], hip * [1, -1])
    return float(((lean < -_MAX_LEAN_BACK_DEG) & (lean - thigh < -_MAX_EXTENSION_DEG)).mean())


def travel_range(values: FloatArray) -> float:
    """Return the range from the 10th to the 90th percentile."""
    return float(np.ptp(np.quantile(values, [0.1, 0.9])))


def leg_px(points: FloatArray) -> float:
    """Return the length of the legs, from the frames in which they are longest."""
    hip, knee, ankle = (_middle(points, joint) for joint in ("hip", "knee", "ankle"))
    length = np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1)
    return max(float(np.quantile(length, 0.9)), 1.0)


def _centre_of_mass(points: FloatArray) -> FloatArray:
    parts = [share * ((1 - place) * _middle(points, first) + place * _middle(points, second))
             for first, second, place, share in _MASSES]
    return np.asarray(np.sum(parts, axis=0))


def _middle(points: FloatArray, joint: str) -> FloatArray:
    return np.asarray(points[:, list(PAIRS[joint])].mean(axis=1))
