"""Group reps or sets of the history by day and by week in a time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import TypeVar

from hingecheck.history.records import PracticeRecord, RepRecord

_Entry = TypeVar("_Entry", RepRecord, PracticeRecord, RepRecord | PracticeRecord)


def by_day(reps: Iterable[_Entry], zone: tzinfo) -> dict[date, list[_Entry]]:
    """Return the reps of each day in a zone, oldest day first."""
    # The reps of a set share its time, so each time is converted to its day once.
    times: dict[datetime, list[_Entry]] = {}
    for time, entries in groupby(reps, key=lambda rep: rep.made_at):
        times.setdefault(time, []).extend(entries)
    days: dict[date, list[_Entry]] = {}
    for time in sorted(times):
        days.setdefault(time.astimezone(zone).date(), []).extend(times[time])
    return days


def by_monday(reps: Iterable[_Entry], zone: tzinfo) -> dict[date, list[_Entry]]:
    """Return the reps of each week in a zone, by its Monday, oldest first."""
    weeks: dict[date, list[_Entry]] = {}
    for day, entries in by_day(reps, zone).items():
        weeks.setdefault(monday_of(day), []).extend(entries)
    return weeks


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
