"""The .ics file of a programme, read by another library."""

from __future__ import annotations

from datetime import date, datetime, time, timezone

import icalendar
import pytest
from dateutil.rrule import rrulestr

from exercises.programme_library import load_programmes
from hingecheck.progress.calendar_file import ics, planned_days
from language.current import use

NOW = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)
PROGRAMMES = load_programmes()


def event_of(content: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def days_of(event: icalendar.Event) -> list[datetime]:
    """Every day of an event, by dateutil's own reading of its rule."""
    rule = event["rrule"].to_ical().decode()
    return list(rrulestr(rule, dtstart=event.decoded("dtstart")))


@pytest.mark.parametrize(("first", "days"), [(date(2026, 11, 20), None), (date(2026, 11, 23), (0, 2)),
                                             (date(2026, 11, 29), (6,)), (date(2026, 11, 20), (3,))])
def test_every_planned_day_is_in_it_and_no_other(first: date, days: tuple[int, ...] | None) -> None:
    programme = PROGRAMMES.entry("doorway").programme
    event = event_of(ics(programme, 305.0, first, time(18, 30), 3, days, NOW))
    chosen = planned_days(programme) if days is None else days
    starts = days_of(event)
    assert len(starts) == 3 * len(chosen)
    assert {start.weekday() for start in starts} == set(chosen)
    assert starts[0].date() >= first
    assert {(start.time(), start.tzinfo) for start in starts} == {(time(18, 30), None)}
    assert (starts[-1] - starts[0]).days < 21
    assert event.decoded("duration").total_seconds() == 300


def test_a_newer_file_replaces_the_older() -> None:
    programme = PROGRAMMES.entry("desk_break").programme
    one, two = (event_of(ics(programme, 300.0, date(2026, 11, 20), time(9), weeks, None, NOW)) for weeks in (1, 2))
    assert one["uid"] == two["uid"]
    assert str(one["summary"]) == "Desk break"
    assert [start.weekday() for start in days_of(one)] == [4, 0, 1, 2, 3]


def test_the_calendar_speaks_the_language_of_its_person() -> None:
    programme = PROGRAMMES.entry("doorway").programme
    with use("de"):
        event = event_of(ics(programme, 305.0, date(2026, 11, 20), time(18), 1, None, NOW))
    assert event["summary"] != programme.name
    assert programme.summary not in event["description"]
