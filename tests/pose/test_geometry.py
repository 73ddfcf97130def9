"""Plane geometry: drawn at a known angle, measured at that angle."""

from __future__ import annotations

import numpy as np
import pytest

from pose import geometry
from pose.frame.skeleton import Skeleton, facing_evidence
from pose.landmarks import BONES, INDEX, JOINTS, NAMES, PAIRS
from tests.helpers.stick_figure import along, joints, pose

CIRCLE = range(-175, 181, 5)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_line_drawn_at_an_angle_is_measured_at_it(facing: int) -> None:
    for drawn in CIRCLE:
        start = np.array([200.0, 150.0])
        end = start + 70 * along(drawn, facing)
        measured = geometry.pitch_deg(geometry.to_canonical(start, facing), geometry.to_canonical(end, facing))
        assert geometry.turn_deg(drawn, measured) == pytest.approx(0, abs=1e-9)


def test_a_turn_takes_the_short_way_round() -> None:
    assert geometry.turn_deg([170, -170, 0, 10], [-170, 170, 180, 10]).tolist() == [20, -20, -180, 0]
    for start in CIRCLE:
        for turn in range(-175, 180, 25):
            assert geometry.turn_deg(start, start + turn) == pytest.approx(turn)


def test_to_frame_inverts_to_canonical() -> None:
    points = np.random.default_rng(1).normal(0, 300, (7, 4, 2))
    for facing in (1, -1):
        assert geometry.to_frame(geometry.to_canonical(points, facing), facing) == pytest.approx(points)
    assert geometry.to_canonical([3.0, 4.0], -1).tolist() == [-3.0, -4.0]


def test_the_back_lies_behind() -> None:
    """Upright it is backward, bent to level it is up, and always at a right angle."""
    assert geometry.backward_normal(0.0) == pytest.approx([-1, 0])
    assert geometry.backward_normal(90.0) == pytest.approx([0, 1], abs=1e-12)
    pitch = np.arange(-180, 180, 7.0)
    line = np.stack([np.sin(np.radians(pitch)), np.cos(np.radians(pitch))], axis=-1)
    normal = geometry.backward_normal(pitch)
    assert (normal * line).sum(axis=-1) == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(normal, axis=-1) == pytest.approx(1)


def test_distance_to_a_segment_and_to_its_ends() -> None:
    points = [[5, 3], [-3, 4], [14, -3], [10, 0]]
    assert geometry.distance_to_segment(points, [0, 0], [10, 0]) == pytest.approx([3, 5, 5, 0])
    assert geometry.distance_to_segment([[3, 4]], [0, 0], [0, 0]) == pytest.approx([5])
    assert geometry.distance([[0, 0], [1, 1]], [[3, 4], [1, 1]]) == pytest.approx([5, 0])


def test_names_and_pairs_fit_each_other() -> None:
    assert len(NAMES) == len(set(NAMES)) == 33
    assert set(PAIRS) == set(JOINTS) >= {joint for bone in BONES for joint in bone}
    for joint, (left, right) in PAIRS.items():
        assert (NAMES[left], NAMES[right]) == (f"left_{joint}", f"right_{joint}")


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("trunk", "thigh", "shank"), [
    (0, 0, 0), (70, -12, 4), (95, -25, 10), (30, -80, 35), (-8, 3, 2)])
def test_a_built_person_is_measured_as_built(trunk: float, thigh: float, shank: float, facing: int) -> None:
    points = joints(trunk, thigh, shank, neck=trunk + 12, facing=facing)
    skeleton = Skeleton.of(pose(points, facing=facing), facing)
    assert skeleton.trunk_pitch_deg == pytest.approx(trunk, abs=1e-3)
    assert skeleton.thigh_pitch_deg == pytest.approx(thigh, abs=1e-3)
    assert skeleton.shank_pitch_deg == pytest.approx(shank, abs=1e-3)
    assert skeleton.neck_pitch_deg == pytest.approx(trunk + 12, abs=1e-3)
    for side in ("left", "right"):
        assert skeleton.knee_flexion_deg(side) == pytest.approx(shank - thigh, abs=1e-3)
    assert (skeleton.leg_px, skeleton.trunk_px) == (pytest.approx(180, abs=1e-3), pytest.approx(110, abs=1e-3))


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("trunk", [0, 45, 100])
def test_which_way_a_person_faces(trunk: float, facing: int) -> None:
    evidence = facing_evidence(pose(joints(trunk, -0.2 * trunk, facing=facing), facing=facing))
    assert evidence * facing > 0.1


def test_knees_are_measured_each_on_its_own() -> None:
    built = pose(joints())
    built.landmarks_px[INDEX["right_knee"]] += (25, 0)
    skeleton = Skeleton.of(built, 1)
    assert skeleton.knee_flexion_deg("left") == pytest.approx(0, abs=1e-3)
    assert skeleton.knee_flexion_deg("right") == pytest.approx(2 * np.degrees(np.arctan2(25, 90)), abs=1e-3)
