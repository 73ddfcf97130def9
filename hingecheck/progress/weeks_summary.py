"""A person's saved sets of some weeks -> what was prescribed and done, how far it went, what changed, and pain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from exercises.aftercare import labels
from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.measures import label_of
from exercises.programme_plan import of_prescriptions
from exercises.tomlfile import ExerciseError
from hingecheck.history import copies, goals, queries
from hingecheck.history.connection import History
from hingecheck.history.personal_exercises import parse_prescription
from hingecheck.history.prescription_words import counted, one_of, summary
from hingecheck.history.records import Person, RepRecord
from hingecheck.progress import adherence, change_words, practice, trends
from hingecheck.progress.days import by_day
from hingecheck.progress.trends import Change, Value, Week
from language.numbers import day, number
from language.translate import _

Find = Callable[[str], Exercise]


@dataclass(frozen=True)
class Done:
    """One exercise: what was prescribed ("" where nothing was), and what was done."""

    name: str
    prescription: str
    done: str


@dataclass(frozen=True)
class Reached:
    """How far one exercise went on one side, by week.

    Attributes
    ----------
    name : str
        With the side.
    label : str
        Of the measure.
    weeks : tuple of Week
        Oldest first.
    first, latest, best : Value or None
        Typical of the first and of the latest week, and the best of all; None where no rep is valid.
    change : Change or None
        From the first week to the latest.
    goal : float or None
        In degrees.
    """

    name: str
    label: str
    weeks: tuple[Week, ...]
    first: Value | None
    latest: Value | None
    best: Value | None
    change: Change | None
    goal: float | None


@dataclass(frozen=True)
class WeeksSummary:
    """Some weeks of one person, from the first set in them on; `notes` and `pain` are sentences."""

    person: str
    first: date
    last: date
    done: tuple[Done, ...]
    reached: tuple[Reached, ...]
    notes: tuple[str, ...]
    pain: tuple[str, ...]


def summarise(history: History, person: Person, weeks: int, now: datetime, find: Find) -> WeeksSummary:
    """Return the last weeks of a person.

    Parameters
    ----------
    history : History
    person : Person
    weeks : int
        How many, up to today.
    now : datetime
        With the person's time zone.
    find : callable
        Id -> Exercise; one that is not known any more is named by its id.
    """
    zone = now.tzinfo
    assert zone is not None
    since = now - timedelta(weeks=weeks)
    copied = copies.copied_sets(history, person.id)
    reps = [rep for rep in queries.reps(history, person.id, since=since) if rep.set_id not in copied]
    by_exercise: dict[str, list[RepRecord]] = {}
    for rep in reps:
        by_exercise.setdefault(rep.exercise, []).append(rep)
    order = sorted(by_exercise, key=lambda name: -len({rep.set_id for rep in by_exercise[name]}))
    prescriptions = {saved.exercise: saved.text for saved in reversed(goals.prescriptions(history, person.id))
                     if saved.valid_from <= now}
    names = [*order, *(name for name in prescriptions if name not in by_exercise)]
    first = max(since.date(), min((rep.made_at.astimezone(zone).date() for rep in reps), default=since.date()))
    lasted = max((now.date() - first).days / 7, 1.0)
    done = tuple(_done(name, by_exercise.get(name, []), prescriptions.get(name), lasted, now, find) for name in names)
    targets = {(goal.exercise, goal.side): goal.at for goal in goals.goals(history, person.id)}
    reached = tuple(line for name in order for line in _reached(name, by_exercise[name], zone, targets, find))
    notes = _notes(history, person, by_exercise, since, zone, find)
    pain = _pain(practice.pain(queries.answers(history, person.id, since)), zone)
    return WeeksSummary(person.name, first, now.date(), done, reached, notes, pain)


def _name(name: str, find: Find) -> str:
    exercise = _exercise(name, find)
    return name.replace("_", " ").capitalize() if exercise is None else _(exercise.name)


def _exercise(name: str, find: Find) -> Exercise | None:
    try:
        return find(name)
    except ExerciseError:
        return None


def _done(name: str, reps: Sequence[RepRecord], text: str | None, weeks: float, now: datetime, find: Find) -> Done:
    assert now.tzinfo is not None
    sets, days = len({rep.set_id for rep in reps}), len(by_day(reps, now.tzinfo))
    exercise = _exercise(name, find)
    many = counted(len(reps), "rep" if exercise is None else one_of(exercise))
    parts = [_("{sets}, {reps}, on {days} ({per_week} a week)").format(
        sets=counted(sets, "set"), reps=many, days=counted(days, "day"), per_week=number(days / weeks, 1))
        if sets else _("nothing")]
    if text is not None and sets:
        parts += _kept(reps, text, now, find)
    return Done(_name(name, find), "" if text is None else summary(text, find) or _("cannot be read"), "; ".join(parts))


def _kept(reps: Sequence[RepRecord], text: str, now: datetime, find: Find) -> list[str]:
    """In how many of the last weeks the prescription was followed."""
    assert now.tzinfo is not None
    try:
        programme = of_prescriptions([parse_prescription(text, find)[0]])
    except ExerciseError:
        return []
    assert programme is not None
    past = adherence.weeks(programme, reps, find, now.date(), now.tzinfo)
    return [_("as prescribed in {kept} of the last {weeks}").format(
        kept=sum(week.is_kept for week in past), weeks=counted(len(past), "week"))]


def _reached(name: str, reps: Sequence[RepRecord], zone: tzinfo, targets: Mapping[tuple[str, Side | None], float],
             find: Find) -> list[Reached]:
    measure, exercise = trends.measure_of(reps), _exercise(name, find)
    own = exercise.target.at if exercise and exercise.target and exercise.target.measure == measure else None
    lines = []
    for side in sorted({rep.side for rep in reps}, key=str):
        weeks = trends.weekly(reps, measure, zone, side)
        values = [week.typical for week in weeks if week.typical is not None]
        if values:
            goal = targets.get((name, side), targets.get((name, None), own))
            lines.append(Reached(
                f"{_name(name, find)}{f', {_(side)}' if side else ''}", label_of(measure), weeks, values[0],
                values[-1], trends.best(reps, measure, side), trends.trend(weeks, measure), goal))
    return lines


def _notes(history: History, person: Person, by_exercise: Mapping[str, Sequence[RepRecord]], since: datetime,
           zone: tzinfo, find: Find) -> tuple[str, ...]:
    notes = []
    for name, reps in by_exercise.items():
        difference = trends.side_difference(reps, trends.measure_of(reps), since)
        if difference is not None:
            notes.append(f"{_name(name, find)}. {change_words.sides_sentence(difference, whole_time=True)}")
    minutes = [week for week in practice.weeks(queries.practice(history, person.id, since), zone)
               if week.left_min or week.right_min]
    if minutes:
        left, right = (sum(values) / len(minutes) for values in zip(*((week.left_min, week.right_min)
                                                                      for week in minutes), strict=True))
        notes.append(_("Hamstrings held in weeks with stretches: left {left}, right {right} minutes a week; up to "
                       "about {target:.0f} bring the most.").format(
            left=number(left, 1), right=number(right, 1), target=minutes[0].target_min))
    return tuple(notes)


def _pain(answers: Sequence[practice.Pain], zone: tzinfo) -> tuple[str, ...]:
    """Say how often pain was asked about and how much there was; how much is for the reader to judge."""
    scored = [answer for answer in answers if answer.pain is not None]
    if not answers:
        return (_("The questions after a set were not answered in this time."),)
    lines = []
    if scored:
        bands = {_("none after {sets}"): range(1), _("1 to 3 of 10 after {sets}"): range(1, 4),
                 _("4 or more after {sets}"): range(4, 11)}
        counts = [text.format(sets=counted(count, "set")) for text, band in bands.items()
                  if (count := sum(answer.pain in band for answer in scored))]
        worst = max(scored, key=lambda answer: (answer.pain or 0, answer.made_at))
        if worst.pain:
            worst_day = day(worst.made_at.astimezone(zone).date(), "long")
            counts.append(_("at most {pain} (on {day})").format(pain=worst.pain, day=worst_day))
        lines.append(_("Pain: {counts}.").format(counts=", ".join(counts)))
    felt = Counter(label for answer in answers for label in labels(answer.felt))
    if felt:
        places = ", ".join(f"{label} {counted(count, 'time')}" for label, count in felt.most_common(4))
        lines.append(_("Felt: {places}.").format(places=places))
    stops = sum(answer.stop for answer in answers)
    if stops:
        lines.append(_("After {sets} the advice was to stop or to do the easier form, and to see a "
                       "professional.").format(sets=counted(stops, "set")))
    return tuple(lines)
