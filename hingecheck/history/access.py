"""Viewer -> what of the history they see and may change: one check, on every statement of every transaction.

A person at home, the command line and the workers are nobody in particular (`viewer` None) and see everything. On
a shared server each account is a viewer: conditions are added to every SELECT, UPDATE and DELETE, and the parent of
every new row is checked. A table that belongs to nobody, and a statement that cannot be checked, are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, event, false, insert, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, with_loader_criteria
from sqlalchemy.orm import Session as Db

from hingecheck.history.records import EXAMPLE_ID, HistoryError
from hingecheck.history.tables import Base, PersonRow, SessionRow, SetRow
from language.translate import _

#: Tables whose rows are read and written only behind a check of their own (`accounts`, `consents`).
_CLOSED = ("accounts", "consents", "about")
#: Rows that a therapist sees and never deletes or renames.
_OWN = ("people", "sessions", "sets")
#: Column -> the table of its parent, nearest to the person first.
_PARENTS: tuple[tuple[str, type[Base]], ...] = (("person_id", PersonRow), ("session_id", SessionRow),
                                                ("set_id", SetRow))


class AccessError(HistoryError):
    """The viewer may not do this."""


class Role(str, Enum):
    """What an account is for."""

    PERSON = "person"
    THERAPIST = "therapist"
    OWNER = "owner"


@dataclass(frozen=True)
class Viewer:
    """An account, as the history sees it.

    Attributes
    ----------
    account_id : UUID
    name : str
        The author of what this account writes.
    role : Role
        An owner sees and changes everything.
    person_id : UUID or None
        The account's own profile.
    agreed : frozenset of UUID
        People who agreed that this account sees their sets.
    """

    account_id: UUID
    name: str
    role: Role
    person_id: UUID | None = None
    agreed: frozenset[UUID] = frozenset()

    @property
    def is_owner(self) -> bool:
        """Whether this account sees everything."""
        return self.role is Role.OWNER

    @property
    def own(self) -> frozenset[UUID]:
        """People whose profile and sets this account may change and delete; an owner's are all."""
        return frozenset() if self.person_id is None else frozenset({self.person_id})

    @property
    def sees(self) -> frozenset[UUID]:
        """People whose sets this account sees and may comment on; an owner's are all."""
        return self.own | self.agreed


def require_owner(viewer: Viewer | None) -> None:
    """Raise AccessError for everybody but an owner and the person at the computer itself."""
    if viewer is not None and not viewer.is_owner:
        raise AccessError(_("only the owner of this server may do this. Ask them."))


def require_own(viewer: Viewer | None, person_id: UUID | None) -> None:
    """Raise AccessError where a viewer may not change this person's profile and sets.

    Parameters
    ----------
    viewer : Viewer or None
    person_id : UUID or None
        None = everybody's.
    """
    if viewer is not None and not viewer.is_owner and person_id not in viewer.own:
        raise AccessError(_("only this person themself may do this. Ask them."))


def restrict(session: Db, viewer: Viewer | None) -> None:
    """Let a session see and write only what a viewer may."""
    if viewer is None or viewer.is_owner:
        return

    sees = viewer.sees | {EXAMPLE_ID}

    @event.listens_for(session, "do_orm_execute")
    def _check(state: ORMExecuteState) -> None:
        mapper = state.bind_mapper
        if not state.is_orm_statement or (state.is_insert and not _is_plain_insert(state)):
            raise AccessError(_("this cannot be done on a shared server. Do it on the computer that runs it."))
        if state.is_insert:
            assert mapper is not None
            _check_new(state.session, mapper, _rows(state.parameters))
            return
        changes = state.is_update or state.is_delete
        state.statement = state.statement.options(*_criteria(sees, viewer.own if changes else sees))

    @event.listens_for(session, "before_flush")
    def _check_flush(session: Db, _context: Any, _instances: Any) -> None:
        with session.no_autoflush:
            for row in session.new:
                _check_new(session, inspect(row).mapper, [vars(row)])
            for row in (*session.dirty, *session.deleted):
                if isinstance(row, PersonRow):
                    require_own(viewer, row.id)


def _is_plain_insert(state: ORMExecuteState) -> bool:
    """Whether all values of an INSERT are in its parameters, where they can be checked."""
    mapper = state.bind_mapper
    statement = state.statement
    return (mapper is not None and bool(state.parameters) and isinstance(statement, Insert)
            and statement.compare(insert(mapper.class_)))


def _rows(parameters: Any) -> list[Mapping[str, Any]]:
    return list(parameters) if isinstance(parameters, (list, tuple)) else [parameters or {}]


def _check_new(session: Db, mapper: Mapper[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Check that every new row belongs to somebody whom the viewer sees."""
    if mapper.class_.__tablename__ in (*_CLOSED, "people"):
        raise AccessError(_("only the owner of this server may do this. Ask them."))
    for column, parent in _PARENTS:
        for value in {row.get(column) for row in rows} - {None}:
            if session.scalar(select(parent.id).where(parent.id == value)) is None:  # type: ignore[attr-defined]
                raise AccessError(_("what this belongs to is not in the history (any more)."))


@lru_cache(maxsize=64)
def _criteria(sees: frozenset[UUID], own: frozenset[UUID]) -> tuple[Any, ...]:
    """Return the conditions on every table: rows of the people in `sees`, in the tables of `_OWN` of those in `own`."""
    tables = [(mapper.class_, mapper.class_.__table__) for mapper in Base.registry.mappers]
    return tuple(with_loader_criteria(row, _condition(table, own if table.name in _OWN else sees), include_aliases=True)
                 for row, table in tables)


def _condition(table: Any, people: frozenset[UUID]) -> ColumnElement[bool]:
    if table.name in _CLOSED:
        return false()
    if table.name == "people":
        return table.c.id.in_(people)
    # Tables, not mapped classes: these subqueries need no conditions themselves.
    sessions, sets = SessionRow.__table__, SetRow.__table__
    of_people = select(sessions.c.id).where(sessions.c.person_id.in_(people))
    if "person_id" in table.c:
        return table.c.person_id.in_(people)
    if "session_id" in table.c:
        return table.c.session_id.in_(of_people)
    if "set_id" in table.c:
        return table.c.set_id.in_(select(sets.c.id).where(sets.c.session_id.in_(of_people)))
    return false()
