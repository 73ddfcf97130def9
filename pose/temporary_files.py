"""Temporary files and folders that do not outlive the program, also where it was killed.

Each has a mark in the cache folder (`unfinished/<token>`, with its path) that the process keeps locked (`pose.mark`).
At the next start of any program `delete_leftovers` deletes what belongs to an unlocked mark, wherever it lies, and
nothing of a process that is alive. A start is the first temporary file of a process, or the opening of the history. The
token stands in the name of the temporary file too: a mark can delete nothing but its own.

Where the cache folder cannot be written there are no marks; then a killed program leaves files.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import weakref
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType

from pose.cache import cache_dir
from pose.mark import Mark, left_marks, new_mark

_MARKS = "unfinished"


class Temporary:
    """A temporary file or folder; `close` deletes it, and so do the end of this object and of the program.

    In a `with` statement it gives its path.

    Attributes
    ----------
    path : Path
        A file does not exist yet; renaming it and then calling `close` keeps it.
    """

    def __init__(self, path: Path, mark: Mark | None) -> None:
        self.path = path
        self._close = weakref.finalize(self, _close, path, mark)

    def close(self) -> None:
        """Delete what is at the path, if anything, and the mark."""
        self._close()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def temporary_file(path: Path) -> Temporary:
    """Return an unused name in the same folder, with the same suffix: writers of video choose the container by it."""
    token = secrets.token_hex(8)
    return _marked(path.with_name(f".{token}{path.suffix}"), token)


def temporary_folder(kind: str) -> Temporary:
    """Make an empty folder among the system's temporary files, for nobody else to read.

    Parameters
    ----------
    kind : str
        What it is for; stands in its name.
    """
    token = secrets.token_hex(8)
    temporary = _marked(Path(tempfile.gettempdir(), f"hingecheck-{kind}-{token}"), token)
    temporary.path.mkdir(mode=0o700)
    return temporary


def delete_leftovers() -> int:
    """Delete the temporary files of programs that ended without doing so; return how many."""
    count = 0
    with suppress(OSError):
        for mark in left_marks(cache_dir() / _MARKS):
            count += _delete_leftover(mark)
    return count


@cache
def _delete_leftovers_once() -> None:
    delete_leftovers()


def _delete_leftover(mark: Mark) -> bool:
    text = mark.text
    target = Path(text)
    if not text or mark.path.name not in target.name:  # it was killed before there was a file, or is none of ours
        _discard(mark)
        return False
    existed = target.exists()
    _delete(target)
    if target.exists():  # a program has it open, or the rights have changed
        mark.leave()
        return False
    _discard(mark)
    return existed


def _marked(path: Path, token: str) -> Temporary:
    _delete_leftovers_once()
    path = path.absolute()
    mark = None
    with suppress(OSError):  # a full disk, where the file that follows will not fit either; or no cache folder
        mark = new_mark(cache_dir() / _MARKS, token)
        mark.write(str(path))
    return Temporary(path, mark)


def _close(path: Path, mark: Mark | None) -> None:
    _delete(path)
    if mark is not None:
        _discard(mark)


def _discard(mark: Mark) -> None:
    mark.delete()
    with suppress(OSError):
        mark.path.parent.rmdir()  # where it was the last


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
