"""A picture and where the person is in it -> how bright it is, and a small picture of what stands still behind them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.frames import Frame, Pose

#: Small enough to cost nothing and to forget noise, large enough to show a door frame.
_SIZE = (48, 36)
#: The silhouette with this margin (cells of the small picture) is not background.
_MARGIN = 5
#: Mean brightness, 0 to 255, under which a person's edge is lost in noise.
DARK = 35.0
#: A wall without anything on it (standard deviation under this) tells nothing about the camera.
_PLAIN = 6.0
#: Two pictures of one background agree better than this (correlation), of another one worse.
_SAME = 0.6
#: Fewer cells in common say nothing.
_LEAST_CELLS = 200


@dataclass(frozen=True, eq=False)
class Scene:
    """One picture's surroundings.

    Attributes
    ----------
    brightness : float
        Mean, 0 to 255.
    cells : ndarray of float32, shape (36, 48)
        The picture, small and grey.
    free : ndarray of bool, shape (36, 48)
        Where no person is.
    """

    brightness: float
    cells: NDArray[np.float32]
    free: NDArray[np.bool_]

    @classmethod
    def of(cls, frame: Frame, pose: Pose | None) -> Scene:
        """Look at the surroundings of one frame."""
        small = _shrunk(frame.image)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
        free = np.ones(grey.shape, dtype=bool)
        if pose is not None:
            mask = _shrunk(pose.mask) > 20
            free = ~np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((_MARGIN, _MARGIN), np.uint8)), dtype=bool)
        return cls(float(grey.mean()), grey, free)

    @property
    def is_dark(self) -> bool:
        """Whether more light is needed."""
        return self.brightness < DARK

    def is_elsewhere(self, other: Scene) -> bool:
        """Whether the two show different backgrounds: the camera was moved. Changes of the light do not count."""
        both = self.free & other.free
        here, there = self.cells[both], other.cells[both]
        if len(here) < _LEAST_CELLS or there.std() < _PLAIN:
            return False
        if here.std() < _PLAIN:
            return True
        return bool(np.corrcoef(here, there)[0, 1] < _SAME)


def _shrunk(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the small picture: every few pixels, averaged, since all of them would cost each frame a millisecond."""
    step = max(1, image.shape[1] // (3 * _SIZE[0]))
    few = np.ascontiguousarray(image[::step, ::step])
    return np.asarray(cv2.resize(few, _SIZE, interpolation=cv2.INTER_AREA), dtype=np.uint8)
