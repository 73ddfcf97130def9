"""Synthetic sets with known numbers: raised-cosine hinges, for the tests of the reports."""

from __future__ import annotations

import numpy as np

from exercises.exercise_model import Exercise, Position, Signal
from exercises.reason_words import clause
from exercises.results import Angles, Finding, Rep, SetReport, Verdict
from exercises.rule_model import Bound, Rule, Severity
from pose.io.image_codec import encode_jpeg
from pose.reason import Reason, ReasonKind
from pose.track import Track

FPS = 30
HIP = {"N": 72.0, "R": 64.0}
SPINE = {"N": 8.0, "R": 42.0}
WHY_LATE = Reason.of(ReasonKind.TURNED, turned_deg=38)
LATE = clause(WHY_LATE)
#: The key image of a rep.
KEY_IMAGE = encode_jpeg(np.full((60, 80, 3), 90, np.uint8))

EXERCISE = Exercise(
    id="hip_hinge", name="Hip hinge", position=Position.STANDING, summary="Fold at the hips.",
    setup=("Stand side-on to the camera.", "Stand tall for two seconds first."),
    signal=Signal(quantity="hip_flexion_deg", enter=25), good="neutral", praise="Good.",
    tally="kept the back's curve", unseen="Film from the side.",
    rules=(
        Rule(id="rounding", measure="spine_flexion_deg", statistic="highest", bound=Bound(at_most=30, watch=20),
             verdict="rounded", decides=True, cue="Keep your back long",
             broken="Fold at the hips and stop where the back begins to round.",
             tally="the back rounded", advice="Stop earlier.",
             why="The back should keep its own curve.", source="B, D"),
        Rule(id="too_shallow", measure="hip_flexion_deg", bound=Bound(at_least=45), verdict="shallow",
             cue="Hips further back", broken="Go a little deeper.", tally="the fold was short", advice="Go deeper.",
             why="Short reps train little.", source="B"),
    ),
    cautions=("Stop if the back hurts.",), sources=("Other 2015: another", "B: an article"),
)


def _start(number: int) -> float:
    return 2.0 + 4.5 * number


def _bump(time_s: np.ndarray, start: float, top: float) -> np.ndarray:
    """Return a rise in 1.5 s, a hold of 0.8 s, a fall in 1.5 s."""
    knots = [start, start + 1.5, start + 2.3, start + 3.8]
    x = np.interp(time_s, knots, [0.0, 1.0, 1.0, 0.0])
    return top * (1 - np.cos(np.pi * x)) / 2


def track(kinds: str = "NNRNR", unseen: int | None = None) -> Track:
    """Build one bump per letter; the spine of rep `unseen` (from 1) is unmeasured."""
    time_s = np.arange(0, _start(len(kinds)) + 0.5, 1 / FPS)
    wobble = 0.6 * np.sin(time_s * 2.1)
    hip, spine = wobble.copy(), 0.7 * np.cos(time_s * 1.7)
    for number, kind in enumerate(kinds):
        hip += _bump(time_s, _start(number), HIP[kind])
        bump = _bump(time_s, _start(number), 1.0)
        spine += SPINE[kind] * (bump if kind == "N" else bump ** 3)
    knee = 5 + 0.15 * hip
    reasons = np.full(len(time_s), None, dtype=object)
    if unseen is not None:
        hidden = (time_s >= _start(unseen - 1) - 0.3) & (time_s <= _start(unseen - 1) + 3.9)
        spine[hidden] = np.nan
        reasons[hidden] = WHY_LATE
    return Track(time_s, {"hip_flexion_deg": hip, "spine_flexion_deg": spine, "knee_flexion_deg": knee,
                          "hips_back_ratio": hip / 400},
                 {"hip_flexion_deg": np.full(len(time_s), 4.5), "spine_flexion_deg": np.full(len(time_s), 6.0)},
                 {"spine_flexion_deg": reasons})


def _rounding(kind: str, unseen: bool, borderline: bool, spine: float | None, at_s: float) -> Finding:
    if unseen:
        return Finding(rule="rounding", verdict=Verdict.UNSEEN, limit=30, reason=LATE,
                       reason_kind=WHY_LATE.kind.value, reason_values=WHY_LATE.named, source="B, D")
    assert spine is not None
    broken = spine > 30
    return Finding(rule="rounding", verdict=Verdict.BROKEN if broken else Verdict.MET, value=spine, limit=30,
                   uncertainty=6.0, margin=30 - spine, borderline=borderline, watched=20 < spine <= 30, at_s=at_s,
                   message=EXERCISE.rules[0].broken if broken else "", source="B, D")


def rep(number: int, kind: str, unseen: bool = False, borderline: bool = False) -> Rep:
    """Build rep `number` (from 1) as the rules would judge it."""
    start = _start(number - 1)
    spine = None if unseen else 27.0 if borderline else SPINE[kind]
    findings = (_rounding(kind, unseen, borderline, spine, start + 1.9),
                Finding(rule="too_shallow", verdict=Verdict.MET, value=HIP[kind], limit=45, uncertainty=4.5,
                        margin=HIP[kind] - 45, at_s=start + 1.9, source="B"),
                Finding(rule="hips_not_back", verdict=Verdict.MET, severity=Severity.WATCH, value=0.18, limit=0.08,
                        unit="ratio", margin=0.1, source="D"))
    sentence = {"N": "Neutral hinge: the back kept its curve.", "R": EXERCISE.rules[0].broken}[kind]
    return Rep(index=number, start_s=start, bottom_s=start + 1.5, leave_s=start + 2.3, end_s=start + 3.8, hold_s=0.8,
               verdict="unseen" if unseen else {"N": "neutral", "R": "rounded"}[kind], borderline=borderline,
               hip_flexion_deg=HIP[kind], spine_flexion_deg=spine, knee_flexion_deg=16.0,
               uncertainty_deg=Angles(hip_flexion_deg=4.5, spine_flexion_deg=None if unseen else 6.0,
                                      knee_flexion_deg=5.0),
               findings=findings, sentence=f"Not judged: {LATE}." if unseen else sentence)


def report(kinds: str = "NNRNR", unseen: int | None = None, borderline: int | None = None,
           video: str = "hinge.mp4") -> SetReport:
    """Build a judged set; `unseen` and `borderline` are rep numbers from 1."""
    reps = tuple(rep(number, kind, number == unseen, number == borderline) for number, kind in enumerate(kinds, 1))
    return SetReport(video=video, exercise="hip_hinge", status="judged", fps=FPS, duration_s=_start(len(kinds)) + 0.5,
                     reps=reps, summary=("Your back kept its curve in three hinges and rounded in two.",
                                         "Stop the fold at about 58\u00b0 of the hips; below that your back does it."),
                     reasons=("The first second was left out: nobody in the picture.",))


def refused() -> SetReport:
    """Build the report of a clip that could not be judged."""
    return SetReport(video="turned.mp4", exercise="hip_hinge", status="refused", fps=FPS, duration_s=9.0,
                     reasons=("You are turned about 44\u00b0 from side-on; stand with one side to the camera.",))
