"""Temporary files and folders that do not outlive the program, also where it was killed.

Each has a mark in the cache folder (`unfinished/<token>`, with its path) that the process keeps locked. The system
frees the lock of a process however it ends, so at the next start of any program `delete_leftovers` deletes what belongs
to a free mark, wherever it lies, and nothing of a process that is alive. A start is the first temporary file of a
process, or the opening of the history. The token stands in the name of the temporary file too: a mark can delete
nothing but its own.

Where the cache folder cannot be written, or locks nothing, there are no marks; then only a killed program leaves files.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import weakref
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType

from pose.cache import cache_dir

_MARKS = "unfinished"
#: Another program may sweep a new mark before it is locked, or delete the empty folder; then another is made.
_TRIES = 5


class Temporary:
    """A temporary file or folder; `close` deletes it, and so do the end of this object and of the program.

    In a `with` statement it gives its path.

    Attributes
    ----------
    path : Path
        A file does not exist yet; renaming it and then calling `close` keeps it.
    """

    def __init__(self, path: Path, mark: _Mark | None) -> None:
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


@dataclass(frozen=True)
class _Mark:
    """A locked file that names a temporary one."""

    path: Path
    handle: int


def temporary_file(path: Path) -> Temporary:
    """Return an unused name in the same folder, with the same suffix: writers of video choose the container by it."""
    token, mark = _new_mark()
    target = path.with_name(f".{token}{path.suffix}").absolute()
    _write(mark, target)
    return Temporary(target, mark)


def temporary_folder(kind: str) -> Temporary:
    """Make an empty folder among the system's temporary files, for nobody else to read.

    Parameters
    ----------
    kind : str
        What it is for; stands in its name.
    """
    token, mark = _new_mark()
    target = Path(tempfile.gettempdir(), f"hingecheck-{kind}-{token}").absolute()
    _write(mark, target)
    temporary = Temporary(target, mark)
    target.mkdir(mode=0o700)
    return temporary


def delete_leftovers() -> int:
    """Delete the temporary files of programs that ended without doing so; return how many."""
    folder = cache_dir() / _MARKS
    count = 0
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            count += _delete_leftover(path)
    return count


@cache
def _delete_leftovers_once() -> None:
    delete_leftovers()


def _delete_leftover(path: Path) -> bool:
    try:
        mark = _Mark(path, os.open(path, os.O_RDWR))
    except OSError:  # another program has just deleted it, or it is another person's
        return False
    if not _lock(mark.handle):
        os.close(mark.handle)
        return False
    text = os.fsdecode(os.read(mark.handle, 100_000))
    target = Path(text)
    # Without text it was killed before there was a file.
    is_own = bool(text) and path.name in target.name
    existed = is_own and target.exists()
    if is_own:
        _delete(target)
    if is_own and target.exists():  # a program has it open, or the rights have changed: at a later start
        os.close(mark.handle)
        return False
    _discard(mark)
    return existed


def _new_mark() -> tuple[str, _Mark | None]:
    """Return a token and its mark, locked; None where there can be none."""
    _delete_leftovers_once()
    folder = cache_dir() / _MARKS
    for _ in range(_TRIES):
        token = secrets.token_hex(8)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / token
            mark = _Mark(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileNotFoundError:  # another program has just deleted the empty folder
            continue
        except OSError:
            break
        if _lock(mark.handle) and _is_there(mark):
            return token, mark
        _discard(mark)
    return secrets.token_hex(8), None


def _write(mark: _Mark | None, target: Path) -> None:
    if mark is not None:
        with suppress(OSError):  # a full disk: the file that follows will not fit either
            os.write(mark.handle, os.fsencode(target))


def _is_there(mark: _Mark) -> bool:
    """Whether no sweep deleted the mark before it was locked."""
    try:
        return os.path.samestat(os.fstat(mark.handle), os.stat(mark.path))
    except OSError:
        return False


def _close(path: Path, mark: _Mark | None) -> None:
    _delete(path)
    if mark is not None:
        _discard(mark)


def _discard(mark: _Mark) -> None:
    # Closed first: Windows deletes no open file.
    os.close(mark.handle)
    with suppress(OSError):
        mark.path.unlink(missing_ok=True)
        mark.path.parent.rmdir()  # where it was the last


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    #: Windows locks bytes against reading, too: one behind every path.
    _LOCKED_BYTE = 0x7FFF_0000

    def _lock(handle: int) -> bool:
        """Lock an open mark; return False where another process has it, or the folder knows no locks."""
        try:
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock an open mark; return False where another process has it, or the folder knows no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
