"""Makes hingecheck/pages/pictures/*.jpg, a small picture of each exercise: `python docs/make_exercise_pictures.py`.

Each is a frame of a sample clip (CC0), cut round the person as the recorded poses have them; `lens.json` has the height
of the lens in each, as a share from the top. `what_it_sees.jpg` is the README's picture, smaller.
"""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from exercises.exercise_model import Exercise
from exercises.load import load
from hingecheck.report import camera_text
from pose.frames import Pose
from pose.io import recording
from pose.io.image_codec import decode_image, encode_jpeg
from pose.io.video import VideoReader

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "hingecheck" / "pages" / "pictures"
#: Exercise -> the sample that shows it, and the moment: the middle of its first rep, or rest before it.
CLIPS = {
    "hip_hinge": ("hinge_neutral", "bottom"), "forward_bend": ("forward_bend", "bottom"),
    "squat_lift": ("squat_neutral", "bottom"), "standing_hamstring_stretch": ("standing_stretch_hold", "bottom"),
    "doorway_hamstring_stretch": ("doorway_90", "bottom"), "towel_hamstring_stretch": ("towel_80", "bottom"),
    "wall_hamstring_stretch": ("wall_both_legs", "bottom"), "chair_hamstring_stretch": ("chair_stretch", "bottom"),
    "seated_hamstring_stretch": ("seated_extension_good", "bottom"),
    "seated_floor_stretch": ("seated_floor_stretch", "bottom"), "prone_press_up": ("prone_press_up", "bottom"),
    "knee_to_chest": ("knee_to_chest", "bottom"), "lumbar_rotation": ("lumbar_rotation", "bottom"),
    "calf_raise": ("calf_raise", "bottom"), "sitting_posture": ("sitting_slump", "rest"),
    "standing_posture": ("standing_posture", "rest"),
}
_WIDTH_PX, _HEIGHT_PX = 320, 240
_FIRST_PX = 900
_QUALITY = 82
#: Room round the person, share of their longer side.
_MARGIN = 0.1
#: A pixel of the soft silhouette is the person's from this value on.
_INSIDE = 127
#: A person who stands is high and narrow: the frame never shows less than this share of its height.
_LEAST = 0.5


def _moment_s(stem: str, moment: str) -> float:
    rep = json.loads((ROOT / "samples" / f"{stem}.truth.json").read_text(encoding="utf-8"))["reps"][0]
    return 1.0 if moment == "rest" else (rep["bottom"] + rep["leave"]) / 2


def _window(width: int, height: int, pose: Pose) -> tuple[int, int, int, int]:
    """Return x, y, width, height of a window of 4:3 round the person: the joints, and the recorded silhouette."""
    silhouette = np.argwhere(pose.mask > _INSIDE)[:, ::-1] / pose.mask_scale
    points = np.vstack([pose.landmarks_px, silhouette])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    room = _MARGIN * max(right - left, bottom - top)
    tall = min(height, max(bottom - top + 2 * room, (right - left + 2 * room) * 3 / 4, _LEAST * height))
    wide = min(width, tall * 4 / 3)
    x = int(np.clip((left + right - wide) / 2, 0, width - wide))
    y = int(np.clip((top + bottom - tall) / 2, 0, height - tall))
    return x, y, int(wide), int(tall)


def _lens_y(exercise: Exercise, pose: Pose) -> float:
    """Return where the lens looks straight ahead, pixels from the top: hips, chest, or the body on the floor."""
    points = pose.landmarks_px
    hips, shoulders, feet = (float(np.mean(points[list(pair), 1])) for pair in ((23, 24), (11, 12), (27, 28)))
    height = camera_text.place(exercise).height
    if height == "chest":
        return 0.7 * shoulders + 0.3 * hips
    return max(hips, shoulders, feet if exercise.position.value in ("kneeling", "prone") else 0) \
        if height == "floor" else hips


def main() -> None:
    """Make every picture."""
    TARGET.mkdir(exist_ok=True)
    lens = {}
    for exercise, (stem, moment) in CLIPS.items():
        wanted_s = _moment_s(stem, moment)
        poses = [one for one in recording.load(ROOT / "tests" / "data" / f"{stem}.poses.npz") if one.pose is not None]
        pose = min(poses, key=lambda one: abs(one.time_s - wanted_s)).pose
        with VideoReader(ROOT / "samples" / f"{stem}.mp4") as frames:
            image = next(frame.image for frame in frames if frame.time_s >= wanted_s)
        x, y, wide, tall = _window(image.shape[1], image.shape[0], pose)
        small = cv2.resize(image[y:y + tall, x:x + wide], (_WIDTH_PX, _HEIGHT_PX), interpolation=cv2.INTER_AREA)
        lens[exercise] = round((_lens_y(load(exercise), pose) - y) / tall, 2)
        (TARGET / f"{exercise}.jpg").write_bytes(encode_jpeg(np.asarray(small, np.uint8), _QUALITY))
    (TARGET / "lens.json").write_text(json.dumps(lens, indent=1) + "\n", encoding="utf-8")
    first = decode_image((ROOT / "docs" / "images" / "neutral-and-rounded.jpg").read_bytes())
    assert first is not None
    scale = _FIRST_PX / first.shape[1]
    small = cv2.resize(first, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    (TARGET / "what_it_sees.jpg").write_bytes(encode_jpeg(np.asarray(small, np.uint8), _QUALITY))


if __name__ == "__main__":
    main()
