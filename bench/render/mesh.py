"""Triangles with colours, and the simple solids that things are made of. Lengths in decimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.render.rotation import align
from pose.arrays import FloatArray

Colour: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles ready to be drawn.

    Attributes
    ----------
    points, normals, colours : ndarray, shape (n, 3)
        Decimetres, unit vectors, RGB 0 to 1.
    triangles : ndarray of int, shape (m, 3)
        Numbers of points.
    """

    points: FloatArray
    normals: FloatArray
    colours: FloatArray
    triangles: NDArray[np.int64]

    @classmethod
    def flat(cls, points: FloatArray, triangles: NDArray[np.int64], colour: Colour) -> Mesh:
        """Return triangles that share no points, each with its own normal."""
        corners = points[triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9
        vertices = corners.reshape(-1, 3)
        return cls(
            vertices, np.repeat(normals, 3, axis=0), np.tile(colour, (len(vertices), 1)),
            np.arange(len(vertices)).reshape(-1, 3)
        )

    def moved(self, shift: FloatArray, turn: FloatArray) -> Mesh:
        """Return it turned about the origin, then shifted."""
        return Mesh(self.points @ turn.T + shift, self.normals @ turn.T, self.colours, self.triangles)


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Put many meshes into one."""
    first = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.colours for mesh in meshes]),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, first, strict=True)]),
    )


def box(low: Sequence[float] | FloatArray, high: Sequence[float] | FloatArray, colour: Colour) -> Mesh:
    """An upright box between two corners."""
    corners = np.array(
        [[(low, high)[(number >> axis) & 1][axis] for axis in range(3)] for number in range(8)], dtype=float
    )
    quads = np.array([(0, 4, 6, 2), (1, 3, 7, 5), (0, 1, 5, 4), (2, 6, 7, 3), (0, 2, 3, 1), (4, 5, 7, 6)])
    return Mesh.flat(corners, np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]), colour)


def cylinder(start: FloatArray, end: FloatArray, radius: float, colour: Colour, sides: int = 24) -> Mesh:
    """A solid cylinder with its ends closed."""
    turn = align(np.array([0.0, 1.0, 0.0]), np.asarray(end, dtype=float) - start)
    around = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    ring = np.stack([radius * np.cos(around), np.zeros(sides), radius * np.sin(around)], axis=1) @ turn.T
    points = np.concatenate([start + ring, end + ring, [start, end]])
    here, past = np.arange(sides), np.roll(np.arange(sides), -1)
    triangles = np.concatenate(
        [
            np.stack([here, here + sides, past], axis=1),
            np.stack([past, here + sides, past + sides], axis=1),
            np.stack([np.full(sides, 2 * sides), here, past], axis=1),
            np.stack([np.full(sides, 2 * sides + 1), past + sides, here + sides], axis=1),
        ]
    )
    return Mesh.flat(points, triangles, colour)


def sphere(centre: FloatArray, radius: float, colour: Colour, rings: int = 10) -> Mesh:
    """A ball."""
    up = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    around = np.linspace(0, 2 * np.pi, 2 * rings, endpoint=False)
    grid = np.stack(
        [
            np.cos(up)[:, None] * np.cos(around),
            np.broadcast_to(np.sin(up)[:, None], (rings + 1, 2 * rings)),
            np.cos(up)[:, None] * np.sin(around),
        ],
        axis=2,
    )
    number = np.arange((rings + 1) * 2 * rings).reshape(rings + 1, -1)
    a, b = number[:-1], number[1:]
    triangles = np.concatenate(
        [
            np.stack([a, b, np.roll(a, -1, 1)], 2).reshape(-1, 3),
            np.stack([np.roll(a, -1, 1), b, np.roll(b, -1, 1)], 2).reshape(-1, 3),
        ]
    )
    normals = grid.reshape(-1, 3)
    return Mesh(centre + radius * normals, normals, np.tile(colour, (len(normals), 1)), triangles)
