"""Sets and their sessions: save in one transaction as soon as one is judged, read back, find, delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import delete as delete_rows
from sqlalchemy import insert, select
from sqlalchemy import update as change_rows
from sqlalchemy.orm import Session as Db

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.history import files, people, row_conversion, text_checks
from hingecheck.history.connection import History, reading, writing
from hingecheck.history.records import HistoryError, NewSet, SavedSet, Session
from hingecheck.history.tables import (
    AnswerRow,
    DocumentRow,
    FullBendRow,
    NoteRow,
    PersonRow,
    RelabelRow,
    RepRow,
    SessionRow,
    SetRow,
)

#: A set so long after the last one begins a new session.
SESSION_GAP = timedelta(hours=2)


def save(history: History, new: NewSet, person_id: UUID, session_id: UUID | None = None) -> UUID:
    """Keep a set: its rows in one transaction, its files before them.

    A measured full bend becomes the person's own 100 % from then on; answers in the report become the set's answers.

    Parameters
    ----------
    history : History
    new : NewSet
    person_id : UUID
    session_id : UUID, optional
        Default: the person's session whose last set was less than two hours ago, or a new one.

    Returns
    -------
    UUID
        Of the set.

    Raises
    ------
    HistoryError
        It cannot be kept; then nothing of it is.
    """
    text_checks.text(new.report.video, "the name of the video")
    document = row_conversion.checked(new.report)
    new = replace(new, made_at=new.made_at or datetime.now(timezone.utc))
    set_id = uuid4()
    with files.arriving(history, set_id) as folder:
        files.put(folder, new.track, new.key_images, new.video)
        with writing(history) as session:
            own = _session(session, person_id, session_id, new)
            for table, values in row_conversion.of_set(set_id, own, new, document):
                if values:
                    session.execute(insert(table), values)
            _add_belongings(session, set_id, person_id, new)
    return set_id


def update(history: History, set_id: UUID, new: NewSet) -> None:
    """Put a newer state of a set in the place of the kept one: a live set, saved after every rep.

    Person, session and time stay, as do answers and notes; relabels of its reps go with the reps that they were about.

    Raises
    ------
    HistoryError
        It is not in the history (any more), or cannot be kept; then what was kept stays.
    """
    text_checks.text(new.report.video, "the name of the video")
    document = row_conversion.checked(new.report)
    with writing(history) as session:
        row = session.get(SetRow, set_id)
        if row is None:
            raise HistoryError("this set is not in the history (any more).")
        person_id = session.scalars(select(SessionRow.person_id).where(SessionRow.id == row.session_id)).one()
        new = replace(new, made_at=row.made_at)
        for child in (FullBendRow, DocumentRow, RepRow):
            session.execute(delete_rows(child).where(child.set_id == set_id))
        (_, (own,)), *children = row_conversion.of_set(set_id, row.session_id, new, document)
        session.execute(change_rows(SetRow).where(SetRow.id == set_id), own)
        for table, values in children:
            if values:
                session.execute(insert(table), values)
        _add_belongings(session, set_id, person_id, new)
        files.put(files.folder_of(history, set_id), new.track, new.key_images, new.video)


def _add_belongings(session: Db, set_id: UUID, person_id: UUID, new: NewSet) -> None:
    """A measured full bend becomes the person's own; answers that came with the report are those of the set."""
    if new.report.full_bend is not None:
        session.add(FullBendRow(id=uuid4(), person_id=person_id, set_id=set_id, made_at=new.made_at,
                                **new.report.full_bend.model_dump()))
    if new.report.answers is not None:
        session.add(AnswerRow(id=uuid4(), set_id=set_id, pain=new.report.answers.pain,
                              felt=list(new.report.answers.felt), made_at=new.made_at))


def load(history: History, set_id: UUID) -> SavedSet:
    """Return everything about a set (its files: see `files`); HistoryError where it is not there (any more)."""
    with reading(history) as session:
        found = session.execute(
            select(SetRow, SessionRow, PersonRow, DocumentRow).join(SessionRow, SetRow.session_id == SessionRow.id)
            .join(PersonRow, SessionRow.person_id == PersonRow.id).join(DocumentRow, DocumentRow.set_id == SetRow.id)
            .where(SetRow.id == set_id)).one_or_none()
        if found is None:
            raise HistoryError("this set is not in the history (any more).")
        one, sitting, person, document = found
        relabels = session.scalars(select(RelabelRow).where(RelabelRow.set_id == set_id)
                                   .order_by(RelabelRow.made_at, RelabelRow.id))
        answers = session.scalars(select(AnswerRow).where(AnswerRow.set_id == set_id)
                                  .order_by(AnswerRow.made_at.desc(), AnswerRow.id).limit(1)).one_or_none()
        notes = session.scalars(select(NoteRow).where(NoteRow.set_id == set_id).order_by(NoteRow.made_at, NoteRow.id))
        report, exercise = _read(document)
        return SavedSet(
            line=row_conversion.line(one, person.id, answers is not None), person=row_conversion.person(person),
            session=row_conversion.session(sitting), report=report, exercise=exercise,
            relabels=tuple(map(row_conversion.relabel, relabels)),
            answers=None if answers is None else row_conversion.answers(answers), notes=tuple(map(row_conversion.note,
                                                                                                  notes)),
            folder=files.folder_of(history, set_id))


def _read(document: DocumentRow) -> tuple[SetReport, Exercise]:
    try:
        return SetReport.model_validate_json(document.report), Exercise.model_validate_json(document.exercise)
    except ValidationError as error:
        raise HistoryError(f"the report of the set {document.set_id} cannot be read ({error.errors()[0]['msg']}): a "
                           "newer HingeCheck may have written it; update this one.") from error


def delete(history: History, set_id: UUID) -> None:
    """Delete a set with everything that belongs to it, files too; a session left without sets and words goes with it.

    Ask the person first. HistoryError where it is not there (any more).
    """
    with files.leaving(history) as goes, writing(history) as session:
        row = session.get(SetRow, set_id)
        if row is None:
            raise HistoryError("this set is not in the history (any more).")
        sitting = row.session_id
        goes([set_id])
        session.execute(delete_rows(SetRow).where(SetRow.id == set_id))
        bare = (SessionRow.id == sitting, SessionRow.note == "", ~select(SetRow.id).where(
            SetRow.session_id == sitting).exists(), ~select(NoteRow.id).where(NoteRow.session_id == sitting).exists())
        session.execute(delete_rows(SessionRow).where(*bare))


def delete_session(history: History, session_id: UUID) -> int:
    """Delete a session with all its sets, files too; return how many sets went. Ask the person first."""
    with files.leaving(history) as goes, writing(history) as session:
        if session.get(SessionRow, session_id) is None:
            raise HistoryError("this session is not in the history (any more).")
        sets = session.scalars(select(SetRow.id).where(SetRow.session_id == session_id)).all()
        goes(sets)
        session.execute(delete_rows(SessionRow).where(SessionRow.id == session_id))
    return len(sets)


def start_session(history: History, person_id: UUID, note: str = "", started_at: datetime | None = None) -> Session:
    """Begin a session by hand; `save` makes one by itself where it is given none."""
    row = SessionRow(id=uuid4(), person_id=person_id, note=text_checks.text(note, "a note"),
                     started_at=started_at or datetime.now(timezone.utc))
    with writing(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return row_conversion.session(row)


def note_session(history: History, session_id: UUID, note: str) -> Session:
    """Write what the person says about a whole session; it replaces what stood there."""
    with writing(history) as session:
        row = session.get(SessionRow, session_id)
        if row is None:
            raise HistoryError("this session is not in the history (any more).")
        row.note = text_checks.text(note, "a note")
    return row_conversion.session(row)


def _session(session: Db, person_id: UUID, session_id: UUID | None, new: NewSet) -> UUID:
    """The session that a set belongs to."""
    # Two windows that save at once for one person wait here for each other, and share the session.
    if session.scalar(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update()) is None:
        raise HistoryError("this person is not in the history (any more).")
    if session_id is not None:
        owner = session.scalar(select(SessionRow.person_id).where(SessionRow.id == session_id))
        if owner != person_id:
            raise HistoryError("this session is not in the history (any more)." if owner is None else
                               "this session belongs to somebody else.")
        return session_id
    assert new.made_at is not None
    near = session.scalar(
        select(SetRow.session_id).join(SessionRow, SetRow.session_id == SessionRow.id)
        .where(SessionRow.person_id == person_id, SetRow.made_at > new.made_at - SESSION_GAP,
               SetRow.made_at < new.made_at + SESSION_GAP).order_by(SetRow.made_at.desc()).limit(1))
    if near is not None:
        return near
    row = SessionRow(id=uuid4(), person_id=person_id, started_at=new.made_at, note="")
    session.add(row)
    session.flush()
    return row.id
