"""Rows -> one small file and back, bit for bit: a clip is judged again without its video or the model.

A compressed `.npz` without pickled objects, about 2 MB a minute at 30 frames a second: numbers, joints and the back's
outline as points, no image and no silhouette. Reasons are stored as text.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from language.translate import _
from pose.atomic_file import save_arrays
from pose.frame.measure import Row
from pose.frame.row_columns import REASONS, columns_of, rows_of
from pose.reason import from_sentence, reason_from_json, reason_to_json

_KIND = "hingecheck measurements"
#: Incremented when the meaning of what is stored changes.
VERSION = 2
#: In this version reasons were sentences; they are read as they are.
_SENTENCES_VERSION = 1
#: What every file has; the others were added without a new version and get their defaults.
_NAMES = columns_of(()).keys() - {"picture_width_px", "picture_height_px"}


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
    arrays = columns_of(rows)
    arrays |= {name: np.array(list(map(reason_to_json, arrays[name]))) for name in REASONS}
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
        if missing := _NAMES - arrays.keys():
            raise KeyError(*missing)
        reasons = {name: list(map(read, map(str, arrays[name]))) for name in REASONS}
        return rows_of({**arrays, **reasons}, count), dict(head["about"])
    except FileNotFoundError as error:
        raise RowsFileError(_("{path}: there are no measurements to judge again. Analyse the video first.").format(
            path=path)) from error
    except (OSError, ValueError, KeyError, EOFError, TypeError, OverflowError, MemoryError, zipfile.BadZipFile,
            zlib.error) as error:
        raise damaged(path) from error


def damaged(path: Path) -> RowsFileError:
    """Return the error of a file that cannot be read."""
    return RowsFileError(_("{path}: the measurements are damaged or of another version. Analyse the video once more."
                           ).format(path=path))
