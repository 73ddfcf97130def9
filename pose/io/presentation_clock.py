"""Presentation times of a video file -> strictly increasing seconds from its first frame."""

from __future__ import annotations

from pose.io.container import LEAP_S

#: A step back by more than this is a restart of the clock (joined clips), not a frame out of order.
_RESTART_S = 1.0
#: This many repeated times in a row mean that the file has no usable clock.
_MAX_REPEATED = 10


class PresentationClock:
    """Converts the presentation times of a file to strictly increasing seconds from its first frame."""

    def __init__(self, first_s: float | None, step_s: float) -> None:
        self._origin_s = first_s or 0.0
        self._step_s = step_s
        self._last_s: float | None = None
        self._repeated_in_a_row = 0
        self.repeated = 0
        self.untimed = 0
        self.restarted = 0

    @property
    def is_regular(self) -> bool:
        """Whether every time so far was the file's own and later than the one before."""
        return not (self.repeated or self.untimed or self.restarted)

    def time_of(self, stamp_s: float | None) -> float | None:
        """Return the time of a frame, or None for one to drop because a player would not show it either."""
        if stamp_s is None or self._repeated_in_a_row >= _MAX_REPEATED:
            self.untimed += 1
            time_s = self._next()
        else:
            time_s = stamp_s - self._origin_s
            if self._last_s is not None and not -_RESTART_S < time_s - self._last_s <= LEAP_S:
                time_s = self._next()
                self._origin_s = stamp_s - time_s
                self.restarted += 1
            elif self._last_s is not None and time_s <= self._last_s:
                self.repeated += 1
                self._repeated_in_a_row += 1
                return None
            self._repeated_in_a_row = 0
        self._last_s = time_s
        return time_s

    def _next(self) -> float:
        return 0.0 if self._last_s is None else self._last_s + self._step_s
