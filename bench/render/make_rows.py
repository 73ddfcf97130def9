"""Render people, measure every still, and save the raw measurements with their truth, a chunk of people a file.

    python -m bench.render.make_rows FOLDER --seed 201 --people 1500

A chunk that exists is left alone, so a run that was stopped goes on where it was. Every picture is measured on its own
(the landmarker's image mode), as the first frame of a clip is: nothing is followed or smoothed.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from bench.render.cameras import random_place
from bench.render.dataset import ARRAY_FIELDS, ROW_FIELDS, VIEW_FIELDS, packed_mask
from bench.render.people import Person, another_stand, lock_out, plain, random_bend, random_person
from bench.render.photo import Photo
from bench.render.scene import Scene, Shot, Step, random_step
from bench.render.stage import Stage
from bench.render.standing import Posture
from bench.render.things import Thing
from pose.frame.contour import COUNT
from pose.frame.measure import Measurer
from pose.frames import Pose, Sighting
from pose.model import bundle
from pose.model.detection_arrays import detect_in_image
from pose.model.estimator import pose_of

_BENDS = (6, 10)  # a person
_PLAIN_SHARE = 0.4  # of the people are in a laboratory: a plain room, a good phone, no steps
_CHUNK = 25  # people a file
_EMPTY = {
    "reach_px": (COUNT,),
    "back_px": (COUNT, 2),
    "landmarks_px": (33, 2),
    "depth_px": (33,),
    "visibility": (33,),
    "world_m": (33, 3),
}


class Stills:
    """Finds the person in single pictures; a context manager."""

    def __init__(self) -> None:
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(bundle.model_path())),
            running_mode=vision.RunningMode.IMAGE,
            output_segmentation_masks=True,
        )
        self._landmarker = vision.PoseLandmarker.create_from_options(options)

    def __enter__(self) -> Stills:
        return self

    def __exit__(self, *_: object) -> None:
        self._landmarker.close()

    def detect(self, image: Any) -> Pose | None:
        """Find the person; pictures have at most 640 pixels on their long side, as the estimator's."""
        detection = detect_in_image(self._landmarker, mp.Image(image_format=mp.ImageFormat.SRGB, data=image))
        size_px = (image.shape[1], image.shape[0])
        return None if detection is None else pose_of(detection, size_px, size_px, 1.0)


def pictures(seed: int, number: int) -> tuple[Scene, list[tuple[str, str, Posture, Step, Thing]]]:
    """Draw one person and what is to be taken of them: (kind, move, posture, step, thing)."""
    rng = np.random.default_rng((seed, number))
    person = random_person(rng)
    if rng.random() < _PLAIN_SHARE:
        person = plain(person, rng)
    place = random_place(rng, with_bar=person.thing.long)
    empty, full = Thing(), person.thing
    steps = 0.0 if person.plain else 0.4
    wanted = [
        ("own", "", person.own, Step(), empty),
        (
            "stand",
            "",
            another_stand(rng, person),
            Step(float(rng.normal(0, 0.2)), float(rng.normal(0, 2))),
            empty if full.kind == "none" or rng.random() < 0.5 else full,
        ),
        ("lock-out", "", lock_out(rng, person), random_step(rng, place.distance_dm, steps), full),
    ]
    for _ in range(int(rng.integers(_BENDS[0], _BENDS[1] + 1))):
        move, posture = random_bend(rng, person)
        wanted.append(("bend", move, posture, random_step(rng, place.distance_dm, steps), full))
    cluttered = 0.2 if person.plain else 0.7
    return Scene(person, place, rng, [(posture, step) for _, _, posture, step, _ in wanted], cluttered), wanted


def measured_person(
    seed: int, number: int, stages: dict[tuple[int, int], Stage], stills: Stills
) -> list[dict[str, Any]]:
    """Rows of one person."""
    scene, wanted = pictures(seed, number)
    if scene.camera.size_px not in stages:
        stages[scene.camera.size_px] = Stage(scene.camera.size_px)
    stage = stages[scene.camera.size_px]
    rng = np.random.default_rng((seed, number, 1))
    usual = Photo.random(rng, hard=not scene.person.plain and rng.random() < 0.85)
    rows = []
    for kind, move, posture, step, thing in wanted:
        # The phone and the site stay the same; only bends smear.
        photo = Photo(**asdict(usual) | ({} if kind == "bend" else {"motion_px": 0.0}))
        shot = scene.shot(stage, posture, step, thing, photo)
        about = {
            "person": 100_000 * seed + number,
            "kind": kind,
            "move": move,
            "thing": thing.kind,
            "arms": posture.arms,
            "plain": scene.person.plain,
        }
        rows.append(about | _truth(scene.person, posture, shot, photo) | _measured(stills.detect(shot.image), shot))
    return rows


def _truth(person: Person, posture: Posture, shot: Shot, photo: Photo) -> dict[str, Any]:
    outfit, tissue = person.outfit, person.tissue
    top = outfit.top
    return {f"true_{name}": value for name, value in shot.truth.items()} | {
        "true_joints_px": shot.joints_px,
        "hidden_places": shot.hidden,
        "true_share": posture.share,
        "neck_deg": posture.neck,
        "stance_deg": posture.stance,
        "top_loose_cm": 10 * top.loose_dm if top else 0.0,
        "bottom_loose_cm": 10 * outfit.bottom.loose_dm,
        "leg_share": outfit.leg_share,
        "plate_radius_cm": 10 * person.thing.radius_dm,
        "waist_cm": 10 * tissue.waist_dm,
        "blades_cm": 10 * tissue.blades_dm,
        "buttocks_cm": 10 * tissue.buttocks_dm,
        "protraction_deg": tissue.protraction_deg,
        "sex": person.build.sex,
        "muscle": person.build.muscle,
        "weight": person.build.weight,
        "jpeg_quality": photo.jpeg_quality,
        "noise": photo.noise,
        "blur_px": photo.blur_px,
        "motion_px": photo.motion_px,
    }


def _measured(pose: Pose | None, shot: Shot) -> dict[str, Any]:
    height, width = shot.image.shape[:2]
    row = Measurer()(Sighting(0, 0.0, (width, height), pose))
    values = {name: getattr(row, name) for name in ROW_FIELDS} | {
        f"view_{name}": getattr(row.view, name) for name in VIEW_FIELDS
    }
    arrays = {
        name: getattr(row, name, None)
        if name in ("reach_px", "back_px", "landmarks_px", "visibility")
        else getattr(pose, name, None)
        for name in ARRAY_FIELDS
    }
    corner, png = packed_mask(pose.mask) if pose else ((0, 0), b"")
    return (
        values
        | {name: np.full(_EMPTY[name], np.nan) if value is None else value for name, value in arrays.items()}
        | {
            "found": pose is not None,
            "facing": row.facing,
            "view_problem": "" if row.view.problem is None else row.view.problem.kind.value,
            "size_px": (width, height),
            "mask_scale": 1.0,
            "mask_shape": (height, width),
            "mask_corner": corner,
            "mask_png": png,
        }
    )


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write a chunk; it appears whole or not at all."""
    masks = [row.pop("mask_png") for row in rows]
    arrays = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    arrays = {
        name: values.astype(np.float32) if values.dtype == np.float64 else values for name, values in arrays.items()
    }
    arrays |= {
        "masks": np.frombuffer(b"".join(masks), dtype=np.uint8),
        "mask_bytes": np.array([len(png) for png in masks]),
    }
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez_compressed(file, **arrays)
    os.replace(part, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=201)
    parser.add_argument("--people", type=int, default=1500)
    parser.add_argument("--first", type=int, default=0, help="number of the first person")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    stages: dict[tuple[int, int], Stage] = {}
    with Stills() as stills:
        for first in range(args.first, args.first + args.people, _CHUNK):
            path = args.folder / f"chunk_{args.seed}_{first:05d}.npz"
            if path.exists():
                continue
            rows = [
                row
                for number in range(first, min(first + _CHUNK, args.first + args.people))
                for row in measured_person(args.seed, number, stages, stills)
            ]
            write(path, rows)
            print(path.name, len(rows), "rows,", sum(not row["found"] for row in rows), "without a person", flush=True)


if __name__ == "__main__":
    main()
