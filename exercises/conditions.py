"""Conditions of a rule, a track and a rep -> whether they are true, and whether that is within the measuring error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from exercises.measures import HOLD_MEASURES, REP_TIMES
from exercises.rep_values import RepValue, hold_value, part_window, rep_time, rep_value
from exercises.results import Span
from exercises.rule_model import Condition
from pose.quantity import Unmeasured
from pose.track import Track


@dataclass(frozen=True)
class ConditionResult:
    """Whether conditions are true, and whether the measuring error could change that."""

    holds: bool = True
    uncertain: bool = False


def check_conditions(conditions: Sequence[Condition], track: Track, span: Span,
                     during: str = "bottom") -> ConditionResult | Unmeasured:
    """Return whether all conditions are true in a rep; the first unmeasured one, unless another is surely false."""
    results = [_check(condition, track, part_window(span, during), span) for condition in conditions]
    measured = [result for result in results if isinstance(result, ConditionResult)]
    if any(not result.holds and not result.uncertain for result in measured):
        return ConditionResult(holds=False)
    unmeasured = [result for result in results if isinstance(result, Unmeasured)]
    if unmeasured:
        return unmeasured[0]
    return ConditionResult(all(result.holds for result in measured), any(result.uncertain for result in measured))


def margin_of(condition: Condition, track: Track, window: tuple[float, float],
              span: Span) -> tuple[float, float] | Unmeasured:
    """Return the margin of a value to its condition, negative where false, and the half-width of its 90 % band."""
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


def _check(condition: Condition, track: Track, window: tuple[float, float],
           span: Span) -> ConditionResult | Unmeasured:
    result = margin_of(condition, track, window, span)
    if isinstance(result, Unmeasured):
        return result
    margin, error = result
    return ConditionResult(holds=margin > 0, uncertain=abs(margin) < error)


def _value(measure: str, track: Track, window: tuple[float, float], span: Span) -> RepValue | Unmeasured:
    if measure in HOLD_MEASURES:
        return hold_value(measure, span)
    return rep_time(measure, span) if measure in REP_TIMES else rep_value(track, measure, window)
