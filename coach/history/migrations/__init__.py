"""How an older database becomes a newer one; Alembic reads this folder, `coach.history.upgrade` starts it."""
