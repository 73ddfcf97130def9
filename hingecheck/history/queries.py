"""Query the whole history: sets, sessions, reps for progress, answers, a set by part of its id.

Times are UTC; a period includes `since` and excludes `until`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select, type_coerce

from hingecheck.history import row_conversion
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.records import HistoryError, PracticeRecord, RepRecord, Session, SetAnswers, SetLine
from hingecheck.history.tables import AnswerRow, FindingRow, RelabelRow, RepRow, SessionRow, SetRow
from language.translate import _

#: Columns of a `SetLine`, in the order of its fields; for queries in this package.
LINE: tuple[Any, ...] = (
    SetRow.id, SetRow.session_id, SessionRow.person_id, SetRow.made_at, SetRow.exercise, SetRow.status, SetRow.video,
    SetRow.duration_s, SetRow.reps, SetRow.judged_reps, SetRow.good_reps, SetRow.headline,
    select(AnswerRow.id).where(AnswerRow.set_id == SetRow.id).exists())
#: Columns of a `RepRecord` after those of its set, in the order of its fields.
_REP: tuple[Any, ...] = (
    RepRow.number, RepRow.side, RepRow.verdict, RepRow.borderline, RepRow.hip_flexion_deg,
    RepRow.hip_flexion_uncertainty_deg, RepRow.leg_raise_deg, RepRow.leg_raise_uncertainty_deg,
    RepRow.rounding_onset_deg, RepRow.rounding_onset_uncertainty_deg, RepRow.held_s)
#: The shortest beginning of an id that `find` accepts.
_SHORTEST_ID = 4


def lines(history: History, person_id: UUID | None = None, exercise: str | None = None, since: datetime | None = None,
          until: datetime | None = None, limit: int | None = 50) -> tuple[SetLine, ...]:
    """Return sets, newest first.

    Parameters
    ----------
    history : History
    person_id, exercise : optional
        Only sets of this person, only of this exercise.
    since, until : datetime, optional
        For the next page of a list: `until` = `made_at` of the last line.
    limit : int or None
        Largest number of sets; None = all.
    """
    query = select(*LINE).join(SessionRow, SetRow.session_id == SessionRow.id)
    query = query.where(*_within(person_id, exercise, since, until)).order_by(SetRow.made_at.desc(), SetRow.id)
    with read_transaction(history) as session:
        return tuple(SetLine(*row) for row in session.execute(query.limit(limit)))


def count(history: History, person_id: UUID | None = None, exercise: str | None = None) -> int:
    """Return the number of sets."""
    query = select(func.count()).select_from(SetRow).join(SessionRow, SetRow.session_id == SessionRow.id)
    with read_transaction(history) as session:
        return session.scalar(query.where(*_within(person_id, exercise, None, None))) or 0


def exercises(history: History, person_id: UUID) -> dict[str, int]:
    """Return the exercises of a person's sets with the number of sets, largest first."""
    query = (select(SetRow.exercise, func.count()).join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(SessionRow.person_id == person_id).group_by(SetRow.exercise)
             .order_by(func.count().desc(), SetRow.exercise))
    with read_transaction(history) as session:
        return {exercise: number for exercise, number in session.execute(query)}


def sessions(history: History, person_id: UUID | None = None, limit: int | None = 50) -> tuple[Session, ...]:
    """Return sessions, newest first."""
    query = select(SessionRow).order_by(SessionRow.started_at.desc(), SessionRow.id).limit(limit)
    if person_id is not None:
        query = query.where(SessionRow.person_id == person_id)
    with read_transaction(history) as session:
        return tuple(map(row_conversion.session_record, session.scalars(query)))


def sets_of(history: History, session_id: UUID) -> tuple[SetLine, ...]:
    """Return the sets of a session, oldest first."""
    query = (select(*LINE).join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(SetRow.session_id == session_id).order_by(SetRow.made_at, SetRow.id))
    with read_transaction(history) as session:
        return tuple(SetLine(*row) for row in session.execute(query))


def reps(history: History, person_id: UUID, exercise: str | None = None, since: datetime | None = None,
         until: datetime | None = None) -> tuple[RepRecord, ...]:
    """Return the reps of a person's judged sets, oldest first, as `hingecheck.progress.trends` takes them."""
    conditions = (*_within(person_id, exercise, since, until), SetRow.status == "judged")
    # The id as text: making one UUID per set rather than one per rep is many times faster.
    raw = type_coerce(SetRow.id, Text)
    sets = (select(raw, SetRow.id, SetRow.made_at, SetRow.exercise)
            .join(SessionRow, SetRow.session_id == SessionRow.id)
            .where(*conditions).order_by(SetRow.made_at, SetRow.id))
    relabels = (select(type_coerce(RelabelRow.set_id, Text), RelabelRow.rep, RelabelRow.verdict)
                .join(SetRow, RelabelRow.set_id == SetRow.id).join(SessionRow, SetRow.session_id == SessionRow.id)
                .where(*conditions).order_by(RelabelRow.made_at, RelabelRow.id))
    query = (select(raw, RepRow.rules_broken, *_REP).join(SetRow, RepRow.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id).where(*conditions).order_by(RepRow.number))
    records: dict[Any, list[RepRecord]] = {}
    with read_transaction(history) as session:
        set_values = {key: tuple(values) for key, *values in session.execute(sets)}
        newest = {(key, number): verdict for key, number, verdict in session.execute(relabels)}
        for key, broken, *values in session.execute(query):
            rep = (*set_values[key], *values, tuple(broken.split()), newest.get((key, values[0])))
            records.setdefault(key, []).append(RepRecord(*rep))
    return tuple(rep for key in set_values for rep in records.get(key, ()))


def practice(history: History, person_id: UUID, since: datetime | None = None,
             until: datetime | None = None) -> tuple[PracticeRecord, ...]:
    """Return a person's practice, one record per set and side, oldest first."""
    conditions = (*_within(person_id, None, since, until), SetRow.status == "judged")
    columns: tuple[Any, ...] = (SetRow.made_at, SetRow.exercise, RepRow.side, func.sum(RepRow.held_s))
    query = (select(*columns).join(RepRow, RepRow.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id)
             .where(*conditions).group_by(SetRow.id, SetRow.made_at, SetRow.exercise, RepRow.side)
             .order_by(SetRow.made_at, SetRow.id))
    with read_transaction(history) as session:
        return tuple(PracticeRecord(*row) for row in session.execute(query))


def answers(history: History, person_id: UUID, since: datetime | None = None,
            until: datetime | None = None) -> tuple[SetAnswers, ...]:
    """Return the newest answers to each of a person's sets, oldest set first."""
    query = (select(SetRow.id, SetRow.made_at, SetRow.exercise, AnswerRow.pain, AnswerRow.felt)
             .select_from(AnswerRow).join(SetRow, AnswerRow.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id))
    query = query.where(*_within(person_id, None, since, until)).order_by(
        SetRow.made_at, SetRow.id, AnswerRow.made_at, AnswerRow.id.desc())
    with read_transaction(history) as session:
        newest = {set_id: SetAnswers(set_id, made_at, exercise, pain, tuple(felt))
                  for set_id, made_at, exercise, pain, felt in session.execute(query)}
    return tuple(newest.values())


def rule_counts(history: History, person_id: UUID, exercise: str | None = None, since: datetime | None = None,
                until: datetime | None = None) -> dict[str, dict[str, int]]:
    """Return the number of reps by rule and verdict (met, broken, unseen): rule -> verdict -> reps."""
    query = (select(FindingRow.rule, FindingRow.verdict, func.count()).join(SetRow, FindingRow.set_id == SetRow.id)
             .join(SessionRow, SetRow.session_id == SessionRow.id))
    query = query.where(*_within(person_id, exercise, since, until)).group_by(FindingRow.rule, FindingRow.verdict)
    counts: dict[str, dict[str, int]] = {}
    with read_transaction(history) as session:
        for rule, verdict, number in session.execute(query):
            counts.setdefault(rule, {"met": 0, "broken": 0, "unseen": 0})[verdict] = number
    return counts


def find(history: History, id_start: str) -> tuple[Literal["set", "session"], UUID]:
    """Return the set or session whose id begins with `id_start`; "last" is the newest set.

    Raises
    ------
    HistoryError
        No id fits, several do, or the beginning is too short.
    """
    if id_start.lower() == "last":
        newest = lines(history, limit=1)
        if not newest:
            raise HistoryError(_("the history is empty."))
        return "set", newest[0].id
    start = id_start.lower().replace("-", "")
    if len(start) < _SHORTEST_ID:
        raise HistoryError(_("{id_start!r} is too short for an id. Give at least {shortest} of its characters, or "
                             "last.").format(id_start=id_start, shortest=_SHORTEST_ID))
    kinds: tuple[tuple[Literal["set", "session"], Any], ...] = (("set", SetRow.id), ("session", SessionRow.id))
    with read_transaction(history) as session:
        # SQLite stores an id without its dashes, PostgreSQL with them.
        matches = [(kind, match) for kind, column in kinds for match in session.scalars(
            select(column).where(func.replace(cast(column, Text), "-", "").startswith(start, autoescape=True)))]
    if len(matches) != 1:
        if matches:
            raise HistoryError(_("{count} ids begin with {id_start!r}. Give more of the id.").format(
                                   count=len(matches), id_start=id_start))
        raise HistoryError(_("no set or session has an id that begins with {id_start!r}. See hingecheck history "
                             "list.").format(id_start=id_start))
    return matches[0]


def _within(person_id: UUID | None, exercise: str | None, since: datetime | None,
            until: datetime | None) -> list[ColumnElement[bool]]:
    """Return the conditions for a query that joins sets and sessions."""
    conditions: list[ColumnElement[bool]] = []
    if person_id is not None:
        conditions.append(SessionRow.person_id == person_id)
    if exercise is not None:
        conditions.append(SetRow.exercise == exercise)
    if since is not None:
        conditions.append(SetRow.made_at >= since)
    if until is not None:
        conditions.append(SetRow.made_at < until)
    return conditions
