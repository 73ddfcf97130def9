"""Random phones: where they stand, how they are held, and what their lens takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.render.stage import Camera
from pose.arrays import FloatArray

_DISTANCE_DM = (15.0, 40.0)
_LEAST_WITH_BAR_DM = 24.0  # a bar reaches 11 dm towards the camera
_HEIGHT_DM = (4.5, 14.0)  # knee to chest
_MOST_PITCH_DEG = 10.0
_ROLL_DEG = 1.5  # standard deviation
_FILL = (0.62, 0.97)  # of the picture's height or width, by the body in all its postures
_MOST_FOV_DEG = 78.0  # a phone's wide lens along the long side; who stands nearer is not in the picture
SIZES_PX = ((360, 640), (480, 640), (640, 480), (640, 360))
#: Share of the people who are turned by 10 to 60 deg; the others stand side-on, give or take 5 deg.
TURNED_SHARE = 0.55
_TURNED_DEG = (8.0, 62.0)
_SIDE_ON_DEG = 5.0


@dataclass(frozen=True)
class Place:
    """Where a phone stands.

    Attributes
    ----------
    azimuth_deg : float
        0 = on the person's left, 90 = in front, 180 = on the right.
    distance_dm, height_dm : float
        From the person, above the floor.
    fill : float
        How much of the picture the body takes.
    roll_deg : float
    up_deg : float
        The camera looks so much above the middle of the body.
    size_px : (int, int)
    """

    azimuth_deg: float
    distance_dm: float
    height_dm: float
    fill: float
    roll_deg: float
    up_deg: float
    size_px: tuple[int, int]


def random_place(rng: np.random.Generator, view: str = "any", with_bar: bool = False) -> Place:
    """Draw a phone; `view` is "any", "side" or "turned"; before a long bar it stands farther away."""
    least = _LEAST_WITH_BAR_DM if with_bar else _DISTANCE_DM[0]
    turned = rng.random() < TURNED_SHARE if view == "any" else view == "turned"
    yaw = rng.choice([-1, 1]) * rng.uniform(*_TURNED_DEG) if turned else rng.normal(0, _SIDE_ON_DEG)
    on_left = rng.random() < 0.5
    return Place(
        float(yaw if on_left else 180 - yaw),
        float(rng.uniform(least, _DISTANCE_DM[1])),
        float(rng.uniform(*_HEIGHT_DM)),
        float(rng.uniform(*_FILL)),
        float(rng.normal(0, _ROLL_DEG)),
        float(rng.normal(0, 1.5)),
        SIZES_PX[rng.choice(4, p=[0.35, 0.2, 0.2, 0.25])],
    )


def camera_at(place: Place, points: Sequence[FloatArray] | FloatArray) -> Camera:
    """Stand a phone in its place, as near as its lens allows, so that all points (n, 3) are in the picture."""
    points = np.asarray(points)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    distance = place.distance_dm
    while True:
        camera = _aimed(place, middle, distance, points)
        if camera.fov_deg <= _MOST_FOV_DEG:
            return camera
        distance *= 1.07


def _aimed(place: Place, middle: FloatArray, distance_dm: float, points: FloatArray) -> Camera:
    azimuth = np.radians(place.azimuth_deg)
    away = -np.array([np.cos(azimuth), 0.0, np.sin(azimuth)])
    eye = np.array([middle[0], place.height_dm, middle[2]]) - distance_dm * away
    # In the middle of the picture up and down, as far as the camera may be tipped for it.
    along = (points - eye) @ away
    up = np.degrees(np.arctan2(points[:, 1] - eye[1], along))
    pitch = np.clip((up.min() + up.max()) / 2 + place.up_deg, -_MOST_PITCH_DEG, _MOST_PITCH_DEG)
    target = eye + distance_dm * (away + np.array([0.0, np.tan(np.radians(pitch)), 0.0]))
    unit = Camera(tuple(eye.tolist()), tuple(target.tolist()), 90.0, place.roll_deg, place.size_px)
    off_middle = np.abs(unit.project(points) / place.size_px * 2 - 1).max(axis=0)  # 1 = the edge at 90 deg
    fov = 2 * np.degrees(np.arctan(off_middle.max() / place.fill))
    return Camera(unit.eye, unit.target, float(fov), place.roll_deg, place.size_px)


def pitch_deg(camera: Camera) -> float:
    """How far the camera looks down."""
    eye, target = np.array(camera.eye), np.array(camera.target)
    return float(np.degrees(np.arctan2(eye[1] - target[1], np.hypot(eye[0] - target[0], eye[2] - target[2]))))


def yaw_deg(camera: Camera, hip: FloatArray, turn_deg: float) -> float:
    """Away from side-on as seen from the camera; positive = from in front. `turn_deg` is how the person turned left."""
    to_eye = np.array(camera.eye) - hip
    turn = np.radians(turn_deg)
    aside = np.cos(turn) * to_eye[0] - np.sin(turn) * to_eye[2]
    ahead = np.sin(turn) * to_eye[0] + np.cos(turn) * to_eye[2]
    return float(np.degrees(np.arctan2(ahead, abs(aside))))
