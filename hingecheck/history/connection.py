"""Where the history lies -> an engine, and transactions whose failures are told in words.

SQLite in the person's own data folder, or the PostgreSQL that `HINGECHECK_DATABASE_URL` names. Writing transactions of
SQLite begin as such (BEGIN IMMEDIATE): one that begins by reading fails at once where another is writing, instead of
waiting for it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from hingecheck.history.records import HistoryError

#: Set these to keep files and SQLite database somewhere else, or to use a PostgreSQL.
FOLDER_VARIABLE = "HINGECHECK_DATA_DIR"
URL_VARIABLE = "HINGECHECK_DATABASE_URL"
FILE_NAME = "history.sqlite3"

#: How long a writer waits for another; a save takes some hundredths of a second, an import of a year some seconds.
_BUSY_S = 30.0
_CONNECT_S = 5
#: How often the one statement that does not wait by itself is tried again.
_RETRY_S = 0.02

#: What the databases say -> what to do.
_REMEDIES = (
    ("readonly", "It may not be written: give yourself the right to, or choose another folder with {folder}."),
    ("unable to open", "It cannot be opened there: choose a folder that you may write with {folder}."),
    ("locked", "Another program has been writing to it for a long time: close that and try again."),
    ("is full", "The disk is full: make room and try again."),
    ("not a database", "The file is something else: move it away, or choose another folder with {folder}."),
    ("malformed", "The file is damaged: put a backup or an import of your archive in its place."),
    ("password authentication", "Correct the user and the password in {url}."),
    ("does not exist", "Create the database first, as with createdb, or correct {url}."),
    ("permission denied", "Give that user the right to create tables there, or correct {url}."),
    ("", "Is the server running, and is {url} right?"),
)


@dataclass(frozen=True, eq=False)
class History:
    """An open history; close it, or use it in a `with`. Safe to share between threads.

    Attributes
    ----------
    engine : Engine
        Of this package alone.
    folder : Path
        Where the files of the sets lie.
    place : str
        The database, as said to a person; no password in it.
    database_id : str
        The database's own id: files on disk belong to one database.
    """

    engine: Engine
    folder: Path
    place: str
    database_id: str = ""

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def data_folder() -> Path:
    """Return the folder of the person's data: `HINGECHECK_DATA_DIR`, or where this system keeps such things."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("hingecheck", appauthor=False))


def connect(folder: Path, url: str | None = None) -> History:
    """Return a history that nobody has looked into yet (`store.open_history` does).

    Raises
    ------
    HistoryError
        The folder cannot be made, or the URL is none of a PostgreSQL.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HistoryError(f"cannot make the data folder {folder}: {error.strerror or error}. Choose another with "
                           f"{FOLDER_VARIABLE}.") from error
    if not url:
        file = folder / FILE_NAME
        return History(_sqlite(file), folder, str(file))
    address = _address(url)
    return History(_postgresql(address), folder, address.render_as_string(hide_password=True))


def _address(url: str) -> URL:
    expected = "expected something like postgresql://user:password@host/database"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise HistoryError(f"{URL_VARIABLE} is not a database's address: {expected}.") from None
    if address.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise HistoryError(f"{URL_VARIABLE} begins with {address.drivername}://: {expected}.")
    return address.set(drivername="postgresql+psycopg")


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_S})
    except ImportError as error:
        raise HistoryError(f"{URL_VARIABLE} names a PostgreSQL, but its driver cannot be loaded ({error}): "
                           'pip install -e ".[postgres]" (in the project\'s folder).') from None


def _sqlite(file: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": _BUSY_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # From here on BEGIN is said below, and nowhere behind our back.
        connection.isolation_level = None
        _log_ahead(connection)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Set the journal mode, which stays with the file.

    SQLite changes it only when it has the file to itself, and fails at once where another connection reads or writes
    the file: unlike every other statement it does not wait for the time-out. So this waits.
    """
    until = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            # Python 3.10 does not hand on SQLite's error code.
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_RETRY_S)


@contextmanager
def reading(history: History) -> Iterator[Session]:
    """Give a transaction that only reads; it sees one state from beginning to end."""
    engine = history.engine
    if engine.dialect.name == "postgresql":
        # SQLite reads one state of its own accord.
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with translated_errors(history), Session(engine) as session, session.begin():
        yield session


@contextmanager
def writing(history: History) -> Iterator[Session]:
    """Give a transaction that writes; everything in it happens, or nothing."""
    engine = history.engine.execution_options(writes=True)
    with translated_errors(history), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def translated_errors(history: History) -> Iterator[None]:
    """Turn the database's complaints into a HistoryError that says what to do."""
    try:
        yield
    except IntegrityError as error:
        raise HistoryError("this belongs to something that is no longer in the history: it was deleted meanwhile, "
                           f"perhaps in another window. ({_first_line(error)})") from error
    except SQLAlchemyError as error:
        said = _first_line(error)
        remedy = next(words for key, words in _REMEDIES if key in said.lower())
        raise HistoryError(f"the history {history.place} cannot be used: {said}. "
                           f"{remedy.format(folder=FOLDER_VARIABLE, url=URL_VARIABLE)}") from error


def _first_line(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    return (said.splitlines() or [type(error).__name__])[0].rstrip(".")
