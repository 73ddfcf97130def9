"""A person's reps against their programme: each day of a week done, partly done or missed, and how it went over weeks.

Nothing here blames: a missed day is a fact of the week, not of the person, and ends no streak of weeks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from uuid import UUID

from exercises.exercise_model import FindExercise
from exercises.hold_model import Side
from exercises.programme import Programme
from exercises.programme_plan import hold_of, sides_of
from exercises.results import SetReport
from hingecheck.history.records import RepRecord
from hingecheck.progress.days import by_day, monday_of
from language.translate import _, plural

#: A hold that falls short by less counts: the clock is read from frames and from poses that tremble.
_HOLD_SLACK_S = 1.0
#: How far back the weeks are reported.
PAST_WEEKS = 8


class DayState(Enum):
    """How a day stands against the programme."""

    DONE = "done"
    PARTLY = "partly"
    MISSED = "missed"
    PLANNED = "planned"
    FREE = "free"


@dataclass(frozen=True)
class PartDone:
    """One exercise of the programme and one side: how many reps or holds were done on a day, and how many it has."""

    exercise: str
    side: Side | None
    done: int
    of: int


@dataclass(frozen=True)
class Day:
    """One day.

    Attributes
    ----------
    date : date
    state : DayState
    sessions : int
        How many times the whole programme was done.
    parts : tuple of PartDone
        In the programme's order.
    """

    date: date
    state: DayState
    sessions: int
    parts: tuple[PartDone, ...]


@dataclass(frozen=True)
class ProgrammeWeek:
    """One week against the programme.

    Attributes
    ----------
    monday : date
    days : tuple of Day
        Seven.
    goal : int
        Sessions per week.
    """

    monday: date
    days: tuple[Day, ...]
    goal: int

    @property
    def sessions(self) -> int:
        """How many times the whole programme was done."""
        return sum(day.sessions for day in self.days)

    @property
    def is_kept(self) -> bool:
        """Whether that is as often as the programme asks for."""
        return self.sessions >= self.goal

    @property
    def practised(self) -> int:
        """Days with anything of the programme, whole or in part."""
        return sum(day.state in (DayState.DONE, DayState.PARTLY) for day in self.days)


def week(programme: Programme, reps: Iterable[RepRecord], find: FindExercise, today: date, zone: tzinfo,
         monday: date | None = None, days: Collection[int] | None = None) -> ProgrammeWeek:
    """Return one week against the programme.

    Parameters
    ----------
    programme : Programme
    reps : iterable of RepRecord
        Of one person, of any exercises and weeks (`queries.reps`).
    find : callable
        Id -> Exercise.
    today : date
        Planned days before it are missed, but for those before anything of the programme was done; later ones are
        still planned.
    zone : tzinfo
        The person's time zone.
    monday : date, optional
        Of the week; default: the one of `today`.
    days : collection of int, optional
        The days that the person plans, 0 = Monday; default: as the programme has it.
    """
    first = monday_of(today) if monday is None else monday
    planned = {day.number for day in programme.days} if days is None else set(days)
    on_day = by_day(reps, zone)
    begun = min((day for day, done in on_day.items() if any(part.done for part in parts_done(programme, done, find))),
                default=today)
    days_of_week = [first + timedelta(days=number) for number in range(7)]
    return ProgrammeWeek(first, tuple(
        _day(programme, on_day, find, one, today, one.weekday() in planned and one >= min(begun, today))
        for one in days_of_week), programme.per_week)


def weeks(programme: Programme, reps: Sequence[RepRecord], find: FindExercise, today: date, zone: tzinfo,
          days: Collection[int] | None = None) -> tuple[ProgrammeWeek, ...]:
    """Return the last eight weeks up to that of `today`, oldest first, none before the first rep; as `week`."""
    practised = [rep.made_at.astimezone(zone).date() for rep in reps]
    last = monday_of(today)
    # A set of a day to come, as a camera with a wrong clock says, moves no week.
    first = max(monday_of(min([*practised, today])), last - timedelta(weeks=PAST_WEEKS - 1))
    count = (last - first).days // 7 + 1
    return tuple(week(programme, reps, find, today, zone, first + timedelta(weeks=number), days)
                 for number in range(count))


def in_a_row(past: Sequence[ProgrammeWeek]) -> int:
    """Return how many of the newest weeks were kept one after the other.

    The week that still runs counts once it is kept and does no harm before. A week in which something was done is no
    break, though it does not count.
    """
    count = 0
    for number, one in enumerate(reversed(past)):
        if one.is_kept:
            count += 1
        elif number and not one.practised:
            break
    return count


def sentences(past: Sequence[ProgrammeWeek]) -> tuple[str, ...]:
    """Return what to say of the weeks, the newest last: what was done, never what was not."""
    now = past[-1]
    left = now.goal - now.sessions
    this_week = _("This week: {sessions} of {goal} sessions.") if left > 0 else plural(
        "This week: {sessions} session. That is all of it.", "This week: {sessions} sessions. That is all of it.",
        now.sessions)
    lines = [this_week.format(sessions=now.sessions, goal=now.goal)]
    partly = sum(day.state is DayState.PARTLY for day in now.days)
    if partly:
        lines.append(plural("On {days} day you did part of it. That counts too.",
                            "On {days} days you did part of it. That counts too.", partly).format(days=partly))
    kept, row = sum(one.is_kept for one in past), in_a_row(past)
    if row >= 2:
        lines.append(_("{weeks} weeks in a row as planned.").format(weeks=row))
    elif kept and len(past) > 1:
        lines.append(_("As planned in {kept} of the last {count} weeks.").format(kept=kept, count=len(past)))
    return tuple(lines)


def _day(programme: Programme, on_day: Mapping[date, Sequence[RepRecord]], find: FindExercise, day: date, today: date,
         is_planned: bool) -> Day:
    parts = parts_done(programme, on_day.get(day, ()), find)
    sessions = min(part.done // part.of for part in parts)
    if sessions:
        state = DayState.DONE
    elif any(part.done for part in parts):
        state = DayState.PARTLY
    elif not is_planned:
        state = DayState.FREE
    else:
        state = DayState.MISSED if day < today else DayState.PLANNED
    return Day(day, state, sessions, parts)


def parts_done(programme: Programme, reps: Sequence[RepRecord], find: FindExercise) -> tuple[PartDone, ...]:
    """Return how much of each exercise and side some reps make; two steps of one exercise are counted together."""
    return tuple(_parts(programme, reps, find))


def reports_done(programme: Programme, reports: Iterable[SetReport], find: FindExercise) -> tuple[PartDone, ...]:
    """Return how much of each exercise and side the reps of some reports make, as `parts_done`."""
    now = datetime.now(timezone.utc)
    reps = [RepRecord(UUID(int=0), now, report.exercise, rep.index, rep.side, rep.verdict, rep.borderline,
                      held_s=None if rep.held is None else rep.held.seconds)
            for report in reports for rep in report.reps]
    return parts_done(programme, reps, find)


def _parts(programme: Programme, reps: Sequence[RepRecord], find: FindExercise) -> Iterable[PartDone]:
    needed: dict[tuple[str, Side | None], tuple[int, float]] = {}
    for step in programme.steps:
        exercise = find(step.exercise)
        for side in sides_of(step, exercise):
            count, hold_s = needed.get((step.exercise, side), (0, 0.0))
            needed[step.exercise, side] = (count + step.sets * step.reps,
                                           max(hold_s, hold_of(step, exercise) or 0.0))
    spare: dict[str, int] = {}
    for (name, side), (count, hold_s) in needed.items():
        long_enough = [rep for rep in reps if rep.exercise == name and (rep.held_s or 0.0) >= hold_s - _HOLD_SLACK_S]
        done = sum(rep.side == side for rep in long_enough)
        if side is not None:
            # A leg that could not be identified was one of both: it counts where one is missing.
            unsided = spare.setdefault(name, sum(rep.side is None for rep in long_enough))
            counted = min(max(count - done, 0), unsided)
            spare[name] -= counted
            done += counted
        yield PartDone(name, side, done, count)
