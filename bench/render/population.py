"""Random people doing hinges, lifts and leg raises in clips, for measuring the error over a population.

    python -m bench.render.population OUT --seed 1 --count 12 --kind hinge [--hard] [--view turned]

No seed gives a person of `make_rows`.
`--hard` adds loose clothes, things in the hands, clutter, bystanders, steps, starts at the bottom and poor pictures.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.render import clips
from bench.render.cameras import Place, random_place
from bench.render.clips import Take
from bench.render.people import Person, lock_out, plain, random_person
from bench.render.photo import Photo
from bench.render.plain import doorway
from bench.render.scene import JOINTS, Scene, Step, random_step
from bench.render.stage import Stage
from bench.render.standing import Posture
from pose.arrays import FloatArray, Image

_CLIP = 7  # keeps these people apart from those of make_rows
_VALUES = ("hip", "spine", "knee", "neck", "off_balance_dm", "arms_forward", "nearer_dm", "turn_deg")
_ANGLES = ("hip_flexion", "spine_flexion", "knee_flexion", "trunk_pitch")
#: True spine flexion (deg) from which a rep is "rounded", and up to which it is "neutral"; none are made between.
NEUTRAL_TO_DEG, ROUNDED_FROM_DEG = 28.0, 40.0


def standing_take(rng: np.random.Generator, person: Person, place: Place, kind: str, hard: bool) -> Take:
    """Draw 3 to 5 reps of a hinge or a lift, half of them rounded; one in four hard clips starts at the bottom."""
    top = lock_out(rng, person) if hard and person.thing.kind != "none" else person.own
    rest = _values(top, Step(0.0, 0.0))
    peaks, labels = [], []
    for _ in range(int(rng.integers(3, 6))):
        rounded = rng.random() < 0.5
        spine = rng.uniform(ROUNDED_FROM_DEG, 72) if rounded else rng.uniform(0, NEUTRAL_TO_DEG)
        hip, knee = (
            (rng.uniform(35, 80) if rounded else rng.uniform(55, 88), rng.uniform(2, 22))
            if kind == "hinge"
            else (rng.uniform(60, 105), rng.uniform(35, 95))
        )
        step = random_step(rng, place.distance_dm, 0.4) if hard else Step(0.0, 0.0)
        posture = Posture(
            hip=person.own.hip + hip,
            spine=person.own.spine + spine,
            knee=knee,
            neck=rng.uniform(-30, 25),
            off_balance_dm=rng.normal(0, 0.4),
            arms_forward=float(rng.uniform(-2, 8)),
        )
        peaks.append(_values(posture, step))
        labels.append(
            dict(
                label="rounded" if rounded else "neutral",
                faults=["rounding"] if rounded else [],
                hip=round(hip, 1),
                spine=round(spine, 1),
            )
        )
    # Nobody steps while bending: the step is taken before the set, and the whole set stays there.
    stand_off = dict(nearer_dm=peaks[0]["nearer_dm"], turn_deg=peaks[0]["turn_deg"])
    peaks = [peak | stand_off for peak in peaks]
    from_bottom = hard and rng.random() < 0.25
    keys, marks = clips.reps(
        rest | (stand_off if from_bottom else {}),
        peaks,
        down=rng.uniform(1.0, 2.4),
        hold=rng.uniform(0.4, 1.4),
        up=rng.uniform(0.9, 2),
        gap=rng.uniform(0.4, 1.2),
        lead=0.0 if from_bottom else 1.5,
    )
    if not from_bottom:
        first = [(0.0, rest), (1.5, rest), (2.5, rest | stand_off)]
        keys = [
            *first,
            *(
                (time_s + 1.0, values if values is not rest else rest | stand_off)
                for time_s, values in keys
                if time_s > 1.5
            ),
        ]
        marks = [{name: round(value + 1.0, 3) for name, value in mark.items()} for mark in marks]
    return Take(
        "hip_hinge" if kind == "hinge" else "squat_lift",
        keys,
        [mark | label for mark, label in zip(marks, labels, strict=True)],
        dict(from_bottom=from_bottom),
    )


def _values(posture: Posture, step: Step) -> dict[str, float]:
    return {name: float(getattr(posture, name)) for name in _VALUES[:6]} | {
        "nearer_dm": step.nearer_dm,
        "turn_deg": step.turn_deg,
    }


def standing_clip(
    folder: Path, name: str, rng: np.random.Generator, kind: str, hard: bool, view: str, fps: int
) -> None:
    """Write one clip of somebody who hinges or lifts."""
    person = random_person(rng)
    person = person if hard else plain(person, rng)
    place = random_place(rng, view, with_bar=person.thing.long)
    take = standing_take(rng, person, place, kind, hard)
    arms = person.thing.arms or person.arms
    base = replace(person.own, share=person.share, arms=arms, load=person.load)

    def at(values: Mapping[str, float]) -> tuple[Posture, Step]:
        posture: dict[str, Any] = {key: values[key] for key in _VALUES[:6]}
        return replace(base, **posture), Step(values["nearer_dm"], values["turn_deg"])

    scene = Scene(person, place, rng, [at(values) for _, values in take.keys], cluttered=0.7 if hard else 0.0)
    stage = Stage(place.size_px)
    photo = replace(Photo.random(rng, hard), motion_px=0.0, jpeg_quality=100)

    def shoot(values: Mapping[str, float]) -> tuple[Image, Mapping[str, float], Mapping[str, FloatArray]]:
        shot = scene.shot(stage, *at(values), person.thing, photo)
        return shot.image, {name: shot.truth[name] for name in _ANGLES}, dict(zip(JOINTS, shot.joints_px, strict=True))

    about = take.about | _about(person, scene)
    clips.write(
        folder,
        name,
        replace(take, about=about),
        shoot,
        place.size_px,
        fps,
        crf=int(rng.integers(27, 36)) if hard else 27,
    )
    stage.close()


def _about(person: Person, scene: Scene) -> dict[str, Any]:
    """How the clip was made, by the names that `bench.groups` sorts by."""
    truth = scene.truth_at(person.own)
    return dict(
        spine_share=[round(part, 3) for part in person.share],
        sex=person.build.sex,
        age="old" if person.build.age > 0.5 else "young",
        weight=_level(person.build.weight),
        muscle=_level(person.build.muscle),
        arms=person.thing.arms or person.arms,
        thing=person.thing.kind,
        loose_shirt=person.outfit.top.loose_dm if person.outfit.top else 0.0,
        loose_legs=person.outfit.bottom.loose_dm,
        yaw_deg=truth["yaw_deg"],
        look_down_deg=truth["camera_pitch_deg"],
        distance_m=truth["distance_m"],
        bystanders=scene.room.people,
    )


def _level(value: float) -> str:
    return "min" if value < -0.4 else "max" if value > 0.4 else "average"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--kind", choices=("hinge", "lift", "doorway"), default="hinge")
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--view", choices=("side", "turned", "any"), default="side")
    parser.add_argument("--fps", type=int, default=30)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for number in range(args.count):
        rng = np.random.default_rng((args.seed, number, _CLIP))
        name = f"{args.kind}_{args.seed}_{number:02d}"
        if args.kind == "doorway":
            doorway(args.out, name, rng, args.hard, args.fps)
        else:
            standing_clip(args.out, name, rng, args.kind, args.hard, args.view, args.fps)
        print(name, flush=True)


if __name__ == "__main__":
    main()
