"""What pages ask of the whole history: lists of sets and sessions, reps for progress, answers, a set by part of its id.

Moments are UTC; `since` belongs to the span, `until` no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select, type_coerce

from hingecheck.history import row_conversion
from hingecheck.history.connection import History, reading
from hingecheck.history.records import AnswerRow, HistoryError, PracticeRow, RepRow, Session, SetLine
from hingecheck.history.tables import AnswerRow as AnswerTable
from hingecheck.history.tables import FindingRow, RelabelRow, SessionRow, SetRow
from hingecheck.history.tables import RepRow as RepTable

#: Of a line of a list, in the order of the record's fields.
_LINE: tuple[Any, ...] = (
    SetRow.id, SetRow.session_id, SessionRow.person_id, SetRow.made_at, SetRow.exercise, SetRow.status, SetRow.video,
    SetRow.duration_s, SetRow.reps, SetRow.judged_reps, SetRow.good_reps, SetRow.headline,
    select(AnswerTable.id).where(AnswerTable.set_id == SetRow.id).exists())
#: Of a rep, after its set's, in the order of the record's fields.
_REP: tuple[Any, ...] = (
    RepTable.number, RepTable.side, RepTable.verdict, RepTable.borderline, RepTable.hip_flexion_deg,
    RepTable.hip_flexion_uncertainty_deg, RepTable.leg_raise_deg, RepTable.leg_raise_uncertainty_deg,
    RepTable.rounding_onset_deg, RepTable.rounding_onset_uncertainty_deg, RepTable.held_s)
#: The shortest beginning of an id that is looked up.
_SHORTEST_ID = 4


def lines(history: History, person_id: UUID | None = None, exercise: str | None = None, since: datetime | None = None,
          until: datetime | None = None, limit: int | None = 50) -> tuple[SetLine, ...]:
    """Return sets, newest first.

    Parameters
    ----------
    history : History
    person_id, exercise : optional
        Only this person's, only of this exercise.
    since, until : datetime, optional
        For the next page of a list: `until` = `made_at` of the last line.
    limit : int or None
        At most so many; None = all.
    """
    query = select(*_LINE).join(SessionRow, SetRow.session_id == SessionRow.id)
    query = query.where(*_within(person_id, exercise, since, until)).order_by(SetRow.made_at.desc(), SetRow.id)
    with reading(history) as session:
        return tuple(SetLine(*row) for row in session.execute(query.limit(limit)))


def count(history: History, person_id: UUID | None = None, exercise: str | None = None) -> int:
    """Return how many sets there are."""
    query = select(func.count()).select_from(SetRow).join(SessionRow, SetRow.session_id == SessionRow.id)
    with reading(history) as session:
        return session.scalar(query.where(*_within(person_id, exercise, None, None))) or 0


def exercises(history: History, person_id: UUID) -> dict[str, int]:
    """Return the exercises that a person has sets of, with how many, most first."""
    query = (select(SetRow.exercise, func.count()).join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(SessionRow.person_id == person_id).group_by(SetRow.exercise)
             .order_by(func.count().desc(), SetRow.exercise))
    with reading(history) as session:
        return {exercise: number for exercise, number in session.execute(query)}


def sessions(history: History, person_id: UUID | None = None, limit: int | None = 50) -> tuple[Session, ...]:
    """Return sessions, newest first."""
    query = select(SessionRow).order_by(SessionRow.started_at.desc(), SessionRow.id).limit(limit)
    if person_id is not None:
        query = query.where(SessionRow.person_id == person_id)
    with reading(history) as session:
        return tuple(map(row_conversion.session, session.scalars(query)))


def sets_of(history: History, session_id: UUID) -> tuple[SetLine, ...]:
    """Return the sets of a session, oldest first."""
    query = (select(*_LINE).join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(SetRow.session_id == session_id).order_by(SetRow.made_at, SetRow.id))
    with reading(history) as session:
        return tuple(SetLine(*row) for row in session.execute(query))


def reps(history: History, person_id: UUID, exercise: str | None = None, since: datetime | None = None,
         until: datetime | None = None) -> tuple[RepRow, ...]:
    """Return the reps of a person's judged sets, oldest first, as `hingecheck.progress.trends` takes them."""
    wanted = (*_within(person_id, exercise, since, until), SetRow.status == "judged")
    # As the database has it: turning one id of a set into a UUID is enough, and many times faster.
    raw = type_coerce(SetRow.id, Text)
    sets = (select(raw, SetRow.id, SetRow.made_at, SetRow.exercise)
            .join(SessionRow, SetRow.session_id == SessionRow.id).where(*wanted).order_by(SetRow.made_at, SetRow.id))
    said = (select(type_coerce(RelabelRow.set_id, Text), RelabelRow.rep, RelabelRow.verdict)
            .join(SetRow, RelabelRow.set_id == SetRow.id).join(SessionRow, SetRow.session_id == SessionRow.id)
            .where(*wanted).order_by(RelabelRow.made_at, RelabelRow.id))
    query = (select(raw, RepTable.rules_broken, *_REP).join(SetRow, RepTable.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id).where(*wanted).order_by(RepTable.number))
    found: dict[Any, list[RepRow]] = {}
    with reading(history) as session:
        known = {key: tuple(values) for key, *values in session.execute(sets)}
        newest = {(key, number): verdict for key, number, verdict in session.execute(said)}
        for key, broken, *values in session.execute(query):
            rep = (*known[key], *values, tuple(broken.split()), newest.get((key, values[0])))
            found.setdefault(key, []).append(RepRow(*rep))
    return tuple(rep for key in known for rep in found.get(key, ()))


def practice(history: History, person_id: UUID, since: datetime | None = None,
             until: datetime | None = None) -> tuple[PracticeRow, ...]:
    """Return what a person practised, one row for each set and side, oldest first."""
    wanted = (*_within(person_id, None, since, until), SetRow.status == "judged")
    columns: tuple[Any, ...] = (SetRow.made_at, SetRow.exercise, RepTable.side, func.sum(RepTable.held_s))
    query = (select(*columns).join(RepTable, RepTable.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(*wanted).group_by(SetRow.id, SetRow.made_at, SetRow.exercise, RepTable.side)
             .order_by(SetRow.made_at, SetRow.id))
    with reading(history) as session:
        return tuple(PracticeRow(*row) for row in session.execute(query))


def answers(history: History, person_id: UUID, since: datetime | None = None,
            until: datetime | None = None) -> tuple[AnswerRow, ...]:
    """Return the newest answers to each of a person's sets, oldest set first."""
    query = (select(SetRow.id, SetRow.made_at, SetRow.exercise, AnswerTable.pain, AnswerTable.felt)
             .select_from(AnswerTable).join(SetRow, AnswerTable.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id))
    query = query.where(*_within(person_id, None, since, until)).order_by(
        SetRow.made_at, SetRow.id, AnswerTable.made_at, AnswerTable.id.desc())
    with reading(history) as session:
        newest = {set_id: AnswerRow(set_id, made_at, exercise, pain, tuple(felt))
                  for set_id, made_at, exercise, pain, felt in session.execute(query)}
    return tuple(newest.values())


def rule_counts(history: History, person_id: UUID, exercise: str | None = None, since: datetime | None = None,
                until: datetime | None = None) -> dict[str, dict[str, int]]:
    """Return how often each rule was met, broken and unseen: rule -> verdict -> reps."""
    query = (select(FindingRow.rule, FindingRow.verdict, func.count()).join(SetRow, FindingRow.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id))
    query = query.where(*_within(person_id, exercise, since, until)).group_by(FindingRow.rule, FindingRow.verdict)
    found: dict[str, dict[str, int]] = {}
    with reading(history) as session:
        for rule, verdict, number in session.execute(query):
            found.setdefault(rule, {"met": 0, "broken": 0, "unseen": 0})[verdict] = number
    return found


def find(history: History, given: str) -> tuple[Literal["set", "session"], UUID]:
    """Return the set or session whose id begins so; "last" is the newest set.

    Raises
    ------
    HistoryError
        None, several, or too short a beginning.
    """
    if given.lower() == "last":
        newest = lines(history, limit=1)
        if not newest:
            raise HistoryError("nothing is in the history yet.")
        return "set", newest[0].id
    start = given.lower().replace("-", "")
    if len(start) < _SHORTEST_ID:
        raise HistoryError(f"{given!r} is too short for an id: give at least {_SHORTEST_ID} of its characters, or "
                           "last.")
    kinds: tuple[tuple[Literal["set", "session"], Any], ...] = (("set", SetRow.id), ("session", SessionRow.id))
    with reading(history) as session:
        # SQLite writes an id without its dashes, PostgreSQL with them.
        found = [(kind, one) for kind, column in kinds for one in session.scalars(
            select(column).where(func.replace(cast(column, Text), "-", "").startswith(start, autoescape=True)))]
    if len(found) != 1:
        several = f"{len(found)} ids begin with {given!r}: give more of it."
        raise HistoryError(several if found else f"no set or session with an id that begins with {given!r}; see "
                           "hingecheck history list.")
    return found[0]


def _within(person_id: UUID | None, exercise: str | None, since: datetime | None,
            until: datetime | None) -> list[ColumnElement[bool]]:
    """Conditions on a query that joins sets and sessions."""
    found: list[ColumnElement[bool]] = []
    if person_id is not None:
        found.append(SessionRow.person_id == person_id)
    if exercise is not None:
        found.append(SetRow.exercise == exercise)
    if since is not None:
        found.append(SetRow.made_at >= since)
    if until is not None:
        found.append(SetRow.made_at < until)
    return found
