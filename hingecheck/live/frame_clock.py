"""Times of a stream's frames -> the time of the session, frames per second, and the longest time without a frame."""

from __future__ import annotations

import time
from collections import deque
from itertools import pairwise

#: A stream that begins anew goes on this long after the last frame of the one before, seconds.
_STEP_S = 1 / 30
#: Frames per second are those of the last frames; after so long without one there are none, seconds.
_MAX_FRAMES, _STOPPED_S = 60, 2.0


class FrameClock:
    """The clock of one live session.

    Attributes
    ----------
    now_s : float
        Session time of the last frame, seconds; -1 before the first.
    """

    def __init__(self) -> None:
        self.now_s, self._offset_s = -1.0, 0.0
        #: When the last frames were processed, seconds of the computer's clock.
        self._processed_s: deque[float] = deque(maxlen=_MAX_FRAMES)

    def session_time_s(self, time_s: float) -> float:
        """Return the session's time of a stream's time, which begins anew with every camera."""
        now_s = time_s + self._offset_s
        if now_s <= self.now_s:
            self._offset_s = self.now_s + _STEP_S - time_s
            now_s = time_s + self._offset_s
        self.now_s = now_s
        return now_s

    def mark_processed(self) -> None:
        """Note that a frame was processed."""
        self._processed_s.append(time.monotonic())

    def forget(self) -> None:
        """Forget the last frames: the time without a camera is no slow camera."""
        self._processed_s.clear()

    @property
    def fps(self) -> float:
        """Frames per second over the last sixty; 0 where none come."""
        times_s = self._processed_s
        if len(times_s) < 2 or time.monotonic() - times_s[-1] > _STOPPED_S:
            return 0.0
        return round((len(times_s) - 1) / max(times_s[-1] - times_s[0], 1e-3), 1)

    @property
    def gap_s(self) -> float:
        """The longest time without a frame, seconds: between two of the last sixty, or since the last."""
        return round(max((b - a for a, b in pairwise([*self._processed_s, time.monotonic()])), default=0.0), 1)
