"""Upgrade a database of any age to the newest schema, in one transaction."""

from __future__ import annotations

from functools import cache
from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from hingecheck.history.connection import FOLDER_VARIABLE, URL_VARIABLE, History, translated_errors
from hingecheck.history.records import HistoryError
from language.translate import _

#: Key of the lock; any number that no other program locks in the same database.
_LOCK = 7_411_093


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("hingecheck.history") / "migrations").replace("%",
                                                                                                                "%%"))
    return config


@cache
def revisions() -> tuple[str, ...]:
    """Return the revisions that this program knows, newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(history: History, to: str = "head") -> None:
    """Upgrade the database to the newest schema; an up-to-date one is only read.

    Raises
    ------
    HistoryError
        The database cannot be used, comes from a newer program, or belongs to another one.
    """
    target = revisions()[0] if to == "head" else to
    with translated_errors(history):
        with history.engine.begin() as connection:
            if _current_revision(connection, history) == target:
                return
        with history.engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            # Another program may have upgraded it since.
            if _current_revision(connection, history) != target:
                config = _config()
                config.attributes["connection"] = connection
                _run(config, target, history)


def _run(config: Config, target: str, history: History) -> None:
    try:
        command.upgrade(config, target)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # For example a row that HingeCheck did not write. The transaction ends here, so the database is as it was.
        raise HistoryError(_("the history {place} could not be upgraded ({error}). Nothing in it was changed. Keep a "
                             "copy of it and report this.").format(
                               place=history.place, error=f"{type(error).__name__}: {error}")) from error


def _current_revision(connection: Connection, history: History) -> str | None:
    """Return the revision of the database after checking that this program can use it; None where it is empty."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in revisions():
        raise HistoryError(_("the history {place} was made by a newer HingeCheck (schema {current}, this one knows up "
                             "to {known}). Update HingeCheck, or choose another place with {folder} or {url}.").format(
                               place=history.place, current=current, known=revisions()[0], folder=FOLDER_VARIABLE,
                               url=URL_VARIABLE))
    if current is None and inspect(connection).has_table("people"):
        raise HistoryError(_("the database {place} belongs to another program: choose another place with {folder} or "
                             "{url}.").format(place=history.place, folder=FOLDER_VARIABLE, url=URL_VARIABLE))
    return current
