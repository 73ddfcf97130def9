"""The steps from an older schema to a newer one; `hingecheck.history.upgrade` runs them with Alembic."""
