"""A hold filmed in slow motion has its real seconds, or is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exercises.load import load
from hingecheck import reasons
from hingecheck.analysis import slow_motion
from hingecheck.analysis.pipeline import DetectedFrame, measure_and_judge
from hingecheck.reasons import Place
from pose.reason import ReasonKind


def reps_of(recorded, name, exercise, times=1.0):
    """The reps of a recorded sample that plays so many times slower than it was filmed."""
    seen = [replace(one, time_s=one.time_s * times) for one in recorded(name)]
    *_, last = measure_and_judge(map(DetectedFrame, seen), load(exercise), "clip.mp4")
    return last.report.reps


@pytest.mark.parametrize(("name", "exercise"), [("hinge_neutral", "hip_hinge"), ("calf_raise", "calf_raise")])
def test_reps_that_take_too_long_are_asked_about(recorded, name, exercise):
    assert slow_motion.asked(reps_of(recorded, name, exercise)) is None
    question = slow_motion.asked(reps_of(recorded, name, exercise, 4.0))
    assert question.kind is ReasonKind.SLOW_MOTION_ASKED
    assert question.named["down_s"] == pytest.approx(4 * {"hinge_neutral": 1.6, "calf_raise": 1.2}[name], abs=1)


def test_the_question_names_no_option_on_a_page():
    question = slow_motion.Reason.of(ReasonKind.SLOW_MOTION_ASKED, down_s=12, up_s=8)
    assert "12 s down and 8 s up" in reasons.sentence(question, Place.PAGE)
    assert "--" not in reasons.sentence(question, Place.PAGE)
    assert "--speed 0.25" in reasons.sentence(question)


def test_a_slow_way_one_way_only_is_nobodys_question(recorded):
    """Slow down and quick up is training, not slow motion."""
    reps = tuple(rep.model_copy(update={"bottom_s": rep.bottom_s + 6, "leave_s": rep.leave_s + 6,
                                        "end_s": rep.end_s + 6})
                 for rep in reps_of(recorded, "hinge_neutral", "hip_hinge"))
    assert slow_motion.asked(reps) is None
