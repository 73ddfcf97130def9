"""Who agreed that a therapist's account sees their sets: list, give, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from hingecheck.history import people
from hingecheck.history.access import Role, require_own
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import AccountRow, ConsentRow
from language.translate import _


@dataclass(frozen=True)
class Therapist:
    """A therapist's account, and whether a person agreed that it sees their sets."""

    account_id: UUID
    name: str
    has_agreed: bool


def therapists(history: History, person_id: UUID) -> tuple[Therapist, ...]:
    """Return every therapist's account by name; only the person themself sees whom they agreed to."""
    require_own(history.viewer, person_id)
    accounts = select(AccountRow).where(AccountRow.role == Role.THERAPIST.value).order_by(AccountRow.name)
    with read_transaction(replace(history, viewer=None)) as session:
        agreed = set(session.scalars(select(ConsentRow.account_id).where(ConsentRow.person_id == person_id)))
        return tuple(Therapist(row.id, row.name, row.id in agreed) for row in session.scalars(accounts))


def agree(history: History, person_id: UUID, account_id: UUID, agreed: bool = True) -> None:
    """Let a therapist see a person's sets from now on, or no longer.

    Raises
    ------
    HistoryError
        The viewer is not this person, or the account is no therapist's (any more).
    """
    require_own(history.viewer, person_id)
    with write_transaction(replace(history, viewer=None)) as session:
        people.row_of(session, person_id)
        account = session.get(AccountRow, account_id)
        if account is None or account.role != Role.THERAPIST.value:
            raise HistoryError(_("this is no account of a therapist (any more)."))
        session.execute(delete_rows(ConsentRow).where(ConsentRow.person_id == person_id,
                                                      ConsentRow.account_id == account_id))
        if agreed:
            session.add(ConsentRow(person_id=person_id, account_id=account_id, made_at=datetime.now(timezone.utc)))
