"""Clothes over a posed body: shells that lie on what faces up, hang off what faces down, and flare at the hem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.render.body import Body
from bench.render.mesh import Colour, Mesh
from pose.arrays import FloatArray

_LIES_ON = 0.25  # share of the looseness that cloth keeps where the skin faces straight up
_HEM_FADE_DM = 2.0  # over so much above the hem a garment widens from half its looseness to the whole


@dataclass(frozen=True)
class Garment:
    """One piece of clothing.

    Attributes
    ----------
    colour : (float, float, float)
        RGB, 0 to 1.
    loose_dm : float
        How far it stands off the skin at the hem.
    wrinkles_dm : float
        Height of its folds.
    bridge_dm : float
        How far a shirt that hangs from the shoulder blades stands off the lumbar hollow of an upright person.
    """

    colour: Colour
    loose_dm: float
    wrinkles_dm: float = 0.0
    bridge_dm: float = 0.0


@dataclass(frozen=True)
class Outfit:
    """What somebody wears.

    Attributes
    ----------
    skin, hair, shoes : colour
    top : Garment or None
        None = bare chest.
    hem_dm : float
        How far below the waist the top ends.
    sleeve : float
        Share of the upper arm that is covered; above 1 the forearm too.
    bottom : Garment
    leg_share : float
        How far down the legs it reaches: 0 = hip, 0.5 = knee, 1 = ankle.
    """

    skin: Colour = (0.80, 0.60, 0.50)
    hair: Colour = (0.20, 0.13, 0.08)
    shoes: Colour = (0.85, 0.85, 0.85)
    top: Garment | None = Garment((0.20, 0.35, 0.65), 0.08)
    hem_dm: float = 0.0
    sleeve: float = 0.8
    bottom: Garment = Garment((0.12, 0.12, 0.15), 0.05)
    leg_share: float = 1.0


_SKINS = ((0.85, 0.66, 0.56), (0.45, 0.30, 0.22), (0.78, 0.60, 0.45), (0.62, 0.44, 0.33))


def random_outfit(rng: np.random.Generator) -> Outfit:
    """Draw clothes: bare or tight or loose tops, shorts, tights, trousers."""
    top = rng.choice(["bare", "tight", "shirt", "loose", "hoodie"], p=[0.1, 0.25, 0.3, 0.2, 0.15])
    loose_dm = {
        "bare": (0.0, 0.0),
        "tight": (0.02, 0.06),
        "shirt": (0.06, 0.2),
        "loose": (0.2, 0.45),
        "hoodie": (0.25, 0.5),
    }[str(top)]
    bottom = rng.choice(["tights", "shorts", "loose shorts", "trousers"], p=[0.25, 0.2, 0.3, 0.25])
    bottom_dm = {"tights": (0.02, 0.05), "shorts": (0.08, 0.25), "loose shorts": (0.25, 0.65), "trousers": (0.1, 0.5)}[
        str(bottom)
    ]
    leg_share = {
        "tights": 1.0,
        "shorts": rng.uniform(0.2, 0.4),
        "loose shorts": rng.uniform(0.3, 0.52),
        "trousers": 1.0,
    }[str(bottom)]
    hair = rng.uniform(0.04, 0.6) * np.array((1, rng.uniform(0.75, 1), rng.uniform(0.5, 0.95)))
    return Outfit(
        skin=_SKINS[rng.integers(len(_SKINS))],
        hair=_colour(hair),
        shoes=_colour(rng.uniform(0.1, 0.95, 3)),
        top=None
        if top == "bare"
        else Garment(
            _colour(rng.uniform(0.03, 0.9, 3)),
            float(rng.uniform(*loose_dm)),
            float(rng.uniform(0, 0.3 * loose_dm[1])),
            float(rng.uniform(0, loose_dm[1])),
        ),
        hem_dm=float(rng.uniform(0, 0.6) if top == "tight" else rng.uniform(0.5, 2.2)),
        sleeve=float(rng.choice([0.2, 0.7, 2.0], p=[0.3, 0.5, 0.2]) if top != "hoodie" else 2.0),
        bottom=Garment(
            _colour(rng.uniform(0.03, 0.6, 3)),
            float(rng.uniform(*bottom_dm)),
            float(rng.uniform(0, 0.25 * bottom_dm[1])),
        ),
        leg_share=float(leg_share),
    )


class Wardrobe:
    """Clothes of one body: which vertices belong to what is worked out once.

    Parameters
    ----------
    body : Body
    outfit : Outfit
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        self._body, self._outfit = body, outfit
        rest = body.rest
        joints = {name: head for name, (_, head, _) in body.bones.items()}
        y, aside = rest[:, 1], np.abs(rest[:, 0])
        self._waist = joints["spine05"][1]
        shoulder, elbow, wrist = (abs(joints[name][0]) for name in ("upperarm01.L", "lowerarm01.L", "wrist.L"))
        sleeve = shoulder + min(outfit.sleeve, 1) * (elbow - shoulder) + max(outfit.sleeve - 1, 0) * (wrist - elbow)
        hip, ankle = joints["upperleg01.L"][1], joints["foot.L"][1]
        self._top_hem = self._waist - outfit.hem_dm
        self._leg_hem = hip - outfit.leg_share * (hip - ankle - 0.3)
        legs = aside < 0.9 * elbow
        self._top = (y >= self._top_hem) & (y < joints["neck01"][1]) & (aside < sleeve) & ((y > self._waist) | legs)
        self._bottom = (y < self._waist + 0.3) & (y > self._leg_hem) & legs
        self._shoes = (y < ankle + 0.1) & legs
        torso = np.exp(-0.5 * ((y - joints["spine04"][1]) / 1.0) ** 2) * (aside < shoulder)
        self._hollow = torso * np.clip(-body.rest_normals[:, 2], 0, 1)

    def meshes(self, points: tuple[FloatArray, FloatArray], upright: float, phase: FloatArray) -> list[Mesh]:
        """Return skin and clothes of a posed body.

        Parameters
        ----------
        points : (ndarray, ndarray), shape (vertices, 3)
            Skin and its normals.
        upright : float
            1 = standing, 0 = bent: a shirt bridges the lumbar hollow only of an upright person.
        phase : ndarray, shape (3,)
            Where the folds lie.
        """
        skin, normals = points
        outfit, body = self._outfit, self._body
        colour = np.tile(outfit.skin, (len(skin), 1))
        colour[self._shoes] = outfit.shoes
        colour[self._bottom] = outfit.bottom.colour
        if outfit.top is not None:
            colour[self._top] = outfit.top.colour
        drawn = [Mesh(skin, normals, colour, body.triangles["body"])]
        drawn.append(self._shell(points, outfit.bottom, self._bottom, self._leg_hem, np.zeros(len(skin)), phase))
        if outfit.top is not None:
            bridge = upright * outfit.top.bridge_dm * self._hollow
            drawn.append(self._shell(points, outfit.top, self._top, self._top_hem, bridge, phase))
        return drawn

    def _shell(
        self,
        points: tuple[FloatArray, FloatArray],
        garment: Garment,
        where: FloatArray,
        hem: float,
        more_dm: FloatArray,
        phase: FloatArray,
    ) -> Mesh:
        skin, normals = points
        rest = self._body.rest
        near_hem = np.clip(1 - (rest[:, 1] - hem) / _HEM_FADE_DM, 0.0, 1.0)
        hang = _LIES_ON + (1 - _LIES_ON) * np.clip(0.75 - normals[:, 1], 0.0, 1.0)
        folds = (
            np.sin(2.6 * rest[:, 1] + phase[0])
            + np.sin(3.9 * rest[:, 1] + 2.1 * rest[:, 0] + phase[1])
            + np.sin(5.3 * rest[:, 0] + 1.7 * rest[:, 1] + phase[2])
        ) / 3
        stand_off = garment.loose_dm * (0.5 + 0.5 * near_hem) * hang + garment.wrinkles_dm * (folds + 0.5) + more_dm
        triangles = self._body.triangles["body"]
        return Mesh(
            skin + normals * np.maximum(stand_off, 0.02)[:, None],
            normals,
            np.tile(garment.colour, (len(skin), 1)),
            triangles[where[triangles].all(axis=1)],
        )


def head_meshes(body: Body, outfit: Outfit, points: FloatArray) -> list[Mesh]:
    """Return hair and eyes."""
    eyes, neck = body.rest[body.triangles["helper-l-eye"]].mean((0, 1)), body.bones["neck02"][1]
    hair = body.triangles["helper-hair"]
    middle = body.rest[hair].mean(1)
    face = (middle[:, 2] > eyes[2] - 0.75) & (middle[:, 1] < eyes[1] + 0.55)
    parts = [(hair[(middle[:, 1] > neck[1]) & ~face], outfit.hair)]
    parts += [(body.triangles[name], (0.15, 0.1, 0.1)) for name in ("helper-l-eye", "helper-r-eye")]
    return [Mesh.flat(points, triangles, colour) for triangles, colour in parts]


def _colour(values: FloatArray) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
