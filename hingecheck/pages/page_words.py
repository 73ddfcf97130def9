"""Short texts that several pages write: days of a time and of a week, an exercise, a side, how much is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from exercises.library import load_library
from hingecheck.pages import state
from language import numbers
from language.translate import _, mark

_SIDES = {"left": mark("left"), "right": mark("right"), "both": mark("both sides")}
#: A Monday, for the names of the days.
_MONDAY = date(2024, 1, 1)


def day(time: datetime) -> str:
    """Return the day of a time where the person is, "27 November 2026"."""
    return numbers.day(time.astimezone(state.zone()).date(), "long")


def exercise_name(exercise: str, otherwise: str = "") -> str:
    """Return the name of an exercise by its id; one that is no longer there has another name, or its id."""
    known = {entry.exercise.id: entry.exercise.name for entry in load_library().entries()}
    return _(known.get(exercise, otherwise or exercise))


def day_and_time(time: datetime) -> str:
    """Return the day and the time of a time where the person is, "27 November 2026, 14:05"."""
    return f"{day(time)}, {time.astimezone(state.zone()):%H:%M}"


def day_name(number: int) -> str:
    """Return the short name of a day of the week, 0 = Monday."""
    return numbers.weekday(_MONDAY + timedelta(days=number))


def side(name: str | None) -> str:
    """Return a side to stand behind a name, ", left"; "" for none."""
    return f", {_(_SIDES[name])}" if name else ""


def part_done(exercise: str, side_name: str | None, done: int, of: int) -> str:
    """Return how much is done of an exercise of a programme, "Hip hinge, left: 2 of 3"."""
    return _("{exercise}{side}: {done} of {of}").format(exercise=_(exercise), side=side(side_name), done=done, of=of)
