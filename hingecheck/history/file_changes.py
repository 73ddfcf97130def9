"""Change the files of sets together with their rows: whole or not at all, also where the program is killed.

Every change (a save, an update, an import, a deletion) first writes a mark `unsettled/<id>` that names its sets, and
keeps it locked (`pose.mark`). The rows in the database decide what is true: at the end of a change, or at the next
start of any program where the mark is left, `settle` makes the files agree with them.

- The folder of a new set has no rows until the transaction ends: without rows it is deleted.
- A file of a known set is written beside under another name. It takes its place where its checksum is in the rows.
- A set whose rows are gone loses its folder.

A PostgreSQL may still be at the COMMIT of a program that is dead: rows are asked for after the writers of that moment
are done. Where that takes too long the change stays marked for a later start.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from hingecheck.history.connection import History, read_transaction
from hingecheck.history.file_rows import FileState, digest_of
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import FileRow, SetRow
from hingecheck.history.writers import writers_are_done
from language.translate import _
from pose.mark import Mark, left_marks, new_mark

#: A mark of a version without locks counts as left behind after this time.
_OLD_MARK_S = 600.0
_STAGED, _MARKS = ".new-", "unsettled"


@dataclass(eq=False)
class FileChange:
    """The files that one change writes and deletes.

    Attributes
    ----------
    history : History
        As nobody in particular: what may be changed was asked before.
    mark : Mark
    """

    history: History
    mark: Mark
    _sets: dict[UUID, bool] = field(default_factory=dict)

    def new_folder(self, set_id: UUID) -> Path:
        """Create the folder of a set that is not in the history yet, and return it."""
        self._register(set_id, is_new=True)
        folder = folder_of(self.history, set_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def staged(self, set_id: UUID, name: str) -> Path:
        """Return where a file of a set that has a folder is written, until its checksum is in the rows."""
        self._register(set_id, is_new=False)
        folder = folder_of(self.history, set_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{_of_change(self.mark)}{name}"

    def drop_files(self, set_id: UUID) -> None:
        """Announce that rows of a set's files go in this change: after a kill the files go as well."""
        self._register(set_id, is_new=False)

    def delete(self, set_id: UUID) -> None:
        """Delete the files of a set whose rows are deleted in the same change."""
        self._register(set_id, is_new=True)

    def _register(self, set_id: UUID, is_new: bool) -> None:
        if set_id not in self._sets:
            self._sets[set_id] = is_new
            self.mark.write(f"\n{set_id} {'new' if is_new else 'known'}", is_durable=True)


def folder_of(history: History, set_id: UUID) -> Path:
    """Return the folder of a set's files, which may not exist."""
    return history.folder / "sets" / str(set_id)


@contextmanager
def file_change(history: History) -> Iterator[FileChange]:
    """Open a change of files; the transaction with their rows runs inside of it.

    Raises
    ------
    HistoryError
        The data folder cannot be written.
    """
    with write_errors(history):
        mark = new_mark(history.folder / _MARKS, uuid4().hex)
        try:
            mark.write(history.database_id, is_durable=True)
        except OSError:
            mark.delete()
            raise
    change = FileChange(history, mark)
    is_in_doubt, is_settled = True, False
    try:
        yield change
        is_in_doubt = False
    finally:
        try:
            with suppress(HistoryError):  # the database cannot be asked now: the next start settles
                is_settled = _settle(history, change._sets, _of_change(mark), is_in_doubt)
        finally:
            if is_settled:
                mark.delete()
            else:
                mark.leave()


def settle_leftovers(history: History) -> int:
    """Settle the changes of programs that ended in the middle of them; return the number of sets."""
    settled = 0
    for mark in left_marks(history.folder / _MARKS):
        sets, is_settled = _read_mark(mark, history.database_id), False
        try:
            if sets is not None:
                is_settled = _settle(history, sets, _of_change(mark), is_in_doubt=True)
                settled += len(sets) if is_settled else 0
        finally:
            if is_settled:
                mark.delete()
            else:
                mark.leave()
    return settled


def current_path(history: History, set_id: UUID, name: str) -> Path:
    """Return the path of a set's file as its rows have it, also between a commit and the renaming that follows."""
    folder = folder_of(history, set_id)
    staged = sorted(folder.glob(f"{_STAGED}*-{name}"))
    if staged:
        states = rows_of(history, [set_id]).get(set_id, {})
        for path in staged:
            with suppress(FileNotFoundError):
                if states.get(name) == digest_of(path):
                    return path
    return folder / name


def rows_of(history: History, set_ids: list[UUID]) -> dict[UUID, dict[str, FileState]]:
    """Return the files of each set that is in the database: set -> name -> size and checksum."""
    states: dict[UUID, dict[str, FileState]] = {}
    with read_transaction(history) as session:
        # A query takes a limited number of values.
        for start in range(0, len(set_ids), 500):
            part = set_ids[start:start + 500]
            states |= {set_id: {} for set_id in session.scalars(select(SetRow.id).where(SetRow.id.in_(part)))}
            for row in session.scalars(select(FileRow).where(FileRow.set_id.in_(part))):
                states[row.set_id][row.name] = FileState(row.size_bytes, row.sha256)
    return states


@contextmanager
def write_errors(history: History) -> Iterator[None]:
    """Turn errors of the data folder into a HistoryError that says what to do."""
    try:
        yield
    except OSError as error:
        raise HistoryError(_("cannot write to the data folder {folder}: {reason}. Free some disk space, or choose "
                             "another folder with HINGECHECK_DATA_DIR.").format(
                               folder=history.folder, reason=error.strerror or error)) from error


def _settle(history: History, sets: dict[UUID, bool], of_change: str, is_in_doubt: bool) -> bool:
    """Make files agree with rows; False where that has to wait.

    In doubt is a change that did not end well: it may still be committed by the server alone.
    """
    if sets and is_in_doubt and not writers_are_done(history):
        return False
    states = rows_of(history, list(sets)) if sets else {}
    for set_id, is_new in sets.items():
        folder = folder_of(history, set_id)
        if set_id in states:
            _settle_known(folder, states[set_id], of_change)
        elif is_new:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            _settle_known(folder, {}, of_change)
    return True


def _settle_known(folder: Path, states: dict[str, FileState], of_change: str) -> None:
    for staged in folder.glob(f"{of_change}*"):
        name = staged.name.removeprefix(of_change)
        if states.get(name) == digest_of(staged):
            os.replace(staged, folder / name)
        else:
            staged.unlink(missing_ok=True)
    if states:
        for path in folder.glob("[!.]*"):
            if path.name not in states:
                path.unlink(missing_ok=True)


def _of_change(mark: Mark) -> str:
    return f"{_STAGED}{mark.path.name[:8]}-"


def _read_mark(mark: Mark, database_id: str) -> dict[UUID, bool] | None:
    """Return the sets of a mark, and whether their folders are new; None for a mark of something else."""
    try:
        own, *lines = mark.text.split("\n")
        if own != database_id:
            # Empty: it was killed before anything was written.
            return None if own else {}
        if lines or len(mark.path.name) == 32:
            return {UUID(set_id): kind == "new" for set_id, _, kind in (line.partition(" ") for line in lines) if kind}
        # Of a version before: the mark's name is the set's.
        return {UUID(mark.path.name): True} if time.time() - mark.path.stat().st_mtime > _OLD_MARK_S else None
    except (OSError, ValueError):
        return None
