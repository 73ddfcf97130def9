"""A room: floor, clutter on the wall, posts and bars, people in the background, and light."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from bench.render.body import Body, Build
from bench.render.clothes import Garment, Outfit, Wardrobe, head_meshes
from bench.render.mesh import Mesh, box, cylinder
from bench.render.rotation import about_y
from bench.render.stage import Light
from bench.render.standing import Posture, standing
from pose.arrays import FloatArray, Image

_FLOOR_DM = 120.0  # half its side
_LEAST_BEHIND_DM = 12.0  # people and posts stand at least so far behind the person


@dataclass(frozen=True, eq=False)
class Room:
    """What is about a person.

    Attributes
    ----------
    meshes : list of Mesh
        Floor and what stands on it.
    behind : ndarray of uint8, shape (height, width, 3)
        The picture behind everything.
    light : Light
    people : int
        How many others stand in the background.
    """

    meshes: list[Mesh]
    behind: Image
    light: Light
    people: int = 0


def random_room(
    rng: np.random.Generator, size_px: tuple[int, int], camera_yaw_deg: float, cluttered: float = 0.7
) -> Room:
    """Draw a room seen from `camera_yaw_deg` (as `scene.Setup.azimuth_deg`); it is cluttered with that chance."""
    clutter = rng.random() < cluttered
    floor = _floor(rng)
    away = -np.array([np.cos(np.radians(camera_yaw_deg)), 0.0, np.sin(np.radians(camera_yaw_deg))])
    across = np.array([-away[2], 0.0, away[0]])
    meshes, people = [floor], 0
    if clutter:
        meshes += _posts(rng, away, across)
        if rng.random() < 0.25:
            people = int(rng.integers(1, 3))
            meshes += [mesh for _ in range(people) for mesh in _bystander(rng, away, across)]
    light = Light(tuple(rng.uniform((-0.8, 0.5, -0.8), (0.8, 1.2, 0.8))), float(rng.uniform(0.3, 0.6)))
    return Room(meshes, _wall(rng, size_px, int(rng.integers(4, 40)) if clutter else 0), light, people)


def _wall(rng: np.random.Generator, size_px: tuple[int, int], shapes: int) -> Image:
    """Doors, windows, posters, shelves: rectangles, lines and discs over a wall that is lit unevenly."""
    width, height = size_px
    base = rng.uniform(20, 245) + rng.uniform(-25, 25, 3)
    slope = (
        np.linspace(1, rng.uniform(0.6, 1.2), height)[:, None, None]
        * np.linspace(1, rng.uniform(0.7, 1.2), width)[None, :, None]
    )
    wall = np.ascontiguousarray(np.clip(np.broadcast_to(base, (height, width, 3)) * slope, 0, 255), dtype=np.uint8)
    for _ in range(shapes):
        at = rng.uniform((-0.1, -0.2), (1.0, 0.8)) * size_px
        span = np.abs(rng.normal(0, 0.15, 2)) * max(size_px) + 4
        colour = tuple(int(value) for value in rng.uniform(5, 250) + rng.uniform(-40, 40, 3))
        low, high = tuple(map(int, at)), tuple(map(int, at + span))
        kind = rng.random()
        if kind < 0.6:
            cv2.rectangle(wall, low, high, colour, int(rng.choice([-1, -1, 2, 4])))
        elif kind < 0.85:
            cv2.line(
                wall,
                low,
                (high[0], low[1]) if rng.random() < 0.5 else (low[0], high[1]),
                colour,
                int(rng.integers(1, 9)),
            )
        else:
            cv2.circle(wall, low, int(span[0] / 2) + 1, colour, int(rng.choice([-1, 3])))
    return np.asarray(cv2.GaussianBlur(wall, (0, 0), float(rng.uniform(0.5, 3))))


def _floor(rng: np.random.Generator) -> Mesh:
    """Tiles, boards or one colour."""
    tile = float(rng.choice([1.3, 3.0, 6.0, 30.0]))
    edge = np.arange(-_FLOOR_DM, _FLOOR_DM, max(tile, 4.0))
    x, z = (grid.ravel() for grid in np.meshgrid(edge, edge))
    step = max(tile, 4.0)
    corners = np.stack(
        [np.stack([x + a * step, np.zeros_like(x), z + b * step], axis=1) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))],
        axis=1,
    )
    colours = rng.uniform(0.05, 0.8) + rng.uniform(-0.1, 0.1, 3)
    shade = 1 + rng.uniform(0, 0.25) * rng.uniform(-1, 1, (len(x), 1, 1))
    points = corners.reshape(-1, 3)
    first = 4 * np.arange(len(x))[:, None]
    triangles = np.concatenate([first + np.array(corner) for corner in ((0, 1, 2), (0, 2, 3))])
    return Mesh(
        points,
        np.tile((0.0, 1.0, 0.0), (len(points), 1)),
        np.clip(np.broadcast_to(colours, (len(x), 4, 3)) * shade, 0, 1).reshape(-1, 3),
        triangles,
    )


def _posts(rng: np.random.Generator, away: FloatArray, across: FloatArray) -> list[Mesh]:
    """Racks, benches, bars that lie about."""
    meshes = []
    for _ in range(int(rng.integers(0, 6))):
        at = away * rng.uniform(_LEAST_BEHIND_DM, 50) + across * rng.uniform(-25, 25)
        grey = float(rng.uniform(0.05, 0.9))
        colour = (
            grey,
            float(np.clip(grey + rng.uniform(-0.3, 0.3), 0, 1)),
            float(np.clip(grey + rng.uniform(-0.3, 0.3), 0, 1)),
        )
        kind = rng.random()
        if kind < 0.4:
            thick = rng.uniform(0.2, 0.8)
            meshes.append(box(*_standing(at, thick, rng.uniform(8, 26), thick), colour))
        elif kind < 0.7:
            meshes.append(box(*_standing(at, rng.uniform(1, 6), rng.uniform(2, 12), 2.0), colour))
        else:
            height = rng.uniform(2, 16)
            raised = at + np.array([0.0, height, 0.0])
            start, end = raised - 11 * across, raised + 11 * across
            meshes.append(cylinder(start, end, 0.15, (0.5, 0.5, 0.5)))
            meshes += [
                cylinder(end_of - 0.3 * across, end_of + 0.3 * across, rng.uniform(1, 2.2), colour)
                for end_of in (start + 2 * across, end - 2 * across)
            ]
    return meshes


def _standing(at: FloatArray, half_x: float, height: float, half_z: float) -> tuple[FloatArray, FloatArray]:
    """Corners of a box on the floor."""
    return at - np.array([half_x, 0.0, half_z]), at + np.array([half_x, height, half_z])


@cache
def _bystanders() -> list[tuple[Body, FloatArray]]:
    """Two people in two postures, skinned once."""
    made = []
    for build, posture in (
        (Build(), Posture()),
        (Build("female", "asian"), Posture(hip=25, knee=20)),
        (Build("male", "african", muscle=0.8), Posture(arms="hips")),
    ):
        body = Body(build)
        made.append((body, standing(body, posture).points))
    return made


def _bystander(rng: np.random.Generator, away: FloatArray, across: FloatArray) -> list[Mesh]:
    bodies = _bystanders()
    body, points = bodies[rng.integers(len(bodies))]
    outfit = Outfit(
        top=Garment(tuple(rng.uniform(0.05, 0.9, 3)), 0.1), bottom=Garment(tuple(rng.uniform(0.05, 0.6, 3)), 0.1)
    )
    dressed = [
        *Wardrobe(body, outfit).meshes((points, body.normals(points)), 1.0, np.zeros(3)),
        *head_meshes(body, outfit, points),
    ]
    side = rng.choice([-1, 1]) * rng.uniform(5, 22)
    shift = away * rng.uniform(_LEAST_BEHIND_DM + 4, 45) + across * side
    turn = about_y(float(rng.uniform(0, 360)))
    return [mesh.moved(shift, turn) for mesh in dressed]
