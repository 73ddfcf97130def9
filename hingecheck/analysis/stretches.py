"""Length of a video -> the stretches that it is measured in, each with its own tracking, so that several run at once.

The pose model follows a person from frame to frame, so frames of one stretch cannot be shared out. Where a stretch
begins depends on the video alone, never on the machine: one processor and eight give the same numbers to the last bit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: A stretch is tracked from so long before its first frame, seconds.
RUN_IN_S = 1.0
#: Shorter videos stay whole.
_SHORTEST_S = 16.0
#: Times within this are the same.
_SAME_S = 1e-6


@dataclass(frozen=True)
class Stretch:
    """A part of a video.

    Attributes
    ----------
    start_s : float or None
        Its first frame is the first at or after this; None for the beginning of what is to be read.
    end_s : float or None
        Its last frame is the last before this; None for the end.
    """

    start_s: float | None = None
    end_s: float | None = None

    @property
    def read_from_s(self) -> float | None:
        """Where reading begins, so that the tracking has settled at `start_s`."""
        return None if self.start_s is None else max(0.0, self.start_s - RUN_IN_S)

    def is_before(self, time_s: float) -> bool:
        """Whether a time lies in the run-in."""
        return self.start_s is not None and time_s < self.start_s - _SAME_S

    def is_after(self, time_s: float) -> bool:
        """Whether a time belongs to the next stretch."""
        return self.end_s is not None and time_s >= self.end_s - _SAME_S


def stretches(start_s: float, end_s: float) -> tuple[Stretch, ...]:
    """Return the stretches of what is read of a video, in order; they begin at whole seconds.

    Parameters
    ----------
    start_s, end_s : float
        Where reading begins and ends.

    Examples
    --------
    >>> [stretch.start_s for stretch in stretches(0, 24)]
    [None, 12.0]
    >>> len(stretches(0, 10)), len(stretches(0, 60)), len(stretches(0, 300)), len(stretches(0, 1200))
    (1, 2, 8, 16)
    """
    length_s = end_s - start_s
    if length_s < _SHORTEST_S:
        return (Stretch(),)
    # More stretches keep more processors busy, and each costs its run-in: both grow with the root of the length.
    number = 2 ** max(1, int(math.log2(math.sqrt(length_s) / 2)))
    cuts = [float(round(start_s + length_s * part / number)) for part in range(1, number)]
    return tuple(Stretch(first, last) for first, last in zip([None, *cuts], [*cuts, None], strict=True))
