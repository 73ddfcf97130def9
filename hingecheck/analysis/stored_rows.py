"""Rows as they are measured -> columns in a temporary file: of twenty minutes they are a hundred megabytes.

They wait there until the whole clip is judged, when the pose networks no longer take memory.
"""

from __future__ import annotations

import pickle

from hingecheck.analysis.byte_store import ByteStore, Fetch
from pose.frame.measure import Row
from pose.frame.row_columns import columns_of, rows_of

#: Rows that are put away together: four seconds of a video of 30 frames a second.
_TOGETHER = 128


class StoredRows:
    """The rows of a stretch, in order."""

    def __init__(self) -> None:
        self._store = ByteStore.in_a_file()
        self._pieces: list[tuple[int, Fetch]] = []
        self._waiting: list[Row] = []

    def add(self, row: Row) -> None:
        """Add the next row."""
        self._waiting.append(row)
        if len(self._waiting) == _TOGETHER:
            self._put_away()

    def load(self) -> list[Row]:
        """Return the rows."""
        self._put_away()
        return [row for count, fetch in self._pieces for row in rows_of(pickle.loads(fetch()), count)]

    def __getstate__(self) -> list[tuple[int, bytes]]:
        self._put_away()
        return [(count, fetch()) for count, fetch in self._pieces]

    def __setstate__(self, pieces: list[tuple[int, bytes]]) -> None:
        """Put rows that come from another process into a file of this one."""
        self.__init__()  # type: ignore[misc]
        self._pieces = [(count, self._store.put(piece)) for count, piece in pieces]

    def _put_away(self) -> None:
        if self._waiting:
            packed = pickle.dumps(columns_of(self._waiting), pickle.HIGHEST_PROTOCOL)
            self._pieces.append((len(self._waiting), self._store.put(packed)))
            self._waiting = []
