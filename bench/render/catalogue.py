"""One clip of one average person for each exercise that can be shown: `python -m bench.render.catalogue OUT`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.render import clips
from bench.render.body import Body, Posed
from bench.render.clips import Take, hold, reps
from bench.render.floor import kneeling, prone, seated, supine
from bench.render.mesh import Mesh, box
from bench.render.plain import post_behind_heel, shooter
from bench.render.stage import Camera
from bench.render.standing import Posture, standing

_CHAIR = box((-2.2, 0, -2.4), (2.2, 4.55, 2.2), (0.45, 0.3, 0.2))
_OTHER_CHAIR = box((0.2, 0, 6), (3.4, 4.1, 10), (0.45, 0.3, 0.2))
_SIDE = Camera((-32, 8, 1), (0, 7.2, 1), 40)
_FLOOR = Camera((32, 5, 0), (0, 4, 1), 40)
_FLOOR_FROM_RIGHT = Camera((-32, 5, 0), (0, 4, 1), 40)
_UP = dict(hip=0.0, spine=0.0, knee=5.0)
_KEPT, _ROUNDED = dict(label="neutral", faults=[]), dict(label="rounded", faults=["rounding"])

Pose = Callable[[Mapping[str, float]], Posed]


@dataclass(frozen=True)
class Clip:
    """An exercise, how it is posed from its values, where the camera stands, and what stands about."""

    take: Take
    pose: Pose
    camera: Camera = _SIDE
    solids: Sequence[Mesh] = ()


def _take(exercise: str, made: tuple[Any, list[dict[str, Any]]], labels: Sequence[Mapping[str, Any]]) -> Take:
    keys, marks = made
    return Take(exercise, keys, [mark | dict(label) for mark, label in zip(marks, labels, strict=True)])


def _bend(hip: float = 75, spine: float = 0, knee: float = 15) -> dict[str, float]:
    return dict(hip=hip, spine=spine, knee=knee)


def _standing(body: Body, values: Mapping[str, float], arms: str) -> Posed:
    return standing(body, Posture(values["hip"], values["spine"], values["knee"], arms=arms))


def _seated(body: Body, values: Mapping[str, float], right_knee: float = 90, reach: str = "thighs") -> Posed:
    more: dict[str, Any] = {name: values[name] for name in ("pitch", "spine", "twist") if name in values}
    return seated(body, (values.get("knee", 90), right_knee), reach=reach, **more)


def catalogue(body: Body) -> dict[str, Clip]:
    """Name -> clip."""
    return _standing_clips(body) | _lying_clips(body) | _sitting_clips(body)


def _standing_clips(body: Body) -> dict[str, Clip]:
    def clip(exercise: str, made: Any, labels: Sequence[Mapping[str, Any]], arms: str = "down") -> Clip:
        return Clip(_take(exercise, made, labels), partial(_standing, body, arms=arms))

    deep = dict(hip=110.0, knee=100.0, spine=0.0)
    return {
        "hinge_neutral": clip("hip_hinge", reps(_UP, [_bend(70), _bend(75), _bend(80), _bend(75)]), [_KEPT] * 4),
        "toe_touch_rounded": clip(
            "hip_hinge",
            reps(_UP, [_bend(60, 50, 5), _bend(55, 60, 5), _bend(60, 55, 5), _bend(65, 45, 5)]),
            [_ROUNDED] * 4,
            "toes",
        ),
        "hinge_mixed": clip(
            "hip_hinge",
            reps(_UP, [_bend(75), _bend(78), _bend(70, 45), _bend(75), _bend(65, 50)]),
            [_KEPT, _KEPT, _ROUNDED, _KEPT, _ROUNDED],
        ),
        "hinge_hands_on_hips": clip(
            "hip_hinge", reps(_UP, [_bend(65), _bend(70), _bend(60, 45)]), [_KEPT, _KEPT, _ROUNDED], "hips"
        ),
        "hinge_squatted": clip(
            "hip_hinge",
            reps(_UP, [dict(hip=85, knee=80, spine=0)] * 3),
            [dict(label="squatted", faults=["knees_bent"])] * 3,
            "chest",
        ),
        "standing_stretch_hold": clip("standing_hamstring_stretch", hold(_UP, _bend(80, 5, 12), 24), [_KEPT]),
        "squat_neutral": clip("squat_lift", reps(_UP, [deep] * 3), [_KEPT] * 3, "chest"),
        "squat_rounded": clip("squat_lift", reps(_UP, [deep | dict(hip=95, spine=60)] * 3), [_ROUNDED] * 3, "chest"),
    }


def _lying_clips(body: Body) -> dict[str, Clip]:
    def raised(values: Mapping[str, float], side: str = ".L") -> Posed:
        return supine(body, side=side, **values)

    def post(peak: Mapping[str, float], side: str = ".L", wall: bool = False) -> tuple[Mesh]:
        return (post_behind_heel(raised(peak, side), wall),)

    bent, other = dict(hip=70, knee=30), dict(hip=85, other_hip=28, other_knee=50)
    both = dict(hip=88, other_hip=88, knee=3, other_knee=3)
    down, short = dict(hip=0), dict(faults=["hold_short"])
    return {
        "doorway_90": Clip(
            _take(
                "doorway_hamstring_stretch",
                hold(down, dict(hip=90), 32),
                [dict(label="target reached", faults=[], side="left")],
            ),
            raised,
            _FLOOR,
            post(dict(hip=90)),
        ),
        "doorway_70_bent_knee": Clip(
            _take(
                "doorway_hamstring_stretch",
                hold(down, bent, 12),
                [dict(label="short", faults=["knee_bent", "hold_short"], side="left")],
            ),
            raised,
            _FLOOR,
            post(bent),
        ),
        "doorway_other_leg_lifts": Clip(
            _take(
                "doorway_hamstring_stretch",
                hold(down, other, 12),
                [dict(faults=["other_leg_lifted", "hold_short"], side="right")],
            ),
            partial(raised, side=".R"),
            _FLOOR_FROM_RIGHT,
            post(dict(hip=85), ".R"),
        ),
        "wall_both_legs": Clip(
            _take(
                "wall_hamstring_stretch", hold(dict(hip=118, other_hip=118, knee=45, other_knee=45), both, 14), [short]
            ),
            raised,
            _FLOOR,
            post(both, wall=True),
        ),
        "towel_80": Clip(
            _take("towel_hamstring_stretch", hold(down, dict(hip=80, knee=5), 22), [dict(faults=[], side="left")]),
            raised,
            _FLOOR,
        ),
        "prone_press_up": Clip(
            _take(
                "prone_press_up",
                reps(dict(extension=0), [dict(extension=35), dict(extension=40), dict(extension=38)], hold=4),
                [dict(faults=[])] * 3,
            ),
            lambda values: prone(body, **values),
            Camera((-32, 5, 1), (0, 3, 1), 40),
        ),
        "knee_to_chest": Clip(
            _take("knee_to_chest", reps(dict(fold=0), [dict(fold=1)] * 2, hold=6), [dict(faults=[])] * 2),
            lambda values: kneeling(body, **values),
            Camera((-32, 8, 1), (0, 4, 2), 40),
        ),
    }


def _sitting_clips(body: Body) -> dict[str, Clip]:
    tall, slumped = dict(knee=90, pitch=0, spine=0), dict(knee=90, pitch=-15, spine=40)
    slump = [(0.0, tall), (5.0, tall), (7.0, slumped), (14.0, slumped), (16.0, tall), (20.0, tall)]
    on_chair: Pose = partial(_seated, body)
    return {
        "seated_extension_good": Clip(
            _take(
                "seated_hamstring_stretch",
                reps(tall, [tall | dict(knee=8), tall | dict(knee=5), tall | dict(knee=10)], hold=1.5),
                [_KEPT] * 3,
            ),
            on_chair,
            solids=(_CHAIR,),
        ),
        "seated_extension_slump": Clip(
            _take(
                "seated_hamstring_stretch",
                reps(
                    tall,
                    [
                        dict(knee=8, pitch=-15, spine=35),
                        dict(knee=8, pitch=0, spine=0),
                        dict(knee=12, pitch=-18, spine=40),
                    ],
                    hold=1.5,
                ),
                [_ROUNDED, _KEPT, _ROUNDED],
            ),
            on_chair,
            solids=(_CHAIR,),
        ),
        "chair_stretch": Clip(
            _take("chair_hamstring_stretch", hold(dict(knee=0, pitch=0), dict(knee=0, pitch=28), 22), [_KEPT]),
            partial(_seated, body, reach="toes"),
            solids=(_CHAIR, _OTHER_CHAIR),
        ),
        "lumbar_rotation": Clip(
            _take(
                "lumbar_rotation",
                reps(dict(twist=0), [dict(twist=45), dict(twist=-45)], hold=4),
                [dict(side="left", faults=[]), dict(side="right", faults=[])],
            ),
            partial(_seated, body, reach="twist"),
            Camera((0, 8, 30), (0, 6, 0), 40),
            (_CHAIR,),
        ),
        "sitting_slump": Clip(
            _take(
                "sitting_posture",
                (slump, [dict(start=5, bottom=7, leave=14, end=16)]),
                [dict(label="slumped", faults=["slump"])],
            ),
            on_chair,
            solids=(_CHAIR,),
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*", help="only these")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    body = Body()
    made = catalogue(body)
    for name in args.names or made:
        clip = made[name]
        clips.write(
            args.out, name, clip.take, shooter(body, clip.pose, clip.camera, solids=clip.solids), clip.camera.size_px
        )
        print(name, flush=True)


if __name__ == "__main__":
    main()
