"""Compute how a person's reps change over weeks, and whether a change is real.

Two measurements of the same person differ by some degrees although nothing has changed. A change is real only above
that: for a leg raise from 7 degrees on (its smallest detectable difference, see `exercises.sides`), for other angles
above the root of the sum of both squared uncertainties.

Weeks and days depend on the person's time zone. Minutes, days of practice and pain are in `practice`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import pairwise
from statistics import median

from exercises.feedback import UNSEEN
from exercises.hold_model import Side
from exercises.sides import REAL_DEG
from hingecheck.history.records import RepRecord
from hingecheck.progress.days import by_day, by_monday
from hingecheck.report.verdict_words import look

LEG_RAISE, HIP = "leg_raise_deg", "hip_flexion_deg"
#: With one of these rules broken, a leg raise does not measure the hamstring: knee or pelvis moved instead.
_INVALID_RAISE = frozenset({"knee_bent", "other_leg_lifted"})
#: Shortest break from an exercise that is reported.
PAUSE_DAYS = 7


@dataclass(frozen=True)
class Value:
    """A value and the half-width of its 90 % band in degrees; None where the band is unknown."""

    value: float
    uncertainty: float | None = None


@dataclass(frozen=True)
class Change:
    """The change from one value to another; `real` where it is too large for a measurement error.

    `threshold` is the smallest real difference; where it is unknown (None), no change is real.
    """

    before: Value
    after: Value
    difference: float
    threshold: float | None
    real: bool


@dataclass(frozen=True)
class Week:
    """One week of one exercise, and of one side where it has sides.

    Attributes
    ----------
    monday : date
    reps, judged : int
        All reps, and those that could be judged.
    good_share : float or None
        Good (or neutral) reps among the judged ones, 0 to 1, by the original verdicts.
    relabels : int
        Reps that a person relabelled; they do not change the share.
    best, typical : Value or None
        The largest value of the measure, and the median; None where no rep is valid.
    onset : Value or None
        Median hip angle at the rounding onset.
    """

    monday: date
    reps: int
    judged: int
    good_share: float | None
    relabels: int
    best: Value | None
    typical: Value | None
    onset: Value | None


@dataclass(frozen=True)
class Pause:
    """A break, and the change of the typical value over it; `change` is None where one of the two is unmeasured."""

    last_day: date
    first_day_back: date
    days: int
    change: Change | None


def measure_of(reps: Iterable[RepRecord]) -> str:
    """Return the measure of progress: the leg raise where the reps have one, else the hip flexion."""
    return LEG_RAISE if any(rep.leg_raise_deg is not None for rep in reps) else HIP


def valid_reps(reps: Iterable[RepRecord], measure: str, side: Side | None = None) -> tuple[RepRecord, ...]:
    """Return the reps whose value measures how far the person gets.

    Those are leg raises with a straight knee and the other leg down, and hinges in which the back did not round.

    Parameters
    ----------
    reps : iterable of RepRecord
        Reps of one exercise.
    measure : str
        `LEG_RAISE` or `HIP`.
    side : "left", "right" or None
        None = all.
    """
    measured = [rep for rep in reps if side in (None, rep.side) and rep.verdict != UNSEEN
                and getattr(rep, measure) is not None]
    if measure == LEG_RAISE:
        return tuple(rep for rep in measured if not _INVALID_RAISE & set(rep.rules_broken))
    return tuple(rep for rep in measured if look(rep.verdict).tone == "good")


def best(reps: Iterable[RepRecord], measure: str, side: Side | None = None) -> Value | None:
    """Return the largest value among the valid reps, with the uncertainty of that rep."""
    return _largest(_values(reps, measure, side))


def typical(reps: Iterable[RepRecord], measure: str, side: Side | None = None) -> Value | None:
    """Return the median of the valid reps.

    Its uncertainty is the median uncertainty: the errors of a set's reps have common causes (camera, clothes, fit), so
    more reps do not reduce it.
    """
    return _middle(_values(reps, measure, side))


def change(before: Value, after: Value, measure: str) -> Change:
    """Compare two values of a measure.

    Examples
    --------
    >>> change(Value(61, 5), Value(69, 5), "leg_raise_deg").real
    True
    >>> change(Value(61, 6), Value(69, 6), "hip_flexion_deg").real
    False
    """
    difference = after.value - before.value
    if measure == LEG_RAISE:
        return Change(before, after, difference, REAL_DEG, abs(difference) >= REAL_DEG)
    if before.uncertainty is None or after.uncertainty is None:
        return Change(before, after, difference, None, False)
    threshold = math.hypot(before.uncertainty, after.uncertainty)
    return Change(before, after, difference, threshold, abs(difference) > threshold)


def weekly(reps: Sequence[RepRecord], measure: str, zone: tzinfo, side: Side | None = None) -> tuple[Week, ...]:
    """Return one entry per week with reps, oldest first; weeks begin on Monday.

    Parameters
    ----------
    reps : sequence of RepRecord
        Reps of one exercise (`queries.reps`).
    measure : str
        `measure_of(reps)`.
    zone : tzinfo
        The person's time zone.
    side : "left", "right" or None
        None = all.
    """
    weeks = by_monday([rep for rep in reps if side in (None, rep.side)], zone)
    return tuple(_week(monday, weeks[monday], measure) for monday in sorted(weeks))


def _week(monday: date, reps: list[RepRecord], measure: str) -> Week:
    judged_reps = [rep for rep in reps if rep.verdict != UNSEEN]
    good = sum(look(rep.verdict).tone == "good" for rep in judged_reps)
    onsets = [Value(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)
              for rep in judged_reps if rep.rounding_onset_deg is not None]
    values = _values(reps, measure, None)
    return Week(monday, len(reps), len(judged_reps), good / len(judged_reps) if judged_reps else None,
                sum(rep.relabel is not None for rep in reps), _largest(values), _middle(values), _middle(onsets))


def trend(weeks: Sequence[Week], measure: str) -> Change | None:
    """Compare the typical values of the first and the last week that have one; None with fewer than two."""
    values = [week.typical for week in weeks if week.typical is not None]
    return change(values[0], values[-1], measure) if len(values) > 1 else None


def side_difference(reps: Sequence[RepRecord], measure: str, since: datetime | None = None) -> Change | None:
    """Compare the typical values of left (before) and right (after); None where one side is unmeasured.

    `since` limits the comparison to the last weeks: old values of one side say nothing about today's difference.
    """
    recent = [rep for rep in reps if since is None or rep.made_at >= since]
    left, right = typical(recent, measure, "left"), typical(recent, measure, "right")
    return None if left is None or right is None else change(left, right, measure)


def pauses(reps: Sequence[RepRecord], measure: str, zone: tzinfo, side: Side | None = None,
           least_days: int = PAUSE_DAYS) -> tuple[Pause, ...]:
    """Return the breaks of at least `least_days` days and the change over each, oldest first.

    Only a real change (`Pause.change.real`) may be reported as an effect.
    """
    days = by_day([rep for rep in reps if side in (None, rep.side)], zone)
    breaks = []
    for last, first in pairwise(sorted(days)):
        if (first - last).days >= least_days:
            before, after = typical(days[last], measure), typical(days[first], measure)
            effect = None if before is None or after is None else change(before, after, measure)
            breaks.append(Pause(last, first, (first - last).days, effect))
    return tuple(breaks)


def _value(rep: RepRecord, measure: str) -> Value | None:
    value = rep.leg_raise_deg if measure == LEG_RAISE else rep.hip_flexion_deg
    width = rep.leg_raise_uncertainty_deg if measure == LEG_RAISE else rep.hip_flexion_uncertainty_deg
    return None if value is None else Value(value, width)


def _values(reps: Iterable[RepRecord], measure: str, side: Side | None) -> list[Value]:
    return [value for rep in valid_reps(reps, measure, side) if (value := _value(rep, measure)) is not None]


def _largest(values: Iterable[Value]) -> Value | None:
    return max(values, key=lambda value: value.value, default=None)


def _middle(values: Sequence[Value]) -> Value | None:
    if not values:
        return None
    widths = [value.uncertainty for value in values if value.uncertainty is not None]
    return Value(median(value.value for value in values), median(widths) if widths else None)
