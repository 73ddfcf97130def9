"""The files of the sets in an archive: what this computer lacks of them is unpacked, and checked as it is written."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from hingecheck.history.archive_format import Manifest, set_id_of
from hingecheck.history.connection import History
from hingecheck.history.file_changes import FileChange, folder_of, rows_of
from hingecheck.history.file_rows import FileState, digest_of
from hingecheck.history.records import HistoryError
from language.numbers import number
from language.translate import _

_CHUNK = 1 << 20


def of_manifest(manifest: Manifest) -> dict[UUID, dict[str, FileState]]:
    """Return the files of each set by name."""
    files: dict[UUID, dict[str, FileState]] = {}
    for path, member in manifest.members.items():
        set_id = set_id_of(path)
        if set_id is not None:
            files.setdefault(set_id, {})[path.rsplit("/", 1)[1]] = FileState(member.size, member.sha256)
    return files


def unpack_missing(archive: zipfile.ZipFile, history: History, change: FileChange,
                    set_files: Mapping[UUID, Mapping[str, FileState]], known: set[UUID]) -> dict[UUID, list[str]]:
    """Unpack what is missing on this computer or differs from what it has to be; return the names of each set."""
    states_by_set = rows_of(history, sorted(known))
    unpacked: dict[UUID, list[str]] = {}
    for set_id, states in set_files.items():
        folder = folder_of(history, set_id)
        is_new = set_id not in known and not folder.exists()
        for name, state in states.items():
            if not is_new and not _is_needed(folder / name, state, states_by_set.get(set_id)):
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
        raise HistoryError(_("{name} of a set could not be written whole. Free some disk space").format(name=path.name))


def require_space(history: History, set_files: Mapping[UUID, Mapping[str, FileState]], known: set[UUID]) -> None:
    """Raise HistoryError where the disk has no room for the files of the new sets."""
    needed = sum(state.size_bytes for set_id, states in set_files.items() if set_id not in known
                 for state in states.values())
    free = shutil.disk_usage(history.folder).free
    if needed > free:
        raise HistoryError(_("its files need {needed} GB, and {free} GB are free in {folder}").format(
                               needed=number(needed / 1e9, 1), free=number(free / 1e9, 1),
                               folder=history.folder))
