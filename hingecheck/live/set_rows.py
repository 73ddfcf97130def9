"""The rows of a live set, from its rest on: a long set keeps fewer of its older ones."""

from __future__ import annotations

from collections.abc import Sequence

from pose.frame.measure import Row

#: The older half of a set of more rows than this (five minutes at 30 fps) is thinned to ten per second, from which reps
#: and angles come out the same. An hour of a watched sitting posture would otherwise take a quarter of a gigabyte.
MAX_ROWS, _THIN_STEP_S = 9000, 0.09


class SetRows:
    """Collects the rows of one set.

    Parameters
    ----------
    max_rows : int
        The older half of a longer set is thinned.
    """

    def __init__(self, max_rows: int = MAX_ROWS) -> None:
        self._rows: list[Row] = []
        self._max_rows = self._thin_from = max_rows

    @property
    def all(self) -> Sequence[Row]:
        """The rows, in order of time."""
        return self._rows

    def add(self, row: Row) -> None:
        """Add the latest row."""
        self._rows.append(row)
        if len(self._rows) >= self._thin_from:
            self._thin()

    def _thin(self) -> None:
        half = len(self._rows) // 2
        sparse = self._rows[:1]
        for row in self._rows[1:half]:
            if row.time_s - sparse[-1].time_s >= _THIN_STEP_S:
                sparse.append(row)
        self._rows = [*sparse, *self._rows[half:]]
        self._thin_from = max(self._max_rows, len(self._rows) * 3 // 2)
