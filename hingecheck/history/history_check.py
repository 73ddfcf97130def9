"""Check a whole history: the database's own integrity, and the files of every set against their rows.

What can be mended is: changes that a killed program left are settled, and sets from before files had rows get theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import select, text

from hingecheck.history import file_rows
from hingecheck.history.access import require_owner
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.file_changes import folder_of, rows_of, settle_leftovers
from hingecheck.history.file_rows import digest_of
from hingecheck.history.tables import SetRow
from language.translate import _


class Kind(str, Enum):
    """What is wrong, or was."""

    #: The database's own check found something; `detail` has its words.
    DATABASE = "database"
    #: None of a set's files is here: they may be on another computer that uses the same database.
    FOLDER_MISSING = "folder missing"
    FILE_MISSING = "file missing"
    #: A file is not what was written.
    FILE_DAMAGED = "file damaged"
    #: A folder of a set that is not in this database: of another one, or of a backup.
    FOLDER_UNKNOWN = "folder unknown"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    kind : Kind
    set_id : UUID or None
    detail : str
        Name of the file, or the database's words.
    """

    kind: Kind
    set_id: UUID | None = None
    detail: str = ""


@dataclass(frozen=True)
class CheckedHistory:
    """What a check found.

    Attributes
    ----------
    sets, files : int
        How many were checked.
    settled : int
        Sets of changes that had been left unfinished.
    recorded : int
        Sets from before files had rows, whose files have rows now.
    problems : tuple of Problem
        What stays wrong. Importing an archive that has the files again restores them.
    """

    sets: int
    files: int
    settled: int
    recorded: int
    problems: tuple[Problem, ...]


def check(history: History) -> CheckedHistory:
    """Check a history and mend what can be mended; every file is read once.

    Raises
    ------
    HistoryError
        The database cannot be read at all.
    """
    require_owner(history.viewer)
    settled = settle_leftovers(history)
    problems = list(_of_database(history))
    with read_transaction(history) as session:
        set_ids = list(session.scalars(select(SetRow.id).order_by(SetRow.id)))
    states_by_set = rows_of(history, set_ids)
    recorded, files = 0, 0
    for set_id in set_ids:
        states = states_by_set.get(set_id)
        if states is None:  # deleted meanwhile
            continue
        if not states:
            recorded += _record(history, set_id)
            continue
        files += len(states)
        problems += _of_set(history, set_id, states)
    problems += _unknown_folders(history, set(set_ids))
    return CheckedHistory(len(set_ids), files, settled, recorded, tuple(problems))


def _of_database(history: History) -> Iterator[Problem]:
    """Ask SQLite for its own checks; PostgreSQL checks itself."""
    if history.engine.dialect.name != "sqlite":
        return
    with history.engine.connect() as connection:
        for (line,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if line != "ok":
                yield Problem(Kind.DATABASE, detail=str(line))
        for table, row_id, parent, _key in connection.execute(text("PRAGMA foreign_key_check")):
            yield Problem(Kind.DATABASE, detail=_("row {row} of {table} belongs to nothing in {parent}").format(
                row=row_id, table=table, parent=parent))


def _record(history: History, set_id: UUID) -> bool:
    folder = folder_of(history, set_id)
    if not folder.is_dir() or not any(folder.glob("[!.]*")):
        return False
    with write_transaction(history) as session:
        file_rows.record_existing(session, set_id, folder)
    return True


def _of_set(history: History, set_id: UUID, states: dict[str, file_rows.FileState]) -> Iterator[Problem]:
    folder = folder_of(history, set_id)
    if not any((folder / name).exists() for name in states):
        yield Problem(Kind.FOLDER_MISSING, set_id)
        return
    for name, state in sorted(states.items()):
        try:
            if digest_of(folder / name) != state:
                yield Problem(Kind.FILE_DAMAGED, set_id, name)
        except FileNotFoundError:
            yield Problem(Kind.FILE_MISSING, set_id, name)
        except OSError:
            yield Problem(Kind.FILE_DAMAGED, set_id, name)


def _unknown_folders(history: History, known: set[UUID]) -> Iterator[Problem]:
    folders = history.folder / "sets"
    for folder in sorted(folders.iterdir()) if folders.is_dir() else []:
        try:
            set_id = UUID(folder.name)
        except ValueError:
            continue
        # A save that is running has its folder before its rows.
        if set_id not in known and set_id not in rows_of(history, [set_id]) and not _is_written(history, set_id):
            yield Problem(Kind.FOLDER_UNKNOWN, set_id)


def _is_written(history: History, set_id: UUID) -> bool:
    """Whether a running change names the set."""
    marks = history.folder / "unsettled"
    for mark in marks.iterdir() if marks.is_dir() else []:
        try:
            if str(set_id) in mark.read_text(encoding="utf-8"):
                return True
        except (OSError, UnicodeDecodeError):  # it ended just now
            continue
    return False
