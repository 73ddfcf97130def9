"""Bars with plates, kettlebells and dumbbells in the hands of a posed body, and what stands about a room.

Sizes are those of shops: a bar is 2.2 m long, a large plate 45 cm wide, whatever its weight; decimetres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.render.body import Posed
from bench.render.mesh import Colour, Mesh, cylinder, sphere
from pose.arrays import FloatArray

KINDS = ("none", "barbell", "bar on the back", "kettlebell", "dumbbells")
_LATERAL = np.array([1.0, 0.0, 0.0])
_HAND_DM = 0.8  # from the wrist to the middle of the fist
_METAL: Colour = (0.55, 0.55, 0.57)


@dataclass(frozen=True)
class Thing:
    """Something in the hands.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    radius_dm : float
        Of plates, of the bell, of a dumbbell's heads.
    thickness_dm : float
        Of the plates on one side together; length of a dumbbell's head.
    inner_dm : float
        From the middle of the bar to its plates.
    colour : colour
    """

    kind: str = "none"
    radius_dm: float = 2.25
    thickness_dm: float = 0.6
    inner_dm: float = 6.5
    colour: Colour = (0.1, 0.1, 0.12)

    @property
    def long(self) -> bool:
        """Whether it is a bar of 2.2 m."""
        return self.kind in ("barbell", "bar on the back")

    @property
    def arms(self) -> str:
        """What the arms do with it; "" leaves it to the person."""
        return {"none": "", "barbell": "bar", "bar on the back": "back", "kettlebell": "middle", "dumbbells": "bar"}[
            self.kind
        ]

    @classmethod
    def random(cls, rng: np.random.Generator) -> Thing:
        """Draw one; half of the people have empty hands."""
        kind = str(rng.choice(KINDS, p=[0.45, 0.30, 0.03, 0.12, 0.10]))
        radius = {
            "barbell": rng.choice([2.25, 2.25, 2.25, rng.uniform(1.0, 2.2)]),
            "bar on the back": rng.uniform(1.0, 2.25),
            "kettlebell": rng.uniform(0.75, 1.2),
            "dumbbells": rng.uniform(0.5, 1.0),
            "none": 1.0,
        }[kind]
        thickness = rng.uniform(0.7, 1.4) if kind == "dumbbells" else rng.uniform(0.3, 1.5)
        colours = [
            (0.08, 0.08, 0.09),
            (0.7, 0.1, 0.1),
            (0.1, 0.2, 0.55),
            (0.15, 0.4, 0.2),
            (0.8, 0.65, 0.1),
            (0.35, 0.35, 0.36),
        ]
        return cls(
            kind, float(radius), float(thickness), float(rng.uniform(6.0, 7.0)), colours[rng.integers(len(colours))]
        )


@dataclass(frozen=True, eq=False)
class Held:
    """A thing where the hands hold it.

    Attributes
    ----------
    meshes : list of Mesh
    discs : list of (ndarray (3,), float)
        Centre and radius of everything that may hide the body from the side.
    """

    meshes: list[Mesh]
    discs: list[tuple[FloatArray, float]]


def held(thing: Thing, posed: Posed) -> Held:
    """Put a thing into the hands."""
    if thing.kind == "none":
        return Held([], [])
    hands = [_hand(posed, side) for side in (".L", ".R")]
    middle = (hands[0] + hands[1]) / 2
    if thing.kind == "kettlebell":
        bell = middle - np.array([0.0, thing.radius_dm + 0.5, 0.0])
        handle = cylinder(middle - 0.5 * _LATERAL, middle + 0.5 * _LATERAL, 0.17, _METAL)
        horns = [cylinder(middle + at * _LATERAL, bell + 0.6 * at * _LATERAL, 0.15, _METAL, 8) for at in (-0.5, 0.5)]
        return Held([handle, *horns, sphere(bell, thing.radius_dm, thing.colour)], [(bell, thing.radius_dm)])
    if thing.kind == "dumbbells":
        return _dumbbells(thing, hands)
    if thing.kind == "bar on the back":
        shoulders = (posed.joints["upperarm01.L"] + posed.joints["upperarm01.R"]) / 2
        neck = posed.joints["neck01"]
        middle = 0.5 * shoulders + 0.5 * neck + _behind(posed) * 0.9
    # Bars stay level and square to the person; the hands are only nearly so.
    return _barbell(thing, middle)


def _hand(posed: Posed, side: str) -> FloatArray:
    fore = posed.joints[f"wrist{side}"] - posed.joints[f"lowerarm01{side}"]
    return posed.joints[f"wrist{side}"] + _HAND_DM * fore / np.linalg.norm(fore)


def _behind(posed: Posed) -> FloatArray:
    """Unit vector out of the upper back, in the sagittal plane."""
    up = posed.joints["neck01"] - posed.joints["spine03"]
    return np.array([0.0, up[2], -up[1]]) / np.hypot(up[1], up[2])


def _barbell(thing: Thing, middle: FloatArray) -> Held:
    middle = middle * (0, 1, 1)
    # Plates on the floor stay on it.
    middle[1] = max(middle[1], thing.radius_dm) if thing.kind == "barbell" else middle[1]
    meshes = [cylinder(middle - 11 * _LATERAL, middle + 11 * _LATERAL, 0.15, _METAL)]
    discs = []
    for side in (-1, 1):
        inner, outer = (middle + side * at * _LATERAL for at in (thing.inner_dm, thing.inner_dm + thing.thickness_dm))
        meshes.append(cylinder(inner, outer, thing.radius_dm, thing.colour, 40))
        rim = outer + side * 0.02 * _LATERAL
        meshes.append(cylinder(outer, rim, 0.45 * thing.radius_dm, _METAL))
        discs.append((outer, thing.radius_dm))
    return Held(meshes, discs)


def _dumbbells(thing: Thing, hands: list[FloatArray]) -> Held:
    meshes, discs = [], []
    along = np.array([0.95, 0.0, 0.3])
    for hand in hands:
        for side in (-1, 1):
            inner, outer = (hand + side * at * along for at in (0.6, 0.6 + thing.thickness_dm))
            meshes.append(cylinder(inner, outer, thing.radius_dm, thing.colour))
            discs.append((outer, thing.radius_dm))
        meshes.append(cylinder(hand - 0.6 * along, hand + 0.6 * along, 0.15, _METAL))
    return Held(meshes, discs)
