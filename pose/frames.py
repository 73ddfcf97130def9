"""The data passed between the parts of the package: Frame, Pose, and the estimator's Sighting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pose.arrays import Image, Mask


def reduced(image: Image, long_side_px: int) -> Image:
    """Return an image with at most so many pixels on its long side; one that is no larger as it is."""
    scale = long_side_px / max(image.shape[:2])
    if scale >= 1:
        return image
    import cv2  # a replay of poses has no images

    height, width = (max(1, round(side * scale)) for side in image.shape[:2])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


@dataclass(frozen=True, eq=False)
class Frame:
    """One image of a video with its time.

    Attributes
    ----------
    index : int
        Number of the frame in the order of reading, from 0.
    time_s : float
        Presentation time in seconds from the first frame of the source; strictly increasing.
    image : ndarray of uint8, shape (height, width, 3)
        RGB, upright (rotation flags of phones already applied).
    """

    index: int
    time_s: float
    image: Image

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.image.shape[1], self.image.shape[0]

    def reduced(self, long_side_px: int) -> Image:
        """Return the image with at most so many pixels on its long side; one that is no larger as it is."""
        return reduced(self.image, long_side_px)

    def at(self, time_s: float) -> Frame:
        """Return the same image with another time."""
        return Frame(self.index, time_s, self.image)


@dataclass(frozen=True, eq=False)
class Pose:
    """One person's landmarks and silhouette in one frame.

    Attributes
    ----------
    landmarks_px : ndarray of float32, shape (33, 2)
        x to the right, y down, in pixels of the frame; the order is `landmarks.NAMES`. May lie outside the frame.
    depth_px : ndarray of float32, shape (33,)
        Distance behind the mid-hip in the same scale as x; smaller is nearer to the camera.
    visibility : ndarray of float32, shape (33,)
        0 to 1, the model's estimate that the landmark is in the frame and not hidden.
    world_m : ndarray of float32, shape (33, 3)
        The model's estimate in metres from the mid-hip: x right, y down, z away from the camera.
    mask : ndarray of uint8, shape (mask_height, mask_width)
        Soft silhouette, 0 = background, 255 = person; covers the whole frame.
    mask_scale : float
        Mask pixels per frame pixel (at most 1).
    """

    landmarks_px: NDArray[np.float32]
    depth_px: NDArray[np.float32]
    visibility: NDArray[np.float32]
    world_m: NDArray[np.float32]
    mask: Mask
    mask_scale: float


@dataclass(frozen=True, eq=False)
class Sighting:
    """The estimator's result for one frame.

    Attributes
    ----------
    index, time_s :
        As in `Frame`.
    size_px : (int, int)
        Width and height of the frame.
    pose : Pose or None
        None where no person was detected.
    people : int
        Number of people of comparable size at the latest search, about one search per second.
    bars_px : (float, float)
        Width of the plain bars at the left and the right edge of the frame (`pose.model.side_bars`).
    """

    index: int
    time_s: float
    size_px: tuple[int, int]
    pose: Pose | None
    people: int = 1
    bars_px: tuple[float, float] = (0.0, 0.0)
