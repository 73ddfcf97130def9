"""A database of any age -> the newest schema, in one transaction, by whichever program opens it first."""

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

#: Any number that no other program locks in the same database.
_LOCK = 7_411_093


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("hingecheck.history") / "migrations").replace("%",
                                                                                                                "%%"))
    return config


@cache
def revisions() -> tuple[str, ...]:
    """Return every revision that this program knows, newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(history: History, to: str = "head") -> None:
    """Bring the database to the newest schema; one that is there already is only looked at.

    Raises
    ------
    HistoryError
        It cannot be used, was made by a newer program, or belongs to another one.
    """
    target = revisions()[0] if to == "head" else to
    with translated_errors(history):
        with history.engine.begin() as connection:
            if _checked(connection, history) == target:
                return
        with history.engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            # Another program may have done it since.
            if _checked(connection, history) != target:
                config = _config()
                config.attributes["connection"] = connection
                _run(config, target, history)


def _run(config: Config, target: str, history: History) -> None:
    try:
        command.upgrade(config, target)
    except SQLAlchemyError:
        raise
    except Exception as error:
        # A row that no program of ours wrote; whatever it is, the transaction ends here and the database is as it was.
        said = f"the history {history.place} could not be brought up to date ({type(error).__name__}: {error})"
        raise HistoryError(f"{said}. Nothing in it was changed: keep a copy of it, and please report this.") from error


def _checked(connection: Connection, history: History) -> str | None:
    """The revision that the database is at; None where it is empty."""
    current = MigrationContext.configure(connection).get_current_revision()
    elsewhere = f"choose another place with {FOLDER_VARIABLE} or {URL_VARIABLE}"
    if current is not None and current not in revisions():
        raise HistoryError(f"the history {history.place} was made by a newer HingeCheck (schema {current}, this one "
                           f"knows up to {revisions()[0]}): update HingeCheck, or {elsewhere}.")
    if current is None and inspect(connection).has_table("people"):
        raise HistoryError(f"the database {history.place} belongs to another program: {elsewhere}.")
    return current
