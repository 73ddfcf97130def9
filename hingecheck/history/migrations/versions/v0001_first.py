"""The first schema: people, sessions, sets with their reps and findings, and what people say about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table of the first schema."""
    _people_and_sessions()
    _sets()
    _reps()
    _remarks()


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _of(column: str, parent: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(column, sa.Uuid(), sa.ForeignKey(f"{parent}.id", ondelete="CASCADE"), nullable=nullable)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Double(), nullable=True) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _when(name: str) -> sa.Column[object]:
    return sa.Column(name, _WHEN, nullable=False)


def _people_and_sessions() -> None:
    op.create_table("about", sa.Column("key", sa.Text(), primary_key=True), *_texts("value"))
    op.create_table("people", _id(), *_texts("name", "notes"), _when("created_at"),
                    sa.Column("archived_at", _WHEN, nullable=True))
    op.create_table("sessions", _id(), _of("person_id", "people"), _when("started_at"), *_texts("note"))
    op.create_index("ix_sessions_person_started", "sessions", ["person_id", "started_at"])


def _sets() -> None:
    op.create_table(
        "sets", _id(), _of("session_id", "sessions"), _when("made_at"),
        *_texts("exercise", "status", "video"), *_numbers("fps", "duration_s"), *_texts("headline", "summary"),
        *_numbers("rounding_onset_deg", "rounding_onset_uncertainty_deg"),
        sa.Column("reps", sa.Integer(), nullable=False))
    op.create_index("ix_sets_session", "sets", ["session_id"])
    op.create_index("ix_sets_made", "sets", ["made_at"])
    op.create_table(
        "documents", sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        *_texts("report", "exercise"))


def _reps() -> None:
    angles = [f"{angle}{kind}_deg" for angle in ("hip_flexion", "spine_flexion", "knee_flexion", "leg_raise")
              for kind in ("", "_uncertainty")]
    times: list[sa.Column[float]] = [
        sa.Column(name, sa.Double(), nullable=False) for name in ("start_s", "bottom_s", "leave_s", "end_s")]
    op.create_table(
        "reps", sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("side", sa.Text(), nullable=True), *times, *_numbers("hold_s", "held_s"), *_flags("whole"),
        *_texts("verdict"), *_flags("borderline"), *_numbers(*angles),
        *_numbers("rounding_onset_deg", "rounding_onset_uncertainty_deg", "hip_share", "spine_share_of_full_bend",
                  "target_gap_deg"))
    op.create_table(
        "findings", sa.Column("set_id", sa.Uuid(), primary_key=True),
        sa.Column("rep", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        *_texts("rule", "verdict", "severity"), *_numbers("value", "limit_value"), *_texts("unit"),
        *_numbers("uncertainty", "margin"), *_flags("borderline", "watched"), *_numbers("at_s"),
        sa.ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"))


def _remarks() -> None:
    op.create_table(
        "relabels", _id(), sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("rep", sa.Integer(), nullable=False), *_texts("verdict", "original", "note", "author"),
        _when("made_at"),
        sa.ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"))
    op.create_index("ix_relabels_rep", "relabels", ["set_id", "rep"])
    op.create_table("answers", _id(), _of("set_id", "sets"), sa.Column("pain", sa.Integer(), nullable=True),
                    sa.Column("felt", sa.JSON(), nullable=False), _when("made_at"))
    op.create_index("ix_answers_set", "answers", ["set_id"])
    op.create_table("notes", _id(), _of("person_id", "people"), _of("session_id", "sessions", nullable=True),
                    _of("set_id", "sets", nullable=True), *_texts("text", "author"), _when("made_at"))
    for parent in ("person", "session", "set"):
        op.create_index(f"ix_notes_{parent}", "notes", [f"{parent}_id"])
    op.create_table("prescriptions", _id(), _of("person_id", "people"), *_texts("exercise", "text"),
                    _when("valid_from"), _when("made_at"))
    op.create_index("ix_prescriptions_person", "prescriptions", ["person_id", "exercise", "valid_from"])
