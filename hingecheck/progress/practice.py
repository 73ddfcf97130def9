"""Compute minutes and days of practice against the recommended dose, and warnings about pain.

The dose: practice on 3 to 4 days a week at least (articles A and E); stretching pays most up to about 4 minutes a
session and 10 minutes a week for each muscle (Ingram 2024).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from exercises.aftercare import care, follow_up
from exercises.load import catalogue_ids, load
from exercises.safety import Answers, Weight
from hingecheck.history.records import PracticeRecord, RepRecord, SetAnswers
from hingecheck.progress.days import by_day, monday_of

DAYS = (3, 4)
#: Practice of the history, per rep or per set and side.
PracticeEntry = RepRecord | PracticeRecord
#: Exercises that stretch the hamstrings; holds in other exercises stretch other muscles.
HAMSTRINGS = frozenset({
    "standing_hamstring_stretch", "doorway_hamstring_stretch", "wall_hamstring_stretch", "towel_hamstring_stretch",
    "chair_hamstring_stretch", "seated_hamstring_stretch", "seated_floor_stretch"})


@dataclass(frozen=True)
class Practice:
    """The practice of one week.

    Attributes
    ----------
    monday : date
    left_min, right_min : float
        Minutes of holds on that side; a hold of both legs, or of a leg that was not detected, counts for both.
    target_min : float
        Minutes per week and side beyond which more stretching adds little (`care().dose`).
    days : int
        Days with any practice.
    target_days : tuple of int
        Recommended number of days: three to four.
    longest_day_min : float
        Most minutes on one day and side; beyond `care().dose.session_min` in one session more adds little.
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
    """The answers after a set; `stop`: they call for stopping or the easier form, and for seeing a professional."""

    made_at: datetime
    exercise: str
    pain: int | None
    felt: tuple[str, ...]
    stop: bool


def week(reps: Sequence[PracticeEntry], at: datetime, zone: tzinfo,
         stretches: Collection[str] = HAMSTRINGS) -> Practice:
    """Return the practice of the week that contains a time.

    Parameters
    ----------
    reps : sequence of PracticeRecord or RepRecord
        All exercises of one person (`queries.practice`), of any weeks.
    at : datetime
        Any time in the week, with its time zone.
    zone : tzinfo
        The person's time zone.
    stretches : collection of str, optional
        Exercises whose holds count as minutes.
    """
    monday = monday_of(at.astimezone(zone).date())
    return _week(monday, _days_by_monday(reps, zone).get(monday, []), stretches)


def weeks(reps: Sequence[PracticeEntry], zone: tzinfo, stretches: Collection[str] = HAMSTRINGS) -> tuple[Practice, ...]:
    """Return every week from the first rep to the last, weeks without practice included, oldest first."""
    if not reps:
        return ()
    by_week = _days_by_monday(reps, zone)
    first, last = min(by_week), max(by_week)
    mondays = (first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1))
    return tuple(_week(monday, by_week.get(monday, []), stretches) for monday in mondays)


def _days_by_monday(reps: Sequence[PracticeEntry], zone: tzinfo) -> dict[date, list[list[PracticeEntry]]]:
    weeks: dict[date, list[list[PracticeEntry]]] = {}
    for day, entries in by_day(reps, zone).items():
        weeks.setdefault(monday_of(day), []).append(entries)
    return weeks


def _week(monday: date, days: Sequence[Sequence[PracticeEntry]], stretches: Collection[str]) -> Practice:
    minutes = [_minutes(entries, stretches) for entries in days]
    left, right = sum(day[0] for day in minutes), sum(day[1] for day in minutes)
    longest = max(map(max, minutes), default=0.0)
    return Practice(monday, left, right, care().dose.week_min, len(days), DAYS, longest)


def pain(answers: Iterable[SetAnswers]) -> tuple[Pain, ...]:
    """Return the answers in their order, each with whether the advice after that set was to stop."""
    return tuple(Pain(answer.made_at, answer.exercise, answer.pain, answer.felt,
                      _calls_for_stop(answer.exercise, answer.pain, answer.felt)) for answer in answers)


@lru_cache(maxsize=1024)
def _calls_for_stop(exercise: str, pain: int | None, felt: tuple[str, ...]) -> bool:
    advice = follow_up(Answers(pain=pain, felt=felt), load(exercise) if exercise in catalogue_ids() else None)
    return any(item.weight is Weight.STOP for item in advice)


def _minutes(reps: Iterable[PracticeEntry], stretches: Collection[str]) -> tuple[float, float]:
    left = right = 0.0
    for rep in reps:
        if rep.exercise in stretches and rep.held_s is not None:
            left += rep.held_s / 60 if rep.side != "right" else 0.0
            right += rep.held_s / 60 if rep.side != "left" else 0.0
    return left, right
