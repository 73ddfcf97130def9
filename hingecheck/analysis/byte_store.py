"""Pieces of bytes that are needed later -> a temporary file; memory where there is none, or the disk is full."""

from __future__ import annotations

import tempfile
from typing import IO


class ByteStore:
    """Keeps pieces of bytes; used by one thread at a time.

    Parameters
    ----------
    file : binary file without a buffer, optional
        Keeps them; None keeps them in memory. What a full disk does not take must not wait in a buffer.
    """

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file = file
        self._pieces: dict[int, bytes | tuple[int, int]] = {}
        self._count = 0

    @classmethod
    def in_a_file(cls) -> ByteStore:
        """Keep them in a file without a name, which lives as long as the store; in memory where none can be made."""
        try:
            return cls(tempfile.TemporaryFile(buffering=0))
        except OSError:
            return cls()

    def put(self, piece: bytes) -> int:
        """Put a piece away; return its number, from 0 on, by which `get` finds it."""
        number, self._count = self._count, self._count + 1
        self._pieces[number] = self._written(piece)
        return number

    def get(self, number: int) -> bytes:
        """Fetch a piece."""
        piece = self._pieces[number]
        if isinstance(piece, bytes):
            return piece
        assert self._file is not None
        self._file.seek(piece[0])
        return self._file.read(piece[1])

    def take(self, number: int) -> bytes:
        """Fetch a piece for the last time."""
        piece = self.get(number)
        self.drop(number)
        return piece

    def drop(self, number: int) -> None:
        """Forget a piece; a file keeps its place."""
        del self._pieces[number]

    def __getstate__(self) -> dict[int, bytes]:
        return {number: self.get(number) for number in self._pieces}

    def __setstate__(self, pieces: dict[int, bytes]) -> None:
        """Put pieces that come from another process into a file of this one."""
        store = self.in_a_file()
        self._file, self._count = store._file, max(pieces, default=-1) + 1
        self._pieces = {number: self._written(piece) for number, piece in pieces.items()}

    def _written(self, piece: bytes) -> bytes | tuple[int, int]:
        """Write a piece to the file; return where it lies, or the piece itself."""
        if self._file is None:
            return piece
        try:
            start = self._file.seek(0, 2)
            written = self._file.write(piece)
        except OSError:  # a full disk: memory it is
            return piece
        return (start, len(piece)) if written == len(piece) else piece
