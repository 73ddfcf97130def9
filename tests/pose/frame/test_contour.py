"""The outline of the back on drawn shapes whose outline is known to a hundredth of a pixel."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pose.frame.contour import COUNT, HIP_FAN, THIGH_STATIONS, TRUNK_STATIONS, BackOutline, back_outline
from pose.frame.skeleton import Skeleton
from pose.frames import Pose
from tests.helpers.stick_figure import RADIUS, TRUNK, along, capsule, disc, joints, person, pixels, pose, soft

WITHIN_PX = 0.3
ON_TRUNK = slice(len(THIGH_STATIONS) + len(HIP_FAN), COUNT)
POSTURES = [(0, 0), (35, -6), (75, -14), (100, -25)]


def outline(built: Pose, facing: int = 1) -> BackOutline:
    return back_outline(built, Skeleton.of(built, facing))


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("trunk", "thigh"), POSTURES)
def test_a_person_of_even_thickness(trunk: float, thigh: float, facing: int) -> None:
    """Thigh and trunk are capsules of one radius, so from mid-thigh to shoulder the outline is one radius away."""
    measured = outline(pose(joints(trunk, thigh, facing=facing), facing=facing), facing)
    inside = np.append(np.ones(COUNT - 1, dtype=bool), False)  # the last station lies past the shoulder
    assert measured.reach_px[inside] == pytest.approx(RADIUS, abs=WITHIN_PX)


def test_the_points_are_behind_the_bones_in_the_frame() -> None:
    for facing in (1, -1):
        points = joints(0, 0, facing=facing)
        drawn = outline(pose(points, facing=facing), facing).points_px[ON_TRUNK]
        assert drawn[:-1, 0] == pytest.approx(points["hip"][0] - facing * RADIUS, abs=WITHIN_PX)
        assert drawn[:, 1] == pytest.approx(points["hip"][1] - TRUNK * TRUNK_STATIONS, abs=WITHIN_PX)


@pytest.mark.parametrize(("trunk", "thigh"), POSTURES)
def test_a_bulging_back_is_measured_where_it_bulges(trunk: float, thigh: float) -> None:
    points = joints(trunk, thigh)
    bulge = disc((points["hip"] + points["shoulder"]) / 2, 42)
    reach = outline(pose(points, soft(person(points, None, bulge)))).reach_px[ON_TRUNK]
    from_middle = TRUNK * np.abs(TRUNK_STATIONS - 0.5)
    expected = np.maximum(np.sqrt(np.maximum(42**2 - from_middle**2, 0)), RADIUS)
    assert reach[:-1] == pytest.approx(expected[:-1], abs=WITHIN_PX)
    assert reach[:-1].max() > RADIUS + 10


def test_an_ellipse() -> None:
    """An upright ellipse round the trunk: half as wide as x^2/a^2 + y^2/b^2 = 1 says at each height."""
    points = joints()
    middle, a, b = (points["hip"] + points["shoulder"]) / 2, 50.0, 90.0
    away = (pixels() - middle) / (a, b)
    level = np.linalg.norm(away, axis=-1)
    depth = level * (1 - level) / np.maximum(np.linalg.norm(away / (a, b), axis=-1), 1e-9)  # to first order
    reach = outline(pose(points, soft(depth))).reach_px[ON_TRUNK]
    height = TRUNK * (TRUNK_STATIONS - 0.5)
    assert reach == pytest.approx(a * np.sqrt(1 - (height / b) ** 2), abs=WITHIN_PX)


@pytest.mark.parametrize("blur_px", [1.5, 4.0, 8.0])
def test_a_blurred_edge_stays_in_place_and_its_softness_is_measured(blur_px: float) -> None:
    points = joints(40, -8)
    measured = outline(pose(points, soft(person(points), blur_px)))
    assert measured.reach_px[:-1] == pytest.approx(RADIUS, abs=WITHIN_PX)
    assert measured.softness_px == pytest.approx(0.6 * blur_px, abs=0.7)


def test_a_smaller_mask_gives_frame_pixels() -> None:
    points = joints(40, -8)
    built = pose(points)
    small = cv2.resize(built.mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    measured = outline(replace(built, mask=np.asarray(small, np.uint8), mask_scale=0.5))
    assert measured.reach_px[:-1] == pytest.approx(RADIUS, abs=2 * WITHIN_PX)


@pytest.mark.parametrize("facing", [1, -1])
def test_an_elbow_behind_the_back_is_not_the_back(facing: int) -> None:
    """Hand on the hip: the elbow sticks out behind. Stations it hides are unmeasured, the others are not."""
    points = joints(50, -10, upper_arm=50 - 130, forearm=50 - 230, facing=facing)
    built = pose(points, soft(person(points, 11)), facing=facing)
    reach = outline(built, facing).reach_px[ON_TRUNK]
    hidden = np.isnan(reach)
    assert 2 <= hidden.sum() <= 9
    visible = reach[:-1][~hidden[:-1]]
    assert visible == pytest.approx(RADIUS, abs=WITHIN_PX), "nothing of the arm remains in the outline"


def test_an_arm_that_hangs_in_front_hides_nothing() -> None:
    points = joints(70, -12, upper_arm=175, forearm=170)
    built = pose(points, soft(person(points, 11)))
    assert outline(built).reach_px[:-1] == pytest.approx(RADIUS, abs=WITHIN_PX)


def test_without_a_silhouette_there_is_no_edge() -> None:
    built = pose(joints(), np.zeros((480, 640), np.uint8))
    measured = outline(built)
    assert np.isnan(measured.reach_px).all()
    assert np.isnan(measured.softness_px)


def test_something_behind_the_person_does_not_count() -> None:
    """A wall in the silhouette, with a gap between: the first edge counts."""
    points = joints()
    wall, height = points["hip"] + 60 * along(-90, 1), np.array([0, 150])
    built = pose(points, soft(person(points, None, capsule(wall - height, wall + height, 10))))
    assert outline(built).reach_px[:-1] == pytest.approx(RADIUS, abs=WITHIN_PX)
