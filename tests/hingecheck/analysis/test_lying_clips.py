"""The lying samples from end to end, from recorded poses: angles, side, seconds held, faults, words and pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from exercises.load import load
from exercises.results import Verdict
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.overlay.marks import Marker
from hingecheck.report import html_report
from pose.drawing.overlay import draw
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf, TruthOf

CLIPS = {name: load(name.split("_")[0] + "_hamstring_stretch")
         for name in ("doorway_90", "doorway_70_bent_knee", "doorway_other_leg_lifts", "towel_80")}


def judged(sightings: tuple[Sighting, ...], name: str, exercise: str = "") -> SetAnalysis:
    chosen = load(exercise) if exercise else CLIPS[name]
    *_, last = measure_and_judge(map(DetectedFrame, sightings), chosen, f"{name}.mp4")
    assert isinstance(last, SetAnalysis)
    return last


def at_bottom(truth: dict[str, Any], name: str) -> float:
    values, rep = truth["angles"][name], truth["reps"][0]
    middle = round((rep["bottom"] + rep["leave"]) / 2 * truth["fps"])
    return float(values[middle] if isinstance(values, list) else values)


@pytest.mark.parametrize("name", CLIPS)
def test_against_the_truth(recorded: SightingsOf, truth: TruthOf, name: str) -> None:
    result, known = judged(recorded(name), name), truth(name)
    (rep,), (true,) = result.report.reps, known["reps"]
    assert result.report.status == "judged"
    assert rep.side == true["side"]
    assert rep.bottom_s == pytest.approx(true["bottom"], abs=0.3)
    assert rep.hold_s == pytest.approx(true["leave"] - true["bottom"], abs=0.5)
    assert rep.leg_raise_deg == pytest.approx(at_bottom(known, "hip_flexion_deg"), abs=4)
    assert rep.knee_flexion_deg == pytest.approx(at_bottom(known, "knee_flexion_deg"), abs=5)
    broken = [finding.rule for finding in rep.findings if finding.verdict is Verdict.BROKEN]
    assert sorted(broken) == sorted(true["faults"])
    assert not [finding.rule for finding in rep.findings if finding.verdict is Verdict.UNSEEN]
    assert rep.verdict == ("fault" if true["faults"] else "good")
    assert (rep.hip_flexion_deg, rep.spine_flexion_deg) == (None, None), "no hinge while lying"


def test_words_about_the_sides(recorded: SightingsOf) -> None:
    report = judged(recorded("doorway_90"), "doorway_90").report
    assert report.side_skipped == "right"
    assert [(side.side, side.reps) for side in report.sides] == [("left", 1)]
    assert any("switch sides" in sentence for sentence in report.summary)
    assert report.reps[0].target_gap_deg == pytest.approx(0, abs=4)


def test_the_wrong_exercise_is_refused_with_the_position(recorded: SightingsOf) -> None:
    lying = judged(recorded("doorway_90"), "doorway_90", "hip_hinge").report
    assert lying.status == "refused"
    assert "you were seen lying on the back, and Hip hinge is done standing" in lying.reasons[0]
    standing = judged(recorded("hinge_neutral"), "hinge_neutral", "doorway_hamstring_stretch").report
    assert standing.status == "refused"
    assert "lying on the back" in standing.reasons[0]


def test_both_legs_up_has_no_side(recorded: SightingsOf) -> None:
    track = judged(recorded("wall_both_legs"), "wall_both_legs", "doorway_hamstring_stretch").track
    held = track.between(6, 17)
    assert np.median(track.columns["leg_raise_deg"][held]) == pytest.approx(88, abs=8)
    assert track.notes, "never seen flat"


def test_pictures_show_the_leg_and_no_back(recorded: SightingsOf) -> None:
    name = "doorway_70_bent_knee"
    result = judged(recorded(name), name)
    marker = Marker(CLIPS[name], result.report, result.track, result.rows, result.neutral)
    up, flat = (marker(next(row.index for row in result.rows if row.time_s >= time_s)) for time_s in (10.0, 0.5))
    assert up.back_px is None
    assert dict(up.values)["leg"] == pytest.approx(70, abs=4)
    assert up.line_text == f"leg {dict(up.values)['leg']:.0f}\u00b0"
    assert up.line_px is not None
    assert up.line_px[2, 1] < up.line_px[0, 1], "the ankle is above the hip"
    assert flat.line_px is None
    blank = np.zeros((480, 640, 3), np.uint8)
    assert draw(blank, up).any()
    assert draw(blank, marker.scaled(result.rows[0].index, 0.5), captions=False).any()


def test_the_page_has_the_leg_and_misses_no_spine(recorded: SightingsOf) -> None:
    name = "doorway_90"
    result = judged(recorded(name), name)
    page = html_report.render(result.report, result.track, CLIPS[name])
    assert "Leg raise" in page
    assert "<title>Not seen" not in page, "no hatched bar for a spine that nobody asked about"
