"""Add the angles that somebody clicked on frames of a set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBERS = ("time_s", "first_x_px", "first_y_px", "corner_x_px", "corner_y_px", "last_x_px", "last_y_px", "value_deg")


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "hand_angles", sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("set_id", sa.Uuid(), sa.ForeignKey("sets.id", ondelete="CASCADE"), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in _NUMBERS),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False))
    op.create_index("ix_hand_angles_set", "hand_angles", ["set_id"])
