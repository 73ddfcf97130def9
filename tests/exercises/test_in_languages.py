"""What is said about a set in another language: numbers, what was saved in a third one, nothing compared as text."""

from __future__ import annotations

import pytest

from exercises import aftercare, feedback
from exercises.load import catalogue, load
from exercises.measures import with_unit
from exercises.reason_words import clause
from exercises.results import Finding, Rep, SetReport, Verdict
from exercises.safety import Answers
from language.current import LANGUAGES, use
from language.words import small, small_start
from pose.quantity import Quantity
from pose.reason import Reason, ReasonKind

HINGE, TOWEL = load("hip_hinge"), load("towel_hamstring_stretch")


def unseen(reason: str, **more: object) -> Rep:
    finding = Finding.model_validate({"rule": "rounding", "verdict": Verdict.UNSEEN, "reason": reason, **more})
    return Rep(index=1, start_s=0, bottom_s=1, leave_s=2, end_s=3, verdict="unseen", findings=(finding,))


def test_numbers_are_written_as_the_language_does() -> None:
    with use("de"):
        assert "0,6 s" in feedback.amount(0.63, "s")
        assert with_unit(1.5, "s") == "1,5 s"
        assert "4,5 s" in clause(Reason.of(ReasonKind.SLOW_MOTION_ASKED, down_s=4.5, up_s=3.0))
        assert "12,5 s" in clause(Reason.of(ReasonKind.VIDEO_BREAKS_OFF, length_s=20.0, last_s=12.5))


def test_a_label_is_in_the_current_language_however_it_is_asked_for() -> None:
    quantity = Quantity("calf_deg", "deg", "Calf raise", "Calf raise", 0, 90)
    assert (quantity.label, quantity.meaning) == ("Calf raise", "Calf raise")
    with use("de"):
        assert (quantity.label, quantity.meaning) == ("Wadenheben", "Wadenheben")


def test_german_keeps_the_capitals_of_nouns_inside_a_sentence() -> None:
    with use("de"):
        assert (small("Wadenheben"), small_start("Rumpf bewegt.")) == ("Wadenheben", "Rumpf bewegt.")
    with use("fr"):
        assert (small("Charni\u00e8re"), small_start("Bien.")) == ("charni\u00e8re", "bien.")


def test_a_reason_is_said_anew_where_its_kind_is_saved() -> None:
    saved = unseen("zu 55\u00b0 gedreht", reason_kind="turned", reason_values={"turned_deg": 55})
    assert "turned about 55\u00b0 from side-on" in feedback.summary(HINGE, [saved])[1]
    assert "in an older file" in feedback.summary(HINGE, [unseen("in an older file")])[1]


@pytest.mark.parametrize("kept", [("Wechsle die Seite.",), ()])
def test_after_a_stop_the_other_side_is_not_asked_for_in_whatever_language(kept: tuple[str, ...]) -> None:
    rep = Rep(index=1, side="left", start_s=0, bottom_s=1, leave_s=2, end_s=3, verdict="good")
    old = ("Only the left side was done here: switch sides, and do the right one as well.",)
    report = SetReport(video="v", exercise=TOWEL.id, status="judged", reps=(rep,), side_skipped="right",
                       summary=("Gut.", *(kept or old)), side_sentences=kept)
    with use("de"):
        assert aftercare.with_answers(report, TOWEL, Answers(pain=8)).summary == ("Gut.",)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_of_every_exercise_can_be_filled(code: str) -> None:
    with use(code):
        for exercise in catalogue().values():
            for rule in exercise.rules:
                finding = Finding(rule=rule.id, verdict=Verdict.BROKEN, severity=rule.severity, value=12.5)
                watched = finding.model_copy(update={"verdict": Verdict.MET, "watched": True})
                for text in (feedback.message(rule, finding), feedback.message(rule, watched)):
                    assert "{" not in text
                rep = Rep(index=1, start_s=0, bottom_s=1, leave_s=2, end_s=3, verdict=rule.verdict, findings=(finding,))
                assert "{" not in " ".join(feedback.summary(exercise, [rep]))
