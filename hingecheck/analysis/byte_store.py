"""Pieces of bytes that are needed later -> a temporary file; memory where there is none, or the disk is full."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from typing import IO

#: Fetches a piece.
Fetch = Callable[[], bytes]


class ByteStore:
    """Keeps pieces of bytes; used by one thread at a time.

    Parameters
    ----------
    file : binary file, optional
        Keeps them; None keeps them in memory.
    """

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file = file

    @classmethod
    def in_a_file(cls) -> ByteStore:
        """Keep them in a file without a name, which lives as long as one of them may be fetched."""
        return cls(tempfile.TemporaryFile())

    def put(self, piece: bytes) -> Fetch:
        """Put a piece away; the returned function fetches it."""
        if self._file is None:
            return lambda: piece
        try:
            start = self._file.seek(0, 2)
            self._file.write(piece)
            self._file.flush()
        except OSError:  # a full disk: memory it is
            return lambda: piece
        return partial(_fetched, self._file, start, len(piece))


def _fetched(file: IO[bytes], start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)
