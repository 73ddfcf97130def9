"""The week against the programme: what counts as done, and what is said of the weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from exercises.load import load
from exercises.programme import Programme, Step, Weekday
from hingecheck.history.records import RepRecord
from hingecheck.progress import adherence
from hingecheck.progress.adherence import DayState, in_a_row, sentences, week, weeks

MONDAY = date(2026, 11, 16)
SATURDAY = MONDAY + timedelta(days=5)
DOORWAY, HINGE = "doorway_hamstring_stretch", "hip_hinge"
PROGRAMME = Programme(
    id="p", name="P", summary="", per_week=2, days=(Weekday.MONDAY, Weekday.THURSDAY), steps=(
        Step(exercise=DOORWAY, sets=2, hold_s=40.0, source="x"), Step(exercise=HINGE, reps=3, source="x")))


def reps(day, exercise, *held_or_sides, number=1, hour=8):
    """One rep per entry: (side, held seconds)."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=timezone.utc)
    return [RepRecord(uuid4(), at, exercise, count, side, "good", False, held_s=held)
            for count, (side, held) in enumerate(held_or_sides, number)]


def everything(day, times=1):
    """The whole programme, so many times on a day."""
    holds = [("left", 41.0), ("left", 45.0), ("right", 40.0), ("right", 39.2)] * times
    return [*reps(day, DOORWAY, *holds), *reps(day, HINGE, *[(None, None)] * 3 * times)]


def days_of(records, today=SATURDAY, **how):
    return week(PROGRAMME, records, load, today, timezone.utc, **how).days


def states(records, today=SATURDAY, **how):
    return [day.state.value for day in days_of(records, today, **how)]


def test_done_partly_missed_planned():
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    records = [*everything(MONDAY), *reps(tuesday, DOORWAY, ("left", 50.0))]
    assert states(records) == ["done", "partly", "free", "missed", "free", "free", "free"]
    assert states(records, today=thursday) == ["done", "partly", "free", "planned", "free", "free", "free"]
    assert states([*records, *everything(thursday)])[3] == "done"


def test_a_day_counts_as_often_as_the_programme_was_done():
    assert days_of(everything(MONDAY, times=2))[0].sessions == 2
    assert week(PROGRAMME, everything(MONDAY, times=2), load, SATURDAY, timezone.utc).is_kept


@pytest.mark.parametrize(("holds", "left", "right"), [
    ([("left", 41.0), ("left", 30.0), ("right", 41.0)], 1, 1),
    ([("left", 41.0), (None, 41.0), (None, 41.0), (None, 20.0)], 2, 1),
    ([(None, 41.0), (None, 41.0)], 2, 0),
    ([("left", 41.0)] * 5, 5, 0), ([("left", None)], 0, 0)])
def test_holds_count_where_they_lasted_and_an_unknown_leg_where_one_is_missing(holds, left, right):
    (monday, *_) = days_of(reps(MONDAY, DOORWAY, *holds))
    assert {part.side: part.done for part in monday.parts if part.exercise == DOORWAY} == {"left": left, "right": right}


def test_one_side_alone_is_not_the_programme():
    one_sided = [*reps(MONDAY, DOORWAY, ("left", 41.0), ("left", 41.0)), *reps(MONDAY, HINGE, *[(None, None)] * 3)]
    assert states(one_sided)[0] == "partly"


def test_days_of_ones_own_and_none_at_all():
    before = everything(MONDAY - timedelta(days=7))
    assert states(before, days=(1, 2), today=MONDAY + timedelta(days=2)) == [
        "free", "missed", "planned", *["free"] * 4]
    free = PROGRAMME.model_copy(update={"days": ()})
    assert {day.state for day in week(free, [], load, SATURDAY, timezone.utc).days} == {DayState.FREE}


def test_no_day_is_missed_before_the_programme_was_begun():
    thursday = MONDAY + timedelta(days=3)
    assert states([], today=SATURDAY) == ["free"] * 7
    assert states(reps(thursday, "calf_raise", (None, None)), today=SATURDAY) == ["free"] * 7, "not of the programme"
    assert states(reps(MONDAY, HINGE, (None, None)), today=SATURDAY)[3] == "missed"
    assert states(reps(thursday, HINGE, (None, None)), today=SATURDAY)[:4] == ["free", "free", "free", "partly"]
    assert states([], today=thursday)[3] == "planned"


def test_a_day_is_that_of_the_person():
    """At half past eleven in the evening of UTC it is already tomorrow in Berlin."""
    berlin = timezone(timedelta(hours=2))
    at = datetime(2026, 11, 16, 23, 30, tzinfo=timezone.utc)
    late = [rep._replace(made_at=at) for rep in everything(MONDAY)]
    assert [day.sessions for day in week(PROGRAMME, late, load, SATURDAY, berlin).days][:2] == [0, 1]


def history(*kept):
    """Weeks, oldest first: 2 = kept, 1 = a session, 0 = nothing; the last is the one of SATURDAY."""
    first = MONDAY - timedelta(weeks=len(kept) - 1)
    records = reps(first, "calf_raise", (None, None))
    for number, sessions in enumerate(kept):
        for day in range(sessions):
            records += everything(first + timedelta(weeks=number, days=day))
    return weeks(PROGRAMME, records, load, SATURDAY, timezone.utc)


@pytest.mark.parametrize(("kept", "row"), [((2, 2, 2), 3), ((2, 2, 0), 2), ((2, 1, 2), 2), ((2, 0, 2), 1),
                                           ((0, 0, 0), 0), ((2, 2, 1), 2)])
def test_a_streak_of_weeks_is_kind(kept, row):
    past = history(*kept)
    assert [one.sessions for one in past] == list(kept)
    assert in_a_row(past) == row


def test_what_is_said_names_what_was_done():
    assert sentences(history(2, 2, 2)) == ("This week: 2 sessions. That is all of it.", "3 weeks in a row as planned.")
    assert sentences(history(2, 0, 1)) == ("This week: 1 of 2 sessions.", "As planned in 1 of the last 3 weeks.")
    assert sentences(history(0)) == ("This week: 0 of 2 sessions.",)
    partly = weeks(PROGRAMME, reps(MONDAY, DOORWAY, ("left", 50.0)), load, SATURDAY, timezone.utc)
    assert sentences(partly)[1] == "On 1 day you did part of it. That counts too."
    every = " ".join(line for kept in ((2, 0, 0), (0, 0), (2, 1, 0)) for line in sentences(history(*kept)))
    assert not {"missed", "lost", "only", "not"} & set(every.lower().split())


def test_at_most_eight_weeks_are_looked_at():
    assert len(history(*[1] * 12)) == adherence.PAST_WEEKS


def test_a_set_of_a_day_to_come_moves_no_week():
    (now,) = weeks(PROGRAMME, everything(MONDAY + timedelta(days=9)), load, SATURDAY, timezone.utc)
    assert (now.monday, now.sessions) == (MONDAY, 0)
