"""A history, or one person of it -> one zip archive that any HingeCheck can read in again."""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session as Db

from hingecheck.history import people
from hingecheck.history.archive_format import MANIFEST, TABLES, VERSION, Manifest, Member, file_of, to_line
from hingecheck.history.connection import History, reading
from hingecheck.history.files import folder_of
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import SessionRow, SetRow

_CHUNK = 1 << 20
#: Packed already.
_STORED = (".jpg", ".npz", ".mp4")


def export(history: History, path: Path, person_id: UUID | None = None) -> dict[str, int]:
    """Write everything, or everything of one person, into one archive; it appears whole or not at all.

    Returns
    -------
    dict of str to int
        Table -> rows; "files" -> kept files.

    Raises
    ------
    HistoryError
        The archive cannot be written, the history not read, or the person is not there (any more).
    """
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = _fill(history, archive, person_id)
        os.replace(part, path)
    except OSError as error:
        raise HistoryError(f"cannot write the archive {path}: {error.strerror or error}. Choose another place, or make "
                           "room.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return counts


def _fill(history: History, archive: zipfile.ZipFile, person_id: UUID | None) -> dict[str, int]:
    members: dict[str, Member] = {}
    counts: dict[str, int] = {}
    with reading(history) as session:
        person = None if person_id is None else people.row_of(session, person_id).name
        sets = session.scalars(select(SetRow.id).where(*_of_person(SetRow.__table__, person_id))).all()
        for table in TABLES:
            counts[table.name] = 0
            members[file_of(table)] = _put(archive, file_of(table), _lines(session, table, person_id, counts))
    counts["files"] = 0
    for set_id in sets:
        for file in sorted(folder_of(history, set_id).glob("[!.]*")):
            name = f"sets/{set_id}/{file.name}"
            with suppress(FileNotFoundError):  # deleted meanwhile, by another window
                members[name] = _put(archive, name, _bytes(file))
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
    """The condition under which a row belongs to a person."""
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
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _put(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> Member:
    """Write one member, piece by piece."""
    # The first piece before the member: a file that is gone must leave no empty one.
    pieces = iter(chunks)
    piece = next(pieces, b"")
    info = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as member:
        while piece:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
            piece = next(pieces, b"")
    return Member(size=size, sha256=digest.hexdigest())
