"""Add, list, change and delete the accounts of a shared server, and say what each of them sees."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from hingecheck.history import passwords, people
from hingecheck.history.access import Role, Viewer, require_owner
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import AccountRow, ConsentRow
from hingecheck.history.text_checks import check_name
from language.translate import _, mark


@dataclass(frozen=True)
class Account:
    """An account.

    `is_temporary`: its password was made for it, and it has to choose its own. `stamp` changes with its password.
    """

    id: UUID
    name: str
    role: Role
    is_temporary: bool
    openid: str | None
    person_id: UUID | None
    created_at: datetime
    stamp: str


def add(history: History, name: str, role: Role, password: str | None = None, person_id: UUID | None = None,
        openid: str | None = None, is_temporary: bool = False) -> Account:
    """Add an account.

    Parameters
    ----------
    history : History
    name : str
        To log in with, and the author of what the account writes.
    role : Role
    password : str, optional
        Without one, the account logs in through the OpenID provider only.
    person_id : UUID, optional
        The account's own profile.
    openid : str, optional
        Who this is to the OpenID provider: a confirmed e-mail address, or a subject.
    is_temporary : bool
        The account has to choose its own password first.

    Raises
    ------
    HistoryError
        Another account has the name or the OpenID, the password is too weak, or there is no way to log in.
    """
    require_owner(history.viewer)
    if password is None and not openid:
        raise HistoryError(_("an account needs a password or an OpenID to log in with."))
    check_name(name, mark("the name of an account"))
    hashed = "" if password is None else passwords.to_hash(passwords.check(password, name))
    row = AccountRow(id=uuid4(), name=name, name_key=_key(name), role=role.value, password=hashed,
                     is_temporary=is_temporary, openid=_openid(openid), person_id=person_id,
                     created_at=datetime.now(timezone.utc))
    with write_transaction(history) as session:
        _require_unique(session, row)
        if person_id is not None:
            people.row_of(session, person_id)
        session.add(row)
    return _account(row)


def everyone(history: History) -> tuple[Account, ...]:
    """Return all accounts by name."""
    require_owner(history.viewer)
    with read_transaction(history) as session:
        return tuple(map(_account, session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))))


def find(history: History, name: str) -> Account:
    """Return the account of this name; HistoryError where there is none."""
    require_owner(history.viewer)
    with read_transaction(history) as session:
        row = session.scalars(select(AccountRow).where(AccountRow.name_key == _key(name))).one_or_none()
        if row is None:
            raise HistoryError(_("there is no account called {name!r}.").format(name=name))
        return _account(row)


def has_owner(history: History) -> bool:
    """Return whether some account is an owner's."""
    with read_transaction(history) as session:
        return _owners(session) > 0


def log_in(history: History, name: str, password: str) -> Account | None:
    """Return the account with this name and password; None where there is none.

    An unknown name takes as long as a wrong password, so that the time tells nobody which names there are.
    """
    with read_transaction(history) as session:
        row = session.scalars(select(AccountRow).where(AccountRow.name_key == _typed_key(name))).one_or_none()
        stored, account = (row.password, _account(row)) if row is not None else ("", None)
    if not passwords.fits(stored or _nobodys_hash(), password) or not stored or account is None:
        return None
    if passwords.is_outdated(stored):
        account = _store_password(history, account.id, password, account.is_temporary)
    return account


def of_openid(history: History, identities: tuple[str, ...]) -> Account | None:
    """Return the account that one of these OpenID identities belongs to; None where there is none, or several."""
    known = [_openid(identity) for identity in identities if identity]
    with read_transaction(history) as session:
        rows = session.scalars(select(AccountRow).where(AccountRow.openid.in_(known))).all()
        return _account(rows[0]) if len(rows) == 1 else None


def set_password(history: History, account_id: UUID, password: str, is_temporary: bool = False) -> Account:
    """Replace the password of an account: its own, or, by an owner, anybody's; return the account.

    Raises
    ------
    HistoryError
        The password is too weak, or the account does not exist (any more).
    """
    if history.viewer is None or history.viewer.account_id != account_id:
        require_owner(history.viewer)
    with read_transaction(_whole(history)) as session:
        name = _row_of(session, account_id).name
    return _store_password(history, account_id, passwords.check(password, name), is_temporary)


def change(history: History, account_id: UUID, role: Role, person_id: UUID | None) -> None:
    """Set role and own profile of an account; the last owner stays one."""
    require_owner(history.viewer)
    with write_transaction(history) as session:
        row = _row_of(session, account_id)
        if person_id is not None:
            people.row_of(session, person_id)
        was_owner = row.role == Role.OWNER.value
        row.role, row.person_id = role.value, person_id
        if role is not Role.THERAPIST:
            session.execute(delete_rows(ConsentRow).where(ConsentRow.account_id == account_id))
        session.flush()
        _require_an_owner(session, was_owner)


def delete(history: History, account_id: UUID) -> None:
    """Delete an account and the consents given to it; no set is deleted. The last owner stays."""
    require_owner(history.viewer)
    with write_transaction(history) as session:
        row = _row_of(session, account_id)
        was_owner = row.role == Role.OWNER.value
        session.delete(row)
        session.flush()
        _require_an_owner(session, was_owner)


def viewer(history: History, account_id: UUID, stamp: str) -> Viewer | None:
    """Return what an account sees now; None where it does not exist (any more), or has another password by now."""
    with read_transaction(history) as session:
        row = session.get(AccountRow, account_id)
        if row is None or _account(row).stamp != stamp:
            return None
        agreed: frozenset[UUID] = frozenset()
        if row.role == Role.THERAPIST.value:
            agreed = frozenset(session.scalars(select(ConsentRow.person_id).where(
                ConsentRow.account_id == account_id)))
        return Viewer(row.id, row.name, Role(row.role), row.person_id, agreed)


def _whole(history: History) -> History:
    return replace(history, viewer=None)


def _store_password(history: History, account_id: UUID, password: str, is_temporary: bool) -> Account:
    hashed = passwords.to_hash(password)
    with write_transaction(_whole(history)) as session:
        row = _row_of(session, account_id)
        row.password, row.is_temporary = hashed, is_temporary
        return _account(row)


@cache
def _nobodys_hash() -> str:
    return passwords.to_hash(passwords.make())


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _typed_key(name: str) -> str:
    """Return the key of a name that somebody typed; "", which nobody has, for what can be no name."""
    try:
        return _key(check_name(name, mark("the name of an account")))
    except HistoryError:
        return ""


def _openid(identity: str | None) -> str | None:
    return (identity or "").strip().casefold() or None


def _row_of(session: Db, account_id: UUID) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise HistoryError(_("this account does not exist (any more)."))
    return row


def _require_unique(session: Db, new: AccountRow) -> None:
    same: list[Any] = [AccountRow.name_key == new.name_key]
    if new.openid is not None:
        same.append(AccountRow.openid == new.openid)
    for condition in same:
        if session.scalar(select(AccountRow.id).where(condition)) is not None:
            raise HistoryError(_("another account has this name or OpenID already. Choose another."))


def _owners(session: Db) -> int:
    return session.scalar(select(func.count()).select_from(AccountRow).where(
        AccountRow.role == Role.OWNER.value)) or 0


def _require_an_owner(session: Db, was_one: bool) -> None:
    if was_one and not _owners(session):
        raise HistoryError(_("this is the last owner. Make another account an owner first."))


def _account(row: AccountRow) -> Account:
    stamp = hashlib.sha256(row.password.encode()).hexdigest()
    return Account(row.id, row.name, Role(row.role), row.is_temporary, row.openid, row.person_id, row.created_at, stamp)
