"""Statements on the tables themselves: checked, or refused."""

from __future__ import annotations

from datetime import datetime, timezone
from uuid import uuid4

import pytest
from sqlalchemy import insert

from hingecheck.history import (
    accounts,
    queries,
    tables,
)
from hingecheck.history.access import AccessError, Role
from hingecheck.history.connection import read_transaction, write_transaction
from hingecheck.history.tables import Base
from tests.helpers.shared_home import PASSWORD, Home, all_rows


def test_a_statement_that_cannot_be_checked_is_refused(home: Home) -> None:
    of = home.seen_by(Role.PERSON, home.ben)
    for table in Base.metadata.sorted_tables:
        with pytest.raises(AccessError), read_transaction(of) as session:
            session.execute(table.select())
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.execute(table.delete())


def test_no_new_row_goes_to_another(home: Home) -> None:
    of, now = home.seen_by(Role.PERSON, home.ben), datetime.now(timezone.utc)
    statements = [
        insert(tables.SessionRow).values(id=uuid4(), person_id=home.ana, started_at=now, note=""),
        insert(tables.AnswerRow).values(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now),
        insert(tables.ConsentRow).values(person_id=home.ben, account_id=uuid4(), made_at=now)]
    rows = [tables.NoteRow(id=uuid4(), person_id=home.ben, session_id=None, set_id=home.set_id, text="x", author="x",
                           made_at=now),
            tables.AnswerRow(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now)]
    before = all_rows(home.history)
    for statement in statements:
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.execute(statement)
    with pytest.raises(AccessError), write_transaction(of) as session:
        session.execute(insert(tables.AnswerRow), [dict(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now)])
    for row in rows:
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.add(row)
    assert all_rows(home.history) == before


def test_no_mapped_table_shows_a_row_of_another(home: Home) -> None:
    accounts.add(home.history, "Ana", Role.PERSON, PASSWORD, home.ana)
    of = home.seen_by(Role.PERSON, None)
    with read_transaction(of) as session:
        for mapper in Base.registry.mappers:
            assert session.query(mapper.class_).all() == [], mapper.class_
    with write_transaction(of) as session:
        for mapper in Base.registry.mappers:
            session.query(mapper.class_).delete()
    assert len(queries.lines(home.history)) == 4
    assert len(accounts.everyone(home.history)) == 1
