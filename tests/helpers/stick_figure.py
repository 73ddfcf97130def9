"""People built from known angles: a stick figure drawn as capsules with a soft edge."""

from __future__ import annotations

import numpy as np

from pose.arrays import FloatArray, Mask
from pose.frames import Pose, Sighting
from pose.landmarks import INDEX, PAIRS

SIZE_PX = (640, 480)
#: Lengths in pixels, and the half thickness of thigh and trunk: the distance of the outline from the bones.
SHANK, THIGH, TRUNK, NECK, ARM, RADIUS = 90.0, 90.0, 110.0, 30.0, 60.0, 30.0
ANKLE = (300.0, 430.0)


def along(pitch_deg: float, facing: int) -> FloatArray:
    """Return the unit step (2,) in frame coordinates of a line of this pitch: 0 = up, positive = tilted forward."""
    return np.array([facing * np.sin(np.radians(pitch_deg)), -np.cos(np.radians(pitch_deg))])


def joints(trunk: float = 0.0, thigh: float = 0.0, shank: float = 0.0, neck: float | None = None,
           upper_arm: float = 150.0, forearm: float = 150.0, facing: int = 1) -> dict[str, FloatArray]:
    """Return the joints of a side view in frame coordinates, from the pitches of the segments in degrees.

    An arm of pitch 180 hangs straight down; the default hangs a little in front.
    """
    ankle = np.array(ANKLE)
    knee = ankle + SHANK * along(shank, facing)
    hip = knee + THIGH * along(thigh, facing)
    shoulder = hip + TRUNK * along(trunk, facing)
    elbow = shoulder + ARM * along(upper_arm, facing)
    heel = ankle + np.array([-8 * facing, 12])
    return {"ankle": ankle, "knee": knee, "hip": hip, "shoulder": shoulder,
            "ear": shoulder + NECK * along(trunk if neck is None else neck, facing),
            "elbow": elbow, "wrist": elbow + ARM * along(forearm, facing),
            "heel": heel, "foot_index": heel + np.array([35 * facing, 2])}


def soft(distance_inside_px: FloatArray, blur_px: float = 3.0) -> Mask:
    """Return a soft silhouette from the depth below the surface: 0.5 on the outline, 0 and 1 half a blur away."""
    return np.round(255 * np.clip(0.5 + distance_inside_px / blur_px, 0, 1)).astype(np.uint8)


def pixels(size_px: tuple[int, int] = SIZE_PX) -> FloatArray:
    """Return the coordinates (height, width, 2) of the pixels."""
    return np.stack(np.meshgrid(np.arange(size_px[0], dtype=float), np.arange(size_px[1], dtype=float)), axis=-1)


def capsule(start: FloatArray, end: FloatArray, radius: float, size_px: tuple[int, int] = SIZE_PX) -> FloatArray:
    """Return the depth of each pixel inside a line of that half thickness; negative outside."""
    at, step = pixels(size_px), end - start
    share = np.clip((at - start) @ step / max(float(step @ step), 1e-9), 0, 1)
    return radius - np.linalg.norm(at - (start + share[..., None] * step), axis=-1)


def disc(middle: FloatArray, radius: float, size_px: tuple[int, int] = SIZE_PX) -> FloatArray:
    """Return the depth of each pixel inside a disc."""
    return capsule(middle, middle, radius, size_px)


def person(points: dict[str, FloatArray], arm_radius: float | None = None, *more: FloatArray) -> FloatArray:
    """Return the depth map (height, width) of a built person; `more` are depth maps of further parts."""
    parts = [capsule(points["ankle"], points["knee"], 12), capsule(points["knee"], points["hip"], RADIUS),
             capsule(points["hip"], points["shoulder"], RADIUS), capsule(points["shoulder"], points["ear"], 12), *more]
    if arm_radius is not None:
        parts += [capsule(points["shoulder"], points["elbow"], arm_radius),
                  capsule(points["elbow"], points["wrist"], arm_radius)]
    return np.max(parts, axis=0)


def pose(points: dict[str, FloatArray], mask: Mask | None = None, mask_scale: float = 1.0,
         facing: int = 1, world_m: FloatArray | None = None) -> Pose:
    """Return a pose whose left and right landmarks coincide, as in an exact side view."""
    landmarks = np.zeros((33, 2))
    for joint, place in points.items():
        landmarks[list(PAIRS[joint])] = place
    ear = points["ear"]
    for name, number in INDEX.items():
        if name == "nose" or "eye" in name or "mouth" in name:
            landmarks[number] = ear + np.array([18 * facing, 4])
    for side in ("left", "right"):
        for finger in ("pinky", "index", "thumb"):
            landmarks[INDEX[f"{side}_{finger}"]] = points["wrist"]
    return Pose(landmarks.astype(np.float32), np.zeros(33, np.float32), np.ones(33, np.float32),
                (side_on_world() if world_m is None else world_m).astype(np.float32),
                soft(person(points)) if mask is None else mask, mask_scale)


def side_on_world() -> FloatArray:
    """Return world landmarks (33, 3) in metres of a person exactly side-on to a level camera, right side nearer."""
    world = np.zeros((33, 3))
    heights = {"ear": -0.7, "shoulder": -0.5, "elbow": -0.25, "wrist": 0.0, "hip": 0.0, "knee": 0.42, "ankle": 0.85,
               "heel": 0.9, "foot_index": 0.9}
    for joint, (left, right) in PAIRS.items():
        half = {"shoulder": 0.18, "hip": 0.12}.get(joint, 0.1)
        world[left] = (0.0, heights[joint], half)
        world[right] = (0.0, heights[joint], -half)
    return world


def turned(world: FloatArray, degrees: float) -> FloatArray:
    """Return the same person turned about the vertical."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return world @ np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])


def tilted(world: FloatArray, degrees: float) -> FloatArray:
    """Return the same person from a camera with this pitch down: the head is nearer, the feet are further away."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return world @ np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])


def sighting(built: Pose | None, index: int = 0, time_s: float = 0.0, people: int = 1) -> Sighting:
    """Return the sighting of a built person."""
    return Sighting(index, time_s, SIZE_PX, built, people)
