"""What people say about a set: another verdict on a rep, the after-set answers, notes. All of it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from hingecheck.history import people, row_conversion, text_checks
from hingecheck.history.connection import History, reading, writing
from hingecheck.history.records import Answers, HistoryError, Note, Relabel
from hingecheck.history.tables import AnswerRow, NoteRow, RelabelRow, RepRow, SessionRow, SetRow

#: Whose word it is where nobody says.
SELF = "me"


def relabel(history: History, set_id: UUID, rep: int, verdict: str, note: str = "", author: str = SELF) -> Relabel:
    """Keep a person's or therapist's verdict on a rep; the original one stays beside it.

    Parameters
    ----------
    history : History
    set_id : UUID
    rep : int
        The rep's index, as in the report.
    verdict : str
        As in the reports ("neutral", "good", "rounded", ...), or a word of one's own.
    note : str, optional
        Why.
    author : str, optional
        Who says so.

    Raises
    ------
    HistoryError
        No such rep (any more), or an empty verdict.
    """
    text_checks.name(verdict, "the verdict")
    text_checks.name(author, "who says so")
    text_checks.text(note, "a note")
    with writing(history) as session:
        original = session.scalar(select(RepRow.verdict).where(RepRow.set_id == set_id, RepRow.number == rep))
        if original is None:
            raise HistoryError(f"there is no rep {rep} of this set in the history (any more).")
        row = RelabelRow(id=uuid4(), set_id=set_id, rep=rep, verdict=verdict, original=original, note=note,
                         author=author, made_at=datetime.now(timezone.utc))
        session.add(row)
    return row_conversion.relabel(row)


def answer(history: History, set_id: UUID, pain: int | None, felt: Sequence[str] = ()) -> Answers:
    """Keep the after-set answers; answered again, the newer ones count.

    Parameters
    ----------
    history : History
    set_id : UUID
    pain : int or None
        0 (none) to 10; None = not said.
    felt : sequence of str
        Where it was felt, in the words that were offered.

    Raises
    ------
    HistoryError
        A pain outside 0 to 10, or no such set (any more).
    """
    if pain is not None and (isinstance(pain, bool) or not isinstance(pain, int) or not 0 <= pain <= 10):
        raise HistoryError(f"pain goes from 0 to 10 in whole numbers, got {pain!r}.")
    words = [text_checks.name(word, "where it was felt") for word in felt]
    with writing(history) as session:
        if session.get(SetRow, set_id) is None:
            raise HistoryError("this set is not in the history (any more).")
        row = AnswerRow(id=uuid4(), set_id=set_id, pain=pain, felt=words, made_at=datetime.now(timezone.utc))
        session.add(row)
    return row_conversion.answers(row)


def add_note(history: History, person_id: UUID, text: str, session_id: UUID | None = None, set_id: UUID | None = None,
             author: str = SELF) -> Note:
    """Keep a free text about a person, or about one session or set of theirs."""
    if not text.strip():
        raise HistoryError("the note is empty: write something.")
    text_checks.text(text, "a note")
    text_checks.name(author, "who says so")
    row = NoteRow(id=uuid4(), person_id=person_id, session_id=session_id, set_id=set_id, text=text, author=author,
                  made_at=datetime.now(timezone.utc))
    with writing(history) as session:
        people.row_of(session, person_id)
        owners = select(SessionRow.person_id)
        if set_id is not None:
            _own(session.scalar(owners.join(SetRow).where(SetRow.id == set_id)), person_id)
        if session_id is not None:
            _own(session.scalar(owners.where(SessionRow.id == session_id)), person_id)
        session.add(row)
    return row_conversion.note(row)


def notes(history: History, person_id: UUID) -> tuple[Note, ...]:
    """Return all notes about a person, their sessions and sets, newest first."""
    with reading(history) as session:
        return tuple(map(row_conversion.note, session.scalars(
            select(NoteRow).where(NoteRow.person_id == person_id).order_by(NoteRow.made_at.desc(), NoteRow.id))))


def delete_note(history: History, note_id: UUID) -> None:
    """Delete a note; one that is gone already is no mistake."""
    with writing(history) as session:
        session.execute(delete_rows(NoteRow).where(NoteRow.id == note_id))


def _own(owner: UUID | None, person_id: UUID) -> None:
    if owner != person_id:
        raise HistoryError("what this note is about is not in this person's history (any more).")
