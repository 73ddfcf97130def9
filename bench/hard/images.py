"""Changes of single images: size, light, colour, noise, blur, turn, lens, and what covers the person."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from pose.arrays import Image

ImageChange = Callable[[Image], Image]


def resized(width: int, height: int) -> ImageChange:
    """Squeeze or enlarge to so many pixels."""
    return lambda image: cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)


def on_canvas(width: int, height: int, scale: float, left: float = 0.5, top: float = 0.5,
              grey: int = 0) -> ImageChange:
    """Lay the image, scaled, on a plain one; `left` and `top` say where, 0 to 1, beyond that partly outside."""
    def changed(image: Image) -> Image:
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        shift = np.array([[1, 0, left * (width - small.shape[1])], [0, 1, top * (height - small.shape[0])]])
        return cv2.warpAffine(small, shift, (width, height), borderValue=(grey, grey, grey))
    return changed


def cropped(left: float, top: float, right: float, bottom: float) -> ImageChange:
    """Keep a part, given as shares of width and height, at its own size."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        kept = image[round(top * height):round(bottom * height), round(left * width):round(right * width)]
        return np.ascontiguousarray(kept[:len(kept) // 2 * 2, :kept.shape[1] // 2 * 2])
    return changed


def light(gain: float, offset: float = 0.0, gamma: float = 1.0) -> ImageChange:
    """Change brightness, contrast and gamma."""
    levels = np.clip(255 * (np.arange(256) / 255) ** gamma * gain + offset, 0, 255).astype(np.uint8)
    return lambda image: cv2.LUT(image, levels)


def tinted(blue: float, green: float, red: float) -> ImageChange:
    """Weigh the colours."""
    return lambda image: np.clip(image * np.array([blue, green, red]), 0, 255).astype(np.uint8)


def grey(image: Image) -> Image:
    """Take the colours away."""
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)


def noisy(deviation: float, seed: int = 0) -> ImageChange:
    """Add noise to every pixel."""
    chance = np.random.default_rng(seed)
    return lambda image: np.clip(image + chance.normal(0, deviation, image.shape), 0, 255).astype(np.uint8)


def backlit(image: Image) -> Image:
    """Let a window shine from the right."""
    shine = np.linspace(-60, 160, image.shape[1])[None, :, None]
    return np.clip(image * 0.6 + shine, 0, 255).astype(np.uint8)


def blurred(sigma: float) -> ImageChange:
    """Blur evenly, as out of focus; pixels."""
    return lambda image: cv2.GaussianBlur(image, (0, 0), sigma)


def smeared(length: int) -> ImageChange:
    """Blur along the width, as a camera that moves."""
    return lambda image: cv2.blur(image, (length, 1))


def blocks(size: int) -> ImageChange:
    """Show squares of one colour each."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        small = cv2.resize(image, (width // size, height // size), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return changed


def few_levels(levels: int) -> ImageChange:
    """Keep so many levels of each colour."""
    step = 256 // levels
    return lambda image: image // step * step


def edges(image: Image) -> Image:
    """Draw only outlines."""
    return cv2.cvtColor(255 - cv2.Canny(image, 60, 160), cv2.COLOR_GRAY2BGR)


def quarter(turns: int) -> ImageChange:
    """Turn clockwise by quarters of a circle."""
    return lambda image: np.ascontiguousarray(np.rot90(image, -turns))


def mirrored(image: Image) -> Image:
    """Swap left and right."""
    return np.ascontiguousarray(image[:, ::-1])


def tilted(angle_deg: float) -> ImageChange:
    """Turn about the middle, clockwise; the corners repeat the border."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle_deg, 1.0)
        return cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return changed


def sheared(by: float) -> ImageChange:
    """Let the lower lines lag behind, as a rolling shutter; share of the height."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        matrix = np.array([[1, by, -by * height / 2], [0, 1, 0]], dtype=float)
        return cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return changed


def bulged(strength: float) -> ImageChange:
    """Distort as a wide-angle lens does: positive a barrel, negative a cushion."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        lens = np.array([[width, 0, width / 2], [0, width, height / 2], [0, 0, 1]], dtype=float)
        return cv2.undistort(image, lens, np.array([strength, 0, 0, 0], dtype=float))
    return changed


def covered(left: float, top: float, right: float, bottom: float, colour: int = 40) -> ImageChange:
    """Put a plain rectangle over a part, given as shares of width and height."""
    def changed(image: Image) -> Image:
        height, width = image.shape[:2]
        copy = image.copy()
        copy[round(top * height):round(bottom * height), round(left * width):round(right * width)] = colour
        return copy
    return changed


def written(text: str, scale: float, height: float) -> ImageChange:
    """Write across the image."""
    def changed(image: Image) -> Image:
        copy = image.copy()
        at = (10, round(height * image.shape[0]))
        cv2.putText(copy, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (255, 255, 255), round(3 * scale))
        return copy
    return changed
