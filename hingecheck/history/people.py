"""Add, list, find, change, archive and delete profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select, text
from sqlalchemy.orm import Session as Db

from hingecheck.history import row_conversion, text_checks
from hingecheck.history.access import require_own, require_owner
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.file_changes import file_change
from hingecheck.history.records import EXAMPLE_ID, AmbiguousPersonError, HistoryError, Person
from hingecheck.history.tables import PersonRow, SessionRow, SetRow
from language.translate import _, mark

#: Key of the lock on names in a PostgreSQL; any number that no other program locks in the same database.
_NAMES_LOCK = 7_411_094


class NameTakenError(HistoryError):
    """Another profile has the name."""


def add(history: History, name: str, notes: str = "") -> Person:
    """Add a profile.

    Raises
    ------
    NameTakenError
        Another profile has the name (upper and lower case are the same), also one that is added at the same time.
    HistoryError
        The name is empty.
    """
    require_owner(history.viewer)
    row = PersonRow(id=uuid4(), name=text_checks.check_name(name), notes=text_checks.check_text(notes, mark("a note")),
                    created_at=datetime.now(timezone.utc), archived_at=None)
    with write_transaction(history) as session:
        _require_unique(session, name, None)
        session.add(row)
    return row_conversion.person_record(row)


def everyone(history: History, archived: bool = False) -> tuple[Person, ...]:
    """Return the profiles by name; archived ones only with `archived`."""
    query = select(PersonRow).order_by(PersonRow.name, PersonRow.id)
    if not archived:
        query = query.where(PersonRow.archived_at.is_(None))
    with read_transaction(history) as session:
        return tuple(map(row_conversion.person_record, session.scalars(query)))


def get(history: History, person_id: UUID) -> Person:
    """Return one profile; HistoryError where it is not in the history (any more)."""
    with read_transaction(history) as session:
        return row_conversion.person_record(row_of(session, person_id))


def find(history: History, name: str) -> Person:
    """Return the profile with that name or id (or the beginning of an id).

    Raises
    ------
    HistoryError
        No profile fits, or several do.
    """
    everybody = everyone(history, archived=True)
    matches = [person for person in everybody if _has_name(person, name) and person.archived_at is None]
    matches = matches or [person for person in everybody if _has_name(person, name) or (
        len(name) >= 4 and str(person.id).startswith(name.lower()))]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise HistoryError(_("{count} people are called {name!r}. Use the beginning of an id: {list}.").format(
                               count=len(matches), name=name,
                               list=", ".join(str(person.id)[:8] for person in matches)))
    known = ", ".join(person.name for person in everybody) or _("nobody yet")
    raise HistoryError(_("nobody is called {name!r}; known: {known}.").format(name=name, known=known))


def _has_name(person: Person, name: str) -> bool:
    return person.name.casefold() == name.casefold()


def find_or_add(history: History, name: str) -> tuple[Person, bool]:
    """Return the profile with that name (see `find`), and whether it was added because nobody had it."""
    if any(_has_name(person, name) or str(person.id).startswith(name.casefold())
           for person in everyone(history, archived=True)):
        return find(history, name), False
    try:
        return add(history, name), True
    except NameTakenError:  # another program added it just now
        return find(history, name), False


def default(history: History) -> Person:
    """Return the only profile; an empty history gets one called "Me", in the current language.

    Raises
    ------
    AmbiguousPersonError
        There are several profiles.
    """
    everybody = everyone(history)
    if len(everybody) > 1:
        raise AmbiguousPersonError(_("several people are in the history ({list}). Choose whose set this is.").format(
                                       list=", ".join(person.name for person in everybody)))
    return everybody[0] if everybody else find_or_add(history, _("Me"))[0]


def example(history: History) -> Person:
    """Return the person whose sets those of the samples are: never somebody's own statistics.

    It is archived from the first, so that no list of people has it, and has one id in every history.
    """
    # On a shared server too, where accounts add nobody else.
    with write_transaction(replace(history, viewer=None)) as session:
        row = session.get(PersonRow, EXAMPLE_ID)
        if row is None:
            now = datetime.now(timezone.utc)
            row = PersonRow(id=EXAMPLE_ID, name="Example", notes="", created_at=now, archived_at=now)
            session.add(row)
    return row_conversion.person_record(row)


def change(history: History, person_id: UUID, name: str | None = None, notes: str | None = None) -> Person:
    """Change name or notes; None leaves them as they are."""
    require_own(history.viewer, person_id)
    with write_transaction(history) as session:
        row = row_of(session, person_id)
        if name is not None:
            row.name = text_checks.check_name(name)
            _require_unique(session, name, person_id)
        if notes is not None:
            row.notes = text_checks.check_text(notes, mark("a note"))
    return row_conversion.person_record(row)


def archive(history: History, person_id: UUID, archived: bool = True) -> Person:
    """Hide a profile from the lists, or show it again; none of its data is deleted."""
    require_own(history.viewer, person_id)
    with write_transaction(history) as session:
        row = row_of(session, person_id)
        row.archived_at = datetime.now(timezone.utc) if archived else None
    return row_conversion.person_record(row)


def delete(history: History, person_id: UUID) -> int:
    """Delete a profile with all its data and files. Confirm with the person first.

    Returns
    -------
    int
        Number of deleted sets.
    """
    require_own(history.viewer, person_id)
    with file_change(replace(history, viewer=None)) as change, write_transaction(history) as session:
        row_of(session, person_id)
        sets: Sequence[UUID] = session.scalars(
            select(SetRow.id).join(SessionRow).where(SessionRow.person_id == person_id)).all()
        for set_id in sets:
            change.delete(set_id)
        session.execute(delete_rows(PersonRow).where(PersonRow.id == person_id))
    return len(sets)


def row_of(session: Db, person_id: UUID) -> PersonRow:
    """Return the row of a profile; HistoryError where it is not in the history (any more)."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise HistoryError(_("this person is not in the history (any more)."))
    return row


def _require_unique(session: Db, name: str, own_id: UUID | None) -> None:
    # Two programs that search at once would both find the name free. SQLite lets one write at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _NAMES_LOCK})
    for row in session.scalars(select(PersonRow).where(PersonRow.archived_at.is_(None))):
        if row.id != own_id and row.name.casefold() == name.casefold():
            raise NameTakenError(_("a person called {name!r} is in the history already. Choose another name.").format(
                                     name=row.name))
