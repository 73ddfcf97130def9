"""Reps, or sets, of the history -> the days and weeks on which they were done, as a time zone has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import TypeVar

from hingecheck.history.records import PracticeRow, RepRow

_Done = TypeVar("_Done", RepRow, PracticeRow, RepRow | PracticeRow)


def by_day(reps: Iterable[_Done], zone: tzinfo) -> dict[date, list[_Done]]:
    """Return the reps of each day in a zone, oldest day first."""
    # The reps of a set share its moment: each is asked for its day once.
    moments: dict[datetime, list[_Done]] = {}
    for moment, done in groupby(reps, key=lambda rep: rep.made_at):
        moments.setdefault(moment, []).extend(done)
    days: dict[date, list[_Done]] = {}
    for moment in sorted(moments):
        days.setdefault(moment.astimezone(zone).date(), []).extend(moments[moment])
    return days


def by_monday(reps: Iterable[_Done], zone: tzinfo) -> dict[date, list[_Done]]:
    """Return the reps of each week in a zone, by its Monday, oldest first."""
    weeks: dict[date, list[_Done]] = {}
    for day, done in by_day(reps, zone).items():
        weeks.setdefault(monday_of(day), []).extend(done)
    return weeks


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
