"""Import a zip archive into the history: check all of it first, then write it in one transaction.

Rows whose id is already in the history stay as they are, so importing twice changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Db

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.history import file_rows
from hingecheck.history.access import require_owner
from hingecheck.history.archive_format import MANIFEST, TABLES, VERSION, Manifest, from_line, set_id_of, table_file
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.file_changes import FileChange, file_change, folder_of, rows_of
from hingecheck.history.file_rows import FileState, digest_of
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import SetRow

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 50_000_000
_ROWS_AT_ONCE = 500
#: Imported only with a set that is new: they never change. Remarks on a known set may be newer in the archive.
_SET_TABLES = ("documents", "reps", "findings")


@dataclass(frozen=True)
class ImportCounts:
    """The number of new rows by table, of sets that were in the history already, and of their files that were restored.

    A file of a known set is restored where it is missing on this computer, or is not what the history's rows say.
    """

    new: dict[str, int]
    known_sets: int
    restored_files: int = 0


def import_archive(history: History, path: Path) -> ImportCounts:
    """Import an archive.

    Raises
    ------
    HistoryError
        The file is not an archive, is damaged, comes from a newer program, or does not fit. Nothing was imported.
    """
    require_owner(history.viewer)
    with _import_errors(path), zipfile.ZipFile(path) as archive:
        manifest = _check_manifest(archive)
        set_ids = [row["id"] for row in _rows(archive, SetRow.__table__)]
        with read_transaction(history) as session:
            # All ids of the history: a query takes a limited number of values, an archive may have more sets.
            known = set(session.scalars(select(SetRow.id))) & set(set_ids)
        set_files = {set_id: names for set_id, names in _set_files(manifest).items() if set_id in set(set_ids)}
        with file_change(history) as change:
            restored = _unpack_missing(archive, history, change, set_files, known)
            with write_transaction(history) as session:
                new = {table.name: _insert(session, table, archive, known) for table in TABLES}
                for set_id in restored.keys() & known:
                    file_rows.record_existing(session, set_id, folder_of(history, set_id))
                for set_id, names in set_files.items():
                    if set_id not in known:
                        file_rows.write(session, set_id, names)
                    elif set_id in restored:
                        file_rows.write(session, set_id, {name: names[name] for name in restored[set_id]})
    return ImportCounts(new, len(known), sum(len(restored[set_id]) for set_id in restored.keys() & known))


def _check_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest after checking that the archive holds exactly the files that it names."""
    if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise HistoryError("it is not a history archive (no manifest in it)")
    manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    if manifest.version > VERSION:
        raise HistoryError(f"it was made by a newer HingeCheck (version {manifest.version}, this one reads {VERSION}). "
                           "Update HingeCheck")
    # Other zip programs add entries for folders.
    names = [name for name in archive.namelist() if not name.endswith("/")]
    tables = {table_file(table) for table in TABLES}
    if sorted(names) != sorted([*manifest.members, MANIFEST]):
        raise HistoryError("it is damaged: its files are not those in its manifest")
    for name, member in manifest.members.items():
        if name not in tables and set_id_of(name) is None:
            raise HistoryError(f"it holds a file that does not belong in an archive: {name[:80]!r}")
        if archive.getinfo(name).file_size != member.size or _sha256(archive, name) != member.sha256:
            raise HistoryError(f"it is damaged: {name} has changed since the export")
    return manifest


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _set_files(manifest: Manifest) -> dict[UUID, dict[str, FileState]]:
    """Return the files of each set by name."""
    files: dict[UUID, dict[str, FileState]] = {}
    for path, member in manifest.members.items():
        set_id = set_id_of(path)
        if set_id is not None:
            files.setdefault(set_id, {})[path.rsplit("/", 1)[1]] = FileState(member.size, member.sha256)
    return files


def _unpack_missing(archive: zipfile.ZipFile, history: History, change: FileChange,
                    set_files: Mapping[UUID, Mapping[str, FileState]], known: set[UUID]) -> dict[UUID, list[str]]:
    """Unpack what is missing on this computer or differs from what it has to be; return the names of each set."""
    rows = rows_of(history, sorted(known))
    unpacked: dict[UUID, list[str]] = {}
    for set_id, states in set_files.items():
        folder = folder_of(history, set_id)
        is_new = set_id not in known and not folder.exists()
        for name, state in states.items():
            if not is_new and not _is_needed(folder / name, state, rows.get(set_id)):
                continue
            path = change.new_folder(set_id) / name if is_new else change.staged(set_id, name)
            _unpack(archive, f"sets/{set_id}/{name}", state, path)
            unpacked.setdefault(set_id, []).append(name)
    return unpacked


def _is_needed(path: Path, state: FileState, recorded: Mapping[str, FileState] | None) -> bool:
    """Whether the archive's file is wanted in a folder that is there.

    A known set stays as it is: only a file that its rows name is restored. One from before files had rows (`recorded`
    empty) may have newer files than the archive, so only what is missing is. None = a set that is new.
    """
    if recorded and recorded.get(path.name) != state:
        return False
    if not path.is_file():
        return True
    return recorded != {} and digest_of(path) != state


def _unpack(archive: zipfile.ZipFile, member: str, state: FileState, path: Path) -> None:
    with archive.open(member) as source, path.open("wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    if digest_of(path) != state:
        raise HistoryError(f"{path.name} of a set could not be written whole. Free some disk space")


def _rows(archive: zipfile.ZipFile, table: Any) -> Iterator[dict[str, Any]]:
    name = table_file(table)
    if name not in archive.namelist():
        return
    with archive.open(name) as member:
        for number, line in enumerate(member, 1):
            try:
                row = from_line(line, table)
                if table.name == "documents":
                    SetReport.model_validate_json(row["report"])
                    Exercise.model_validate_json(row["exercise"])
            except ValueError as error:
                reason = (str(error).splitlines() or ["cannot be read"])[0]
                raise HistoryError(f"line {number} of {name} does not fit: {reason}") from None
            yield row


def _insert(session: Db, table: Table, archive: zipfile.ZipFile, known: set[UUID]) -> int:
    """Insert the rows that are new; return their number."""
    before = _count(session, table)
    add = (sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert)(table)
    rows = (row for row in _rows(archive, table) if table.name not in _SET_TABLES or row["set_id"] not in known)
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        try:
            session.execute(add.on_conflict_do_nothing(), chunk)
        except IntegrityError as error:
            raise HistoryError(f"{table_file(table)} refers to something that is not in the archive") from error
    return _count(session, table) - before


def _count(session: Db, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def _import_errors(path: Path) -> Iterator[None]:
    """Name the archive in every error, and say that nothing was changed."""
    begin = f"cannot import the archive {path}"
    end = "Nothing was changed."
    try:
        yield
    except HistoryError as error:
        raise HistoryError(f"{begin}: {str(error).rstrip('.')}. {end}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or MANIFEST
        raise HistoryError(f"{begin}: its manifest does not fit ({where}: {first['msg']}). {end}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise HistoryError(f"{begin}: it is not an archive, or it is damaged ({error}). {end}") from None
    except OSError as error:
        raise HistoryError(f"{begin}: {error.strerror or error}. {end}") from error
