"""What pages ask of the whole history: lists of sets and sessions, reps for progress, answers, a set by part of its id.

Moments are UTC; `since` belongs to the span, `until` no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from coach.history import rows
from coach.history.connection import History, reading
from coach.history.records import AnswerRow, HistoryError, RepRow, Session, SetLine
from coach.history.tables import AnswerRow as AnswerTable
from coach.history.tables import FindingRow, RelabelRow, SessionRow, SetRow
from coach.history.tables import RepRow as RepTable

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
    answered = select(AnswerTable.id).where(AnswerTable.set_id == SetRow.id).exists()
    query = select(SetRow, SessionRow.person_id, answered).join(SessionRow, SetRow.session_id == SessionRow.id)
    query = query.where(*_within(person_id, exercise, since, until)).order_by(SetRow.made_at.desc(), SetRow.id)
    with reading(history) as session:
        return tuple(rows.line(row, person, has) for row, person, has in session.execute(query.limit(limit)))


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
        return tuple(map(rows.session, session.scalars(query)))


def sets_of(history: History, session_id: UUID) -> tuple[SetLine, ...]:
    """Return the sets of a session, oldest first."""
    answered = select(AnswerTable.id).where(AnswerTable.set_id == SetRow.id).exists()
    query = (select(SetRow, SessionRow.person_id, answered).join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(SetRow.session_id == session_id).order_by(SetRow.made_at, SetRow.id))
    with reading(history) as session:
        return tuple(rows.line(row, person, has) for row, person, has in session.execute(query))


def reps(history: History, person_id: UUID, exercise: str | None = None, since: datetime | None = None,
         until: datetime | None = None) -> tuple[RepRow, ...]:
    """Return the reps of a person's judged sets, oldest first, as `coach.progress` takes them."""
    table = RepTable
    query = select(
        table.set_id, SetRow.made_at, SetRow.exercise, table.number, table.side, table.verdict, table.borderline,
        table.hip_flexion_deg, table.hip_flexion_uncertainty_deg, table.leg_raise_deg,
        table.leg_raise_uncertainty_deg, table.rounding_onset_deg, table.rounding_onset_uncertainty_deg, table.held_s,
        table.rules_broken,
    ).join(SetRow, table.set_id == SetRow.id).join(SessionRow, SetRow.session_id == SessionRow.id)
    wanted = _within(person_id, exercise, since, until)
    said = (select(RelabelRow).join(SetRow, RelabelRow.set_id == SetRow.id)
            .join(SessionRow, SetRow.session_id == SessionRow.id).where(*wanted))
    with reading(history) as session:
        newest = {(row.set_id, row.rep): row.verdict
                  for row in session.scalars(said.order_by(RelabelRow.made_at, RelabelRow.id))}
        return tuple(_rep(tuple(row), newest) for row in session.execute(
            query.where(SetRow.status == "judged", *wanted).order_by(SetRow.made_at, SetRow.id, table.number)))


def _rep(row: tuple[Any, ...], newest: dict[tuple[UUID, int], str]) -> RepRow:
    """The columns of the query above, in the order of the record's fields."""
    rules: tuple[str, ...] = tuple(row[-1].split())
    values: tuple[Any, ...] = (*row[:-1], rules, newest.get((row[0], row[3])))
    return RepRow(*values)


def answers(history: History, person_id: UUID, since: datetime | None = None,
            until: datetime | None = None) -> tuple[AnswerRow, ...]:
    """Return the newest answers to each of a person's sets, oldest set first."""
    query = (select(AnswerTable, SetRow.made_at, SetRow.exercise).join(SetRow, AnswerTable.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id))
    query = query.where(*_within(person_id, None, since, until)).order_by(
        SetRow.made_at, SetRow.id, AnswerTable.made_at, AnswerTable.id.desc())
    with reading(history) as session:
        newest = {row.set_id: AnswerRow(row.set_id, made_at, exercise, row.pain, tuple(row.felt))
                  for row, made_at, exercise in session.execute(query)}
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
    found: list[tuple[Literal["set", "session"], UUID]] = []
    with reading(history) as session:
        found += [("set", one) for one in session.scalars(select(SetRow.id)) if one.hex.startswith(start)]
        found += [("session", one) for one in session.scalars(select(SessionRow.id)) if one.hex.startswith(start)]
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
