"""Add what progress queries: goals, full bends, counts of reps, broken rules per rep; fill them from the saved sets.

Nothing here imports the rest of the program: that may change, and a released step must not.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WHEN = sa.DateTime(timezone=True)
_GOOD = ("good", "neutral")
_BEND = ("spine_flexion_deg", "uncertainty_deg", "hip_flexion_deg", "hip_uncertainty_deg")


def upgrade() -> None:
    """Add columns and tables, and fill them from the saved sets."""
    for name in ("judged_reps", "good_reps"):
        op.add_column("sets", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("reps", sa.Column("rules_broken", sa.Text(), nullable=False, server_default=""))
    _new_tables()
    connection = op.get_bind()
    _count_reps(connection)
    _fill_broken_rules(connection)
    _fill_full_bends(connection)
    connection.execute(sa.text("INSERT INTO about (key, value) VALUES ('database_id', :own)"), {"own": str(uuid4())})


def _new_tables() -> None:
    def person() -> sa.Column[Any]:
        return sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False)

    op.create_table(
        "goals", sa.Column("id", sa.Uuid(), primary_key=True), person(),
        sa.Column("exercise", sa.Text(), nullable=False), sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False), sa.Column("side", sa.Text(), nullable=True),
        sa.Column("made_at", _WHEN, nullable=False))
    op.create_index("ix_goals_person", "goals", ["person_id"])
    op.create_table(
        "full_bends", sa.Column("id", sa.Uuid(), primary_key=True), person(),
        sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), nullable=True),
        *(sa.Column(name, sa.Double(), nullable=name != "spine_flexion_deg") for name in _BEND),
        sa.Column("rep", sa.Integer(), nullable=True), sa.Column("made_at", _WHEN, nullable=False))
    op.create_index("ix_full_bends_person", "full_bends", ["person_id", "made_at"])
    op.create_index("ix_full_bends_set", "full_bends", ["set_id"])


def _count_reps(connection: sa.Connection) -> None:
    connection.execute(sa.text(
        "UPDATE sets SET judged_reps = (SELECT count(*) FROM reps WHERE set_id = sets.id AND verdict <> 'unseen'), "
        "good_reps = (SELECT count(*) FROM reps WHERE set_id = sets.id AND verdict IN ('good', 'neutral'))"))


def _fill_broken_rules(connection: sa.Connection) -> None:
    broken: dict[tuple[str, int], list[str]] = {}
    for set_id, rep, rule in connection.execute(sa.text(
            "SELECT set_id, rep, rule FROM findings WHERE verdict = 'broken' ORDER BY set_id, rep, place")):
        broken.setdefault((set_id, rep), []).append(rule)
    if broken:
        connection.execute(
            sa.text("UPDATE reps SET rules_broken = :rules WHERE set_id = :set_id AND number = :rep"),
            [{"rules": " ".join(rules), "set_id": set_id, "rep": rep} for (set_id, rep), rules in broken.items()])


def _fill_full_bends(connection: sa.Connection) -> None:
    """Copy the full bends out of the saved reports."""
    full_bends = sa.table(
        "full_bends", sa.column("id", sa.Uuid()), sa.column("person_id", sa.Uuid()), sa.column("set_id", sa.Uuid()),
        *(sa.column(name) for name in (*_BEND, "rep")), sa.column("made_at", _WHEN))
    sets, sessions, documents = (sa.table(name, *columns) for name, columns in (
        ("sets", (sa.column("id", sa.Uuid()), sa.column("session_id", sa.Uuid()), sa.column("made_at", _WHEN),
                  sa.column("exercise"), sa.column("status"))),
        ("sessions", (sa.column("id", sa.Uuid()), sa.column("person_id", sa.Uuid()))),
        ("documents", (sa.column("set_id", sa.Uuid()), sa.column("report")))))
    rows = connection.execute(
        sa.select(sessions.c.person_id, sets.c.id, sets.c.made_at, documents.c.report)
        .where(sets.c.session_id == sessions.c.id, documents.c.set_id == sets.c.id,
               documents.c.report.like('%"full_bend":{%'))).all()
    for person_id, set_id, made_at, report in rows:
        bend = json.loads(report).get("full_bend")
        if bend is not None:
            connection.execute(full_bends.insert().values(
                id=uuid4(), person_id=person_id, set_id=set_id, made_at=made_at, rep=bend.get("rep"),
                **{name: bend.get(name) for name in _BEND}))
