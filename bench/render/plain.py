"""Clips of bodies on chairs and floors in a plain room: what needs no phone, no things and no balance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.render import clips
from bench.render.body import Body, Posed
from bench.render.clips import Shoot, Take
from bench.render.clothes import Outfit, Wardrobe, head_meshes, random_outfit
from bench.render.floor import supine
from bench.render.mesh import Mesh, box
from bench.render.people import random_build
from bench.render.photo import Photo, spoilt
from bench.render.scene import JOINTS
from bench.render.stage import Camera, Light, Stage
from pose.arrays import FloatArray, Image

PLAIN_FLOOR = box((-120, -1, -120), (120, 0, 120), (0.50, 0.40, 0.32))
_WALL = (0.82, 0.80, 0.76)


def shooter(
    body: Body,
    pose: Callable[[Mapping[str, float]], Posed],
    camera: Camera,
    outfit: Outfit | None = None,
    solids: Sequence[Mesh] = (),
    photo: Photo | None = None,
    wall: Sequence[float] | FloatArray = _WALL,
) -> Shoot:
    """Return what takes the pictures of a clip."""
    outfit = outfit or Outfit()
    photo = photo or Photo()
    wardrobe, stage, rng = Wardrobe(body, outfit), Stage(camera.size_px), np.random.default_rng(1)
    behind = np.broadcast_to(255 * np.array(wall), (camera.size_px[1], camera.size_px[0], 3)).astype(np.uint8)

    def shoot(values: Mapping[str, float]) -> tuple[Image, Mapping[str, float], Mapping[str, FloatArray]]:
        posed = pose(values)
        meshes = [
            PLAIN_FLOOR,
            *solids,
            *wardrobe.meshes((posed.points, body.normals(posed.points)), 0.0, np.zeros(3)),
            *head_meshes(body, outfit, posed.points),
        ]
        image = spoilt(stage.draw(camera, meshes, behind, Light()), photo, rng)
        points = camera.project(np.array([posed.joints[bone] for bone in JOINTS.values()]))
        return image, posed.truth, dict(zip(JOINTS, points, strict=True))

    return shoot


def post_behind_heel(posed: Posed, whole_wall: bool = False) -> Mesh:
    """A door post, or a whole wall, just behind the raised heel."""
    heel = max((posed.joints["foot.L"], posed.joints["foot.R"]), key=lambda at: at[1])
    behind = heel[2] + 0.75
    if whole_wall:
        return box((-6, 0, behind), (6, 14, behind + 1), (0.75, 0.74, 0.7))
    low, high = sorted((0.25 * np.sign(heel[0]), 1.5 * np.sign(heel[0])))
    return box((low, 0, behind), (high, 15, behind + 0.7), (0.55, 0.42, 0.3))


def doorway(folder: Path, name: str, rng: np.random.Generator, hard: bool, fps: int) -> None:
    """Write one clip of a random person who holds a leg up in a doorway."""
    body, side = Body(random_build(rng)), str(rng.choice([".L", ".R"]))
    knee, other = float(rng.choice([0, 3, 6, 20, 30, 40])), float(rng.choice([0, 0, 0, 25]))
    hip, seconds = rng.uniform(50, 98), rng.uniform(8, 14)
    keys, marks = clips.hold(dict(hip=0.0), dict(hip=hip, knee=knee, other_hip=other, other_knee=1.7 * other), seconds)
    faults = [
        fault
        for fault, made in (("knee_bent", knee >= 20), ("other_leg_lifted", other > 0), ("hold_short", True))
        if made
    ]
    marks[0] |= dict(
        faults=faults, side="left" if side == ".L" else "right", hip=round(hip, 1), knee=knee, hold=round(seconds, 2)
    )
    yaw, height = np.radians(rng.normal(0, 10 if hard else 6)), rng.uniform(4.5, 9)
    size_px = [(640, 480), (640, 360)][rng.integers(2)]
    distance, from_side = rng.uniform(24, 38), rng.choice([-1, 1])
    camera = Camera(
        (from_side * distance * np.cos(yaw), height, 0.8 + distance * np.sin(yaw)),
        (0, 4.5, 0.8),
        float(np.degrees(2 * np.arctan(10.5 / distance))),
        0.0,
        size_px,
    )
    shoot = shooter(
        body,
        lambda values: supine(body, side=side, **values),
        camera,
        random_outfit(rng),
        photo=Photo(noise=float(rng.uniform(2, 12 if hard else 6))),
        wall=rng.uniform(0.35, 0.95, 3),
    )
    clips.write(folder, name, Take("doorway_hamstring_stretch", keys, marks), shoot, size_px, fps)
