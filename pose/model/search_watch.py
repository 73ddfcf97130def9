"""Image + person -> whether to search for other people again: nobody comes or goes where nothing changes.

A search takes as long as a frame. Of 754 looks at 58 clips of real people, one a second, 177 saw no change around the
person since the last search, and each time a search found as many people as the one before.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import BoolArray, FloatArray, Image

#: Blocks whose mean colours are compared, pixels of an image of 640: what a camera's noise does to them is below 1 of
#: 255, and a person of countable size fills dozens.
_BLOCK_PX = 16
#: Of 255: what a block's mean colour differs by where something has changed.
_CHANGED = 6.0
#: Around the landmarks, share of their extent: hair, loose clothes, weights in the hands.
_MARGIN = 0.15
#: There is a search this long after the last one, seconds: somebody may stand close behind the person.
_LONGEST_S = 4.0


class SearchWatch:
    """Compares the images of a clip with that of the last search."""

    def __init__(self) -> None:
        self._searched_s = -math.inf
        self._blocks: FloatArray = np.empty((0, 0, 3))
        self._around: BoolArray = np.empty((0, 0), dtype=bool)

    def asks_for_search(self, time_s: float, image: Image, points_px: NDArray[np.floating]) -> bool:
        """Whether something has changed around the person since the last search, or that was long ago.

        Parameters
        ----------
        time_s : float
        image : ndarray of uint8, shape (height, width, 3)
        points_px : ndarray, shape (n, 2)
            The person's landmarks in pixels of the image.

        Returns
        -------
        bool
            True counts as a search.
        """
        blocks = _mean_colours(image)
        around = _around(image, points_px)
        if time_s - self._searched_s < _LONGEST_S and blocks.shape == self._blocks.shape:
            changed = np.abs(blocks - self._blocks).max(axis=2) > _CHANGED
            if not (changed & around & self._around).any():
                return False
        self._searched_s, self._blocks, self._around = time_s, blocks, around
        return True


def _size(image: Image) -> tuple[int, int]:
    """Return how many columns and rows of blocks an image has."""
    height, width = image.shape[:2]
    return max(1, round(width / _BLOCK_PX)), max(1, round(height / _BLOCK_PX))


def _mean_colours(image: Image) -> FloatArray:
    """Return the mean colour of each block, shape (rows, columns, 3)."""
    return np.asarray(cv2.resize(image, _size(image), interpolation=cv2.INTER_AREA), dtype=np.float64)


def _around(image: Image, points_px: NDArray[np.floating]) -> BoolArray:
    """Return which blocks lie outside of the person's box, shape (rows, columns)."""
    columns, rows = _size(image)
    blocks_per_px = np.array([columns / image.shape[1], rows / image.shape[0]])
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    margin = _MARGIN * float((high - low).max())
    left, top = np.floor((low - margin) * blocks_per_px)
    right, bottom = np.ceil((high + margin) * blocks_per_px)
    x, y = np.arange(columns), np.arange(rows)[:, None]
    return np.asarray(~((x >= left) & (x < right) & (y >= top) & (y < bottom)))
