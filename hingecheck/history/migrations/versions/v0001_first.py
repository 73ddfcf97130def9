"""Create the first schema: people, sessions, sets with their reps and findings, and remarks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table of the first schema."""
    _people_and_sessions()
    _sets()
    _reps()
    _remarks()


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _parent(column: str, parent: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(column, sa.Uuid(), sa.ForeignKey(f"{parent}.id", ondelete="CASCADE"), nullable=nullable)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double(), nullable=True) for name in names]


def _flag(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, _WHEN, nullable=False)


def _people_and_sessions() -> None:
    op.create_table("about", sa.Column("key", sa.Text(), primary_key=True), *_text("value"))
    op.create_table("people", _id(), *_text("name", "notes"), _time("created_at"),
                    sa.Column("archived_at", _WHEN, nullable=True))
    op.create_table("sessions", _id(), _parent("person_id", "people"), _time("started_at"), *_text("note"))
    op.create_index("ix_sessions_person_started", "sessions", ["person_id", "started_at"])


def _sets() -> None:
    op.create_table(
        "sets", _id(), _parent("session_id", "sessions"), _time("made_at"),
        *_text("exercise", "status", "video"), *_number("fps", "duration_s"), *_text("headline", "summary"),
        *_number("rounding_onset_deg", "rounding_onset_uncertainty_deg"),
        sa.Column("reps", sa.Integer(), nullable=False))
    op.create_index("ix_sets_session", "sets", ["session_id"])
    op.create_index("ix_sets_made", "sets", ["made_at"])
    op.create_table(
        "documents", sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        *_text("report", "exercise"))


def _reps() -> None:
    angles = [f"{angle}{kind}_deg" for angle in ("hip_flexion", "spine_flexion", "knee_flexion", "leg_raise")
              for kind in ("", "_uncertainty")]
    times: list[sa.Column[float]] = [
        sa.Column(name, sa.Double(), nullable=False) for name in ("start_s", "bottom_s", "leave_s", "end_s")]
    op.create_table(
        "reps", sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("side", sa.Text(), nullable=True), *times, *_number("hold_s", "held_s"), *_flag("whole"),
        *_text("verdict"), *_flag("borderline"), *_number(*angles),
        *_number("rounding_onset_deg", "rounding_onset_uncertainty_deg", "hip_share", "spine_share_of_full_bend",
                  "target_gap_deg"))
    op.create_table(
        "findings", sa.Column("set_id", sa.Uuid(), primary_key=True),
        sa.Column("rep", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        *_text("rule", "verdict", "severity"), *_number("value", "limit_value"), *_text("unit"),
        *_number("uncertainty", "margin"), *_flag("borderline", "watched"), *_number("at_s"),
        sa.ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"))


def _remarks() -> None:
    op.create_table(
        "relabels", _id(), sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("rep", sa.Integer(), nullable=False), *_text("verdict", "original", "note", "author"),
        _time("made_at"),
        sa.ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"))
    op.create_index("ix_relabels_rep", "relabels", ["set_id", "rep"])
    op.create_table("answers", _id(), _parent("set_id", "sets"), sa.Column("pain", sa.Integer(), nullable=True),
                    sa.Column("felt", sa.JSON(), nullable=False), _time("made_at"))
    op.create_index("ix_answers_set", "answers", ["set_id"])
    op.create_table("notes", _id(), _parent("person_id", "people"), _parent("session_id", "sessions", nullable=True),
                    _parent("set_id", "sets", nullable=True), *_text("text", "author"), _time("made_at"))
    for parent in ("person", "session", "set"):
        op.create_index(f"ix_notes_{parent}", "notes", [f"{parent}_id"])
    op.create_table("prescriptions", _id(), _parent("person_id", "people"), *_text("exercise", "text"),
                    _time("valid_from"), _time("made_at"))
    op.create_index("ix_prescriptions_person", "prescriptions", ["person_id", "exercise", "valid_from"])
