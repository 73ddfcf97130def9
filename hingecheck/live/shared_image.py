"""One image in memory that two processes share: a frame through a connection takes three times as long."""

from __future__ import annotations

import multiprocessing

import numpy as np

from pose.arrays import Image

#: Room for the largest frame of a camera, 4096 x 2304 in three colours; memory is taken as far as it is used.
_MOST_BYTES = 4096 * 2304 * 3

Shape = tuple[int, ...]


class SharedImage:
    """Room for one image; to be given to a process when it is started.

    Examples
    --------
    >>> shared = SharedImage()
    >>> shape = shared.write(np.full((2, 3, 3), 7, np.uint8))
    >>> int(shared.read(shape).sum())
    126
    """

    def __init__(self) -> None:
        self._bytes = multiprocessing.get_context("spawn").RawArray("B", _MOST_BYTES)

    def write(self, image: Image) -> Shape:
        """Write an image over the one before; return its shape.

        Raises
        ------
        ValueError
            It has more pixels than the largest frame.
        """
        if image.size > _MOST_BYTES:
            raise ValueError(f"a frame of {image.shape} is larger than any camera's")
        self._view(image.shape)[...] = image
        return image.shape

    def read(self, shape: Shape) -> Image:
        """Return a copy of the image of this shape."""
        return self._view(shape).copy()

    def _view(self, shape: Shape) -> Image:
        return np.frombuffer(self._bytes, np.uint8, int(np.prod(shape))).reshape(shape)
