"""The files of a set as rows: name, size and checksum, so that rows and files can be held against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session as Db

from hingecheck.history.tables import FileRow

_CHUNK = 1 << 20


@dataclass(frozen=True)
class FileState:
    """The size of a file in bytes, and its SHA-256 in hexadecimal."""

    size_bytes: int
    sha256: str


def digest_of(path: Path) -> FileState:
    """Return size and checksum of a file; OSError where it cannot be read."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileState(size, digest.hexdigest())


def folder_state(folder: Path) -> dict[str, FileState]:
    """Return the files of a folder by name; without those that are being written."""
    return {path.name: digest_of(path) for path in sorted(folder.glob("[!.]*")) if path.is_file()}


def write(session: Db, set_id: UUID, states: Mapping[str, FileState]) -> None:
    """Add rows of files, or replace those of the same names."""
    if states:
        session.execute(delete(FileRow).where(FileRow.set_id == set_id, FileRow.name.in_(list(states))))
        session.execute(insert(FileRow), _values(set_id, states))


def record_existing(session: Db, set_id: UUID, folder: Path) -> None:
    """Add the rows of a set that was saved before files had rows, from what is in its folder."""
    if session.scalar(select(FileRow.name).where(FileRow.set_id == set_id).limit(1)) is None and folder.is_dir():
        write(session, set_id, folder_state(folder))


def _values(set_id: UUID, states: Mapping[str, FileState]) -> list[dict[str, Any]]:
    return [{"set_id": set_id, "name": name, "size_bytes": state.size_bytes, "sha256": state.sha256}
            for name, state in states.items()]
