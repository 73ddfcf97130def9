"""Small files that a process keeps locked for as long as it lives, so that the next start can tell what was left.

The system frees the locks of a process however it ends. A folder that knows no locks has marks as well; there nothing
is ever taken for left.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: The start of another program may delete a new mark before it is locked; then another is made.
_TRIES = 100


@dataclass(frozen=True)
class Mark:
    """A mark that this process holds.

    Attributes
    ----------
    path : Path
    handle : int
        The open file.
    """

    path: Path
    handle: int

    @property
    def text(self) -> str:
        """What is written in it; paths come back as they went in."""
        os.lseek(self.handle, 0, os.SEEK_SET)
        return os.fsdecode(os.read(self.handle, os.fstat(self.handle).st_size))

    def write(self, text: str, is_durable: bool = False) -> None:
        """Append to it; OSError where the disk is full.

        Parameters
        ----------
        text : str
        is_durable : bool
            Wait until it is on the disk, so that it outlives a power cut too.
        """
        data = os.fsencode(text)
        os.lseek(self.handle, 0, os.SEEK_END)
        while data:
            data = data[os.write(self.handle, data):]
        if is_durable:
            os.fsync(self.handle)

    def delete(self) -> None:
        """Delete it: nothing is left of what it stood for."""
        # Closed first: Windows deletes no open file.
        os.close(self.handle)
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def leave(self) -> None:
        """Leave it for a later start."""
        os.close(self.handle)


def new_mark(folder: Path, name: str) -> Mark:
    """Make a mark; OSError where the folder, which is made if need be, cannot be written."""
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):  # the folder was empty, and deleted meanwhile
            folder.mkdir(parents=True, exist_ok=True)
            mark = Mark(folder / name, os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            if _lock(mark.handle) is not False and _is_there(mark):
                return mark
            mark.delete()
    raise FileNotFoundError(f"{folder / name} is deleted again and again")


def left_marks(folder: Path) -> Iterator[Mark]:
    """Take each mark whose process has ended; the caller deletes or leaves it."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            mark = Mark(path, os.open(path, os.O_RDWR))
        except OSError:  # just deleted, or another person's
            continue
        if _lock(mark.handle) and _is_there(mark):
            yield mark
        else:
            mark.leave()


def _is_there(mark: Mark) -> bool:
    """Whether nobody deleted the mark before it was locked."""
    try:
        return os.path.samestat(os.fstat(mark.handle), os.stat(mark.path))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    #: Windows locks bytes against reading, too: one behind every text.
    _LOCKED_BYTE = 0x7FFF_0000

    def _lock(handle: int) -> bool | None:
        """Lock an open file; False where another process has it."""
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(handle: int) -> bool | None:
        """Lock an open file; False where another process has it, None where nothing can be locked."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True
