"""Whether the viewer of a history may read or change a set: for what lies in files, which no statement selects."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hingecheck.history.access import AccessError, require_own
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.tables import SessionRow, SetRow
from language.translate import _


def require_set(history: History, set_id: UUID, own: bool = False) -> None:
    """Raise AccessError where the viewer does not see a set, or, with `own`, may not change and delete it."""
    if history.viewer is None:
        return
    with read_transaction(history) as session:
        person_id = session.scalar(select(SessionRow.person_id).join(SetRow, SetRow.session_id == SessionRow.id)
                                   .where(SetRow.id == set_id))
    if person_id is None:
        raise AccessError(_("this set is not in the history (any more)."))
    if own:
        require_own(history.viewer, person_id)
