"""Import a zip archive into the history: check all of it first, then write it in one transaction.

Rows whose id is already in the history stay as they are, so importing twice changes nothing.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
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
from hingecheck.history import archive_files, file_rows
from hingecheck.history.access import require_owner
from hingecheck.history.archive_format import MANIFEST, TABLES, VERSION, Manifest, from_line, set_id_of, table_file
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.file_changes import file_change, folder_of
from hingecheck.history.records import HistoryError
from hingecheck.history.row_checks import check_row
from hingecheck.history.tables import DocumentRow, SetRow
from language.translate import _

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 50_000_000
_ROWS_AT_ONCE = 500
#: A report of an hour has some megabytes; a line is read whole.
_LONGEST_LINE = 60_000_000
#: Twenty years of ten sets a day, each with its series, key images and video.
_MOST_MEMBERS = 1_000_000
_LARGEST_TABLE = 4_000_000_000
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
        in_archive = set(set_ids)
        set_files = {set_id: states for set_id, states in archive_files.of_manifest(manifest).items()
                     if set_id in in_archive}
        archive_files.require_space(history, set_files, known)
        with file_change(history) as change:
            restored = archive_files.unpack_missing(archive, history, change, set_files, known)
            with write_transaction(history) as session:
                new = {table.name: _insert(session, table, archive, known) for table in TABLES}
                _require_documents(session, set_ids)
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
        raise HistoryError(_("it is not a history archive (no manifest in it)"))
    manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    if manifest.version > VERSION:
        raise HistoryError(_("it was made by a newer HingeCheck (version {version}, this one reads {known}). "
                             "Update HingeCheck").format(version=manifest.version, known=VERSION))
    _check_size(archive)
    # Other zip programs add entries for folders.
    names = [name for name in archive.namelist() if not name.endswith("/")]
    tables = {table_file(table) for table in TABLES}
    if sorted(names) != sorted([*manifest.members, MANIFEST]):
        raise HistoryError(_("it is damaged: its files are not those in its manifest"))
    for name, member in manifest.members.items():
        if name not in tables and set_id_of(name) is None:
            raise HistoryError(_("it holds a file that does not belong in an archive: {name!r}").format(name=name[:80]))
        if archive.getinfo(name).file_size != member.size or _sha256(archive, name) != member.sha256:
            raise HistoryError(_("it is damaged: {name} has changed since the export").format(name=name))
    return manifest


def _check_size(archive: zipfile.ZipFile) -> None:
    """Refuse links, and what no history comes near, before anything is unpacked."""
    members = archive.infolist()
    tables = {table_file(table) for table in TABLES}
    if len(members) > _MOST_MEMBERS:
        raise HistoryError(_("it holds {count} files; at most {most} are allowed").format(
                               count=len(members), most=_MOST_MEMBERS))
    for member in members:
        if stat.S_ISLNK(member.external_attr >> 16):
            raise HistoryError(_("{filename!r} in it is a link").format(filename=member.filename[:80]))
        if member.filename in tables and member.file_size > _LARGEST_TABLE:
            raise HistoryError(_("{filename} in it is larger than {most} MB").format(
                                   filename=member.filename, most=_LARGEST_TABLE // 10**6))


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _rows(archive: zipfile.ZipFile, table: Any) -> Iterator[dict[str, Any]]:
    name = table_file(table)
    if name not in archive.namelist():
        return
    with archive.open(name) as member:
        for number, line in enumerate(iter(lambda: member.readline(_LONGEST_LINE), b""), 1):
            try:
                row = from_line(line, table)
                check_row(table, row)
                if table.name == "documents":
                    SetReport.model_validate_json(row["report"])
                    Exercise.model_validate_json(row["exercise"])
            except (ValueError, RecursionError, HistoryError) as error:
                reason = (str(error).splitlines() or [_("cannot be read")])[0]
                raise HistoryError(_("line {number} of {name} does not fit: {reason}").format(
                                       number=number, name=name, reason=reason)) from None
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
            raise HistoryError(_("{file} refers to something that is not in the archive").format(
                                   file=table_file(table))) from error
    return _count(session, table) - before


def _require_documents(session: Db, set_ids: Sequence[UUID]) -> None:
    """A set without its report opens nowhere."""
    for start in range(0, len(set_ids), _ROWS_AT_ONCE):
        part = set_ids[start:start + _ROWS_AT_ONCE]
        missing = session.scalar(select(SetRow.id).where(
            SetRow.id.in_(part), ~select(DocumentRow.set_id).where(DocumentRow.set_id == SetRow.id).exists()).limit(1))
        if missing is not None:
            raise HistoryError(_("it is damaged: the set {missing} has no report").format(missing=missing))


def _count(session: Db, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def _import_errors(path: Path) -> Iterator[None]:
    """Name the archive in every error, and say that nothing was changed."""
    try:
        yield
    except HistoryError as error:
        raise _not_imported(path, str(error).rstrip(".")) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or MANIFEST
        reason = _("its manifest does not fit ({where}: {reason})").format(where=where, reason=first["msg"])
        raise _not_imported(path, reason) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
            struct.error) as error:
        reason = _("it is not an archive, or it is damaged ({error})").format(error=error)
        raise _not_imported(path, reason) from None
    except OSError as error:
        raise _not_imported(path, error.strerror or str(error)) from error


def _not_imported(path: Path, reason: str) -> HistoryError:
    return HistoryError(_("cannot import the archive {path}: {reason}. Nothing was changed.").format(
        path=path, reason=reason))
