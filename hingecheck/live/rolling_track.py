"""Rows as they come -> the Track of the last seconds, by the same `assemble` as a whole clip, at a price that stays.

The window is the person's rest from the set-up, moved up to just before it, and what followed the last settled rep.
So the zero is always the person's own, whatever the window shows, and its length does not grow with the set.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.positions.assemble import assemble
from pose.track import Track

#: Rows closer than this are left out: reps and angles come out the same from ten a second.
_STEP_S = 0.09
#: Older than this only so many are kept (a long hold): nearer than any gap that a signal bridges.
_RECENT_S, _OLD_STEP_S = 7.0, 0.3
#: Rows of the rest that are kept, and how far apart they are put before the window.
_REST_ROWS, _REST_STEP_S = 12, 0.1


class Rolling:
    """The window; `track` assembles it."""

    def __init__(self, limits: ViewLimits | None = None) -> None:
        self._limits = limits
        self._rest: list[Row] = []
        self._old: list[Row] = []
        self._recent: deque[Row] = deque()

    def __len__(self) -> int:
        return len(self._rest) + len(self._old) + len(self._recent)

    @property
    def has_rest(self) -> bool:
        """Whether the zero is known."""
        return bool(self._rest)

    def rest(self, rows: Sequence[Row]) -> None:
        """Take the rows of the person at rest, evenly chosen, as the zero from now on."""
        step = max(1, len(rows) // _REST_ROWS)
        self._rest = list(rows[::step][:_REST_ROWS])

    def add(self, row: Row) -> bool:
        """Take one more row; False where it is so near to the last that it is left out."""
        if self._recent and row.time_s - self._recent[-1].time_s < _STEP_S:
            return False
        self._recent.append(row)
        while row.time_s - self._recent[0].time_s > _RECENT_S:
            first = self._recent.popleft()
            if not self._old or first.time_s - self._old[-1].time_s >= _OLD_STEP_S:
                self._old.append(first)
        return True

    def forget_before(self, time_s: float) -> None:
        """Drop what lies before a moment."""
        self._old = [row for row in self._old if row.time_s >= time_s]
        while self._recent and self._recent[0].time_s < time_s:
            self._recent.popleft()

    def track(self) -> Track | None:
        """Assemble the window; None while it is too short to say anything."""
        shown = [*self._old, *self._recent]
        if len(shown) < 3:
            return None
        first_s = shown[0].time_s - len(self._rest) * _REST_STEP_S
        moved = [replace(row, time_s=first_s + number * _REST_STEP_S) for number, row in enumerate(self._rest)]
        return assemble([*moved, *shown], self._limits)[0]
