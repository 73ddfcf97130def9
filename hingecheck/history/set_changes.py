"""Change what a saved set is called and whose it is; the report itself stays as it is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy import update as change_rows

from hingecheck.history import sets, text_checks
from hingecheck.history.access import require_own
from hingecheck.history.connection import History, write_transaction
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.history.tables import FullBendRow, NoteRow, PersonRow, SessionRow, SetRow
from language.translate import _, mark

_GONE = mark("this set is not in the history (any more).")


def rename(history: History, set_id: UUID, name: str) -> str:
    """Give a set another name in the lists, at first that of its video; return the name before.

    Raises
    ------
    HistoryError
        The set is not in the history (any more), the viewer may not change it, or the name is empty.
    """
    text_checks.check_name(name, mark("the name of the set"))
    require_set(history, set_id, own=True)
    with write_transaction(history) as session:
        before = session.scalar(select(SetRow.video).where(SetRow.id == set_id))
        if before is None:
            raise HistoryError(_(_GONE))
        session.execute(change_rows(SetRow).where(SetRow.id == set_id).values(video=name))
    return before


def move(history: History, set_id: UUID, person_id: UUID) -> UUID:
    """Move a set to another person, with its notes and the full bend that it measured; return whose it was.

    It joins that person's session of the same time, or begins one; a session that is left without sets and notes goes.

    Raises
    ------
    HistoryError
        The set or the person is not in the history (any more), or the viewer may not change what is theirs.
    """
    require_set(history, set_id, own=True)
    require_own(history.viewer, person_id)
    with write_transaction(history) as session:
        row = session.get(SetRow, set_id)
        if row is None:
            raise HistoryError(_(_GONE))
        left = row.session_id
        before = session.scalars(select(SessionRow.person_id).where(SessionRow.id == left)).one()
        if before == person_id:
            return before
        if session.scalar(select(PersonRow.id).where(PersonRow.id == person_id)) is None:
            raise HistoryError(_("this person is not in the history (any more)."))
        joined = sets.session_near(session, person_id, row.made_at)
        session.execute(change_rows(SetRow).where(SetRow.id == set_id).values(session_id=joined))
        for table in (NoteRow, FullBendRow):
            session.execute(change_rows(table).where(table.set_id == set_id).values(person_id=person_id))
        session.execute(delete_rows(SessionRow).where(*sets.is_empty(left)))
    return before
