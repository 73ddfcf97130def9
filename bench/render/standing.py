"""Hip, spine and knee flexion -> a standing body in exactly that posture, in balance over its feet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bench.render.body import Body, Posed
from bench.render.rotation import about_x, about_y, about_z
from bench.render.soft import Tissue, bend_share, bulge
from pose.arrays import FloatArray

#: Joints that share the spine's flexion, from the lowest (lumbar) to the highest (thoracic).
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
USUAL_SHARE = (0.30, 0.30, 0.20, 0.12, 0.08)
SIDES = ((".L", 1), (".R", -1))
#: Where the middle of the mass lies over the foot, decimetres in front of the ankle: the middle of the foot.
_OVER_FOOT_DM = 0.5
#: Shares of the body's mass: both shanks, both thighs, trunk with head, both arms (Winter 2009, table 4.1).
_MASS = (0.12, 0.20, 0.58, 0.10)


@dataclass(frozen=True)
class Posture:
    """How somebody stands or bends; degrees.

    Attributes
    ----------
    hip, spine, knee : float
        Flexion: pelvis against thigh, sum over the five joints of the spine, thigh against shank.
    share : tuple of float
        How the spine's flexion spreads over `SPINE`.
    neck : float
        Flexion of the neck.
    thigh_pitch : float or None
        Thigh against the vertical, negative = knees in front of the hips; None = whatever keeps the balance.
    stance : float
        How far each thigh points outward.
    stagger : float
        The left thigh is pitched further forward by this and the right one less.
    arms : str
        One of `ARMS`.
    arms_forward : float
        Of hanging arms, forward from the vertical.
    off_balance_dm : float
        The middle of the mass lies so much in front of the usual place.
    load : float
        What is in the hands, as a share of the body's mass.
    """

    hip: float = 0.0
    spine: float = 0.0
    knee: float = 5.0
    share: tuple[float, ...] = USUAL_SHARE
    neck: float = 0.0
    thigh_pitch: float | None = None
    stance: float = 0.0
    stagger: float = 0.0
    arms: str = "down"
    arms_forward: float = 3.0
    off_balance_dm: float = 0.0
    load: float = 0.0


class _Lengths(NamedTuple):
    shank: float
    thigh: float
    trunk: float  # hip joint to foot of the neck


#: What the arms do: hang, reach for the toes or a bar, lie on hips, chest, thighs or the bar on the back, or reach out.
ARMS = ("down", "toes", "bar", "middle", "hips", "chest", "thighs", "back", "front")


def standing(body: Body, posture: Posture, tissue: Tissue | None = None) -> Posed:
    """Pose a body with its soles on the floor and the left ankle over x's own place, z = 0."""
    tissue = tissue or Tissue()
    rotations, pelvis = _rotations(body, posture, tissue)
    joints, turns = body.skeleton(rotations, {})
    aims = _arms(body, posture, joints, turns)
    joints, turns = body.skeleton(rotations, aims)
    share = bend_share(posture.hip, posture.spine)
    points = body.skinned(joints, turns, bulge(body, tissue, share))
    ankle = (joints["foot.L"] + joints["foot.R"]) / 2
    shift = np.array([0.0, -points[body.skin, 1].min(), -ankle[2]])
    truth = {
        "hip_flexion": posture.hip,
        "spine_flexion": posture.spine,
        "knee_flexion": posture.knee,
        "trunk_pitch": pelvis,
    }
    return Posed(points, joints, truth).moved(shift)


def _rotations(body: Body, posture: Posture, tissue: Tissue) -> tuple[dict[str, FloatArray], float]:
    """Bone -> rotation, and the pelvis's pitch in the world."""
    thigh = posture.thigh_pitch if posture.thigh_pitch is not None else balanced_thigh_pitch(body, posture)
    pelvis = posture.hip + thigh
    rotations = {"root": about_x(pelvis)}
    bent = bend_share(posture.hip, posture.spine) * tissue.protraction_deg
    if posture.arms in ("hips", "chest", "back"):
        bent = 0.3 * bent
    for side, outward in SIDES:
        leg = thigh - outward * posture.stagger
        rotations[f"upperleg01{side}"] = about_x(leg - pelvis) @ about_z(outward * posture.stance)
        rotations[f"lowerleg01{side}"] = about_x(posture.knee)
        rotations[f"foot{side}"] = about_x(-(leg + posture.knee)) @ about_y(0.8 * outward * posture.stance)
        rotations[f"clavicle{side}"] = about_y(-outward * bent)
    for bone, part in zip(SPINE, posture.share, strict=True):
        rotations[bone] = about_x(posture.spine * part)
    for bone in ("neck01", "neck02", "neck03"):
        rotations[bone] = about_x(posture.neck / 3)
    return rotations, pelvis


def balanced_thigh_pitch(body: Body, posture: Posture) -> float:
    """Thigh pitch (deg) that puts the middle of body and load over the middle of the foot."""
    joint = {name: head for name, (_, head, _) in body.bones.items()}
    lengths = _Lengths(
        *(
            float(np.linalg.norm(joint[a] - joint[b]))
            for a, b in (("foot.L", "lowerleg01.L"), ("lowerleg01.L", "upperleg01.L"), ("upperleg01.L", "neck01"))
        )
    )
    thigh = np.linspace(-90.0, 25.0, 231)
    wanted = _OVER_FOOT_DM + posture.off_balance_dm
    best = int(np.argmin(np.abs(_middle_of_mass(thigh, posture, lengths) - wanted)))
    return float(thigh[best])


def _middle_of_mass(thigh: FloatArray, posture: Posture, lengths: _Lengths) -> FloatArray:
    """Its z in front of the ankle (dm), for each thigh pitch."""

    def forward(pitch_deg: FloatArray) -> FloatArray:
        return np.sin(np.radians(pitch_deg))

    knee = lengths.shank * forward(thigh + posture.knee)
    hip = knee + lengths.thigh * forward(thigh)
    pelvis = posture.hip + thigh
    trunk = hip + 0.55 * lengths.trunk * forward(pelvis + 0.4 * posture.spine)
    shoulder = hip + 0.9 * lengths.trunk * forward(pelvis + 0.6 * posture.spine)
    hands = shoulder + (3.0 if posture.arms == "front" else 0.3)
    parts = (
        (0.5 * knee, _MASS[0]),
        ((knee + hip) / 2, _MASS[1]),
        (trunk, _MASS[2]),
        ((shoulder + hands) / 2, _MASS[3]),
        (hands, posture.load),
    )
    return np.sum([where * mass for where, mass in parts], axis=0) / (1 + posture.load)


def _arms(
    body: Body, posture: Posture, joints: dict[str, FloatArray], turns: dict[str, FloatArray]
) -> dict[str, FloatArray]:
    """Bone -> direction in the world."""
    chest = turns["spine01"]
    aims: dict[str, FloatArray] = {}
    for side, outward in SIDES:
        upper, fore = _arm(body, posture, joints, chest, side, outward)
        for bone in ("upperarm01", "upperarm02"):
            aims[f"{bone}{side}"] = upper
        for bone in ("lowerarm01", "lowerarm02"):
            aims[f"{bone}{side}"] = fore
    return aims


def _arm(
    body: Body, posture: Posture, joints: dict[str, FloatArray], chest: FloatArray, side: str, outward: int
) -> tuple[FloatArray, FloatArray]:
    """Directions of upper arm and forearm."""

    def of_chest(*direction: float) -> FloatArray:
        return chest @ np.array(direction)

    forward = np.tan(np.radians(posture.arms_forward))
    if posture.arms == "hips":
        return of_chest(0.45 * outward, -1, -0.35), of_chest(-0.5 * outward, -0.8, 0.5)
    if posture.arms == "chest":
        return of_chest(0.15 * outward, -1, 0.1), of_chest(-0.6 * outward, 0.6, 0.7)
    if posture.arms == "back":
        return of_chest(0.7 * outward, -1, -0.35), of_chest(0.15 * outward, 1, -0.1)
    if posture.arms == "front":
        straight = np.array([0.0, 0.05, 1.0])
        return straight, straight
    if posture.arms in ("bar", "middle", "thighs"):
        straight = _towards_leg(body, joints, side, posture.arms) + np.array([0.0, 0.0, forward])
        return straight, straight
    straight = np.array([0.08 * outward, -1.0, forward + (0.22 if posture.arms == "toes" else 0.0)])
    return straight, straight


def _towards_leg(body: Body, joints: dict[str, FloatArray], side: str, arms: str) -> FloatArray:
    """Direction of a straight arm whose hand holds something just before the leg, or lies on the thigh."""
    bones = body.bones
    shoulder, hip, knee, ankle = (
        joints[f"{name}{side}"] for name in ("upperarm01", "upperleg01", "lowerleg01", "foot")
    )
    arm = float(np.linalg.norm(bones[f"wrist{side}"][1] - bones[f"upperarm01{side}"][1])) + 0.7
    # Two rounds: how low the hand gets depends on how far forward it has to be.
    forward, inward = 0.0, {"bar": -0.02, "middle": -0.14, "thighs": -0.05}[arms] * (1 if side == ".L" else -1) * arm
    for _ in range(3):
        height = shoulder[1] - np.sqrt(max(arm**2 - forward**2 - inward**2, 1.0))
        leg = np.interp(height, [ankle[1], knee[1], hip[1]], [ankle[2], knee[2], hip[2]])
        room = 1.0 if height > knee[1] else 0.7  # half a leg's thickness, decimetres
        forward = float(np.clip(leg + room - shoulder[2], -0.6 * arm, 0.8 * arm))
    return np.array([inward, -np.sqrt(max(arm**2 - forward**2 - inward**2, 1.0)), forward]) / arm
