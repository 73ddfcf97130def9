"""The model on rendered people whose joints are known to a tenth of a pixel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from pose.frames import Frame, Sighting
from pose.io.video import VideoReader, frames_from_images
from pose.landmarks import INDEX
from pose.model import bundle, estimator
from pose.model.estimator import Estimator

ROOT = Path(__file__).resolve().parents[3]
CLIP = "hinge_neutral"


def detect(frames: list[Frame]) -> list[Sighting]:
    with Estimator() as detector:
        return [detector.detect(frame) for frame in frames]


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    """From standing to the bottom of the first rep, 10 frames a second."""
    return list(VideoReader(ROOT / "samples" / f"{CLIP}.mp4", end_s=3.4))[::3]


@pytest.fixture(scope="module")
def sightings(frames: list[Frame]) -> list[Sighting]:
    return detect(frames)


def joint_error_px(sighting: Sighting, number: int) -> dict[str, float]:
    """Distance of hips, knees, ankles from the truth (the shoulders' truth lies deeper in the body)."""
    truth = json.loads((ROOT / "samples" / f"{CLIP}.truth.json").read_text())["joints_px"]
    assert sighting.pose is not None
    return {name: float(np.hypot(*(sighting.pose.landmarks_px[INDEX[name]] - np.array(truth[name])[:, number])))
            for name in truth if "shoulder" not in name}


@pytest.mark.parametrize("row", [6, 32])  # standing still; at the bottom
def test_landmarks_lie_on_the_joints_in_pixels(frames: list[Frame], sightings: list[Sighting], row: int) -> None:
    errors = joint_error_px(sightings[row], 3 * row)
    assert max(errors.values()) < 16, errors
    assert np.mean(list(errors.values())) < 8, errors


def test_kinds_and_sizes(sightings: list[Sighting]) -> None:
    for sighting in sightings:
        pose = sighting.pose
        assert pose is not None
        assert [a.shape for a in (pose.landmarks_px, pose.depth_px, pose.visibility, pose.world_m)] == [
            (33, 2), (33,), (33,), (33, 3)]
        assert {a.dtype for a in (pose.landmarks_px, pose.depth_px, pose.visibility, pose.world_m)} == {
            np.dtype(np.float32)}
        assert (pose.mask.dtype, pose.mask.shape, pose.mask_scale) == (np.uint8, (480, 640), 1.0)
        assert (sighting.size_px, sighting.people) == ((640, 480), 1)


def test_the_mask_covers_the_person_and_nothing_else(sightings: list[Sighting]) -> None:
    truth = json.loads((ROOT / "samples" / f"{CLIP}.truth.json").read_text())["joints_px"]
    pose = sightings[6].pose
    assert pose is not None
    for name, (across, down) in truth.items():
        assert pose.mask[round(down[18]), round(across[18])] > 250, name
    assert pose.mask[:, :150].max() == 0
    assert 0.03 < (pose.mask > 127).mean() < 0.08


def test_the_right_side_is_nearer(sightings: list[Sighting]) -> None:
    pose = sightings[6].pose
    assert pose is not None
    assert pose.depth_px[INDEX["right_hip"]] < pose.depth_px[INDEX["left_hip"]]
    assert pose.visibility[INDEX["right_knee"]] > pose.visibility[INDEX["left_knee"]]
    assert pose.world_m[INDEX["right_ankle"], 1] > 0.5, "the feet are below the hips, in metres"


def test_a_large_frame_gives_the_same_in_its_own_pixels(frames: list[Frame], sightings: list[Sighting]) -> None:
    large = [Frame(frame.index, frame.time_s, cv2.resize(frame.image, (3840, 2880))) for frame in frames[:8]]
    for big, plain in zip(detect(large), sightings, strict=False):
        assert big.pose is not None
        assert plain.pose is not None
        assert big.size_px == (3840, 2880)
        assert (big.pose.mask.shape, big.pose.mask_scale) == ((480, 640), pytest.approx(1 / 6))
        assert big.pose.landmarks_px / 6 == pytest.approx(plain.pose.landmarks_px, abs=6)
        assert big.pose.depth_px / 6 == pytest.approx(plain.pose.depth_px, abs=25)


@pytest.mark.parametrize("step_s", [1 / 120, 1 / 2000, 0.0])
def test_any_rate_is_taken(frames: list[Frame], step_s: float) -> None:
    quick = [frame.at(index * step_s) for index, frame in enumerate(frames[:10])]
    assert [sighting.time_s for sighting in detect(quick) if sighting.pose is not None] == [f.time_s for f in quick]


def test_the_frames_times_reach_the_model(frames: list[Frame], sightings: list[Sighting]) -> None:
    """It smooths by time: the same movement ten times as fast is smoothed more strongly."""
    quick = detect([frame.at(frame.time_s / 10) for frame in frames])
    truth = json.loads((ROOT / "samples" / f"{CLIP}.truth.json").read_text())["joints_px"]["left_hip"][0]
    moving = int(np.argmax(-np.diff(truth[::3][: len(frames)])))
    first, second = quick[moving].pose, sightings[moving].pose
    assert first is not None
    assert second is not None
    assert np.abs(first.landmarks_px - second.landmarks_px).max() > 0.5


def test_nobody_is_no_pose() -> None:
    (sighting,) = detect(list(frames_from_images([np.full((480, 640, 3), 127, np.uint8)], 30)))
    assert sighting.pose is None
    assert sighting.people == 1


@pytest.mark.parametrize("width", [637, 638, 639])
def test_a_frame_of_any_width_gives_the_same_in_its_own_pixels(
    frames: list[Frame], sightings: list[Sighting], width: int
) -> None:
    """MediaPipe's mask of a width that four does not divide ended the process."""
    narrow = [Frame(frame.index, frame.time_s, np.ascontiguousarray(frame.image[:, :width])) for frame in frames[:3]]
    for cropped, whole in zip(detect(narrow), sightings, strict=False):
        assert cropped.pose is not None
        assert whole.pose is not None
        assert cropped.pose.mask.shape == (480, width)
        assert cropped.pose.landmarks_px == pytest.approx(whole.pose.landmarks_px, abs=3)
        assert np.abs(cropped.pose.mask.astype(int) - whole.pose.mask[:, :width]).mean() < 2


def test_tiny_frames(frames: list[Frame], sightings: list[Sighting]) -> None:
    tiny = [Frame(frame.index, frame.time_s, cv2.resize(frame.image, (96, 96))) for frame in frames[:3]]
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    for small, full in zip(detect(tiny), sightings, strict=False):
        assert small.pose is not None
        assert full.pose is not None
        assert (small.size_px, small.pose.mask.shape) == ((96, 96), (96, 96))
        in_full_frame = small.pose.landmarks_px[hips] / (96 / 640, 96 / 480)
        assert in_full_frame == pytest.approx(full.pose.landmarks_px[hips], abs=15)
    (speck,) = detect([Frame(0, 0.0, np.zeros((1, 1, 3), np.uint8))])
    assert speck.pose is None


@pytest.mark.parametrize("name", ["doorway_90", "towel_80", "squat_rounded", "prone_press_up"])
def test_one_person_is_one(samples: Path, name: str) -> None:
    sightings = detect(list(VideoReader(samples / f"{name}.mp4", start_s=1, end_s=6))[::15])
    assert {sighting.people for sighting in sightings} == {1}


def beside(left: Path, right: Path, share: float = 1.0) -> list[Frame]:
    """Two clips side by side, the right one's person smaller by `share`, standing on the same floor."""
    pairs = list(zip(VideoReader(left, end_s=1.5), VideoReader(right, end_s=1.5), strict=False))[::5]
    images = []
    for one, other in pairs:
        small = cv2.resize(other.image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        padded = cv2.copyMakeBorder(small, 480 - small.shape[0], 0, 0, 640 - small.shape[1], cv2.BORDER_REPLICATE)
        images.append(np.hstack([one.image[:, 100:500], padded[:, :500]]))
    return list(frames_from_images(images, 6))


def test_two_people_are_two(samples: Path) -> None:
    sightings = detect(beside(samples / "hinge_mixed.mp4", samples / "squat_neutral.mp4"))
    assert {sighting.people for sighting in sightings} == {2}


def test_somebody_who_comes_in_is_noticed_within_a_second(samples: Path) -> None:
    two = beside(samples / "hinge_mixed.mp4", samples / "squat_neutral.mp4")[0].image
    one = two.copy()
    one[:, 400:] = one[:, 390:391]
    sightings = detect(list(frames_from_images([one] * 6 + [two] * 10, 5)))
    assert [sighting.people for sighting in sightings] == [1] * 10 + [2] * 6, "looked for at 0, 1, 2 and 3 s"


@pytest.mark.parametrize(("share", "distance", "others"), [
    (1.0, 0.5, 1), (0.6, 0.5, 1), (0.5, 0.5, 0), (1.8, 0.5, 1), (1.0, 0.2, 0), (0.6, -0.5, 1)])
def test_who_counts_as_another_person(sightings: list[Sighting], share: float, distance: float, others: int) -> None:
    pose = sightings[6].pose
    assert pose is not None
    own = pose.landmarks_px.astype(float)
    hips = own[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    length = estimator._size_px(own)
    assert length == pytest.approx(110 + 85 + 85, abs=20), "trunk, thigh and shank in this clip"
    other = (own - hips) * share + hips + (distance * length, 0)
    assert estimator._count_others([own + 3, other], pose) == others
    assert estimator._count_others([], pose) == 0


def test_somebody_far_in_the_background_does_not_count(samples: Path) -> None:
    sightings = detect(beside(samples / "hinge_mixed.mp4", samples / "squat_neutral.mp4", share=0.5))
    assert {sighting.people for sighting in sightings} == {1}


def test_the_networks_keep_quiet_and_errors_do_not(samples: Path) -> None:
    script = (
        "import os, sys\nfrom pose.model.estimator import Estimator\nfrom pose.io.video import VideoReader\n"
        f"frames = VideoReader({str(samples / 'hinge_mixed.mp4')!r}, end_s=0.2)\n"
        "with Estimator() as estimator:\n    list(map(estimator.detect, frames))\n"
        "os.write(2, b'a real error')\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stderr == "a real error"


def test_a_bundle_mediapipe_cannot_use(tmp_path: Path) -> None:
    path = tmp_path / "hollow.task"
    with zipfile.ZipFile(path, "w") as file:
        for name in ("pose_detector.tflite", "pose_landmarks_detector.tflite"):
            file.writestr(name, b"x" * 1000)
    with pytest.raises(bundle.ModelError, match="cannot use it"):
        Estimator(path)
    os.fstat(2)  # standard error is in its place again
