"""Connect to the database of a history, and open transactions whose errors say what to do.

The database is SQLite in the person's data folder, or the PostgreSQL that `HINGECHECK_DATABASE_URL` names. A SQLite
transaction that will write starts with BEGIN IMMEDIATE: one that starts by reading does not wait for another writer
but fails at once.
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
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session

from hingecheck.history.access import Viewer, restrict
from hingecheck.history.records import HistoryError
from hingecheck.history.row_checks import check_row
from hingecheck.history.tables import Base
from language.translate import _, mark

#: Environment variables: the folder of files and SQLite database; the address of a PostgreSQL.
FOLDER_VARIABLE = "HINGECHECK_DATA_DIR"
URL_VARIABLE = "HINGECHECK_DATABASE_URL"
FILE_NAME = "history.sqlite3"

#: How long a writer waits for another; a save takes some hundredths of a second, an import of a year some seconds.
_BUSY_S = 30.0
_CONNECT_S = 5
#: Interval between attempts of the one statement that SQLite does not let wait by itself.
_RETRY_S = 0.02

#: Part of a database's error message -> what to do; the first that fits.
_REMEDIES = (
    ("disk i/o error", mark("The disk or its connection fails, or is full. Check both, and try again.")),
    ("no space left", mark("The disk is full. Free some space and try again.")),
    ("readonly", mark("You have no permission to write it. Change the permission, or choose another folder with "
                      "{folder}.")),
    ("unable to open", mark("It cannot be opened there. With {folder}, choose a folder that you may write to.")),
    ("locked", mark("Another program has been writing to it for a long time. Close that program and try again.")),
    ("is full", mark("The disk is full. Free some space and try again.")),
    ("not a database", mark("The file is not a history. Move it away, or choose another folder with {folder}.")),
    ("malformed", mark("The file is damaged. Replace it with a backup, or import your archive into a new history.")),
    ("password authentication", mark("Correct the user and the password in {url}.")),
    ("does not exist", mark("Create the database first, as with createdb, or correct {url}.")),
    ("permission denied", mark("Give that user the right to create tables there, or correct {url}.")),
)
_OF_SERVER = mark("Is the server running, and is {url} right?")
_OF_FILE = mark("Run hingecheck doctor, which checks the file; or choose another folder with {folder}.")


@dataclass(frozen=True, eq=False)
class History:
    """An open history; close it, or use it in a `with`. Safe to share between threads.

    Attributes
    ----------
    engine : Engine
        For use inside this package only.
    folder : Path
        Folder of the sets' files.
    place : str
        Path or address of the database for messages, without its password.
    database_id : str
        The database's own id: files on disk belong to one database.
    viewer : Viewer or None
        The account, on a shared server; every transaction shows and takes only what it may see. None = everything.
    """

    engine: Engine
    folder: Path
    place: str
    database_id: str = ""
    viewer: Viewer | None = None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def data_folder() -> Path:
    """Return the data folder: `HINGECHECK_DATA_DIR`, or the system's folder for application data."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder) if folder else Path(platformdirs.user_data_dir("hingecheck", appauthor=False))


def connect(folder: Path, url: str | None = None) -> History:
    """Return a history whose schema is not checked yet (`store.open_history` checks it).

    Raises
    ------
    HistoryError
        The folder cannot be created, or the URL is not the address of a PostgreSQL.
    """
    try:
        # Other users of the computer have no business in it.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HistoryError(_("cannot create the data folder {folder}: {reason}. Choose another with "
                             "{variable}.").format(folder=folder, reason=error.strerror or error,
                                                   variable=FOLDER_VARIABLE)) from error
    if not url:
        file = folder / FILE_NAME
        return History(_sqlite(file), folder, str(file))
    address = _address(url)
    return History(_postgresql(address), folder, address.render_as_string(hide_password=True))


def _address(url: str) -> URL:
    expected = "postgresql://user:password@host/database"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise HistoryError(_("{variable} is not the address of a database: expected something like {expected}.").format(
                               variable=URL_VARIABLE, expected=expected)) from None
    if address.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise HistoryError(_("{variable} begins with {found}://: expected something like {expected}.").format(
                               variable=URL_VARIABLE, found=address.drivername, expected=expected))
    return address.set(drivername="postgresql+psycopg")


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_S})
    except ImportError as error:
        raise HistoryError(_("{variable} names a PostgreSQL, but its driver cannot be loaded ({error}). Run: pip "
                             "install -e \".[postgres]\" (in the project's folder).").format(
                               variable=URL_VARIABLE, error=error)) from None


def _sqlite(file: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": _BUSY_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # No implicit BEGIN by the driver: `_begin` below starts every transaction.
        connection.isolation_level = None
        _set_write_ahead_log(connection)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _set_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Set the journal mode, which is stored in the file.

    SQLite needs the file to itself for this and fails at once while another connection uses it: unlike every other
    statement, this one does not wait for the time-out. So the wait is here.
    """
    deadline = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            # Python 3.10 does not expose SQLite's error code.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)
        except UnicodeDecodeError as error:
            # Python cannot decode SQLite's message, which quotes the damaged bytes of the file.
            raise sqlite3.DatabaseError("database disk image is malformed") from error


@contextmanager
def read_transaction(history: History) -> Iterator[Session]:
    """Open a transaction that only reads; it sees one state of the database from beginning to end."""
    engine = history.engine
    if engine.dialect.name == "postgresql":
        # A SQLite transaction always reads one state.
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with translated_errors(history), Session(engine) as session, session.begin():
        restrict(session, history.viewer)
        yield session


@contextmanager
def write_transaction(history: History) -> Iterator[Session]:
    """Open a transaction that writes; all of its changes are committed, or none."""
    engine = history.engine.execution_options(writes=True)
    with translated_errors(history), Session(engine, expire_on_commit=False) as session, session.begin():
        restrict(session, history.viewer)
        event.listen(session, "before_flush", _check_rows)
        event.listen(session, "do_orm_execute", _check_values)
        yield session


def _check_rows(session: Session, _: Any, __: Any) -> None:
    for row in (*session.new, *session.dirty):
        check_row(inspect(row).mapper.local_table, vars(row))


def _check_values(state: ORMExecuteState) -> None:
    """Check the values of an INSERT that come as parameters; an archive's are checked as they are read."""
    mapper = state.bind_mapper
    if state.is_insert and mapper is not None:
        rows: Any = state.parameters or {}
        for row in rows if isinstance(rows, (list, tuple)) else [rows]:
            check_row(Base.metadata.tables[mapper.class_.__tablename__], row)


@contextmanager
def translated_errors(history: History) -> Iterator[None]:
    """Turn errors of the database into a HistoryError that says what to do."""
    try:
        yield
    except IntegrityError as error:
        raise HistoryError(_("this belongs to something that is no longer in the history. It was deleted meanwhile, "
                             "perhaps in another window. ({message})").format(message=_first_line(error))) from error
    except SQLAlchemyError as error:
        message = _first_line(error)
        # An error of SQLite's that nothing above names is no matter of a server.
        unknown = _OF_SERVER if history.engine.dialect.name == "postgresql" else _OF_FILE
        remedy = next((remedy for part, remedy in _REMEDIES if part in message.lower()), unknown)
        raise HistoryError(_("the history {place} cannot be used: {message}. {remedy}").format(
                               place=history.place, message=message,
                               remedy=_(remedy).format(folder=FOLDER_VARIABLE, url=URL_VARIABLE))) from error


def _first_line(error: SQLAlchemyError) -> str:
    message = str(getattr(error, "orig", None) or error).strip()
    return (message.splitlines() or [type(error).__name__])[0].rstrip(".")
