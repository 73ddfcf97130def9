"""Measured frames as they come -> the Track of the last seconds, assembled as for a whole clip, at a constant cost.

The window is what followed the last settled rep, with the person's rest from the set-up moved to just before it. So the
neutral pose is always the person's own, whatever the window shows, and the window does not grow with the set.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.positions.assemble import assemble
from pose.track import Track

#: Rows closer than this are dropped: reps and angles come out the same from ten per second.
_STEP_S = 0.09
#: Older rows are thinned to this step (a long hold): still closer than any gap that a signal bridges.
_RECENT_S, _OLD_STEP_S = 7.0, 0.3
#: Number of rows of the rest, and how far apart they are placed before the window.
_REST_ROWS, _REST_STEP_S = 12, 0.1


class RollingTrack:
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
        """Whether the neutral pose is known."""
        return bool(self._rest)

    def set_rest(self, rows: Sequence[Row]) -> None:
        """Use evenly chosen rows of the person at rest as the neutral pose from now on."""
        step = max(1, len(rows) // _REST_ROWS)
        self._rest = list(rows[::step][:_REST_ROWS])

    def add(self, row: Row) -> bool:
        """Add a row; return False where it is so close to the last that it is dropped."""
        if self._recent and row.time_s - self._recent[-1].time_s < _STEP_S:
            return False
        self._recent.append(row)
        while row.time_s - self._recent[0].time_s > _RECENT_S:
            oldest = self._recent.popleft()
            if not self._old or oldest.time_s - self._old[-1].time_s >= _OLD_STEP_S:
                self._old.append(oldest)
        return True

    def drop_before(self, time_s: float) -> None:
        """Drop the rows before a time."""
        self._old = [row for row in self._old if row.time_s >= time_s]
        while self._recent and self._recent[0].time_s < time_s:
            self._recent.popleft()

    def track(self) -> Track | None:
        """Assemble the window; None while it has fewer than three rows."""
        window = [*self._old, *self._recent]
        if len(window) < 3:
            return None
        first_s = window[0].time_s - len(self._rest) * _REST_STEP_S
        rest = [replace(row, time_s=first_s + number * _REST_STEP_S) for number, row in enumerate(self._rest)]
        return assemble([*rest, *window], self._limits)[0]
