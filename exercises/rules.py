"""An Exercise, what was measured (Track) and where a rep lies (Span) -> what each rule says (Finding), and the Rep.

Three verdicts: met, broken, unseen. What was not seen is never counted as right or as wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf
from typing import Any

from exercises import feedback, sides
from exercises.exercise_model import Exercise
from exercises.hold_timing import clocked, joined
from exercises.measures import HOLD_MEASURES, REP_TIMES, unit_of
from exercises.onset import hip_share, rep_onset
from exercises.own_range import full_bend_of, share_of
from exercises.reason_words import clause
from exercises.rep_values import RepValue, of_hold, part_of, rep_time, rep_value
from exercises.results import Angles, Finding, Rep, Span, Verdict
from exercises.rule_model import Condition, Rule, Severity
from exercises.segment import segment
from pose.quantity import QUANTITIES, Unmeasured
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A verdict is borderline where it may be wrong in more than one case of ten: of a 90 % band, which leaves one in
#: twenty on either side, that is this share (normal quantiles, 1.28 / 1.64). Of 76 reps of real people labelled neutral
#: or rounded none was wrong and sure with it, nor with the limit taken from the other sources; borderline were 36 %
#: instead of 50.
_SURE_SHARE = 0.78

_NO_BOTTOM = Unmeasured(Reason(ReasonKind.BOTTOM_MISSING))


@dataclass(frozen=True)
class Applies:
    """Whether conditions hold, and whether that is within the measuring error."""

    holds: bool = True
    unsure: bool = False


def judge_set(exercise: Exercise, track: Track) -> tuple[Rep, ...]:
    """Find and judge every rep of a clip.

    Parameters
    ----------
    exercise : Exercise
    track : Track
        Should have a column for every quantity that the exercise names; a missing one makes its rules unseen.

    Returns
    -------
    tuple of Rep
        In order, `index` from 1.

    Raises
    ------
    KeyError
        The track has no column for the exercise's signal.
    """
    spans = joined(exercise, segment(track, exercise.signal))
    return tuple(judge_rep(exercise, track, span, index) for index, span in enumerate(spans, start=1))


def judge_rep(exercise: Exercise, track: Track, span: Span, index: int) -> Rep:
    """Judge one rep: its findings, its verdict, its angles at the bottom, its sentence."""
    span = clocked(exercise, track, span)
    found = findings(exercise, track, span)
    gap = sides.target_gap(exercise, track, span)
    verdict = verdict_of(exercise, found)
    every = {name: _at_bottom(track, name, span) for name in Angles.model_fields}
    seen = {name: got for name, got in every.items() if isinstance(got, RepValue)}
    angles = Angles(**{name: _rounded(got.value) for name, got in seen.items()})
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
        borderline=_could_flip(exercise, found, verdict),
        uncertainty_deg=Angles(**{name: _rounded(got.uncertainty) for name, got in seen.items()}),
        findings=found,
        sentence=" ".join(filter(None, (feedback.sentence(exercise, verdict, found),
                                        sides.toward_target(exercise, gap)))),
        **_reached(exercise, track, span),
        outside="",
        outside_kind="",
        word=exercise.good_word if verdict == exercise.good else "",
        **angles.model_dump(),
        **_own_scale(exercise, track, span, angles),
    )


def findings(exercise: Exercise, track: Track, span: Span, under_way: bool = False) -> tuple[Finding, ...]:
    """Ask every rule about one rep.

    Parameters
    ----------
    exercise : Exercise
    track : Track
    span : Span
    under_way : bool
        True for a rep that is not over (`segment.under_way`): only rules that can get nothing but worse are asked,
        such as the highest value of the rep, so that a cue can come while the person is still bending.
    """
    span = span if under_way else clocked(exercise, track, span)
    rules = [rule for rule in exercise.rules if not under_way or _only_gets_worse(rule)]
    return tuple(_finding(rule, track, span) for rule in rules)


def verdict_of(exercise: Exercise, found: Sequence[Finding]) -> str:
    """Return the rep's verdict.

    The exercise's rules are asked in their order, worst first: the first fault that is broken names the rep, and a
    deciding rule that was not seen before that makes it "unseen". So a back that surely rounded is "rounded" even if
    the knees were hidden, but never "squatted" or good while the back was hidden.
    """
    by_rule = {finding.rule: finding for finding in found}
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
    got, applies = _measured(rule, track, span), _conditions(rule, track, span)
    limits: dict[str, Any] = {
        "rule": rule.id,
        "severity": rule.severity,
        "unit": unit_of(rule.measure),
        "limit": rule.bound.limit,
        "source": rule.source,
    }
    if isinstance(got, RepValue):
        limits |= {
            "value": _rounded(got.value),
            "at_s": round(got.at_s, 3),
            "uncertainty": _rounded(got.uncertainty),
            "share_of_full_bend": share_of(got.value, rule.bound.full_bend),
        }
        finding = Finding(**limits, **_against_limits(rule, got, applies))
    else:
        finding = Finding(**limits, **_unseen(got))
    return finding.model_copy(update={"message": feedback.message(rule, finding)})


def _unseen(why: Unmeasured) -> dict[str, Any]:
    return {"verdict": Verdict.UNSEEN, "reason": clause(why.reason), "reason_kind": why.reason.kind.value,
            "reason_values": why.reason.named}


def _against_limits(rule: Rule, got: RepValue, applies: Applies | Unmeasured) -> dict[str, Any]:
    bound = rule.bound
    margin = bound.sign * (bound.limit - got.value)
    past_watch = bound.watch is not None and bound.sign * (bound.watch - got.value) < 0
    if isinstance(applies, Unmeasured):
        if margin < 0 or past_watch:
            return _unseen(applies)
        applies = Applies()  # whatever the condition would say, the rule is met
    near = got.uncertainty is not None and abs(margin) < _SURE_SHARE * hypot(got.uncertainty, bound.uncertainty)
    broken = margin < 0 and applies.holds
    return {
        "verdict": Verdict.BROKEN if broken else Verdict.MET,
        "watched": past_watch and applies.holds and not broken,
        "margin": _rounded(margin) if applies.holds else None,
        "borderline": (near or margin < 0) if applies.unsure else near and applies.holds,
    }


def _reached(exercise: Exercise, track: Track, span: Span) -> dict[str, float | None]:
    got = _at_bottom(track, exercise.signal.quantity, span)
    if isinstance(got, Unmeasured):
        return {}
    return {"reached": _rounded(got.value), "reached_uncertainty": _rounded(got.uncertainty)}


def _own_scale(exercise: Exercise, track: Track, span: Span, angles: Angles) -> dict[str, float | None]:
    """What a rep says about this person: where the back gives, how the bend is shared, how much of the own range."""
    onset = rep_onset(exercise, track, span)
    return {
        "rounding_onset_deg": _rounded(onset.value) if isinstance(onset, RepValue) else None,
        "rounding_onset_uncertainty_deg": _rounded(onset.uncertainty) if isinstance(onset, RepValue) else None,
        "hip_share": hip_share(angles.hip_flexion_deg, angles.spine_flexion_deg),
        "spine_share_of_full_bend": share_of(angles.spine_flexion_deg, full_bend_of(exercise)),
    }


def _measured(rule: Rule, track: Track, span: Span) -> RepValue | Unmeasured:
    if rule.measure in REP_TIMES:
        return rep_time(rule.measure, span, rule.bound.limit if rule.bound.sign < 0 else inf)
    if rule.measure in HOLD_MEASURES:
        return of_hold(rule.measure, span)
    got = rep_value(track, rule.measure, part_of(span, rule.during), rule.statistic, rule.for_s)
    if not isinstance(got, Unmeasured) and rule.during in ("rep", "deep") and rule.statistic != "median":
        # The extreme of a rep is where it is deepest: seen on the way but not there, only a crossing is certain.
        crossed = rule.bound.sign * (rule.bound.limit - got.value) < 0
        bottom = _at_bottom(track, rule.measure, span)
        if isinstance(bottom, Unmeasured) and not crossed:
            return bottom
    return got if rule.during != "bottom" or span.bottom_seen else _NO_BOTTOM


def _at_bottom(track: Track, measure: str, span: Span) -> RepValue | Unmeasured:
    return rep_value(track, measure, part_of(span, "bottom")) if span.bottom_seen else _NO_BOTTOM


def _conditions(rule: Rule, track: Track, span: Span) -> Applies | Unmeasured:
    return all_hold(rule.only_when, track, span, rule.during)


def all_hold(conditions: Sequence[Condition], track: Track, span: Span, during: str = "bottom") -> Applies | Unmeasured:
    """Whether all conditions hold in a rep; the first that cannot be seen, unless another surely fails."""
    results = [_condition(condition, track, part_of(span, during), span) for condition in conditions]
    seen = [result for result in results if isinstance(result, Applies)]
    if any(not result.holds and not result.unsure for result in seen):
        return Applies(holds=False)
    hidden = [result for result in results if isinstance(result, Unmeasured)]
    if hidden:
        return hidden[0]
    return Applies(all(result.holds for result in seen), any(result.unsure for result in seen))


def _condition(condition: Condition, track: Track, window: tuple[float, float], span: Span) -> Applies | Unmeasured:
    left = room(condition, track, window, span)
    if isinstance(left, Unmeasured):
        return left
    space, error = left
    return Applies(holds=space > 0, unsure=abs(space) < error)


def room(condition: Condition, track: Track, window: tuple[float, float],
         span: Span) -> tuple[float, float] | Unmeasured:
    """How far a value is on the right side of a condition, negative beyond it, and the half-width of its 90 % band."""
    value = _value(condition.measure, track, window, span)
    if isinstance(value, Unmeasured):
        return value
    error = value.uncertainty or 0.0
    if condition.of is not None and condition.below_times is not None:
        other = _value(condition.of, track, window, span)
        if isinstance(other, Unmeasured):
            return other
        return (condition.below_times * other.value - value.value,
                hypot(error, condition.below_times * (other.uncertainty or 0.0)))
    if condition.below is not None:
        return condition.below - value.value, error
    return value.value - (condition.above or 0.0), error


def _value(measure: str, track: Track, window: tuple[float, float], span: Span) -> RepValue | Unmeasured:
    if measure in HOLD_MEASURES:
        return of_hold(measure, span)
    return rep_time(measure, span) if measure in REP_TIMES else rep_value(track, measure, window)


def _hold_s(span: Span) -> float | None:
    if span.held is not None:
        return span.held.seconds
    return round(span.leave_s - span.bottom_s, 3) if span.whole else None


def _only_gets_worse(rule: Rule) -> bool:
    worst = "highest" if rule.bound.sign > 0 else "lowest"
    return rule.during in ("rep", "deep", "down") and rule.statistic == worst and rule.measure in QUANTITIES


def _could_flip(exercise: Exercise, found: Sequence[Finding], verdict: str) -> bool:
    """Whether a finding within its measuring error would change the rep's verdict if it came out the other way."""
    other = {Verdict.MET: Verdict.BROKEN, Verdict.BROKEN: Verdict.MET}
    for place, finding in enumerate(found):
        if finding.borderline and finding.verdict in other:
            flipped = finding.model_copy(update={"verdict": other[finding.verdict]})
            if verdict_of(exercise, [*found[:place], flipped, *found[place + 1 :]]) != verdict:
                return True
    return False


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
