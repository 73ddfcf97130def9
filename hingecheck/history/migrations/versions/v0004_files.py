"""Add the files of the sets: name, size and checksum. Sets of before get theirs when they are changed or checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "files",
        sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False), sa.Column("sha256", sa.Text(), nullable=False))
