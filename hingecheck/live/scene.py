"""A frame and the person's outline -> its brightness, and a thumbnail of the background behind the person."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import BoolArray, Image
from pose.frames import Frame, Pose

#: Small enough to cost nothing and to forget noise, large enough to show a door frame.
_SIZE = (48, 36)
#: The silhouette with this margin (cells of the thumbnail) is not background.
_MARGIN = 5
#: Mean brightness, 0 to 255, below which a person's edge is lost in noise.
DARK = 35.0
#: A bare wall (standard deviation below this) shows nothing about the camera.
_MIN_CONTRAST = 6.0
#: Two frames of one background correlate better than this, of two backgrounds worse.
_MIN_CORRELATION = 0.6
#: Fewer background cells in common show nothing.
_MIN_CELLS = 200


@dataclass(frozen=True, eq=False)
class Scene:
    """The surroundings of the person in one frame.

    Attributes
    ----------
    brightness : float
        Mean, 0 to 255.
    cells : ndarray of float32, shape (36, 48)
        The frame as a grey thumbnail.
    background : ndarray of bool, shape (36, 48)
        Where no person is.
    """

    brightness: float
    cells: NDArray[np.float32]
    background: BoolArray

    @classmethod
    def of(cls, frame: Frame, pose: Pose | None) -> Scene:
        """Return the surroundings in one frame."""
        small = _thumbnail(frame.image)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
        background: BoolArray = np.ones(grey.shape, dtype=bool)
        if pose is not None:
            mask = np.asarray(_thumbnail(pose.mask) > 20)
            margin = np.ones((_MARGIN, _MARGIN), np.uint8)
            background = ~np.asarray(cv2.dilate(mask.astype(np.uint8), margin), dtype=bool)
        return cls(float(grey.mean()), grey, background)

    @property
    def is_dark(self) -> bool:
        """Whether more light is needed."""
        return self.brightness < DARK

    def differs_from(self, other: Scene) -> bool:
        """Return whether the backgrounds differ, so the camera was moved; changes of the light do not count."""
        both = self.background & other.background
        here, there = self.cells[both], other.cells[both]
        if len(here) < _MIN_CELLS or there.std() < _MIN_CONTRAST:
            return False
        if here.std() < _MIN_CONTRAST:
            return True
        return bool(np.corrcoef(here, there)[0, 1] < _MIN_CORRELATION)


def _thumbnail(image: Image) -> NDArray[np.uint8]:
    """Return the thumbnail from every few pixels, averaged: all of them would cost a millisecond per frame."""
    step = max(1, image.shape[1] // (3 * _SIZE[0]))
    sample = np.ascontiguousarray(image[::step, ::step])
    return np.asarray(cv2.resize(sample, _SIZE, interpolation=cv2.INTER_AREA), dtype=np.uint8)
