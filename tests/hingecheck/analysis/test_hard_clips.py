"""Clips that once led to a wrong verdict without a word of doubt, recorded: each with what is right.

`reschange_neutral`: four neutral hinges; the stream's frames shrink from 640x480 to 320x240 in the middle.
`steps_60cm_nearer_rounded`: the person steps 60 cm nearer after the stand; two neutral reps, then two rounded ones.
`side_prone_press_up_ccw`: three press-ups, filmed with the phone on its side and no word of it in the file.
`picks_up_side_on`: three neutral hinges, then something is picked up from the floor.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.turned import turned
from exercises import odd_reps
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from pose.frames import Sighting
from pose.positions.frame_turn import FrameTurn
from tests.helpers.fixture_types import SightingsOf


def analysed(sightings: Iterable[Sighting], upright: bool = False) -> SetAnalysis:
    """Judge a clip by the exercise that it shows."""
    *_, last = measure_and_judge(map(DetectedFrame, sightings), None, "clip.mp4", upright=upright)
    assert isinstance(last, SetAnalysis)
    return last


def test_frames_that_shrink_are_no_flexion(recorded: SightingsOf) -> None:
    report = analysed(recorded("reschange_neutral")).report
    assert report.exercise == "hip_hinge"
    assert [(rep.verdict, rep.borderline) for rep in report.reps] == [("neutral", False)] * 4
    assert all(abs(rep.spine_flexion_deg or 99) < 10 for rep in report.reps)


def test_a_step_nearer_is_no_flexion_and_hides_none(recorded: SightingsOf) -> None:
    first, second, *rounded = analysed(recorded("steps_60cm_nearer_rounded")).report.reps
    for rep in (first, second):
        assert (rep.verdict, rep.borderline) == ("neutral", False)
        assert abs(rep.spine_flexion_deg or 99) < rep.uncertainty_deg.spine_flexion_deg
    assert len(rounded) == 2
    for rep in rounded:
        assert rep.verdict == "rounded" or rep.borderline or rep.verdict == "unseen"
        assert (rep.spine_flexion_deg or 0) > 25


def test_a_press_up_on_its_side_is_turned_and_judged(recorded: SightingsOf) -> None:
    sightings = recorded("side_prone_press_up_ccw")
    asked = analysed(sightings)
    assert asked.turn == FrameTurn(90)
    assert (asked.report.status, asked.report.reps) == ("refused", ())
    upright = analysed((turned(sighting, 1) for sighting in sightings), upright=True).report
    assert (upright.exercise, upright.status) == ("prone_press_up", "judged")
    assert len(upright.reps) == 3


def test_what_is_picked_up_is_no_part_of_the_set(recorded: SightingsOf) -> None:
    report = analysed(recorded("picks_up_side_on")).report
    *reps, last = report.reps
    assert [rep.verdict for rep in reps] == ["neutral"] * 3
    assert last.outside
    assert last.verdict == "unseen"
    assert odd_reps.reps_inside(report.reps) == tuple(reps)
    assert any("3 reps" in sentence for sentence in report.summary)
    assert any("may not be part of the set" in sentence for sentence in report.summary)
