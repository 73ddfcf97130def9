"""Save, update, load and delete sets and their sessions, each in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import ColumnElement, insert, select
from sqlalchemy import delete as delete_rows
from sqlalchemy import update as change_rows
from sqlalchemy.orm import Session as Db

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.history import file_rows, files, people, row_conversion, text_checks
from hingecheck.history.access import require_own
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.file_changes import file_change, folder_of, write_errors
from hingecheck.history.records import HistoryError, NewSet, SavedSet, Session
from hingecheck.history.set_access import require_set
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
from language.translate import _, mark

#: A set this long after the last one begins a new session.
SESSION_GAP = timedelta(hours=2)


def save(history: History, new: NewSet, person_id: UUID, session_id: UUID | None = None) -> UUID:
    """Save a set: first its files, then its rows in one transaction.

    A full bend that was measured becomes the person's own 100 % from then on. Answers in the report become the set's.

    Parameters
    ----------
    history : History
    new : NewSet
    person_id : UUID
    session_id : UUID, optional
        Default: the person's session with a set less than two hours away, or a new one.

    Returns
    -------
    UUID
        Id of the set.

    Raises
    ------
    HistoryError
        The set cannot be saved; then nothing of it is in the history.
    """
    text_checks.check_text(new.report.video, mark("the name of the video"))
    document = row_conversion.report_json(new.report)
    new = replace(new, made_at=new.made_at or datetime.now(timezone.utc))
    set_id = uuid4()
    with file_change(replace(history, viewer=None)) as change:
        with write_errors(history):
            folder = change.new_folder(set_id)
        written = files.write_set_files(lambda name: folder / name, new.track, new.key_images, new.video)
        with write_transaction(history) as session:
            own_session_id = _session_of(session, person_id, session_id, new)
            for table, values in row_conversion.set_rows(set_id, own_session_id, new, document):
                if values:
                    session.execute(insert(table), values)
            _add_bend_and_answers(session, set_id, person_id, new)
            file_rows.write(session, set_id, written)
    return set_id


def update(history: History, set_id: UUID, new: NewSet) -> None:
    """Replace the saved state of a set by a newer one: a live set is autosaved after every rep.

    Person, session, time, answers, notes and angles by hand stay. Relabels are deleted with the reps that they belong
    to.

    Raises
    ------
    HistoryError
        The set is not in the history (any more), or cannot be saved; then the saved state stays.
    """
    text_checks.check_text(new.report.video, mark("the name of the video"))
    document = row_conversion.report_json(new.report)
    with file_change(replace(history, viewer=None)) as change, write_transaction(history) as session:
        row = session.get(SetRow, set_id)
        if row is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        person_id = session.scalars(select(SessionRow.person_id).where(SessionRow.id == row.session_id)).one()
        new = replace(new, made_at=row.made_at)
        for child in (FullBendRow, DocumentRow, RepRow):
            session.execute(delete_rows(child).where(child.set_id == set_id))
        (_table, (set_values,)), *children = row_conversion.set_rows(set_id, row.session_id, new, document)
        session.execute(change_rows(SetRow).where(SetRow.id == set_id), set_values)
        for table, values in children:
            if values:
                session.execute(insert(table), values)
        _add_bend_and_answers(session, set_id, person_id, new)
        with write_errors(history):
            written = files.write_set_files(lambda name: change.staged(set_id, name), new.track, new.key_images,
                                            new.video)
        file_rows.record_existing(session, set_id, folder_of(history, set_id))
        file_rows.write(session, set_id, written)


def _add_bend_and_answers(session: Db, set_id: UUID, person_id: UUID, new: NewSet) -> None:
    """Add the rows of the full bend that the set measured and of the answers in its report, if there are any."""
    if new.report.full_bend is not None:
        session.add(FullBendRow(id=uuid4(), person_id=person_id, set_id=set_id, made_at=new.made_at,
                                **new.report.full_bend.model_dump()))
    if new.report.answers is not None:
        session.add(AnswerRow(id=uuid4(), set_id=set_id, pain=new.report.answers.pain,
                              felt=list(new.report.answers.felt), made_at=new.made_at))


def load(history: History, set_id: UUID) -> SavedSet:
    """Return all data of a set (for its files see `files`); HistoryError where it is not in the history (any more)."""
    with read_transaction(history) as session:
        rows = session.execute(
            select(SetRow, SessionRow, PersonRow, DocumentRow).join(SessionRow, SetRow.session_id == SessionRow.id)
            .join(PersonRow, SessionRow.person_id == PersonRow.id).join(DocumentRow, DocumentRow.set_id == SetRow.id)
            .where(SetRow.id == set_id)).one_or_none()
        if rows is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        set_row, session_row, person, document = rows
        relabels = session.scalars(select(RelabelRow).where(RelabelRow.set_id == set_id)
                                   .order_by(RelabelRow.made_at, RelabelRow.id))
        answers = session.scalars(select(AnswerRow).where(AnswerRow.set_id == set_id)
                                  .order_by(AnswerRow.made_at.desc(), AnswerRow.id).limit(1)).one_or_none()
        notes = session.scalars(select(NoteRow).where(NoteRow.set_id == set_id).order_by(NoteRow.made_at, NoteRow.id))
        report, exercise = _parse(document)
        return SavedSet(
            line=row_conversion.line_record(set_row, person.id, answers is not None),
            person=row_conversion.person_record(person), session=row_conversion.session_record(session_row),
            report=report, exercise=exercise,
            relabels=tuple(map(row_conversion.relabel_record, relabels)),
            answers=None if answers is None else row_conversion.answers_record(answers),
            notes=tuple(map(row_conversion.note_record, notes)),
            folder=folder_of(history, set_id))


def _parse(document: DocumentRow) -> tuple[SetReport, Exercise]:
    try:
        return SetReport.model_validate_json(document.report), Exercise.model_validate_json(document.exercise)
    except ValidationError as error:
        raise HistoryError(_("the report of the set {set_id} cannot be read ({reason}). A newer HingeCheck may have "
                             "written it: update this one.").format(
                               set_id=document.set_id, reason=error.errors()[0]["msg"])) from error


def delete(history: History, set_id: UUID) -> None:
    """Delete a set with all its data and files, and its session if no set and no note is left in it.

    Confirm with the person first. HistoryError where the set is not in the history (any more).
    """
    require_set(history, set_id, own=True)
    with file_change(replace(history, viewer=None)) as change, write_transaction(history) as session:
        row = session.get(SetRow, set_id)
        if row is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        session_id = row.session_id
        change.delete(set_id)
        session.execute(delete_rows(SetRow).where(SetRow.id == set_id))
        session.execute(delete_rows(SessionRow).where(*is_empty(session_id)))


def is_empty(session_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a session has no set, no note, and nothing written about it."""
    return (SessionRow.id == session_id, SessionRow.note == "",
            ~select(SetRow.id).where(SetRow.session_id == session_id).exists(),
            ~select(NoteRow.id).where(NoteRow.session_id == session_id).exists())


def delete_session(history: History, session_id: UUID) -> int:
    """Delete a session with all its sets and files; return the number of sets. Confirm with the person first."""
    with file_change(replace(history, viewer=None)) as change, write_transaction(history) as session:
        row = session.get(SessionRow, session_id)
        if row is None:
            raise HistoryError(_("this session is not in the history (any more)."))
        require_own(history.viewer, row.person_id)
        sets = session.scalars(select(SetRow.id).where(SetRow.session_id == session_id)).all()
        for set_id in sets:
            change.delete(set_id)
        session.execute(delete_rows(SessionRow).where(SessionRow.id == session_id))
    return len(sets)


def start_session(history: History, person_id: UUID, note: str = "", started_at: datetime | None = None) -> Session:
    """Start a session by hand; `save` starts one by itself where it needs one."""
    row = SessionRow(id=uuid4(), person_id=person_id, note=text_checks.check_text(note, mark("a note")),
                     started_at=started_at or datetime.now(timezone.utc))
    with write_transaction(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return row_conversion.session_record(row)


def note_session(history: History, session_id: UUID, note: str) -> Session:
    """Set the note of a session; it replaces the one before."""
    with write_transaction(history) as session:
        row = session.get(SessionRow, session_id)
        if row is None:
            raise HistoryError(_("this session is not in the history (any more)."))
        row.note = text_checks.check_text(note, mark("a note"))
    return row_conversion.session_record(row)


def _session_of(session: Db, person_id: UUID, session_id: UUID | None, new: NewSet) -> UUID:
    """Return the id of the session that a new set belongs to."""
    # The lock on the person makes programs that save at once wait for each other, so that they share the session.
    if session.scalar(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update()) is None:
        raise HistoryError(_("this person is not in the history (any more)."))
    if session_id is not None:
        owner = session.scalar(select(SessionRow.person_id).where(SessionRow.id == session_id))
        if owner != person_id:
            raise HistoryError(_("this session is not in the history (any more).") if owner is None else
                               _("this session belongs to another person."))
        return session_id
    assert new.made_at is not None
    return session_near(session, person_id, new.made_at)


def session_near(session: Db, person_id: UUID, made_at: datetime) -> UUID:
    """Return the id of a person's session with a set less than two hours from a time; a new one where there is none."""
    near = session.scalar(
        select(SetRow.session_id).join(SessionRow, SetRow.session_id == SessionRow.id)
        .where(SessionRow.person_id == person_id, SetRow.made_at > made_at - SESSION_GAP,
               SetRow.made_at < made_at + SESSION_GAP).order_by(SetRow.made_at.desc()).limit(1))
    if near is not None:
        return near
    row = SessionRow(id=uuid4(), person_id=person_id, started_at=made_at, note="")
    session.add(row)
    session.flush()
    return row.id
