"""Sighting -> View: yaw, camera pitch and size of the person in one frame; or why the frame cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pose.frame.skeleton import Skeleton
from pose.frames import Pose, Sighting
from pose.geometry import distance
from pose.landmarks import INDEX, PAIRS
from pose.reason import Reason, ReasonKind

#: Joints that must be in the frame for a hinge to be measured, with their names for people, from the head down.
_REQUIRED_PARTS = {"ear": "head", "shoulder": "shoulders", "hip": "hips", "knee": "knees", "ankle": "feet"}
#: Of the frame's width or height: landmarks are estimated a little beyond the edge even when the joint is inside.
_EDGE_SHARE = 0.02
#: Of the person's height: a silhouette that ends along a bar over more than this goes on behind it. Real people beside
#: bars (7 clips with the cached poses of 748 frames): up to 0.09, where an arm or the head reaches over; bent hips that
#: a bar hides: 0.14 to 0.31 in deep bends.
_BAR_SHARE = 0.12
#: Columns of the mask beside a bar: its edge is blurred there.
_BESIDE_BAR, _IN_MASK = (0, 2), 128


@dataclass(frozen=True)
class ViewLimits:
    """When a frame cannot be judged.

    Attributes
    ----------
    turned_deg : float
        Further from side-on than this a clip is not judged. The same formula, fitted on people turned up to 68 deg,
        has a mean error of 9 deg at 0 to 30, 11 at 30 to 45 and 14 beyond, on 539 unseen people with plates, loose
        clothes and moving blades (bench/fit_spine.py); 48 as measured is about 52 (`yaw`).
    looking_down_deg : float
        A camera that looks down or up more steeply than this foreshortens thigh and trunk differently. Of 1101 rendered
        people before a level camera 99 % read up to 12, all up to 15, but real ones up to 23 (side-on clips of 3
        sources); filmed from 30 to 37 deg above they read 19 to 22, from higher 25 and more: the model reads low.
    smallest_px : float
        Height in the frame below which the bulge of a rounding back is only one or two pixels.
    """

    turned_deg: float = 48.0
    looking_down_deg: float = 24.0
    smallest_px: float = 90.0


@dataclass(frozen=True)
class View:
    """How the camera views the person in one frame.

    Attributes
    ----------
    turned_deg : float
        Yaw from exactly side-on, 0 to 90; NaN without a person.
    looking_down_deg : float
        Pitch of the camera, positive = down onto the person; NaN without a person.
    height_px : float
        Sum of the lengths of shank, thigh, trunk and neck, frame pixels; NaN without a person.
    problem : Reason or None
        Why nothing can be measured in this frame.
    doubt : Reason or None
        Why the movement can be followed in this frame but not judged.
    """

    turned_deg: float = np.nan
    looking_down_deg: float = np.nan
    height_px: float = np.nan
    problem: Reason | None = None
    doubt: Reason | None = None


def assess_view(sighting: Sighting, skeleton: Skeleton | None, limits: ViewLimits) -> View:
    """Assess the view of one frame on its own; yaw and pitch are judged over seconds, in `positions.assemble`."""
    if sighting.pose is None or skeleton is None:
        return View(problem=Reason(ReasonKind.NO_PERSON))
    turned, down = turned_deg(sighting.pose), looking_down_deg(sighting.pose)
    height = skeleton.leg_px + skeleton.trunk_px + float(distance(skeleton.middle("shoulder"), skeleton.middle("ear")))
    problem = _cut_off(sighting) or _behind_bar(sighting, height)
    return View(turned, down, height, problem, _doubt(sighting, height, limits))


def _doubt(sighting: Sighting, height_px: float, limits: ViewLimits) -> Reason | None:
    if sighting.people > 1:
        return Reason.of(ReasonKind.OTHER_PEOPLE, people=sighting.people)
    if height_px < limits.smallest_px:
        return Reason.of(ReasonKind.TOO_SMALL, height_px=round(height_px))
    return None


def _cut_off(sighting: Sighting) -> Reason | None:
    """Name the parts of the body that are outside the frame."""
    assert sighting.pose is not None
    size = np.array(sighting.size_px, dtype=float)
    points = sighting.pose.landmarks_px
    outside = np.asarray(((points < -_EDGE_SHARE * size) | (points > (1 + _EDGE_SHARE) * size)).any(axis=1))
    missing = tuple(part for joint, part in _REQUIRED_PARTS.items() if outside[list(PAIRS[joint])].all())
    return Reason.of(ReasonKind.CUT_OFF, parts=missing) if missing else None


def _behind_bar(sighting: Sighting, height_px: float) -> Reason | None:
    """Name the part of the body where the silhouette ends along a plain bar at the edge of the frame."""
    pose = sighting.pose
    assert pose is not None
    for bar_px, mask in zip(sighting.bars_px, (pose.mask, pose.mask[:, ::-1]), strict=True):
        first = round(bar_px * pose.mask_scale)
        for column in (first + beside for beside in _BESIDE_BAR if bar_px and first + beside < mask.shape[1]):
            rows = np.flatnonzero(mask[:, column] > _IN_MASK)
            if len(rows) > _BAR_SHARE * height_px * pose.mask_scale:
                return Reason.of(ReasonKind.CUT_OFF, parts=(_part_at(pose, float(np.median(rows)) / pose.mask_scale),))
    return None


def _part_at(pose: Pose, y_px: float) -> str:
    """Name the part of the body at a height of the frame."""
    ys_px = {part: float(pose.landmarks_px[list(PAIRS[joint]), 1].mean()) for joint, part in _REQUIRED_PARTS.items()}
    return min(ys_px, key=lambda part: abs(ys_px[part] - y_px))


def turned_deg(pose: Pose) -> float:
    """Return the yaw from side-on, 0 to 90: the line from right to left in the model's metres against the depth axis.

    Shoulders and hips together, weighted by their length.
    """
    across = np.zeros(3)
    for joint in ("shoulder", "hip"):
        left, right = PAIRS[joint]
        across += pose.world_m[left] - pose.world_m[right]
    return float(np.degrees(np.arctan2(abs(across[0]), abs(across[2]))))


def looking_down_deg(pose: Pose) -> float:
    """Return the pitch of the line from ankles to shoulders out of the image plane, from the model's own metres."""
    ankle, shoulder = ((pose.world_m[INDEX[f"left_{joint}"]] + pose.world_m[INDEX[f"right_{joint}"]]) / 2
                       for joint in ("ankle", "shoulder"))
    axis = ankle - shoulder
    return float(np.degrees(np.arctan2(axis[2], np.hypot(axis[0], axis[1]))))
