"""Rows of drawn people in any position, from the directions of hip, knee and trunk in degrees of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.frame.measure import Measurer, Row
from pose.frames import Pose, Sighting
from pose.landmarks import INDEX, PAIRS

FPS = 10.0


@dataclass(frozen=True)
class Shape:
    """Directions of the segments, degrees counterclockwise from the right edge of the frame; 90 = up.

    `trunk` from hip to shoulder, `thighs` from hip to knee and `shanks` from knee to ankle, left and right.
    """

    trunk: float = 90.0
    thighs: tuple[float, float] = (-90.0, -90.0)
    shanks: tuple[float, float] = (-90.0, -90.0)
    face_up: bool = True
    #: Whether the nose points to the right edge of the frame.
    face_right: bool = True
    #: Half the width of the shoulders viewed from the front, and their turn according to the model.
    shoulder_px: float = 0.0
    shoulders_turned: float = 0.0
    from_front: bool = False


def step(direction_deg: float, length: float) -> np.ndarray:
    """Return the frame vector of a direction."""
    return np.array([np.cos(np.radians(direction_deg)), -np.sin(np.radians(direction_deg))]) * length


def drawn(shape: Shape) -> Pose:
    """Return the landmarks of a shape, with an empty silhouette."""
    hip = np.array([320.0, 260.0])
    shoulder = hip + step(shape.trunk, 110)
    ear = shoulder + step(shape.trunk, 30)
    points = np.tile(ear + np.array([12 if shape.face_right else -12, -8 if shape.face_up else 8]), (33, 1))
    points[list(PAIRS["ear"])] = ear
    for joint in ("shoulder", "elbow", "wrist", "hip"):
        points[list(PAIRS[joint])] = hip if joint == "hip" else shoulder
    for side in (0, 1):
        knee = hip + step(shape.thighs[side], 90)
        ankle = knee + step(shape.shanks[side], 90)
        toes = ankle + np.array([20, 0])
        for joint, place in (("knee", knee), ("ankle", ankle), ("heel", ankle), ("foot_index", toes)):
            points[PAIRS[joint][side]] = place
    points[INDEX["left_shoulder"], 0] += shape.shoulder_px * np.cos(np.radians(shape.shoulders_turned))
    points[INDEX["right_shoulder"], 0] -= shape.shoulder_px * np.cos(np.radians(shape.shoulders_turned))
    return Pose(points.astype(np.float32), np.zeros(33, np.float32), np.ones(33, np.float32), _world(shape),
                np.zeros((48, 64), np.uint8), 0.1)


def _world(shape: Shape) -> np.ndarray:
    """Return hips and shoulders of a person side-on or facing the camera; the model shows half of a shoulder turn."""
    world = np.zeros((33, 3), np.float32)
    for joint, height in (("shoulder", -0.5), ("hip", 0.0)):
        turn = np.radians(shape.shoulders_turned / 2 if joint == "shoulder" else 0.0)
        across = (np.cos(turn), 0.0, np.sin(turn)) if shape.from_front else (0.0, 0.0, 1.0)
        for name, sign in (("left", 1), ("right", -1)):
            world[INDEX[f"{name}_{joint}"]] = np.array(across) * sign * 0.18 + (0, height, 0)
    for side in PAIRS["ankle"]:
        world[side] = (0, 0.85, 0)
    return world


def rows_of(*parts: tuple[Shape, float]) -> list[Row]:
    """Return the rows of shapes, each for some seconds."""
    poses = [drawn(shape) for shape, seconds in parts for _ in range(round(seconds * FPS))]
    measurer = Measurer()
    return [measurer(Sighting(index, index / FPS, (640, 480), pose)) for index, pose in enumerate(poses)]


def between(first: Shape, last: Shape, seconds: float) -> Sequence[tuple[Shape, float]]:
    """Return the shapes between two others, frame by frame."""
    count = round(seconds * FPS)

    def mixed(start: float, end: float, share: float) -> float:
        return start + share * (end - start)

    return [(Shape(mixed(first.trunk, last.trunk, share),
                   tuple(mixed(*pair, share) for pair in zip(first.thighs, last.thighs, strict=True)),  # type: ignore
                   tuple(mixed(*pair, share) for pair in zip(first.shanks, last.shanks, strict=True)),  # type: ignore
                   first.face_up, first.face_right, first.shoulder_px,
                   mixed(first.shoulders_turned, last.shoulders_turned, share),
                   first.from_front), 1 / FPS) for share in np.linspace(0, 1, count)]
