"""A held stretch in the report: goal and limits in its curves, seconds held of seconds asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exercises.exercise_model import Exercise
from exercises.load import load
from exercises.prescribed_exercise import apply_prescription
from exercises.prescription import HoldChange, Prescription, TargetChange
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.report import rep_card
from hingecheck.report.charts import angle_chart
from pose.frames import Sighting

DOORWAY = load("doorway_hamstring_stretch")
PRESCRIPTION = apply_prescription(DOORWAY, Prescription(exercise=DOORWAY.id, target=TargetChange(at=75),
                                                        hold=HoldChange(at_least_s=20)))


@pytest.fixture(scope="module")
def judged(recorded: Callable[[str], tuple[Sighting, ...]]) -> SetAnalysis:
    """The left leg at 70 degrees with a bent knee, for twelve seconds."""
    *_, last = measure_and_judge(map(DetectedFrame, recorded("doorway_70_bent_knee")), DOORWAY, "clip")
    assert isinstance(last, SetAnalysis)
    return last


@pytest.mark.parametrize(("exercise", "goal"), [(DOORWAY, 90.0), (PRESCRIPTION, 75.0)])
def test_the_goal_is_a_line_in_the_curve_of_the_leg(judged: SetAnalysis, exercise: Exercise, goal: float) -> None:
    (limit,) = angle_chart.limits_of(exercise, "leg_raise_deg")
    assert (limit.value, limit.word, limit.kind) == (goal, f"goal {goal:g}\u00b0", "goal")
    assert judged.track is not None
    low, high = angle_chart.span_of([judged.track.columns["leg_raise_deg"]], [limit])
    assert low < goal < high
    chart = str(angle_chart.over_time(judged.track, "leg_raise_deg", judged.report.reps, [limit], angle_chart.WIDE))
    assert 'class="limit goal"' in chart
    assert f"goal {goal:g}\u00b0" in chart


def test_the_limit_of_the_raised_knee_is_in_the_curve_of_the_knee() -> None:
    assert [(limit.value, limit.word) for limit in angle_chart.limits_of(DOORWAY, "knee_flexion_deg")] == [
        (15.0, "limit 15\u00b0")]
    assert angle_chart.limits_of(load("hip_hinge"), "leg_raise_deg") == []


@pytest.mark.parametrize(("exercise", "asked"), [(DOORWAY, "30"), (PRESCRIPTION, "20")])
def test_a_card_says_how_long_of_how_long(judged: SetAnalysis, exercise: Exercise, asked: str) -> None:
    (rep,) = judged.report.reps
    assert rep.held is not None
    numbers = {number.label: number.text
               for number in rep_card.card_of(rep, judged.report, None, exercise, {}).numbers}
    assert numbers["Held"] == f"12.1 of {asked} s"
    assert rep.held.seconds == pytest.approx(12.1, abs=0.05)
    assert "Held" not in {number.label for number in rep_card.card_of(rep, judged.report, None, None, {}).numbers}
