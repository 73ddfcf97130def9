"""Plain bars at the edges of a picture, and silhouettes that end along them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pose.arrays import Image
from pose.frame.skeleton import Skeleton
from pose.frame.view import View, ViewLimits, assess_view
from pose.frames import Frame, Pose
from pose.io.video import VideoReader
from pose.model.estimator import Estimator
from pose.model.side_bars import side_bars
from pose.reason import Reason, ReasonKind
from tests.helpers.stick_figure import joints, pose, sighting

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "hinge_mixed.mp4"


def room(width: int = 640, height: int = 480) -> Image:
    """Return a picture that is different everywhere."""
    return np.random.default_rng(3).integers(60, 255, (height, width, 3)).astype(np.uint8)


def barred(image: Image, left: int, right: int, colour: int = 20) -> Image:
    copy, chance = image.copy(), np.random.default_rng(4)
    for part in (copy[:, :left], copy[:, image.shape[1] - right:]):
        part[:] = chance.integers(colour - 4, colour + 5, part.shape)
    return copy


@pytest.mark.parametrize(("left", "right"), [(0, 0), (40, 0), (0, 150), (218, 219)])
def test_bars_are_as_wide_as_they_were_drawn(left: int, right: int) -> None:
    assert side_bars(barred(room(), left, right)) == (left, right)
    assert side_bars(barred(room(), left, right, 250)) == (left, right), "light ones too"


def test_a_plain_wall_behind_a_person_is_no_bar() -> None:
    wall = np.full((480, 640, 3), 235, np.uint8)
    assert side_bars(wall) == (0, 0)
    wall[150:380, 280:350] = 70
    assert side_bars(wall) == (0, 0), "only the person changes something"
    wall[400:] = 120
    assert side_bars(wall) == (0, 0), "a floor"


def view_of(built: Pose, bars_px: tuple[float, float]) -> View:
    return assess_view(replace(sighting(built), bars_px=bars_px), Skeleton.of(built, 1), ViewLimits())


def test_a_silhouette_that_ends_along_a_bar_is_cut_off() -> None:
    built = pose(joints())
    hip = built.landmarks_px[23:25].mean(axis=0)
    mask = built.mask.copy()
    first = round(float(hip[0]) * built.mask_scale)
    mask[:, :first] = 0
    hidden = replace(built, mask=mask)
    assert view_of(hidden, (0.0, 0.0)).problem is None
    problem = view_of(hidden, (first / built.mask_scale, 0.0)).problem
    assert problem is not None
    assert problem.kind is ReasonKind.CUT_OFF
    mirrored = replace(hidden, mask=np.ascontiguousarray(mask[:, ::-1]))
    assert view_of(mirrored, (0.0, first / built.mask_scale)).problem == problem


def test_an_arm_that_reaches_over_a_bar_is_not() -> None:
    built = pose(joints())
    mask = np.zeros_like(built.mask)
    hip_y = round(float(built.landmarks_px[23, 1]) * built.mask_scale)
    height_px = view_of(built, (0.0, 0.0)).height_px * built.mask_scale
    mask[hip_y:hip_y + round(0.09 * height_px)] = 255
    assert view_of(replace(built, mask=mask), (60.0, 60.0)).problem is None
    mask[hip_y:hip_y + round(0.14 * height_px)] = 255
    assert view_of(replace(built, mask=mask), (60.0, 60.0)).problem == Reason.of(ReasonKind.CUT_OFF, parts=("hips",))


def test_bent_hips_behind_a_bar_are_cut_off_and_standing_beside_it_is_not() -> None:
    problems = []
    with VideoReader(SAMPLE) as frames, Estimator() as estimator:
        for frame in frames:
            if frame.index > 100:
                break
            if frame.index % 10 == 0:
                image = frame.image.copy()
                image[:, :round(0.42 * image.shape[1])] = 40
                seen = estimator.detect(Frame(frame.index, frame.time_s, image))
                assert seen.pose is not None
                assert seen.bars_px[0] == pytest.approx(0.42 * image.shape[1], abs=2)
                problems.append(assess_view(seen, Skeleton.of(seen.pose, 1), ViewLimits()).problem)
    assert problems[:5] == [None] * 5, "upright"
    assert problems[-2:] == [Reason.of(ReasonKind.CUT_OFF, parts=("hips",))] * 2, "bent"
