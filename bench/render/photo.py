"""What a phone and a video site do to a picture: exposure, blur, noise, scaling, compression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import Image


@dataclass(frozen=True)
class Photo:
    """How a picture is spoilt.

    Attributes
    ----------
    gamma, contrast : float
        Exposure: 1 = as rendered.
    noise : float
        Standard deviation of each pixel's noise, grey levels.
    blur_px : float
        Standard deviation of the lens's blur.
    motion_px : float
        How far the picture smears, at `motion_deg`.
    motion_deg : float
        0 = sideways, 90 = up and down.
    scale : float
        The stream's own resolution against the picture's.
    jpeg_quality : int
        Of the compression, 1 to 100; 100 = none.
    """

    gamma: float = 1.0
    contrast: float = 1.0
    noise: float = 4.0
    blur_px: float = 0.0
    motion_px: float = 0.0
    motion_deg: float = 90.0
    scale: float = 1.0
    jpeg_quality: int = 100

    @classmethod
    def random(cls, rng: np.random.Generator, hard: bool = True) -> Photo:
        """Draw a phone and a video site; not `hard` = a good phone in good light."""
        if not hard:
            return cls(noise=rng.uniform(2, 8), jpeg_quality=int(rng.integers(70, 100)))
        return cls(
            gamma=rng.uniform(0.65, 1.35),
            contrast=rng.uniform(0.8, 1.2),
            noise=rng.uniform(0, 12),
            blur_px=float(rng.choice([0.0, rng.uniform(0.3, 1.6)])),
            motion_px=float(rng.choice([0.0, 0.0, rng.uniform(2, 9)])),
            motion_deg=rng.uniform(0, 180),
            scale=float(rng.choice([1.0, rng.uniform(0.5, 1.0)])),
            jpeg_quality=int(rng.integers(15, 96)),
        )


def spoilt(image: Image, photo: Photo, rng: np.random.Generator) -> Image:
    """Return the picture as the phone and the site hand it on; same size."""
    height, width = image.shape[:2]
    made: NDArray[Any] = image
    levels = np.arange(256) / 255
    curve = 255 * np.clip(0.5 + photo.contrast * (levels**photo.gamma - 0.5), 0, 1)
    made = cv2.LUT(made, curve.astype(np.uint8))
    if photo.motion_px:
        made = cv2.filter2D(made, -1, _smear(photo))
    if photo.blur_px:
        made = cv2.GaussianBlur(made, (0, 0), photo.blur_px)
    if photo.noise:
        made = cv2.add(made, rng.normal(0, photo.noise, made.shape), dtype=cv2.CV_8U)
    if photo.scale < 1:
        small = cv2.resize(made, None, fx=photo.scale, fy=photo.scale, interpolation=cv2.INTER_AREA)
        made = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    if photo.jpeg_quality < 100:
        _, packed = cv2.imencode(".jpg", made, [cv2.IMWRITE_JPEG_QUALITY, photo.jpeg_quality])
        made = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(made, dtype=np.uint8)


def _smear(photo: Photo) -> NDArray[Any]:
    """Kernel of a line."""
    half = int(np.ceil(photo.motion_px / 2))
    kernel: NDArray[Any] = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    step = np.array([np.cos(np.radians(photo.motion_deg)), np.sin(np.radians(photo.motion_deg))]) * photo.motion_px / 2
    start, end = (tuple(map(int, np.round(half + sign * step))) for sign in (-1, 1))
    cv2.line(kernel, start, end, (1.0,))
    return kernel / kernel.sum()
