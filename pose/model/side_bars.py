"""Image -> plain bars at its left and right edge: what is behind them is as far from view as what is outside.

A bar is of one colour from top to bottom, and where it ends most of the picture's height changes at once: that tells it
from a plain wall, where only the person changes something. Black bars beside an upright film, a door post, a curtain.
"""

from __future__ import annotations

import numpy as np

from pose.arrays import Image

#: Brightness of 255: how much one colour varies after compression, and what is another.
_SAME, _OTHER = 16, 15
#: Columns: narrower bars hide nothing; the blurred edge of one.
_NARROWEST, _BLUR = 4, 3
#: Of the height. Bars beside real people: 0.82 to 1.0; plain walls and floors: up to 0.19.
_CHANGED_SHARE = 0.5


def side_bars(image: Image) -> tuple[int, int]:
    """Return how many columns the bars at the left and the right edge have; 0 = none."""
    return _bar(image), _bar(image[:, ::-1])


def _bar(image: Image) -> int:
    edge = image[:, 0]
    if int(np.ptp(edge, axis=0).max()) > _SAME:
        return 0
    change = np.abs(image.astype(np.int16) - np.median(edge, axis=0).astype(np.int16)).max(axis=2)
    other = change.max(axis=0) > _SAME
    width = int(np.argmax(other))
    inside = min(width + _BLUR, image.shape[1] - 1)
    is_bar = width >= _NARROWEST and float((change[:, inside] > _OTHER).mean()) > _CHANGED_SHARE
    return width if is_bar else 0
