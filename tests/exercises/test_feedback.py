"""Sentences: worst first, earned praise, unseen is named, few words."""

from __future__ import annotations

import re

import pytest

from exercises import feedback
from exercises.load import catalogue, load
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Severity
from exercises.rules import verdict_of

HINGE = load("hip_hinge")
VALUES = {"rounding": 38.0, "knees_bent": 70.0, "too_shallow": 33.0, "too_fast": 0.5, "hips_not_back": 0.01}


def finding(rule: str, verdict: Verdict = Verdict.MET, **more: object) -> Finding:
    model = HINGE.rule(rule)
    value = VALUES.get(rule) if verdict is Verdict.BROKEN else None
    fields = {"value": value, "uncertainty": 6.0 if value and value > 1 else None, **more}
    return Finding.model_validate(
        {"rule": rule, "verdict": verdict, "severity": model.severity, "limit": model.bound.limit, **fields}
    )


def rep(index: int, *special: Finding) -> Rep:
    by_rule = {finding.rule: finding for finding in special}
    findings = tuple(by_rule.get(rule.id, finding(rule.id)) for rule in HINGE.rules)
    verdict = verdict_of(HINGE, findings)
    return Rep(index=index, start_s=0, bottom_s=1, leave_s=2, end_s=3, verdict=verdict, findings=findings,
               borderline=any(finding.borderline for finding in findings),
               sentence=feedback.sentence(HINGE, verdict, findings))


BROKEN, UNSEEN = Verdict.BROKEN, Verdict.UNSEEN
ROUNDED = finding("rounding", BROKEN)
HIDDEN = finding("rounding", UNSEEN, reason="you were turned 38\u00b0 from side-on")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ((37.6, "deg", 6.2), "about 38\u00b0, give or take 6"),
        ((0.63, "s", None), "about 0.6 s"),
        ((0.041, "ratio", None), "about 4 %"),
        ((-0.2, "deg", 0.1), "about 0\u00b0, give or take 1"),
    ],
)
def test_numbers(number: tuple[float, str, float | None], text: str) -> None:
    assert feedback.amount(*number) == text


def test_worst_fault_first_in_the_sentence() -> None:
    text = rep(1, finding("too_fast", BROKEN), finding("knees_bent", BROKEN), ROUNDED).sentence
    assert text.startswith("Your back rounded by about 38\u00b0, give or take 6: push your hips back")
    assert "You squatted" in rep(1, finding("too_fast", BROKEN), finding("knees_bent", BROKEN)).sentence


def test_praise_is_earned() -> None:
    assert rep(1).sentence == HINGE.praise
    watched = rep(1, finding("rounding", value=24.0, watched=True)).sentence
    assert watched.startswith("Good rep. Your back began to round, by about 24\u00b0")
    assert "about 0.5 s" in rep(1, finding("too_fast", BROKEN)).sentence
    close = rep(1, finding("rounding", value=38.0, uncertainty=5.0, watched=True, borderline=True)).sentence
    assert close.startswith("Too close to be sure (spinal curve about 38\u00b0, give or take 5; the limit is 40\u00b0)")
    assert HINGE.praise not in close


def test_unseen_names_the_reason_and_what_to_do() -> None:
    hidden = rep(1, HIDDEN, finding("knees_bent", BROKEN))
    assert hidden.verdict == "unseen"
    assert hidden.sentence == (
        f"This rep could not be judged: you were turned 38\u00b0 from side-on. {HINGE.unseen}"
    )


def test_summary() -> None:
    reps = [rep(1), rep(2), rep(3, ROUNDED), rep(4, finding("too_fast", BROKEN)), rep(5, ROUNDED), rep(6, HIDDEN)]
    assert feedback.summary(HINGE, reps) == (
        "3 of the 5 reps that could be judged kept the back neutral.",
        "In reps 3 and 5 the back rounded. Push your hips back, and stop where your back would have to give.",
        "Also, in rep 4 the way down was hurried. Take a slow second or two on the way down.",
        "Rep 6 could not be judged: you were turned 38\u00b0 from side-on.",
        HINGE.unseen,
    )
    assert feedback.summary(HINGE, [rep(1), rep(2)])[0] == "Both reps kept the back neutral."
    assert feedback.summary(HINGE, [rep(1, ROUNDED), rep(2, ROUNDED)])[:2] == (
        "None of the 2 reps kept the back neutral.",
        f"In every rep the back rounded. {HINGE.rule('rounding').advice}",
    )
    assert feedback.summary(HINGE, [rep(1), rep(2, ROUNDED), rep(3)])[0] == "2 of 3 reps kept the back neutral."
    assert feedback.summary(HINGE, [rep(1, HIDDEN), rep(2, HIDDEN)]) == (
        "None of the 2 reps could be judged.",
        "Reps 1 and 2 could not be judged: you were turned 38\u00b0 from side-on.",
        HINGE.unseen,
    )
    assert feedback.summary(HINGE, [rep(1)])[0] == "Your one rep kept the back neutral."
    close = finding("rounding", value=28.0, uncertainty=5.0, borderline=True)
    assert "Rep 2 was too close to the limit to be sure." in feedback.summary(HINGE, [rep(1), rep(2, close)])
    every = feedback.summary(HINGE, [rep(1, close), rep(2, close), rep(3, close)])
    assert every[0] == "All 3 reps are too close to the limit to call."
    assert not any("to be sure" in line for line in every)
    assert feedback.summary(HINGE, [])[0].startswith("No rep of the hip hinge was seen.")


def test_cue() -> None:
    assert feedback.cue(HINGE, rep(1).findings) is None
    assert feedback.cue(HINGE, rep(1, HIDDEN).findings) is None
    assert feedback.cue(HINGE, rep(1, finding("too_fast", BROKEN)).findings) == "Slower on the way down"
    near = finding("rounding", value=24.0, watched=True)
    assert feedback.cue(HINGE, rep(1, near, finding("too_fast", BROKEN)).findings) == "Keep your back long"
    squat = finding("knees_bent", BROKEN)
    assert feedback.cue(HINGE, rep(1, near, squat).findings) == "Less knee, more hip"
    assert feedback.cue(HINGE, rep(1, squat, ROUNDED).findings) == "Rounding: push your hips back"


def test_wording_of_the_catalogue() -> None:
    forbidden = re.compile(r"injur|diagnos|damage|hernia|slipped|dangerous|you will", re.IGNORECASE)
    for exercise in catalogue().values():
        for rule in exercise.rules:
            sentences = (rule.cue, rule.broken, rule.watched, rule.advice, rule.why, rule.tally)
            assert not any(forbidden.search(text) for text in sentences)
            assert rule.watched or rule.bound.watch is None, "a watch limit needs its sentence"
            assert rule.severity is Severity.FAULT or rule.verdict == "fault"
            assert not rule.tally.endswith(".")
            assert rule.advice.endswith(".")
