"""Findings and verdicts against sets whose truth is built: broken, met, unseen, borderline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exercises.load import load
from exercises.reason_words import clause
from exercises.rep_values import sustained_level
from exercises.results import Angles, Finding, Rep, Verdict
from exercises.rules import findings, judge_set
from exercises.segment import rep_under_way
from pose.arrays import FloatArray
from pose.reason import Reason, ReasonKind
from pose.track import Track
from tests.helpers.rep_truth import as_track, camera_times, eased, set_keys

HINGE = load("hip_hinge")
GOOD = {"hip": 75.0, "spine": 5.0, "knee": 12.0, "back": 0.18, "head": 0.0}


def filmed(reps: list[dict[str, float]], noise: float = 2.0, fps: float = 30.0, width: float | None = 5.0) -> Track:
    """Build the track of a set with these angles at the bottom of each rep; `down` = seconds on the way down."""
    rng = np.random.default_rng(7)
    full = [{**GOOD, "down": 1.6, "lean": 25.0 if rep.get("knee", 0) > 40 else 55.0, **rep} for rep in reps]

    def column(name: str, scale: float = 1.0, rest: float = 0.0) -> FloatArray:
        keys, _ = set_keys([(rep[name], rep["down"], 0.8, 1.4, 0.7, rest) for rep in full], rest=rest)
        clean = eased(times, keys)
        return clean + scale * rng.normal(0, noise, len(times))

    keys, _ = set_keys([(1.0, rep["down"], 0.8, 1.4, 0.7, 0.0) for rep in full])
    times = camera_times(rng, keys[-1][0], fps)
    columns = {
        "hip_flexion_deg": column("hip"),
        "spine_flexion_deg": column("spine"),
        "knee_flexion_deg": column("knee", rest=4.0),
        "hips_back_ratio": column("back", scale=0.003),
        "head_lift_deg": column("head"),
        "trunk_lean_deg": column("lean"),
    }
    columns["bend_deg"] = columns["hip_flexion_deg"] + 0.6 * columns["spine_flexion_deg"]
    names = ("hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg")
    widths = {} if width is None else {name: np.full(len(times), width) for name in names}
    return replace(as_track(times, **columns), uncertainty=widths)


def hidden(track: Track, name: str, start_s: float, end_s: float, reason: Reason) -> Track:
    rows = track.between(start_s, end_s)
    values = track.columns[name].copy()
    values[rows] = np.nan
    reasons = np.full(len(track), None, dtype=object)
    reasons[rows] = reason
    return replace(track, columns={**track.columns, name: values}, reasons={name: reasons})


def finding_of(rep: Rep, rule: str) -> Finding:
    return next(finding for finding in rep.findings if finding.rule == rule)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_verdicts(fps: float) -> None:
    both = {"spine": 55.0, "hip": 70.0, "knee": 70.0}
    set_: list[dict[str, float]] = [{}, {"spine": 52}, {"hip": 80, "knee": 75}, {"hip": 33, "spine": 8}, both]
    reps = judge_set(HINGE, filmed(set_, fps=fps))
    assert [rep.verdict for rep in reps] == ["neutral", "rounded", "squatted", "shallow", "rounded"]
    assert [rep.index for rep in reps] == [1, 2, 3, 4, 5]
    assert not any(rep.borderline for rep in reps)
    assert finding_of(reps[4], "knees_bent").verdict is Verdict.BROKEN, "the second fault is in the findings"


def test_numbers() -> None:
    (rep,) = judge_set(HINGE, filmed([{"spine": 42}]))
    assert rep.hip_flexion_deg == pytest.approx(75, abs=2)
    assert rep.spine_flexion_deg == pytest.approx(42, abs=2)
    assert rep.knee_flexion_deg == pytest.approx(12, abs=2)
    assert rep.leg_raise_deg is None
    assert rep.uncertainty_deg == Angles(hip_flexion_deg=5, spine_flexion_deg=5, knee_flexion_deg=5)
    assert rep.hold_s == pytest.approx(0.8, abs=0.2)
    rounding = finding_of(rep, "rounding")
    assert rounding.value is not None
    assert rounding.value == pytest.approx(42, abs=2.5)
    assert rounding.limit == 40
    assert rounding.margin == pytest.approx(40 - rounding.value)
    assert rounding.at_s is not None
    assert rep.bottom_s - 0.2 < rounding.at_s < rep.leave_s + 0.2
    assert f"about {rounding.value:.0f}\u00b0, give or take 5" in rounding.message


@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_a_short_peak_is_not_sustained(noise: float) -> None:
    rng = np.random.default_rng(0)
    times = np.arange(0, 6, 1 / 30)
    peak = np.where((times > 2) & (times < 2.15), 50.0, 10.0) + rng.normal(0, noise, len(times))
    held = np.where((times > 2) & (times < 2.6), 50.0, 10.0) + rng.normal(0, noise, len(times))
    assert sustained_level(times, peak, 0.3)[0] < 20  # type: ignore[index]
    level, at_s = sustained_level(times, held, 0.3)  # type: ignore[misc]
    assert level == pytest.approx(50, abs=4)
    assert at_s == pytest.approx(2.3, abs=0.2)
    gap = np.where((times > 2.1) & (times < 2.5), np.nan, held)
    assert sustained_level(times, gap, 0.3)[0] < 45  # type: ignore[index]


def test_borderline_only_where_the_verdict_could_flip() -> None:
    near, far, other = judge_set(HINGE, filmed([{"spine": 37.5}, {"spine": 28}, {"spine": 55, "hip": 47}]))
    assert near.verdict == "neutral"
    assert near.borderline
    assert finding_of(near, "rounding").borderline
    assert finding_of(near, "rounding").watched
    assert not far.borderline
    assert finding_of(other, "too_shallow").borderline
    assert not other.borderline, "rounded either way"
    assert not judge_set(HINGE, filmed([{"spine": 40}], width=None))[0].borderline


def test_deciding_rule_unseen_makes_the_rep_unseen_with_the_reason() -> None:
    track = filmed([{}, {}])
    first, _ = judge_set(HINGE, track)
    reason = Reason(ReasonKind.BACK_HIDDEN)
    first, second = judge_set(HINGE, hidden(track, "spine_flexion_deg", first.start_s, first.end_s, reason))
    assert (first.verdict, second.verdict) == ("unseen", "neutral")
    assert finding_of(first, "rounding").verdict is Verdict.UNSEEN
    assert finding_of(first, "rounding").why == reason
    assert finding_of(first, "rounding").reason == clause(reason)
    assert finding_of(first, "rounding").value is None
    assert first.spine_flexion_deg is None
    assert clause(reason) in first.sentence


def test_a_back_hidden_only_at_the_bottom_is_not_met() -> None:
    track = filmed([{"spine": 12}])
    (rep,) = judge_set(HINGE, track)
    gone = hidden(track, "spine_flexion_deg", rep.bottom_s, rep.leave_s, Reason.of(ReasonKind.CUT_OFF, parts=("hips",)))
    assert judge_set(HINGE, gone)[0].verdict == "unseen"


def test_a_rule_needs_most_of_its_frames() -> None:
    track = filmed([{}], noise=0.0)
    (rep,) = judge_set(HINGE, track)
    bottom = rep.leave_s - rep.bottom_s
    for share, verdict in ((0.25, Verdict.MET), (0.6, Verdict.UNSEEN)):
        part = hidden(track, "hip_flexion_deg", rep.bottom_s, rep.bottom_s + share * bottom,
                      Reason(ReasonKind.REP_INCOMPLETE))
        assert finding_of(judge_set(HINGE, part)[0], "too_shallow").verdict is verdict


def test_unseen_knees_do_not_matter_to_a_condition_that_fails() -> None:
    track = filmed([{"hip": 80, "knee": 75}])
    (rep,) = judge_set(HINGE, hidden(track, "hip_flexion_deg", 0, 100, Reason(ReasonKind.REP_INCOMPLETE)))
    assert finding_of(rep, "knees_bent").verdict is Verdict.UNSEEN, "a squat cannot be distinguished from a deep hinge"
    (rep,) = judge_set(HINGE, hidden(filmed([{}]), "hip_flexion_deg", 0, 100, Reason(ReasonKind.REP_INCOMPLETE)))
    assert finding_of(rep, "knees_bent").verdict is Verdict.MET, "straight knees are not a squat, whatever the hips do"


def test_a_deep_hinge_with_bent_knees_is_not_a_squat() -> None:
    (rep,) = judge_set(HINGE, filmed([{"hip": 100, "knee": 46}]))
    assert rep.verdict == "neutral"
    assert not finding_of(rep, "knees_bent").borderline
    (rep,) = judge_set(HINGE, filmed([{"hip": 62, "knee": 46}]))
    assert rep.borderline, "hips at 1.35 times the knees: either may be true"
    (rep,) = judge_set(HINGE, filmed([{"hip": 100, "knee": 95, "lean": 52}]))
    assert rep.verdict == "neutral", "the trunk tips as in a deadlift from the floor"


def test_watch_rules_never_decide() -> None:
    fast, stiff, head = judge_set(HINGE, filmed([{"down": 0.5}, {"back": 0.0}, {"head": 60}]))
    assert [finding_of(fast, "too_fast").verdict, finding_of(stiff, "hips_not_back").verdict] == [Verdict.BROKEN] * 2
    assert finding_of(head, "head_up").verdict is Verdict.BROKEN
    assert {rep.verdict for rep in (fast, stiff, head)} == {"neutral"}
    assert not any(rep.borderline for rep in (fast, stiff, head))


def test_missing_columns_are_unseen() -> None:
    track = filmed([{}])
    (rep,) = judge_set(HINGE, as_track(track.time_s, bend_deg=track.columns["bend_deg"]))
    assert rep.verdict == "unseen"
    assert finding_of(rep, "too_fast").verdict is Verdict.MET, "times need no back"
    with pytest.raises(KeyError):
        judge_set(HINGE, as_track(track.time_s))


def test_rounding_is_known_before_the_bottom() -> None:
    track = filmed([{"spine": 55, "hip": 60, "down": 2.0}])
    (rep,) = judge_set(HINGE, track)
    rows = track.between(0, rep.bottom_s - 0.1)
    early = Track(track.time_s[rows], {name: values[rows] for name, values in track.columns.items()})
    span = rep_under_way(early, HINGE.signal)
    assert span is not None
    early_findings = findings(HINGE, early, span, under_way=True)
    assert [finding.rule for finding in early_findings] == ["rounding"], "no rule that may still be met"
    assert early_findings[0].verdict is Verdict.BROKEN
