"""A file -> whether it is whole, by what its format says about itself."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError

from hingecheck.history.archive_format import MANIFEST


def is_whole(path: Path) -> bool:
    """Return whether a file is whole; of kinds that do not say, whether there is anything in it."""
    return _KINDS.get(path.suffix, _has_text)(path)


def _video(path: Path) -> bool:
    try:
        with av.open(str(path)) as file:
            stream = file.streams.video[0]
            return stream.frames > 0 and stream.frames == sum(1 for packet in file.demux(stream) if packet.size)
    except (FFmpegError, IndexError):
        return False


def _zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None and MANIFEST in archive.namelist()
    except (zipfile.BadZipFile, EOFError):
        return False


def _json(path: Path) -> bool:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return True


def _arrays(path: Path) -> bool:
    try:
        with np.load(path) as arrays:
            return all(arrays[name] is not None for name in arrays)
    except (ValueError, EOFError, zipfile.BadZipFile):
        return False


def _table(path: Path) -> bool:
    lines = path.read_bytes().split(b"\n")
    return lines[-1] == b"" and len({line.count(b",") for line in lines[:-1]}) == 1 if path.suffix == ".csv" else \
        lines[-1] == b"" and lines[-2].count(b"\t") == lines[-3].count(b"\t") > 0


def _ends_with(end: bytes) -> Callable[[Path], bool]:
    return lambda path: path.read_bytes().rstrip().endswith(end)


def _has_text(path: Path) -> bool:
    return path.stat().st_size > 0


_KINDS: dict[str, Callable[[Path], bool]] = {
    ".mp4": _video, ".zip": _zip, ".json": _json, ".npz": _arrays, ".csv": _table, ".trc": _table, ".mot": _table,
    ".html": _ends_with(b"</html>"), ".pdf": _ends_with(b"%%EOF"), ".jpg": _ends_with(b"\xff\xd9"),
}
