"""Export a history, or one person's part of it, into one zip archive that any HingeCheck can import."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session as Db

from hingecheck.history import people
from hingecheck.history.access import require_own
from hingecheck.history.archive_format import MANIFEST, TABLES, VERSION, Manifest, Member, table_file, to_line
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.file_changes import folder_of
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import SessionRow, SetRow
from language.translate import _
from pose.atomic_file import atomic_replace

_CHUNK = 1 << 20
#: Already compressed: stored in the zip as they are.
_STORED = (".jpg", ".npz", ".mp4")


def export_archive(history: History, path: Path, person_id: UUID | None = None) -> dict[str, int]:
    """Export everything, or all data of one person, into one archive; a failed export leaves no file.

    Returns
    -------
    dict of str to int
        Table -> number of rows; "files" -> number of files of the sets.

    Raises
    ------
    HistoryError
        The archive cannot be written, the history cannot be read, or the person is not in it (any more).
    """
    require_own(history.viewer, person_id)
    # The rows of one person are selected below; the conditions of a viewer go with no table of its own.
    history = replace(history, viewer=None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_replace(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = _fill(history, archive, person_id)
    except OSError as error:
        raise HistoryError(_("cannot write the archive {path}: {reason}. Choose another folder, or free some disk "
                             "space.").format(path=path, reason=error.strerror or error)) from error
    return counts


def _fill(history: History, archive: zipfile.ZipFile, person_id: UUID | None) -> dict[str, int]:
    members: dict[str, Member] = {}
    counts: dict[str, int] = {}
    with read_transaction(history) as session:
        person = None if person_id is None else people.row_of(session, person_id).name
        sets = session.scalars(select(SetRow.id).where(*_of_person(SetRow.__table__, person_id))).all()
        for table in TABLES:
            counts[table.name] = 0
            name = table_file(table)
            members[name] = _write_member(archive, name, _lines(session, table, person_id, counts))
    counts["files"] = 0
    for set_id in sets:
        for file in sorted(folder_of(history, set_id).glob("[!.]*")):
            name = f"sets/{set_id}/{file.name}"
            with suppress(FileNotFoundError):  # another program deleted it meanwhile
                members[name] = _write_member(archive, name, _bytes(file))
                counts["files"] += 1
    manifest = Manifest(version=VERSION, made_at=datetime.now(timezone.utc), person=person, members=members)
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return counts


def _lines(session: Db, table: Table, person_id: UUID | None, counts: dict[str, int]) -> Iterator[bytes]:
    query = select(table).where(*_of_person(table, person_id)).order_by(*table.primary_key.columns)
    for row in session.execute(query.execution_options(yield_per=1000)):
        counts[table.name] += 1
        yield to_line(dict(row._mapping))


def _of_person(table: Any, person_id: UUID | None) -> list[ColumnElement[bool]]:
    """Return the conditions that select one person's rows; none for everybody."""
    if person_id is None:
        return []
    sessions = select(SessionRow.id).where(SessionRow.person_id == person_id)
    if table.name == "people":
        return [table.c.id == person_id]
    if "person_id" in table.c:
        return [table.c.person_id == person_id]
    if "session_id" in table.c:
        return [table.c.session_id.in_(sessions)]
    return [table.c.set_id.in_(select(SetRow.id).where(SetRow.session_id.in_(sessions)))]


def _bytes(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _write_member(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> Member:
    """Write one member in chunks."""
    # The first chunk is read before the member is opened: a deleted file must not leave an empty member.
    remaining = iter(chunks)
    chunk = next(remaining, b"")
    info = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as member:
        while chunk:
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            chunk = next(remaining, b"")
    return Member(size=size, sha256=digest.hexdigest())
