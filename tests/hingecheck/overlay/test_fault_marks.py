"""Test that a fault is coloured and named in the annotated video where it sits, and that a hold is clocked."""

from __future__ import annotations

import numpy as np
import pytest

from exercises.load import load
from hingecheck.analysis.pipeline import SetAnalysis, conclude
from hingecheck.overlay.marks import marker_of
from pose.drawing.overlay import Marks, draw
from pose.frame.measure import Measurer
from pose.landmarks import PAIRS
from tests.helpers.fixture_types import SightingsOf

DOORWAY = "doorway_hamstring_stretch"
ORANGE = (230, 110, 20)


def judged(recorded: SightingsOf, name: str, exercise: str) -> SetAnalysis:
    measurer = Measurer()
    return conclude([measurer(sighting) for sighting in recorded(name)], load(exercise), name)


def marks_at(analysis: SetAnalysis, time_s: float) -> Marks:
    row = min(analysis.rows, key=lambda row: abs(row.time_s - time_s))
    return marker_of(analysis)(row.index)


@pytest.mark.parametrize(("name", "exercise", "joint", "text"), [
    ("doorway_70_bent_knee", DOORWAY, "knee", "raised knee 28\u00b0, at most 15\u00b0"),
    ("doorway_other_leg_lifts", DOORWAY, "knee", "other leg 47\u00b0, at most 15\u00b0"),
    ("hinge_squatted", "hip_hinge", "knee", "knee flexion 78\u00b0, at most 40\u00b0")])
def test_the_joint_at_fault_is_coloured_and_named(recorded: SightingsOf, name: str, exercise: str, joint: str,
                                                 text: str) -> None:
    analysis = judged(recorded, name, exercise)
    rep = analysis.report.reps[0]
    marks = marks_at(analysis, (rep.bottom_s + rep.leave_s) / 2)
    assert marks.fault_text.split(",")[1] == text.split(",")[1]
    assert marks.fault_text.rsplit(" ", 4)[0] == text.rsplit(" ", 4)[0]
    assert marks.landmarks_px is not None
    assert marks.fault_joint_px is not None
    ends = marks.landmarks_px[list(PAIRS[joint])]
    assert min(np.hypot(*(ends - marks.fault_joint_px[0]).T)) < 1.0
    image = np.full((480, 640, 3), 128, np.uint8)
    x, y = (int(at) for at in marks.fault_joint_px[0])
    drawn = draw(image, marks)
    assert (drawn[y - 20:y + 20, x - 20:x + 20] == ORANGE).all(axis=2).sum() > 60
    assert marks_at(analysis, 0.2).fault_px is None, "before the rep"


@pytest.mark.parametrize(("name", "exercise"), [("doorway_90", DOORWAY), ("hinge_neutral", "hip_hinge")])
def test_what_is_good_has_no_fault(recorded: SightingsOf, name: str, exercise: str) -> None:
    analysis = judged(recorded, name, exercise)
    marker = marker_of(analysis)
    assert all(marker(row.index).fault_px is None for row in analysis.rows)


def test_a_hold_is_clocked_against_what_was_asked(recorded: SightingsOf) -> None:
    analysis = judged(recorded, "doorway_90", DOORWAY)
    (rep,) = analysis.report.reps
    assert rep.held is not None
    assert marks_at(analysis, rep.bottom_s - 1).counter == "rep 0 of 1"
    assert marks_at(analysis, rep.bottom_s + 12).counter == "rep 1 of 1, 12 of 30 s"
    assert marks_at(analysis, rep.leave_s + 0.1).counter == f"rep 1 of 1, {rep.held.seconds:.0f} of 30 s"
