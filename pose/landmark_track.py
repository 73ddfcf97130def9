"""The landmarks of a clip, one row per frame, for exports to other programs. Data only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class LandmarkTrack:
    """The 33 landmarks in each frame of a clip.

    Attributes
    ----------
    points_px : ndarray of float32, shape (n, 33, 2)
        x to the right, y down, in pixels of the upright frame; the order is `landmarks.NAMES`. NaN without a
        person.
    visibility : ndarray of float32, shape (n, 33)
        0 to 1, the model's estimate that the landmark is in the frame and not hidden; 0 without a person.
    size_px : (int, int)
        Width and height of the frame; (0, 0) where unknown.
    """

    points_px: NDArray[np.float32]
    visibility: NDArray[np.float32]
    size_px: tuple[int, int] = (0, 0)

    def __len__(self) -> int:
        return len(self.points_px)
