"""Run the steps on the connection and in the transaction that `hingecheck.history.upgrade` passes."""

from __future__ import annotations

from alembic import context

from hingecheck.history.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
