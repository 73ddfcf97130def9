"""Profiles: add, list, find, change, archive, delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from hingecheck.history import row_conversion, text_checks
from hingecheck.history.connection import History, reading, writing
from hingecheck.history.files import leaving
from hingecheck.history.records import HistoryError, Person
from hingecheck.history.tables import PersonRow, SessionRow, SetRow


def add(history: History, name: str, notes: str = "") -> Person:
    """Add a profile.

    Raises
    ------
    HistoryError
        An empty name, or one that another profile has (upper and lower case are the same).
    """
    row = PersonRow(id=uuid4(), name=text_checks.name(name), notes=text_checks.text(notes, "a note"),
                    created_at=datetime.now(timezone.utc), archived_at=None)
    with writing(history) as session:
        _refuse_twin(session, name, None)
        session.add(row)
    return row_conversion.person(row)


def everyone(history: History, archived: bool = False) -> tuple[Person, ...]:
    """Return the profiles by name; archived ones only when asked for."""
    query = select(PersonRow).order_by(PersonRow.name, PersonRow.id)
    if not archived:
        query = query.where(PersonRow.archived_at.is_(None))
    with reading(history) as session:
        return tuple(map(row_conversion.person, session.scalars(query)))


def get(history: History, person_id: UUID) -> Person:
    """Return one profile; HistoryError where it is not there (any more)."""
    with reading(history) as session:
        return row_conversion.person(row_of(session, person_id))


def find(history: History, name: str) -> Person:
    """Return the profile of that name or id (or the beginning of an id).

    Raises
    ------
    HistoryError
        None, or several.
    """
    everybody = everyone(history, archived=True)
    found = [one for one in everybody if one.name.casefold() == name.casefold() and one.archived_at is None]
    found = found or [one for one in everybody if one.name.casefold() == name.casefold() or (
        len(name) >= 4 and str(one.id).startswith(name.lower()))]
    if len(found) == 1:
        return found[0]
    if found:
        raise HistoryError(f"{len(found)} people are called {name!r}; use the beginning of an id: "
                           f"{', '.join(str(one.id)[:8] for one in found)}.")
    known = ", ".join(one.name for one in everybody) or "nobody yet"
    raise HistoryError(f"nobody is called {name!r}; known: {known}.")


def named(history: History, name: str) -> tuple[Person, bool]:
    """Return the profile of that name (see `find`), and whether it was made just now because nobody had it."""
    folded = name.casefold()
    if any(folded == one.name.casefold() or str(one.id).startswith(folded) for one in everyone(history, archived=True)):
        return find(history, name), False
    return add(history, name), True


def default(history: History) -> Person:
    """Return the only profile; where there is none yet, one called "Me" is made.

    Raises
    ------
    HistoryError
        Several people: it must be said who.
    """
    everybody = everyone(history)
    if len(everybody) > 1:
        raise HistoryError(f"several people are in the history ({', '.join(one.name for one in everybody)}): say whose "
                           "set this is with --person NAME.")
    return everybody[0] if everybody else add(history, "Me")


def change(history: History, person_id: UUID, name: str | None = None, notes: str | None = None) -> Person:
    """Change name or notes; None leaves them as they are."""
    with writing(history) as session:
        row = row_of(session, person_id)
        if name is not None:
            row.name = text_checks.name(name)
            _refuse_twin(session, name, person_id)
        if notes is not None:
            row.notes = text_checks.text(notes, "a note")
    return row_conversion.person(row)


def archive(history: History, person_id: UUID, archived: bool = True) -> Person:
    """Take a profile out of the lists, or put it back; everything of it is kept."""
    with writing(history) as session:
        row = row_of(session, person_id)
        row.archived_at = datetime.now(timezone.utc) if archived else None
    return row_conversion.person(row)


def delete(history: History, person_id: UUID) -> int:
    """Delete a profile with everything that belongs to it, files too. Ask the person first.

    Returns
    -------
    int
        How many sets went with it.
    """
    with leaving(history) as goes, writing(history) as session:
        row_of(session, person_id)
        sets: Sequence[UUID] = session.scalars(
            select(SetRow.id).join(SessionRow).where(SessionRow.person_id == person_id)).all()
        goes(sets)
        session.execute(delete_rows(PersonRow).where(PersonRow.id == person_id))
    return len(sets)


def row_of(session: Db, person_id: UUID) -> PersonRow:
    """Return the row of a profile; HistoryError where it is not there (any more)."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise HistoryError("this person is not in the history (any more).")
    return row


def _refuse_twin(session: Db, name: str, but: UUID | None) -> None:
    for row in session.scalars(select(PersonRow).where(PersonRow.archived_at.is_(None))):
        if row.id != but and row.name.casefold() == name.casefold():
            raise HistoryError(f"somebody called {row.name!r} is there already: choose another name.")
