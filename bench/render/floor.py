"""Joint angles -> a body on a chair, on the floor, on its back, face down or kneeling."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from bench.render.body import Body, Posed
from bench.render.rotation import about_x, about_y
from bench.render.standing import SIDES, SPINE, USUAL_SHARE
from pose.arrays import FloatArray

_PRONE_SHARE = (0.3, 0.3, 0.2, 0.1, 0.1)  # extension, from the lowest joint up
_TWIST_SHARE = (0.1, 0.15, 0.25, 0.25, 0.25)
_NECK = ("neck01", "neck02", "neck03")


def supine(
    body: Body, hip: float = 0, knee: float = 0, other_knee: float = 0, other_hip: float = 0, side: str = ".L"
) -> Posed:
    """Lie on the back, head toward -z; the raised leg's hip flexion counts from the floor line."""
    other = ".R" if side == ".L" else ".L"
    rotations = {
        "root": about_x(-90),
        f"upperleg01{side}": about_x(-hip),
        f"lowerleg01{side}": about_x(knee),
        f"upperleg01{other}": about_x(-other_hip),
        f"lowerleg01{other}": about_x(other_knee),
    }
    aims = _both_arms(lambda outward: (np.array((0.35 * outward, -0.05, 1)), np.array((0.25 * outward, -0.03, 1))))
    posed = _posed(
        body, rotations, aims, dict(hip_flexion=hip, knee_flexion=knee, other_hip=other_hip, other_knee=other_knee)
    )
    return _on_floor(posed, posed.points[body.skin])


def seated(
    body: Body,
    knee: tuple[float, float] = (90, 90),
    pitch: float = 0,
    spine: float = 0,
    seat_dm: float = 4.6,
    twist: float = 0,
    reach: str = "thighs",
    abduct: tuple[float, float] = (0, 0),
) -> Posed:
    """Sit on a chair of this height: knee flexion per leg (left, right), pelvis pitch, spine flexion.

    `reach` is "thighs", "toes" or "twist".
    """
    rotations = {"root": about_x(pitch)}
    for number, (side, outward) in enumerate(SIDES):
        rotations[f"upperleg01{side}"] = about_x(-pitch) @ about_y(abduct[number] * outward) @ about_x(-90)
        rotations[f"lowerleg01{side}"] = about_x(knee[number])
        rotations[f"foot{side}"] = about_x(90 - knee[number]) if knee[number] > 60 else np.eye(3)
    rotations |= _curved(spine, USUAL_SHARE)
    if twist:
        rotations |= {
            bone: about_y(twist * part) @ rotations[bone] for bone, part in zip(SPINE, _TWIST_SHARE, strict=True)
        }
    rotations |= {bone: about_y(twist * 0.15) for bone in _NECK}
    aims = _both_arms(lambda outward: _seated_arm(reach, outward, about_x(pitch + spine), about_y(twist)))
    posed = _posed(
        body,
        rotations,
        aims,
        dict(hip_flexion=90 + pitch, spine_flexion=spine, knee_flexion=min(knee), trunk_pitch=pitch, twist=twist),
    )
    return posed.moved(np.array([0, seat_dm + 0.9 - posed.joints["upperleg01.L"][1], 0]))


def prone(body: Body, extension: float = 0) -> Posed:
    """Lie face down, head toward +z; lumbar extension lifts the chest, hands on the floor."""
    up = np.radians(min(extension * 1.6, 80))
    rotations = {"root": about_x(90), "foot.L": about_x(50), "foot.R": about_x(50)} | _curved(-extension, _PRONE_SHARE)
    rotations |= {bone: about_x(-20 / 3 - extension * 0.15) for bone in _NECK}
    aims = _both_arms(
        lambda outward: (
            np.array((0.25 * outward, -np.sin(up) - 0.05, 0.9 * np.cos(up))),
            np.array((-0.05 * outward, -np.sin(up), 0.9 * np.cos(up) + 0.05)),
        )
    )
    posed = _posed(body, rotations, aims, dict(spine_flexion=-extension, hip_flexion=0, knee_flexion=0))
    hips = body.skin[np.abs(body.rest[body.skin, 1] - body.bones["root"][1][1]) < 3]
    return _on_floor(posed, posed.points[hips])


def kneeling(body: Body, fold: float = 0.0) -> Posed:
    """From sitting on the heels (0) to chest on thighs (1); the shanks lie under the thighs."""
    pitch, spine, thigh, knee = 68 * fold, 30 * fold, -72.0, 160.0
    rotations = {"root": about_x(pitch)} | _curved(spine, USUAL_SHARE)
    for side, _ in SIDES:
        rotations |= {
            f"upperleg01{side}": about_x(thigh - pitch),
            f"lowerleg01{side}": about_x(knee),
            f"foot{side}": about_x(45),
        }
    straight = np.array((0, fold - 1, 0.2 + 0.9 * fold))
    truth = dict(hip_flexion=pitch - thigh, spine_flexion=spine, knee_flexion=knee)
    posed = _posed(body, rotations, _both_arms(lambda _: (straight, straight)), truth)
    return _on_floor(posed, posed.points[body.skin])


def _seated_arm(reach: str, outward: int, trunk: FloatArray, twist: FloatArray) -> tuple[FloatArray, FloatArray]:
    if reach == "toes":
        return np.array((0, -0.35, 1)), np.array((0, -0.35, 1))
    if reach == "twist":
        return twist @ np.array((0.5 * outward, -1, 0.2)), twist @ np.array((-0.6 * outward, -0.5, 0.6))
    return trunk @ np.array((0.12 * outward, -1, 0.25)), np.array((-0.1 * outward, -0.55, 0.8))


def _both_arms(arm: Callable[[int], tuple[FloatArray, FloatArray]]) -> dict[str, FloatArray]:
    """Bone -> direction, from a function of +1 (left) or -1 that gives upper arm and forearm."""
    aims: dict[str, FloatArray] = {}
    for side, outward in SIDES:
        upper, fore = arm(outward)
        aims |= {
            f"upperarm01{side}": upper,
            f"upperarm02{side}": upper,
            f"lowerarm01{side}": fore,
            f"lowerarm02{side}": fore,
        }
    return aims


def _curved(flexion: float, share: tuple[float, ...]) -> dict[str, FloatArray]:
    return {bone: about_x(flexion * part) for bone, part in zip(SPINE, share, strict=True)}


def _posed(
    body: Body, rotations: Mapping[str, FloatArray], aims: Mapping[str, FloatArray], truth: dict[str, float]
) -> Posed:
    joints, turns = body.skeleton(rotations, aims)
    return Posed(body.skinned(joints, turns), joints, truth)


def _on_floor(posed: Posed, lowest_of: FloatArray) -> Posed:
    return posed.moved(np.array([0.0, -lowest_of[:, 1].min(), 0.0]))
