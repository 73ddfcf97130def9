"""How an older database becomes a newer one; Alembic reads this folder, `hingecheck.history.upgrade` starts it."""
