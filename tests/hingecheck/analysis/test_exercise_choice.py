"""Hand-made tracks -> judged, taken for an exercise, asked about; a picture on its side is not judged as it is."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from exercises.load import catalogue, load
from hingecheck import reasons
from hingecheck.analysis import exercise_choice
from pose.positions.frame_turn import FrameTurn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "exercises"))

from tests.exercises.test_recognise import standing

CATALOGUE = catalogue()


def test_the_likeliest_is_judged_and_the_next_offered() -> None:
    report, exercise = exercise_choice.judged(None, "a.mp4", standing(hip=75, knee=15, lean=65), (), CATALOGUE,
                                              FrameTurn())
    assert exercise is not None
    assert (report.status, exercise.id, len(report.reps)) == ("judged", "hip_hinge", 3)


def test_it_asks_where_verdicts_differ_and_nothing_decides() -> None:
    """Six seconds are a long hinge, which is neutral, or a stretch that was held too briefly."""
    plain = standing(hip=75, knee=15, lean=65, hold_s=6)
    seen = {"person_height_px": np.full(len(plain), 300.0), "left_knee_flexion_deg": plain.columns["knee_flexion_deg"]}
    track = replace(plain, columns=dict(plain.columns) | seen)
    report, exercise = exercise_choice.judged(None, "a.mp4", track, (), CATALOGUE, FrameTurn())
    assert exercise is None
    assert report.status == "refused"
    assert "--exercise hip_hinge" in report.reasons[0]
    assert "--exercise standing_hamstring_stretch" in report.reasons[0]


def test_it_does_not_ask_where_the_verdicts_are_the_same() -> None:
    track = standing(hip=75, knee=15, lean=65, hold_s=6, spine=60)  # rounded by the rules of both
    report, exercise = exercise_choice.judged(None, "a.mp4", track, (), CATALOGUE, FrameTurn())
    assert exercise is not None
    assert [rep.verdict for rep in report.reps] == ["rounded"] * 3
    assert report.recognised is not None
    assert {report.recognised.exercise, report.recognised.runner_up} == {"hip_hinge", "standing_hamstring_stretch"}


@pytest.mark.parametrize("sure", [True, False])
def test_a_picture_on_its_side_is_asked_about(sure: bool) -> None:
    track = standing(hip=75, knee=15, lean=65)
    report, _ = exercise_choice.judged(None, "a.mp4", track, (), CATALOGUE, FrameTurn(90, sure))
    assert report.status == "refused"
    assert "--turn 90" in report.reasons[0]
    assert report.turn_asked_deg == 90
    assert report.reason_kinds == ("picture_asked",)
    assert all("--" not in sentence for sentence in reasons.sentences(report, reasons.Place.PAGE))
    assert np.all([word in report.reasons[0] for word in ("lies on its side", "--turn 0")])


def test_a_named_exercise_in_its_own_position_is_judged_where_the_turn_is_not_sure() -> None:
    track = standing(hip=75, knee=15, lean=65)
    report, _ = exercise_choice.judged(load("hip_hinge"), "a.mp4", track, (), CATALOGUE, FrameTurn(90, sure=False))
    assert report.status == "judged"


@pytest.mark.parametrize("slower", [4, 8])
def test_a_hinge_in_slow_motion_is_not_judged_as_a_stretch(slower: int) -> None:
    """Its reps last as long as a hold; before, each was a stretch that was held too briefly, for sure."""
    plain = standing(hip=75, knee=15, lean=65)
    seen = {"person_height_px": np.full(len(plain), 300.0), "left_knee_flexion_deg": plain.columns["knee_flexion_deg"]}
    track = replace(plain, columns=dict(plain.columns) | seen, time_s=plain.time_s * slower)
    report, exercise = exercise_choice.judged(None, "a.mp4", track, (), CATALOGUE, FrameTurn())
    if exercise is None:
        assert report.recognised is not None
        assert set(report.recognised.candidates) >= {"hip_hinge", "standing_hamstring_stretch"}
    else:
        assert exercise.id == "hip_hinge"


def test_a_stretch_held_for_long_is_no_slow_motion() -> None:
    plain = standing(hip=75, knee=15, lean=65, hold_s=30)
    seen = {"person_height_px": np.full(len(plain), 300.0), "left_knee_flexion_deg": plain.columns["knee_flexion_deg"]}
    _, exercise = exercise_choice.judged(None, "a.mp4", replace(plain, columns=dict(plain.columns) | seen), (),
                                         CATALOGUE, FrameTurn())
    assert exercise is not None
    assert exercise.id == "standing_hamstring_stretch"
