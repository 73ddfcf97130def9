"""Add the accounts of a shared server, and who agreed that a therapist sees their sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables; no account exists until somebody shares the pages."""
    op.create_table(
        "accounts", sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False), sa.Column("name_key", sa.Text(), nullable=False, unique=True),
        sa.Column("role", sa.Text(), nullable=False), sa.Column("password", sa.Text(), nullable=False),
        sa.Column("is_temporary", sa.Boolean(), nullable=False),
        sa.Column("openid", sa.Text(), nullable=True, unique=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id", ondelete="SET NULL"), nullable=True),
        sa.Column("created_at", _WHEN, nullable=False))
    op.create_table(
        "consents",
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("account_id", sa.Uuid(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("made_at", _WHEN, nullable=False))
    op.create_index("ix_consents_account", "consents", ["account_id"])
