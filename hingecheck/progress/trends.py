"""Reps of the history -> what changed over weeks, and whether a change is real. Pure functions.

Two looks at the same person differ by some degrees without anything having changed. A change is called real only past
that: for a leg raise from 7 deg (its smallest detectable difference, see `exercises.sides`), for other angles where it
is larger than both uncertainties together, the root of the sum of their squares.

Weeks and days are the person's own: what counts them takes a time zone. Minutes, days and pain are in `practice`.
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
from hingecheck.history.records import RepRow
from hingecheck.progress.days import by_day, by_monday
from hingecheck.report.wording import look

LEG_RAISE, HIP = "leg_raise_deg", "hip_flexion_deg"
#: A raise in which one of these was broken says nothing about the hamstring: the knee or the pelvis gave instead.
SPOILS_A_RAISE = frozenset({"knee_bent", "other_leg_lifted"})
#: A break from an exercise that may have cost something.
PAUSE_DAYS = 7


@dataclass(frozen=True)
class Value:
    """A value and the half-width of its 90 % band, degrees; the band is None where it is not known."""

    value: float
    uncertainty: float | None = None


@dataclass(frozen=True)
class Change:
    """From one value to another: the difference, how large it must be to count, and whether it does.

    `needed` is None where it is not known; then nothing is real.
    """

    before: Value
    after: Value
    difference: float
    needed: float | None
    real: bool


@dataclass(frozen=True)
class Week:
    """One week of one exercise, and of one side where it has sides.

    Attributes
    ----------
    monday : date
    reps, judged : int
        All, and those that could be judged.
    good_share : float or None
        Good (or neutral) reps among the judged, 0 to 1, by the original verdicts.
    relabelled : int
        Reps on which a person gave another verdict; they do not change the share.
    best, typical : Value or None
        The largest value of the measure, and the median; None where no rep counts.
    onset : Value or None
        Median hip angle at which the back began to give.
    """

    monday: date
    reps: int
    judged: int
    good_share: float | None
    relabelled: int
    best: Value | None
    typical: Value | None
    onset: Value | None


@dataclass(frozen=True)
class Pause:
    """A break, and the typical values of the day before and the day after; `change` is None where one was not seen."""

    last: date
    again: date
    days: int
    change: Change | None


def measure_of(reps: Iterable[RepRow]) -> str:
    """Return what progress is measured by: the leg raise where the reps have one, else the hip angle."""
    return LEG_RAISE if any(rep.leg_raise_deg is not None for rep in reps) else HIP


def counting(reps: Iterable[RepRow], measure: str, side: Side | None = None) -> tuple[RepRow, ...]:
    """Return the reps whose value says how far a person gets.

    A leg raise with a straight knee and the other leg down; a hinge in which the back kept its curve.

    Parameters
    ----------
    reps : iterable of RepRow
        Of one exercise.
    measure : str
        `LEG_RAISE` or `HIP`.
    side : "left", "right" or None
        None = all.
    """
    found = [rep for rep in reps if side in (None, rep.side) and rep.verdict != UNSEEN
             and getattr(rep, measure) is not None]
    if measure == LEG_RAISE:
        return tuple(rep for rep in found if not SPOILS_A_RAISE & set(rep.rules_broken))
    return tuple(rep for rep in found if look(rep.verdict).tone == "good")


def best(reps: Iterable[RepRow], measure: str, side: Side | None = None) -> Value | None:
    """Return the largest value among the reps that count, with that rep's own uncertainty."""
    return _largest(_values(reps, measure, side))


def typical(reps: Iterable[RepRow], measure: str, side: Side | None = None) -> Value | None:
    """Return the median of the reps that count.

    Its uncertainty is the median one: what is wrong with a measurement is much the same in all reps of a set (camera,
    clothes, the fit), so many reps do not make it surer.
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
    needed = math.hypot(before.uncertainty, after.uncertainty)
    return Change(before, after, difference, needed, abs(difference) > needed)


def weekly(reps: Sequence[RepRow], measure: str, zone: tzinfo, side: Side | None = None) -> tuple[Week, ...]:
    """Return one entry a week in which the exercise was done, oldest first; weeks begin on Monday.

    Parameters
    ----------
    reps : sequence of RepRow
        Of one exercise (`queries.reps`).
    measure : str
        `measure_of(reps)`.
    zone : tzinfo
        The person's own.
    side : "left", "right" or None
        None = all.
    """
    weeks = by_monday([rep for rep in reps if side in (None, rep.side)], zone)
    return tuple(_week(monday, weeks[monday], measure) for monday in sorted(weeks))


def _week(monday: date, reps: list[RepRow], measure: str) -> Week:
    judged = [rep for rep in reps if rep.verdict != UNSEEN]
    good = sum(look(rep.verdict).tone == "good" for rep in judged)
    onsets = [Value(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)
              for rep in judged if rep.rounding_onset_deg is not None]
    values = _values(reps, measure, None)
    return Week(monday, len(reps), len(judged), good / len(judged) if judged else None,
                sum(rep.relabelled is not None for rep in reps), _largest(values), _middle(values), _middle(onsets))


def trend(weeks: Sequence[Week], measure: str) -> Change | None:
    """Compare the typical value of the first week that has one with that of the last; None with fewer than two."""
    values = [week.typical for week in weeks if week.typical is not None]
    return change(values[0], values[-1], measure) if len(values) > 1 else None


def sides_apart(reps: Sequence[RepRow], measure: str, since: datetime | None = None) -> Change | None:
    """Compare right (after) with left (before) by their typical values; None where one side was not seen.

    Give `since` to compare the last weeks only: old values of one side say nothing about today's difference.
    """
    recent = [rep for rep in reps if since is None or rep.made_at >= since]
    left, right = typical(recent, measure, "left"), typical(recent, measure, "right")
    return None if left is None or right is None else change(left, right, measure)


def pauses(reps: Sequence[RepRow], measure: str, zone: tzinfo, side: Side | None = None,
           least_days: int = PAUSE_DAYS) -> tuple[Pause, ...]:
    """Return the breaks of at least so many days and what they did, oldest first: "use it or lose it".

    Only a real change (`Pause.change.real`) may be spoken of as an effect.
    """
    days = by_day([rep for rep in reps if side in (None, rep.side)], zone)
    found = []
    order = sorted(days)
    for last, again in pairwise(order):
        if (again - last).days >= least_days:
            before, after = typical(days[last], measure), typical(days[again], measure)
            told = None if before is None or after is None else change(before, after, measure)
            found.append(Pause(last, again, (again - last).days, told))
    return tuple(found)


def _value(rep: RepRow, measure: str) -> Value | None:
    value = rep.leg_raise_deg if measure == LEG_RAISE else rep.hip_flexion_deg
    width = rep.leg_raise_uncertainty_deg if measure == LEG_RAISE else rep.hip_flexion_uncertainty_deg
    return None if value is None else Value(value, width)


def _values(reps: Iterable[RepRow], measure: str, side: Side | None) -> list[Value]:
    return [value for rep in counting(reps, measure, side) if (value := _value(rep, measure)) is not None]


def _largest(values: Iterable[Value]) -> Value | None:
    return max(values, key=lambda one: one.value, default=None)


def _middle(values: Sequence[Value]) -> Value | None:
    if not values:
        return None
    widths = [one.uncertainty for one in values if one.uncertainty is not None]
    return Value(median(one.value for one in values), median(widths) if widths else None)
