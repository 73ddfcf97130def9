"""Sets to be kept, and what a history and its folder hold of them."""

from datetime import datetime, timezone

from sqlalchemy import func, select

from hingecheck.history.connection import read_transaction
from hingecheck.history.records import NewSet
from hingecheck.history.tables import Base
from tests.helpers import saved_sets

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


def new(made_at=NOON, **changes):
    return NewSet(saved_sets.report(**changes), saved_sets.EXERCISE, saved_sets.track(), made_at=made_at)


def counted(history):
    with read_transaction(history) as session:
        return {table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables if table.name not in ("about",)}


def left_on_disk(history):
    return sorted(path.name for path in history.folder.rglob("*")
                  if path.is_file() and not path.name.startswith("history.sqlite3"))
