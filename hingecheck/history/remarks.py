"""Save what people add to a set: relabels of reps, after-set answers, notes. The report itself stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from hingecheck.history import people, row_conversion, text_checks
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import HistoryError, Note, Relabel, SavedAnswers
from hingecheck.history.tables import AnswerRow, NoteRow, RelabelRow, RepRow, SessionRow, SetRow
from language.translate import _, mark

#: The author where none is named.
SELF = mark("me")


def relabel(history: History, set_id: UUID, rep: int, verdict: str, note: str = "", author: str = SELF) -> Relabel:
    """Save a person's or therapist's verdict on a rep beside the original one.

    Parameters
    ----------
    history : History
    set_id : UUID
    rep : int
        The rep's index, as in the report.
    verdict : str
        A verdict of the reports ("neutral", "good", "rounded", ...), or any other word.
    note : str, optional
        Why.
    author : str, optional
        Who gives the verdict.

    Raises
    ------
    HistoryError
        The rep is not in the history (any more), or the verdict is empty.
    """
    text_checks.check_name(verdict, mark("the verdict"))
    text_checks.check_name(author, mark("the author"))
    text_checks.check_text(note, mark("a note"))
    with write_transaction(history) as session:
        original = session.scalar(select(RepRow.verdict).where(RepRow.set_id == set_id, RepRow.number == rep))
        if original is None:
            raise HistoryError(_("there is no rep {rep} of this set in the history (any more).").format(rep=rep))
        row = RelabelRow(id=uuid4(), set_id=set_id, rep=rep, verdict=verdict, original=original, note=note,
                         author=author, made_at=datetime.now(timezone.utc))
        session.add(row)
    return row_conversion.relabel_record(row)


def take_back(history: History, set_id: UUID, rep: int) -> None:
    """Take back every verdict that a person gave a rep: the program's own counts again."""
    with write_transaction(history) as session:
        session.execute(delete_rows(RelabelRow).where(RelabelRow.set_id == set_id, RelabelRow.rep == rep))


def answer(history: History, set_id: UUID, pain: int | None, felt: Sequence[str] = ()) -> SavedAnswers:
    """Save the after-set answers; of several, the newest count.

    Parameters
    ----------
    history : History
    set_id : UUID
    pain : int or None
        0 (none) to 10; None = no answer.
    felt : sequence of str
        Where it was felt, in the words that the question offers.

    Raises
    ------
    HistoryError
        Pain is outside 0 to 10, or the set is not in the history (any more).
    """
    if pain is not None and (isinstance(pain, bool) or not isinstance(pain, int) or not 0 <= pain <= 10):
        raise HistoryError(_("pain is a whole number from 0 to 10, got {pain!r}.").format(pain=pain))
    words = [text_checks.check_name(word, mark("where it was felt")) for word in felt]
    with write_transaction(history) as session:
        if session.get(SetRow, set_id) is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        row = AnswerRow(id=uuid4(), set_id=set_id, pain=pain, felt=words, made_at=datetime.now(timezone.utc))
        session.add(row)
    return row_conversion.answers_record(row)


def add_note(history: History, person_id: UUID, text: str, session_id: UUID | None = None, set_id: UUID | None = None,
             author: str = SELF) -> Note:
    """Save a note about a person, or about one of their sessions or sets."""
    if not text.strip():
        raise HistoryError(_("the note is empty. Write something."))
    text_checks.check_text(text, mark("a note"))
    text_checks.check_name(author, mark("the author"))
    row = NoteRow(id=uuid4(), person_id=person_id, session_id=session_id, set_id=set_id, text=text, author=author,
                  made_at=datetime.now(timezone.utc))
    with write_transaction(history) as session:
        people.row_of(session, person_id)
        owners = select(SessionRow.person_id)
        if set_id is not None:
            _check_owner(session.scalar(owners.join(SetRow).where(SetRow.id == set_id)), person_id)
        if session_id is not None:
            _check_owner(session.scalar(owners.where(SessionRow.id == session_id)), person_id)
        session.add(row)
    return row_conversion.note_record(row)


def notes(history: History, person_id: UUID) -> tuple[Note, ...]:
    """Return all notes about a person, their sessions and sets, newest first."""
    with read_transaction(history) as session:
        return tuple(map(row_conversion.note_record, session.scalars(
            select(NoteRow).where(NoteRow.person_id == person_id).order_by(NoteRow.made_at.desc(), NoteRow.id))))


def delete_note(history: History, note_id: UUID) -> None:
    """Delete a note, if it exists."""
    with write_transaction(history) as session:
        session.execute(delete_rows(NoteRow).where(NoteRow.id == note_id))


def _check_owner(owner: UUID | None, person_id: UUID) -> None:
    if owner != person_id:
        raise HistoryError(_("what this note is about is not in this person's history (any more)."))
