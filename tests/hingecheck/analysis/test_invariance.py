"""The same person filmed otherwise gets the same verdicts: mirrored, larger, smaller, other rates, portrait.

Two reps of one sample, one neutral and one rounded, written anew as H.264 in each form and analysed from the file by
the real model. What needs no model (dropped frames, a mirrored or shifted picture) is replayed from recorded poses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from exercises.load import load
from exercises.results import SetReport
from hingecheck.analysis.pipeline import Options, analyse
from pose.arrays import Image
from pose.frames import Pose, Sighting
from pose.io.video import VideoReader, VideoWriter
from pose.landmarks import PAIRS
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.replay import judged, verdicts

CLIP, START_S, END_S = "hinge_mixed", 14.4, 23.9
EXPECTED = ["neutral", "rounded"]
ANGLES = ("hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg")
#: More than this apart, two films of one rep no longer tell the same; the model itself differs by a few degrees.
SAME_DEG = 10.0


def resized(width: int, height: int) -> Callable[[Image], Image]:
    return lambda image: np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def portrait(image: Image) -> Image:
    """A phone held upright: the middle 480 columns, wall above and floor below."""
    return np.asarray(cv2.copyMakeBorder(image[:, 60:540], 187, 187, 0, 0, cv2.BORDER_REPLICATE), np.uint8)


def mirrored(image: Image) -> Image:
    return np.ascontiguousarray(image[:, ::-1])


#: Name -> what happens to each picture, pictures kept or repeated for each one of the sample (so 15 or 60 a second),
#: and seconds left out at the beginning. The sample itself, 30 a second, is in test_live_set.
FORMS: dict[str, tuple[Callable[[Image], Image], float, float]] = {
    "15 a second": (lambda image: image, 0.5, 0.0),
    "mirrored": (mirrored, 0.5, 0.0),
    "360p": (resized(480, 360), 0.5, 0.0),
    "1080p": (resized(1440, 1080), 0.5, 0.0),
    "portrait": (portrait, 0.5, 0.0),
    "60 a second": (lambda image: image, 2.0, 4.6),
}


@pytest.fixture(scope="module")
def pictures(samples: Path) -> list[Image]:
    return [frame.image for frame in VideoReader(samples / f"{CLIP}.mp4", start_s=START_S, end_s=END_S)]


def film(path: Path, pictures: list[Image], form: str) -> SetReport:
    """Write the pictures in one form and analyse the file."""
    change, share, cut_s = FORMS[form]
    fps, pictures = 30 * share, pictures[round(30 * cut_s):]
    with VideoWriter(path, fps) as writer:
        for number in range(int(len(pictures) * share)):
            writer.write(change(pictures[int(number / share)]), number / fps)
    return analyse(path, Options(load("hip_hinge"))).report


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, pictures: list[Image]) -> SetReport:
    return film(tmp_path_factory.mktemp("plain") / "plain.mp4", pictures, "15 a second")


@pytest.mark.parametrize("form", FORMS)
def test_another_film_of_the_same_reps(tmp_path: Path, pictures: list[Image], plain: SetReport, form: str) -> None:
    _, share, cut_s = FORMS[form]
    report = plain if form == "15 a second" else film(tmp_path / "other.mp4", pictures, form)
    first = 1 if cut_s else 0
    assert (report.status, report.reasons) == ("judged", ())
    assert [rep.verdict for rep in report.reps] == EXPECTED[first:]
    assert report.fps == pytest.approx(30 * share, rel=0.01)
    for rep, same in zip(report.reps, plain.reps[first:], strict=True):
        assert (rep.start_s + cut_s, rep.bottom_s + cut_s) == (pytest.approx(same.start_s, abs=0.2),
                                                               pytest.approx(same.bottom_s, abs=0.2))
        for angle in ANGLES:
            assert getattr(rep, angle) == pytest.approx(getattr(same, angle), abs=SAME_DEG), angle


# --- from recorded poses ---

def moved(pose: Pose, across: int, down: int) -> Pose:
    """The same person elsewhere in a picture that is so much larger."""
    mask = np.pad(pose.mask, ((down, 0), (across, 0)))
    return replace(pose, landmarks_px=(pose.landmarks_px + np.array([across, down])).astype(np.float32), mask=mask)


def flipped(pose: Pose, width: int) -> Pose:
    """The same person in a mirror: the left arm becomes a right arm."""
    swap = np.arange(33)
    for left, right in [*PAIRS.values(), (1, 4), (2, 5), (3, 6), (9, 10), (17, 18), (19, 20), (21, 22)]:
        swap[[left, right]] = right, left
    landmarks, world = pose.landmarks_px.copy(), pose.world_m.copy()
    landmarks[:, 0], world[:, 0] = width - 1 - landmarks[:, 0], -world[:, 0]
    return Pose(landmarks[swap], pose.depth_px[swap], pose.visibility[swap], world[swap],
                np.ascontiguousarray(pose.mask[:, ::-1]), pose.mask_scale)


def changed(sightings: tuple[Sighting, ...], change: Callable[[Pose], Pose], size: tuple[int, int]) -> list[Sighting]:
    return [replace(one, size_px=size, pose=None if one.pose is None else change(one.pose)) for one in sightings]


def assert_same(one: SetReport, other: SetReport, within: float) -> None:
    assert [rep.verdict for rep in one.reps] == [rep.verdict for rep in other.reps]
    for rep, same in zip(one.reps, other.reps, strict=True):
        for angle in ANGLES:
            assert getattr(rep, angle) == pytest.approx(getattr(same, angle), abs=within), angle


@pytest.mark.parametrize("name", ["hinge_mixed", "hinge_hands_on_hips", "hinge_squatted"])
def test_a_mirrored_pose_says_exactly_the_same(recorded: SightingsOf, name: str) -> None:
    sightings = recorded(name)
    mirror = changed(sightings, lambda pose: flipped(pose, 640), (640, 480))
    assert_same(judged(mirror).report, judged(sightings).report, 0.01)


def test_the_place_in_the_picture_does_not_matter(recorded: SightingsOf) -> None:
    sightings = recorded("hinge_squatted")
    elsewhere = changed(sightings, lambda pose: moved(pose, 300, 100), (940, 580))
    assert_same(judged(elsewhere).report, judged(sightings).report, 0.01)


def test_when_the_clip_began_does_not_matter(recorded: SightingsOf) -> None:
    sightings = recorded("hinge_hands_on_hips")
    later = judged(replace(one, time_s=one.time_s + 1000.0, index=one.index + 7) for one in sightings).report
    now = judged(sightings).report
    assert_same(later, now, 0.5)
    assert [rep.bottom_s for rep in later.reps] == pytest.approx([rep.bottom_s + 1000 for rep in now.reps], abs=0.02)


@pytest.mark.parametrize("share", [0.1, 0.25])
def test_dropped_frames(recorded: SightingsOf, share: float) -> None:
    sightings = recorded("hinge_mixed")
    kept = np.random.default_rng(5).random(len(sightings)) >= share
    some = judged(one for one, keep in zip(sightings, kept, strict=True) if keep)
    assert verdicts(some) == verdicts(judged(sightings))


def test_moments_without_a_person(recorded: SightingsOf) -> None:
    """The model loses the person for a moment now and then; every rep stays counted and judged."""
    sightings = recorded("hinge_mixed")
    lost = [replace(one, pose=None) if number % 23 in (5, 6) else one for number, one in enumerate(sightings)]
    assert verdicts(judged(lost)) == verdicts(judged(sightings))
