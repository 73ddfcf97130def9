"""A posable human body with exact joint angles: MakeHuman's base mesh, targets, rig and weights (CC0), in body.npz.

Lengths in decimetres, as MakeHuman's; axes as in `rotation`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.render.rotation import align
from pose.arrays import FloatArray

DATA = Path(__file__).with_name("body.npz")
#: Parts of the mesh that are drawn.
PARTS = ("body", "helper-hair", "helper-l-eye", "helper-r-eye")
#: Bones that move; the skin of fingers, toes and face moves with the nearest of these.
_MOVING = (
    "root",
    "pelvis",
    "spine05",
    "spine04",
    "spine03",
    "spine02",
    "spine01",
    "neck01",
    "neck02",
    "neck03",
    "head",
    "clavicle",
    "shoulder01",
    "upperarm01",
    "upperarm02",
    "lowerarm01",
    "lowerarm02",
    "wrist",
    "upperleg01",
    "upperleg02",
    "lowerleg01",
    "lowerleg02",
    "foot",
)
_LEVELS = ("min", "average", "max")


@dataclass(frozen=True)
class Build:
    """What a person's body is like.

    Attributes
    ----------
    sex : str
        "male" or "female".
    ethnic : str
        "caucasian", "african" or "asian": MakeHuman's macro targets.
    muscle, weight : float
        -1 (least) to 1 (most); 0 = MakeHuman's average.
    age : float
        0 = young, 1 = old.
    leg_scale : float
        Length of the legs against MakeHuman's; the trunk stays.
    arm_scale : float
        Length of the arms against MakeHuman's.
    """

    sex: str = "male"
    ethnic: str = "caucasian"
    muscle: float = 0.0
    weight: float = 0.0
    age: float = 0.0
    leg_scale: float = 1.0
    arm_scale: float = 1.0


@dataclass(frozen=True, eq=False)
class Posed:
    """A body in one posture.

    Attributes
    ----------
    points : ndarray, shape (vertices, 3)
    joints : dict of str to ndarray, shape (3,)
        Head of every bone.
    truth : dict of str to float
        True angles in degrees.
    """

    points: FloatArray
    joints: dict[str, FloatArray]
    truth: dict[str, float]

    def moved(self, shift: FloatArray, turn: FloatArray | None = None) -> Posed:
        """Return the same posture turned about the origin, then shifted."""
        turn = np.eye(3) if turn is None else turn
        return Posed(
            self.points @ turn.T + shift, {name: turn @ at + shift for name, at in self.joints.items()}, self.truth
        )


@cache
def _data() -> dict[str, Any]:
    with np.load(DATA) as file:
        return {name: file[name] for name in file.files}


class Body:
    """One person's mesh, rig and skin weights.

    Parameters
    ----------
    build : Build
    """

    def __init__(self, build: Build | None = None) -> None:
        self.build = build = build or Build()
        data = _data()
        meta = json.loads(bytes(data["meta"]))
        rest = data["verts"].astype(float)
        for name, share in _targets(build):
            rest[data[f"target_i/{name}"]] += share * data[f"target_d/{name}"].astype(float)
        joints = {name: rest[np.array(ring)].mean(0) for name, ring in meta["joints"].items()}
        bones = {name: (parent, head, tail) for name, (parent, head, tail) in meta["bones"].items()}
        rest = _scaled(rest, joints[bones["upperleg01.L"][1]], joints[bones["upperarm01.L"][1]], build)
        joints = {name: rest[np.array(ring)].mean(0) for name, ring in meta["joints"].items()}
        #: bone -> (parent, head, tail) at rest, for the bones that move; parents come first.
        self.bones = _moving_bones(
            {name: (parent, joints[head], joints[tail]) for name, (parent, head, tail) in bones.items()}
        )
        self._take_drawn_part(rest, data)
        self._weights = self._skin(data, {name: parent for name, (parent, _, _) in bones.items()})
        self._faces_of = _incidence(self.triangles["body"], len(self.rest))
        self.rest_normals = self.normals(self.rest)

    def _take_drawn_part(self, rest: FloatArray, data: Mapping[str, Any]) -> None:
        quads = {name: data[f"faces/{name}"] for name in PARTS}
        self._used = np.unique(np.concatenate([faces.ravel() for faces in quads.values()]))
        number = np.full(len(rest), -1)
        number[self._used] = np.arange(len(self._used))
        #: part -> (n, 3) numbers of vertices
        self.triangles = {}
        for name, faces in quads.items():
            faces = number[faces]
            self.triangles[name] = np.vstack([faces[:, [0, 1, 2]], faces[faces[:, 2] != faces[:, 3]][:, [0, 2, 3]]])
        self.rest = rest[self._used]
        self.skin = np.unique(self.triangles["body"])

    def _skin(self, data: Mapping[str, Any], parents: Mapping[str, str | None]) -> Any:
        row = {name: number for number, name in enumerate(self.bones)}

        def moving(name: str) -> int:
            while name not in row:
                name = parents[name] or "root"
            return row[name]

        column = np.array([moving(name) for name in json.loads(bytes(data["weight_bones"]))])
        dense = np.zeros((len(data["verts"]), len(row)))
        np.add.at(dense, (data["weight_v"], column[data["weight_b"]]), data["weight_w"])
        dense[dense.sum(1) == 0, row["root"]] = 1.0
        dense = dense[self._used]
        return csr_matrix(dense / dense.sum(1, keepdims=True))

    def normals(self, points: FloatArray) -> FloatArray:
        """Unit normals (vertices, 3) of the skin; zero for hair and eyes."""
        a, b, c = (points[self.triangles["body"][:, corner]] for corner in range(3))
        summed = self._faces_of @ np.cross(b - a, c - a)
        return summed / (np.linalg.norm(summed, axis=1, keepdims=True) + 1e-9)

    def skeleton(
        self, rotations: Mapping[str, FloatArray], aims: Mapping[str, FloatArray]
    ) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
        """Place the bones.

        Parameters
        ----------
        rotations : mapping of bone to ndarray, shape (3, 3)
            Added in rest axes on top of the parent.
        aims : mapping of bone to ndarray, shape (3,)
            Directions in the world.

        Returns
        -------
        joints, turns : dict of bone to ndarray
            Where its head lies (3,), how it is turned from rest (3, 3).
        """
        joints: dict[str, FloatArray] = {}
        turns: dict[str, FloatArray] = {}
        for name, (parent, head, tail) in self.bones.items():
            if parent is None:
                turn, at = np.eye(3), head
            else:
                turn = turns[parent]
                at = joints[parent] + turn @ (head - self.bones[parent][1])
            if name in rotations:
                turn = turn @ rotations[name]
            if name in aims:
                turn = align(turn @ (tail - head), np.asarray(aims[name], dtype=float)) @ turn
            joints[name], turns[name] = at, turn
        return joints, turns

    def skinned(
        self, joints: Mapping[str, FloatArray], turns: Mapping[str, FloatArray], bulge: FloatArray | None = None
    ) -> FloatArray:
        """Move the skin with the bones; `bulge` (vertices, 3) is added to it at rest."""
        rest = self.rest if bulge is None else self.rest + bulge
        each = np.stack(
            [np.column_stack([turns[name], joints[name] - turns[name] @ self.bones[name][1]]) for name in self.bones]
        )
        blended = (self._weights @ each.reshape(len(each), 12)).reshape(-1, 3, 4)
        return np.einsum("vij,vj->vi", blended[:, :, :3], rest) + blended[:, :, 3]


def _targets(build: Build) -> list[tuple[str, float]]:
    """MakeHuman's targets and their shares: muscle, weight and age run straight between its corners."""
    shares = []
    for age, of_age in (("young", 1 - build.age), ("old", build.age)):
        shares.append((f"{build.ethnic}-{build.sex}-{age}", of_age))
        shares.extend(
            (f"universal-{build.sex}-{age}-{muscle}muscle-{weight}weight", of_age * a * b)
            for muscle, a in _corners(build.muscle)
            for weight, b in _corners(build.weight)
        )
    return [(name, share) for name, share in shares if share]


def _corners(level: float) -> list[tuple[str, float]]:
    return [("average", 1 - abs(level)), (_LEVELS[0 if level < 0 else 2], abs(level))]


def _scaled(rest: FloatArray, hip: FloatArray, shoulder: FloatArray, build: Build) -> FloatArray:
    """Lengthen legs below the hip joint and arms beyond the shoulder joint; the floor moves, the trunk stays."""
    rest = rest.copy()
    below = np.minimum(rest[:, 1] - hip[1], 0.0)
    rest[:, 1] += (build.leg_scale - 1) * below
    beyond = np.maximum(np.abs(rest[:, 0]) - shoulder[0], 0.0)
    rest[:, 0] += np.sign(rest[:, 0]) * (build.arm_scale - 1) * beyond
    return rest


def _moving_bones(
    bones: Mapping[str, tuple[str | None, FloatArray, FloatArray]],
) -> dict[str, tuple[str | None, FloatArray, FloatArray]]:
    kept: dict[str, tuple[str | None, FloatArray, FloatArray]] = {}

    def add(name: str) -> None:
        parent, head, tail = bones[name]
        if parent is not None and parent not in kept:
            add(parent)
        kept[name] = (parent, head, tail)

    for name in bones:
        if name.split(".")[0] in _MOVING and name not in kept:
            add(name)
    return kept


def _incidence(triangles: NDArray[np.int64], count: int) -> Any:
    """Sparse (vertices, faces): which faces meet in a vertex."""
    rows, columns = triangles.T.ravel(), np.tile(np.arange(len(triangles)), 3)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, len(triangles)))
