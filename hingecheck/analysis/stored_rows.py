"""Rows as they are measured -> pieces in a store: of twenty minutes they are a hundred megabytes.

They wait there until the whole clip is judged, when the pose networks no longer take memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass

from hingecheck.analysis.byte_store import ByteStore
from pose.frame.measure import Row
from pose.frame.row_columns import columns_of, rows_of

#: Rows that are put away together: four seconds of a video of 30 frames a second.
_TOGETHER = 128


@dataclass(frozen=True)
class StoredRows:
    """How many rows lie in a piece of a store."""

    count: int
    number: int


class RowsWriter:
    """Puts rows into a store, in order."""

    def __init__(self, store: ByteStore) -> None:
        self._store = store
        self._waiting: list[Row] = []
        self._written: list[StoredRows] = []

    def add(self, row: Row) -> None:
        """Add the next row."""
        self._waiting.append(row)
        if len(self._waiting) == _TOGETHER:
            self._put_away()

    def written(self) -> tuple[StoredRows, ...]:
        """Return where the rows are."""
        self._put_away()
        return tuple(self._written)

    def _put_away(self) -> None:
        if self._waiting:
            packed = pickle.dumps(columns_of(self._waiting), pickle.HIGHEST_PROTOCOL)
            self._written.append(StoredRows(len(self._waiting), self._store.put(packed)))
            self._waiting = []


def take_rows(store: ByteStore, stored: Iterable[StoredRows]) -> list[Row]:
    """Take rows out of a store; return them in order."""
    return [row for one in stored for row in rows_of(pickle.loads(store.take(one.number)), one.count)]
