"""Upgrade a history of the first schema, with three hundred sets, to the newest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from bench.kills.home import Home
from hingecheck.history.connection import FILE_NAME
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers.first_schema import first_schema

_SETS = 300


def prepare(home: Home) -> None:
    """Make the old history, and note its rows."""
    folder = home.temporary / "old"
    folder.mkdir()
    first_schema(folder, home.url, _SETS)
    if not home.url:
        shutil.copyfile(folder / "old" / FILE_NAME, home.data / FILE_NAME)
    shutil.rmtree(folder)


def work(home: Home) -> None:
    """Upgrade it, once."""
    print("ready")
    open_history().close()
    print("pass")


def wrong(home: Home) -> Iterator[str]:
    """Say which tables have other rows than the first schema had."""
    with open_history() as history, history.engine.connect() as connection:
        counts = {table.name: len(connection.execute(table.select()).all()) for table in Base.metadata.sorted_tables}
    if (counts["sets"], counts["documents"], counts["people"]) != (_SETS + 3, _SETS + 3, 1):
        yield f"lost: rows, {counts}"
