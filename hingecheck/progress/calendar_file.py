"""A programme's planned days -> an iCalendar file (.ics) that any calendar imports."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, timezone
from uuid import NAMESPACE_URL, uuid5

from exercises.programme import Programme
from language.translate import _

#: By number, 0 = Monday, as RFC 5545 names them.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def planned_days(programme: Programme) -> tuple[int, ...]:
    """Return the days of a programme, 0 = Monday; where it names none, as many as it asks for, spread over the week.

    Examples
    --------
    >>> from exercises.programme_library import load_programmes
    >>> planned_days(load_programmes().entry("doorway").programme)
    (0, 2, 4, 5)
    """
    if programme.days:
        return tuple(day.number for day in programme.days)
    count = min(programme.per_week, 7)
    return tuple(sorted({round(number * 7 / count) % 7 for number in range(count)}))


def ics(programme: Programme, duration_s: float, first: date, at: time, weeks: int,
        days: Collection[int] | None = None, now: datetime | None = None) -> bytes:
    """Return a calendar with the programme on its days.

    Times are those of wherever the calendar is read: practice at six stays at six, also on a journey and in summer.

    Parameters
    ----------
    programme : Programme
    duration_s : float
        How long a session takes.
    first : date
        The first day that may be planned.
    at : time
        When a session begins.
    weeks : int
        For how many weeks.
    days : collection of int, optional
        0 = Monday; default: `planned_days`.
    now : datetime, optional
        When the file is made.
    """
    from icalendar import Calendar, Event

    chosen = sorted(planned_days(programme) if days is None else days)
    calendar = Calendar()
    calendar.add("prodid", "-//HingeCheck//Programme//EN")
    calendar.add("version", "2.0")
    event = Event()
    # The same programme has the same id: importing a newer plan replaces the older one.
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'hingecheck:programme:{programme.id}')}@hingecheck")
    event.add("dtstamp", now or datetime.now(timezone.utc))
    event.add("summary", _(programme.name))
    event.add("description", "\n".join(map(_, (programme.summary, *programme.cautions))))
    event.add("dtstart", datetime.combine(_first_of(chosen, first), at))
    event.add("duration", timedelta(minutes=max(round(duration_s / 60), 1)))
    event.add("rrule", {"freq": "weekly", "byday": [_DAYS[day] for day in chosen], "count": weeks * len(chosen)})
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _first_of(days: Collection[int], first: date) -> date:
    """Return the first day on or after `first` that is planned: a calendar counts the start as a day of its own."""
    return next(day for number in range(7) if (day := first + timedelta(days=number)).weekday() in days)
