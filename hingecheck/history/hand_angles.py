"""Save the angles that somebody clicked on frames of a set, read them back, delete them."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from hingecheck.history import row_conversion, text_checks
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import HandAngle, HistoryError
from hingecheck.history.tables import HandAngleRow, SetRow
from hingecheck.validation.clicked_angles import ClickedAngle
from language.translate import _, mark


def add(history: History, set_id: UUID, angle: ClickedAngle) -> HandAngle:
    """Save an angle that was clicked on a frame of a set.

    Parameters
    ----------
    history : History
    set_id : UUID
    angle : ClickedAngle
        With its author. Of several of one quantity and moment the newest counts.

    Raises
    ------
    HistoryError
        The set is not in the history (any more), or the clicks are no angle.
    """
    text_checks.check_name(angle.author, mark("the author"))
    if math.isnan(angle.value_deg):
        raise HistoryError(_("two of the three clicks are the same point, so there is no angle. Click them apart."))
    row = HandAngleRow(id=uuid4(), set_id=set_id, made_at=datetime.now(timezone.utc),
                       **row_conversion.hand_angle_columns(angle))
    with write_transaction(history) as session:
        if session.get(SetRow, set_id) is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        session.add(row)
    return row_conversion.hand_angle_record(row)


def of_set(history: History, set_id: UUID) -> tuple[HandAngle, ...]:
    """Return the angles that were clicked on a set, oldest first."""
    with read_transaction(history) as session:
        return tuple(map(row_conversion.hand_angle_record, session.scalars(
            select(HandAngleRow).where(HandAngleRow.set_id == set_id)
            .order_by(HandAngleRow.made_at, HandAngleRow.id))))


def delete(history: History, angle_id: UUID) -> None:
    """Delete an angle, if it exists."""
    with write_transaction(history) as session:
        session.execute(delete_rows(HandAngleRow).where(HandAngleRow.id == angle_id))
