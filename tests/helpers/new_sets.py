"""Sets to be saved, and the rows and files of a history."""

from datetime import datetime, timezone

from sqlalchemy import func, select

from hingecheck.history.connection import read_transaction
from hingecheck.history.records import NewSet
from hingecheck.history.tables import Base
from hingecheck.validation.clicked_angles import ClickedAngle
from tests.helpers import saved_sets

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)

#: Somebody clicked a knee that is bent by 90 degrees.
RIGHT_ANGLE = ClickedAngle(quantity="knee_flexion_deg", time_s=4.5, author="Dr. K",
                           points_px=((300.25, 100.0), (300.25, 200.0), (420.5, 200.0)))


def new_set(made_at=NOON, **changes):
    return NewSet(saved_sets.report(**changes), saved_sets.EXERCISE, saved_sets.track(), made_at=made_at)


def row_counts(history):
    with read_transaction(history) as session:
        return {table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables if table.name not in ("about",)}


def files_on_disk(history):
    return sorted(path.name for path in history.folder.rglob("*")
                  if path.is_file() and not path.name.startswith("history.sqlite3"))
