"""Reps and answers of the history -> minutes and days of practice against the dose, and pain. Pure functions.

The dose: practice on 3 to 4 days a week at least (articles A and E); stretching pays most up to about 4 minutes a
session and 10 minutes a week for each muscle (Ingram 2024).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from exercises.aftercare import care, follow_up
from exercises.load import ids, load
from exercises.safety import Answers, Weight
from hingecheck.history.records import AnswerRow, PracticeRow, RepRow
from hingecheck.progress.days import by_day, monday_of

DAYS = (3, 4)
#: What was done, rep by rep or a set at once.
Done = RepRow | PracticeRow
#: Exercises that stretch the hamstrings; minutes of other holds belong to other muscles.
HAMSTRINGS = frozenset({
    "standing_hamstring_stretch", "doorway_hamstring_stretch", "wall_hamstring_stretch", "towel_hamstring_stretch",
    "chair_hamstring_stretch", "seated_hamstring_stretch", "seated_floor_stretch"})


@dataclass(frozen=True)
class Practice:
    """One week.

    Attributes
    ----------
    monday : date
    left_min, right_min : float
        Minutes held in stretches of that side; a hold of both legs, or of one that could not be told, counts for both.
    target_min : float
        Minutes a week and side from which more returns little (`care().dose`).
    days : int
        Days on which anything was practised.
    target_days : tuple of int
        From how many days on it is enough: three to four.
    longest_day_min : float
        The longest day of one side; past `care().dose.session_min` in one go the return gets small.
    """

    monday: date
    left_min: float
    right_min: float
    target_min: float
    days: int
    target_days: tuple[int, int]
    longest_day_min: float


@dataclass(frozen=True)
class Pain:
    """What was answered after a set; `mind` = enough to stop or take the easier form, and to see a professional."""

    made_at: datetime
    exercise: str
    pain: int | None
    felt: tuple[str, ...]
    mind: bool


def week(reps: Sequence[Done], at: datetime, zone: tzinfo,
         stretches: Collection[str] = HAMSTRINGS) -> Practice:
    """Return the practice of the week in which a moment lies.

    Parameters
    ----------
    reps : sequence of PracticeRow or RepRow
        Of all exercises of one person (`queries.practice`); other weeks' are left out.
    at : datetime
        Any moment of the week; it must know its zone.
    zone : tzinfo
        The person's own.
    stretches : collection of str, optional
        Exercises whose holds count as minutes.
    """
    monday = monday_of(at.astimezone(zone).date())
    return _week(monday, _days_by_monday(reps, zone).get(monday, []), stretches)


def weeks(reps: Sequence[Done], zone: tzinfo, stretches: Collection[str] = HAMSTRINGS) -> tuple[Practice, ...]:
    """Return every week from the first rep to the last, also those without practice, oldest first."""
    if not reps:
        return ()
    by_week = _days_by_monday(reps, zone)
    first, last = min(by_week), max(by_week)
    mondays = (first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1))
    return tuple(_week(monday, by_week.get(monday, []), stretches) for monday in mondays)


def _days_by_monday(reps: Sequence[Done], zone: tzinfo) -> dict[date, list[list[Done]]]:
    weeks: dict[date, list[list[Done]]] = {}
    for day, done in by_day(reps, zone).items():
        weeks.setdefault(monday_of(day), []).append(done)
    return weeks


def _week(monday: date, days: Sequence[Sequence[Done]], stretches: Collection[str]) -> Practice:
    minutes = [_minutes(done, stretches) for done in days]
    left, right = sum(one[0] for one in minutes), sum(one[1] for one in minutes)
    longest = max(map(max, minutes), default=0.0)
    return Practice(monday, left, right, care().dose.week_min, len(days), DAYS, longest)


def pain(answers: Iterable[AnswerRow]) -> tuple[Pain, ...]:
    """Return the answers in their order, each with whether it is to be minded: what is told to stop after a set."""
    return tuple(Pain(one.made_at, one.exercise, one.pain, one.felt, _to_mind(one.exercise, one.pain, one.felt))
                 for one in answers)


@lru_cache(maxsize=1024)
def _to_mind(exercise: str, pain: int | None, felt: tuple[str, ...]) -> bool:
    told = follow_up(Answers(pain=pain, felt=felt), load(exercise) if exercise in ids() else None)
    return any(advice.weight is Weight.STOP for advice in told)


def _minutes(reps: Iterable[Done], stretches: Collection[str]) -> tuple[float, float]:
    left = right = 0.0
    for rep in reps:
        if rep.exercise in stretches and rep.held_s is not None:
            left += rep.held_s / 60 if rep.side != "right" else 0.0
            right += rep.held_s / 60 if rep.side != "left" else 0.0
    return left, right
