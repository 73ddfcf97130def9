"""Exercise, Track and Span of a rep -> the Finding of every rule, and the Rep.

There are three verdicts: met, broken, unseen. What is unseen counts neither as right nor as wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, inf
from typing import Any

from exercises import feedback, sides
from exercises.conditions import ConditionResult, check_conditions
from exercises.exercise_model import Exercise
from exercises.hold_timing import join_interrupted, time_hold
from exercises.measures import HOLD_MEASURES, REP_TIMES, unit_of
from exercises.onset import hip_share, rep_onset
from exercises.personal_range import full_bend_of, share_of
from exercises.reason_words import clause
from exercises.rep_values import RepValue, hold_value, part_window, rep_time, rep_value
from exercises.results import Angles, Finding, Rep, Span, Verdict
from exercises.rule_model import Rule, Severity
from exercises.segment import segment
from pose.quantity import QUANTITIES, Unmeasured
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A verdict is borderline where it may be wrong in more than one case of ten: of a 90 % band, which leaves one in
#: twenty on either side, that is this share (normal quantiles, 1.28 / 1.64). Of 76 reps of real people labelled neutral
#: or rounded none was wrong and sure with it, nor with the limit set on the other sources; 36 % were borderline instead
#: of 50.
_SURE_SHARE = 0.78

_NO_BOTTOM = Unmeasured(Reason(ReasonKind.BOTTOM_MISSING))


def judge_set(exercise: Exercise, track: Track) -> tuple[Rep, ...]:
    """Segment and judge every rep of a clip.

    Parameters
    ----------
    exercise : Exercise
    track : Track
        With a column for every quantity of the exercise; the rules of a missing one are unseen.

    Returns
    -------
    tuple of Rep
        In order, `index` from 1.

    Raises
    ------
    KeyError
        The track has no column for the exercise's signal.
    """
    spans = join_interrupted(exercise, segment(track, exercise.signal))
    return tuple(judge_rep(exercise, track, span, index) for index, span in enumerate(spans, start=1))


def judge_rep(exercise: Exercise, track: Track, span: Span, index: int) -> Rep:
    """Judge one rep: its findings, its verdict, its angles at the bottom, its sentence."""
    span = time_hold(exercise, track, span)
    rule_findings = findings(exercise, track, span)
    gap = sides.target_gap(exercise, track, span)
    verdict = verdict_of(exercise, rule_findings)
    at_bottom = {name: _at_bottom(track, name, span) for name in Angles.model_fields}
    measured = {name: value for name, value in at_bottom.items() if isinstance(value, RepValue)}
    angles = Angles(**{name: _rounded(value.value) for name, value in measured.items()})
    return Rep(
        index=index,
        side=sides.side_of(exercise, track, span),
        start_s=round(span.start_s, 3),
        bottom_s=round(span.bottom_s, 3),
        leave_s=round(span.leave_s, 3),
        end_s=round(span.end_s, 3),
        hold_s=_hold_s(span),
        held=span.held,
        target_gap_deg=gap,
        whole=span.whole,
        verdict=verdict,
        borderline=_could_flip(exercise, rule_findings, verdict),
        uncertainty_deg=Angles(**{name: _rounded(value.uncertainty) for name, value in measured.items()}),
        findings=rule_findings,
        sentence=" ".join(filter(None, (feedback.sentence(exercise, verdict, rule_findings),
                                        sides.toward_target(exercise, gap)))),
        **_signal_at_bottom(exercise, track, span),
        outside="",
        outside_kind="",
        word=exercise.good_word if verdict == exercise.good else "",
        **angles.model_dump(),
        **_relative_to_person(exercise, track, span, angles),
    )


def findings(exercise: Exercise, track: Track, span: Span, under_way: bool = False) -> tuple[Finding, ...]:
    """Judge one rep by every rule.

    Parameters
    ----------
    exercise : Exercise
    track : Track
    span : Span
    under_way : bool
        True for a rep that is not over (`segment.rep_under_way`): only rules whose value can only get worse are judged,
        such as the highest value of the rep, so that a cue can come while the person is still bending.
    """
    span = span if under_way else time_hold(exercise, track, span)
    rules = [rule for rule in exercise.rules if not under_way or _can_only_worsen(rule)]
    return tuple(_finding(rule, track, span) for rule in rules)


def verdict_of(exercise: Exercise, findings: Sequence[Finding]) -> str:
    """Return the verdict of a rep.

    The rules are evaluated in their order, worst first: the first broken fault names the verdict, and a deciding rule
    that is unseen before that makes it "unseen". So a back that surely rounded is "rounded" even if the knees were
    hidden, but a rep is never "squatted" or good while the back was hidden.
    """
    by_rule = {finding.rule: finding for finding in findings}
    for rule in exercise.rules:
        finding = by_rule.get(rule.id)
        if finding is None:
            continue
        if rule.severity is Severity.FAULT and finding.verdict is Verdict.BROKEN:
            return rule.verdict
        if rule.decides and finding.verdict is Verdict.UNSEEN:
            return feedback.UNSEEN
    return exercise.good


def _finding(rule: Rule, track: Track, span: Span) -> Finding:
    value = _rule_value(rule, track, span)
    applies = check_conditions(rule.only_when, track, span, rule.during)
    fields: dict[str, Any] = {
        "rule": rule.id,
        "measure": rule.measure,
        "severity": rule.severity,
        "unit": unit_of(rule.measure),
        "limit": rule.bound.limit,
        "source": rule.source,
    }
    if isinstance(value, RepValue):
        fields |= {
            "value": _rounded(value.value),
            "at_s": round(value.at_s, 3),
            "uncertainty": _rounded(value.uncertainty),
            "share_of_full_bend": share_of(value.value, rule.bound.full_bend),
        }
        finding = Finding(**fields, **_against_limits(rule, value, applies))
    else:
        finding = Finding(**fields, **_unseen(value))
    return finding.model_copy(update={"message": feedback.message(rule, finding)})


def _unseen(value: Unmeasured) -> dict[str, Any]:
    return {"verdict": Verdict.UNSEEN, "reason": clause(value.reason), "reason_kind": value.reason.kind.value,
            "reason_values": value.reason.named}


def _against_limits(rule: Rule, value: RepValue, applies: ConditionResult | Unmeasured) -> dict[str, Any]:
    bound = rule.bound
    margin = bound.sign * (bound.limit - value.value)
    past_watch = bound.watch is not None and bound.sign * (bound.watch - value.value) < 0
    if isinstance(applies, Unmeasured):
        if margin < 0 or past_watch:
            return _unseen(applies)
        applies = ConditionResult()  # the rule is met, whether the condition is true or not
    near = value.uncertainty is not None and abs(margin) < _SURE_SHARE * hypot(value.uncertainty, bound.uncertainty)
    broken = margin < 0 and applies.holds
    return {
        "verdict": Verdict.BROKEN if broken else Verdict.MET,
        "watched": past_watch and applies.holds and not broken,
        "margin": _rounded(margin) if applies.holds else None,
        "borderline": (near or margin < 0) if applies.uncertain else near and applies.holds,
    }


def _signal_at_bottom(exercise: Exercise, track: Track, span: Span) -> dict[str, float | None]:
    value = _at_bottom(track, exercise.signal.quantity, span)
    if isinstance(value, Unmeasured):
        return {}
    return {"reached": _rounded(value.value), "reached_uncertainty": _rounded(value.uncertainty)}


def _relative_to_person(exercise: Exercise, track: Track, span: Span, angles: Angles) -> dict[str, float | None]:
    """Return rounding onset, the hips' share of the bend, and the share of the person's full bend."""
    onset = rep_onset(exercise, track, span)
    return {
        "rounding_onset_deg": _rounded(onset.value) if isinstance(onset, RepValue) else None,
        "rounding_onset_uncertainty_deg": _rounded(onset.uncertainty) if isinstance(onset, RepValue) else None,
        "hip_share": hip_share(angles.hip_flexion_deg, angles.spine_flexion_deg),
        "spine_share_of_full_bend": share_of(angles.spine_flexion_deg, full_bend_of(exercise)),
    }


def _rule_value(rule: Rule, track: Track, span: Span) -> RepValue | Unmeasured:
    if rule.measure in REP_TIMES:
        return rep_time(rule.measure, span, rule.bound.limit if rule.bound.sign < 0 else inf)
    if rule.measure in HOLD_MEASURES:
        return hold_value(rule.measure, span)
    value = rep_value(track, rule.measure, part_window(span, rule.during), rule.statistic, rule.for_s)
    if not isinstance(value, Unmeasured) and rule.during in ("rep", "deep") and rule.statistic != "median":
        # The extreme of a rep is at its deepest point: where that is hidden, only a value past the limit is certain.
        past_limit = rule.bound.sign * (rule.bound.limit - value.value) < 0
        bottom = _at_bottom(track, rule.measure, span)
        if isinstance(bottom, Unmeasured) and not past_limit:
            return bottom
    return value if rule.during != "bottom" or span.bottom_seen else _NO_BOTTOM


def _at_bottom(track: Track, measure: str, span: Span) -> RepValue | Unmeasured:
    return rep_value(track, measure, part_window(span, "bottom")) if span.bottom_seen else _NO_BOTTOM


def _hold_s(span: Span) -> float | None:
    if span.held is not None:
        return span.held.seconds
    return round(span.leave_s - span.bottom_s, 3) if span.whole else None


def _can_only_worsen(rule: Rule) -> bool:
    worst = "highest" if rule.bound.sign > 0 else "lowest"
    return rule.during in ("rep", "deep", "down") and rule.statistic == worst and rule.measure in QUANTITIES


def _could_flip(exercise: Exercise, findings: Sequence[Finding], verdict: str) -> bool:
    """Return whether the opposite of a finding within its measuring error would change the verdict of the rep."""
    other = {Verdict.MET: Verdict.BROKEN, Verdict.BROKEN: Verdict.MET}
    for position, finding in enumerate(findings):
        if finding.borderline and finding.verdict in other:
            flipped = finding.model_copy(update={"verdict": other[finding.verdict]})
            if verdict_of(exercise, [*findings[:position], flipped, *findings[position + 1 :]]) != verdict:
                return True
    return False


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
