"""A zip archive -> the history: checked as a whole first, then everything in one transaction, or nothing.

What is there already (by its id) stays as it is, so importing twice changes nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
from hingecheck.history.archive_format import MANIFEST, TABLES, VERSION, Manifest, file_of, from_line, set_of
from hingecheck.history.connection import History, reading, writing
from hingecheck.history.files import arriving, folder_of
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import SetRow

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 50_000_000
_ROWS_AT_ONCE = 500
#: A set's own numbers come with the set or not at all; what people said about it may be newer in the archive.
_WITH_THE_SET = ("documents", "reps", "findings")


@dataclass(frozen=True)
class Imported:
    """What came in: rows that were new, by table, and how many sets were there already."""

    new: dict[str, int]
    known_sets: int


def read_in(history: History, path: Path) -> Imported:
    """Read an archive in.

    Raises
    ------
    HistoryError
        It is no archive, damaged, from a newer program, or does not fit; then nothing of it was read in.
    """
    with _told(path), zipfile.ZipFile(path) as archive:
        manifest = _checked(archive)
        given = [row["id"] for row in _rows(archive, SetRow.__table__)]
        with reading(history) as session:
            # Every id, rather than those given: databases take only so many values in one question.
            known = set(session.scalars(select(SetRow.id))) & set(given)
        kept = _kept(manifest)
        with ExitStack() as settled:
            for set_id in given:
                if set_id in kept and not folder_of(history, set_id).exists():
                    _unpack(archive, kept[set_id], settled.enter_context(arriving(history, set_id)))
            with writing(history) as session:
                new = {table.name: _insert(session, table, archive, known) for table in TABLES}
    return Imported(new, len(known))


def _checked(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, when everything that it names is there and whole, and nothing else is."""
    if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise HistoryError("it is no archive of a history (no manifest in it)")
    manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    if manifest.version > VERSION:
        raise HistoryError(f"it was made by a newer HingeCheck (version {manifest.version}, this one reads {VERSION}): "
                           "update HingeCheck")
    # Other programs put folders in of their own accord.
    names = [name for name in archive.namelist() if not name.endswith("/")]
    tables = {file_of(table) for table in TABLES}
    if sorted(names) != sorted([*manifest.members, MANIFEST]):
        raise HistoryError("it is damaged: other files than its manifest names")
    for name, member in manifest.members.items():
        if name not in tables and set_of(name) is None:
            raise HistoryError(f"it holds a file that belongs in no archive: {name[:80]!r}")
        if archive.getinfo(name).file_size != member.size or _sha256(archive, name) != member.sha256:
            raise HistoryError(f"it is damaged: {name} is not what was written")
    return manifest


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _kept(manifest: Manifest) -> dict[UUID, list[str]]:
    """The files of each set."""
    found: dict[UUID, list[str]] = {}
    for name in manifest.members:
        set_id = set_of(name)
        if set_id is not None:
            found.setdefault(set_id, []).append(name)
    return found


def _unpack(archive: zipfile.ZipFile, names: list[str], folder: Path) -> None:
    for name in names:
        with archive.open(name) as member, (folder / name.rsplit("/", 1)[1]).open("wb") as file:
            shutil.copyfileobj(member, file, _CHUNK)


def _rows(archive: zipfile.ZipFile, table: Any) -> Iterator[dict[str, Any]]:
    name = file_of(table)
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
                said = (str(error).splitlines() or ["cannot be read"])[0]
                raise HistoryError(f"line {number} of {name} does not fit: {said}") from None
            yield row


def _insert(session: Db, table: Table, archive: zipfile.ZipFile, known: set[UUID]) -> int:
    """Insert what is new; return how many rows that were."""
    before = _count(session, table)
    add = (sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert)(table)
    rows = (row for row in _rows(archive, table) if table.name not in _WITH_THE_SET or row["set_id"] not in known)
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        try:
            session.execute(add.on_conflict_do_nothing(), chunk)
        except IntegrityError as error:
            raise HistoryError(f"{file_of(table)} speaks of something that is not in it") from error
    return _count(session, table) - before


def _count(session: Db, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say which archive it was, and that nothing came of it."""
    begin = f"cannot read the archive {path} in"
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
        raise HistoryError(f"{begin}: it is no archive, or damaged ({error}). {end}") from None
    except OSError as error:
        raise HistoryError(f"{begin}: {error.strerror or error}. {end}") from error
