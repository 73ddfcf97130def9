"""Soft tissue that linear skinning leaves out: waist, buttocks and shoulder blades change shape under a bend.

Real neutral bends, measured against rendered ones at the same pitches, turn 6-13 deg less at the waist (pieces 7-10 of
16 of the outline) and 5-9 deg more at the shoulder blades (12-14), nine lifters alike. Part of that is true flexion
that sits higher up; part is tissue and shoulder blades, and how much in which person nobody measured: hence ranges.
1.5 cm at the waist of every rendered person reads 3 deg more flexion, 15 deg of protraction 1 deg. Twice these ranges
overshoot: eight real neutral lifters then turn 6-8 deg more at the waist than rendered bends of 12-25 deg.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.render.body import Body
from pose.arrays import FloatArray

_WHOLE_BEND_DEG = 90.0  # hip and spine flexion together at which the full amount is reached


@dataclass(frozen=True)
class Tissue:
    """How a person's back changes shape in a bend of 90 deg (hip and spine together); decimetres, outward positive.

    Attributes
    ----------
    waist_dm : float
        The lumbar hollow fills (the back's extensors under load, skin under tension).
    buttocks_dm : float
        They flatten as they are stretched (negative).
    blades_dm : float
        The shoulder blades wing out as the arms reach.
    protraction_deg : float
        The shoulder girdle comes forward with hanging or loaded arms.
    """

    waist_dm: float = 0.0
    buttocks_dm: float = 0.0
    blades_dm: float = 0.0
    protraction_deg: float = 0.0

    @classmethod
    def random(cls, rng: np.random.Generator) -> Tissue:
        """Draw a person's tissue."""
        return cls(
            waist_dm=rng.uniform(-0.05, 0.18),
            buttocks_dm=rng.uniform(-0.18, 0.06),
            blades_dm=rng.uniform(-0.03, 0.14),
            protraction_deg=rng.uniform(0, 20),
        )


def bend_share(hip_deg: float, spine_deg: float) -> float:
    """How far a posture is from standing, 0 to 1.2."""
    return float(np.clip((hip_deg + spine_deg) / _WHOLE_BEND_DEG, 0.0, 1.2))


def bulge(body: Body, tissue: Tissue, share: float) -> FloatArray:
    """Displacement (vertices, 3) of the skin at rest for a bend of this share."""
    joints = {name: head for name, (_, head, _) in body.bones.items()}
    amount = (
        _patch(body, joints["spine04"][1], 0.8, 1.7) * tissue.waist_dm
        + _patch(body, joints["upperleg01.L"][1] - 0.3, 0.8, 2.0) * tissue.buttocks_dm
        + _patch(body, (joints["spine01"][1] + joints["spine02"][1]) / 2, 0.8, 1.5) * tissue.blades_dm
    )
    return share * amount[:, None] * body.rest_normals


def _patch(body: Body, height_dm: float, spread_dm: float, half_width_dm: float) -> FloatArray:
    """0 to 1: a soft patch of the dorsal skin about a height."""
    dorsal = np.clip(-body.rest_normals[:, 2], 0.0, 1.0)
    along = np.exp(-0.5 * ((body.rest[:, 1] - height_dm) / spread_dm) ** 2)
    across = np.clip((half_width_dm - np.abs(body.rest[:, 0])) / 0.5, 0.0, 1.0)
    return dorsal * along * across
