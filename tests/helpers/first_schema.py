"""A history as the first schema had it, with sets in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect, text
from sqlalchemy import table as light_table

from exercises.report_parts import FullBend
from hingecheck.history import people, sets
from hingecheck.history.connection import connect
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from hingecheck.history.upgrade import upgrade
from tests.helpers import saved_sets

BEND = FullBend(spine_flexion_deg=71.5, uncertainty_deg=6.25, rep=2)
#: Columns that the second schema added and fills from the first.
ADDED = {"sets": ["judged_reps", "good_reps"], "reps": ["rules_broken"]}


def first_schema(folder: Path, url: str, more: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Create a history with the first schema and the same sets as the one in `now`; return the rows of that.

    `more`: so many sets more.
    """
    with open_history(folder / "now", url) as now:
        ana = people.add(now, "Ana")
        bend = saved_sets.report(unseen=4).model_copy(update={"full_bend": BEND})
        others = [saved_sets.report() for _ in range(more)]
        for report in (bend, saved_sets.report("RRN"), saved_sets.refused(), *others):
            sets.save(now, NewSet(report, saved_sets.EXERCISE), ana.id)
        with now.engine.begin() as connection:
            rows = {table.name: [dict(row._mapping) for row in connection.execute(table.select())]
                    for table in Base.metadata.sorted_tables}
            if url:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
    old = connect(folder / "old", url)
    upgrade(old, "0001")
    with old.engine.execution_options(writes=True).begin() as connection:
        known = inspect(connection).get_table_names()
        for table in Base.metadata.sorted_tables:
            if table.name in known and table.name != "about":
                for row in rows[table.name]:
                    values = {key: value for key, value in row.items() if key not in ADDED.get(table.name, ())}
                    columns = [column._copy() for column in table.columns if column.name in values]
                    connection.execute(insert(light_table(table.name, *columns)).values(**values))
    old.close()
    return rows
