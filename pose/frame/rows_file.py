"""Rows -> one small file and back, bit for bit: a clip is judged again without its video or the model.

A compressed `.npz` without pickled objects, about 2 MB a minute at 30 frames a second: numbers, joints and the back's
outline as points, no image and no silhouette. Every field of `Row` and `View` is a column of the same name.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from language.translate import _
from pose.atomic_file import save_arrays
from pose.frame.measure import Row
from pose.frame.view import View
from pose.reason import from_sentence, reason_from_json, reason_to_json

_KIND = "hingecheck measurements"
#: Incremented when the meaning of what is stored changes.
VERSION = 2
#: In this version reasons were sentences; they are read as they are.
_SENTENCES_VERSION = 1
_VIEW = "view."
#: Fields that were added without a new version: older files lack them.
_ADDED = ("picture_width_px", "picture_height_px")
#: Fields of a view that hold a reason; stored as text.
_REASONS = ("problem", "doubt")


class RowsFileError(Exception):
    """A file of measurements that cannot be read or written; the message names it, the problem and the next step."""


def save(path: Path, rows: Sequence[Row], about: Mapping[str, Any]) -> None:
    """Write rows and facts about their source to a file, whole or not at all.

    Parameters
    ----------
    path : Path
    rows : sequence of Row
    about : mapping
        Facts about their source, of types that `json` can write.

    Raises
    ------
    RowsFileError
        If the file cannot be written.
    """
    arrays: dict[str, NDArray[Any]] = {}
    for field in fields(Row):
        if field.name != "view":
            _put(arrays, field.name, [getattr(row, field.name) for row in rows])
    for field in fields(View):
        values = [getattr(row.view, field.name) for row in rows]
        _put(arrays, _VIEW + field.name, list(map(reason_to_json, values)) if field.name in _REASONS else values)
    head = json.dumps({"kind": _KIND, "version": VERSION, "count": len(rows), "about": dict(about)})
    arrays["head"] = np.frombuffer(head.encode(), dtype=np.uint8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_arrays(path, arrays)
    except OSError as error:
        raise RowsFileError(_("{path}: the measurements cannot be written ({problem}). Choose another folder.").format(
            path=path, problem=error.strerror or error)) from error


def load(path: Path) -> tuple[list[Row], dict[str, Any]]:
    """Read rows and the facts about their source.

    Raises
    ------
    RowsFileError
        If there is no such file, it is damaged, or of another version.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        head = json.loads(arrays["head"].tobytes())
        if head["kind"] != _KIND or head["version"] not in (VERSION, _SENTENCES_VERSION):
            raise RowsFileError(_("{path}: these measurements are of another version. Analyse the video once more."
                                  ).format(path=path))
        count = int(head["count"])
        read = reason_from_json if head["version"] == VERSION else from_sentence
        reasons = {name: list(map(read, map(str, arrays[_VIEW + name]))) for name in _REASONS}
        views = _records(View, arrays, _VIEW, count, reasons)
        rows = _records(Row, arrays, "", count, {"view": [View(**view) for view in views]})
        return [Row(**row) for row in rows], dict(head["about"])
    except FileNotFoundError as error:
        raise RowsFileError(_("{path}: there are no measurements to judge again. Analyse the video first.").format(
            path=path)) from error
    except (OSError, ValueError, KeyError, EOFError, TypeError, IndexError, zipfile.BadZipFile, zlib.error) as error:
        raise RowsFileError(_("{path}: the measurements are damaged or of another version. Analyse the video once more."
                              ).format(path=path)) from error


def _put(arrays: dict[str, NDArray[Any]], name: str, values: Sequence[Any]) -> None:
    """Add one field: a column of numbers or words, or stacked arrays with a mask of the rows that have one."""
    first = next((value for value in values if value is not None), None)
    if not isinstance(first, np.ndarray):
        arrays[name] = np.array([] if first is None else values)
        return
    arrays[name] = np.stack([value for value in values if value is not None])
    arrays[f"{name}?"] = np.array([value is not None for value in values])


def _records(kind: type, arrays: Mapping[str, NDArray[Any]], prefix: str, count: int,
             ready: Mapping[str, Sequence[Any]] | None = None) -> list[dict[str, Any]]:
    """Return the fields of each row."""
    columns = {field.name: _column(arrays, prefix + field.name, count) for field in fields(kind)
               if field.name not in (ready or {}) and prefix + field.name not in _absent(arrays)} | dict(ready or {})
    return [{name: column[number] for name, column in columns.items()} for number in range(count)]


def _absent(arrays: Mapping[str, NDArray[Any]]) -> set[str]:
    """Return the fields that early files of this version do not have; they get their defaults."""
    return {name for name in _ADDED if name not in arrays}


def _column(arrays: Mapping[str, NDArray[Any]], name: str, count: int) -> Sequence[Any]:
    stored = arrays[name]
    if f"{name}?" not in arrays:
        return list(stored.tolist()) if len(stored) == count else [None] * count
    parts = iter(stored)
    return [next(parts) if present else None for present in arrays[f"{name}?"]]
