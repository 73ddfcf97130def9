"""Changes of the scene: a moving camera, other people, mirrors, things that pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from bench.hard.images import mirrored, on_canvas
from bench.hard.shots import NOTHING_S, Change, Shot, each_by_number
from pose.arrays import Image


def _moved(image: Image, right_px: float, down_px: float, scale: float = 1.0) -> Image:
    height, width = image.shape[:2]
    matrix = np.array([[scale, 0, right_px + width * (1 - scale) / 2], [0, scale, down_px + height * (1 - scale) / 2]])
    return cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)


def trembling(by_px: float, seed: int = 0) -> Change:
    """Hold the camera by hand: every frame is off by so many pixels, at random."""
    chance = np.random.default_rng(seed)
    return each_by_number(lambda _, image: _moved(image, *chance.normal(0, by_px, 2)))


def swaying(by_px: float, seconds: float, fps: float = 30.0) -> Change:
    """Let the camera sway from side to side."""
    return each_by_number(lambda number, image: _moved(image, by_px * np.sin(2 * np.pi * number / fps / seconds), 0))


def panning(to_px: float, frames: int) -> Change:
    """Let the camera turn away, evenly."""
    return each_by_number(lambda number, image: _moved(image, to_px * number / frames, 0))


def zooming(to: float, frames: int) -> Change:
    """Zoom in or out, evenly."""
    return each_by_number(lambda number, image: _moved(image, 0, 0, 1 + (to - 1) * number / frames))


def breathing(by: float, seconds: float, fps: float = 30.0) -> Change:
    """Zoom in and out again, as an autofocus that hunts."""
    return each_by_number(
        lambda number, image: _moved(image, 0, 0, 1 + by * np.sin(2 * np.pi * number / fps / seconds)))


def rolling(to_deg: float, frames: int) -> Change:
    """Let the camera roll about its axis, evenly."""
    def turned(number: int, image: Image) -> Image:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), to_deg * number / frames, 1.0)
        return cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return each_by_number(turned)


def flickering(by: float, every: int) -> Change:
    """Let the lamp flicker: every so many frames are darker."""
    return each_by_number(
        lambda number, image: (image * (by if number // every % 2 else 1.0)).astype(np.uint8))


def beside(others: Sequence[Shot] | None = None, scale: float = 1.0, mirror: bool = False) -> Change:
    """Show another clip, or the same, beside it; together as wide as both."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        for number, shot in enumerate(shots):
            other = shot.image if others is None else others[min(number, len(others) - 1)].image
            other = mirrored(other) if mirror else other
            height, width = shot.image.shape[:2]
            canvas = on_canvas(width, height, scale * height / other.shape[0], 0.5, 1.0, 128)(other)
            yield replace(shot, image=np.hstack([shot.image, canvas]))
    return changed


def inset(others: Sequence[Shot], scale: float) -> Change:
    """Show another clip small in the corner."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        for number, shot in enumerate(shots):
            small = cv2.resize(others[min(number, len(others) - 1)].image, None, fx=scale, fy=scale)
            copy = shot.image.copy()
            copy[-len(small):, -small.shape[1]:] = small
            yield replace(shot, image=copy)
    return changed


def passing(at_s: float, seconds: float, colour: int = 60) -> Change:
    """Let something as tall as the image pass in front of the person."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        for shot in shots:
            share = (shot.time_s - at_s) / seconds
            if not 0 <= share <= 1:
                yield shot
                continue
            copy, width = shot.image.copy(), shot.image.shape[1]
            left = round(share * 1.3 * width - 0.3 * width)
            copy[:, max(0, left):max(0, left + round(0.3 * width))] = colour
            yield replace(shot, image=copy)
    return changed


def alternating(others: Sequence[Shot], seconds: float) -> Change:
    """Cut back and forth between the clip and another, of which nothing counts."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        for number, shot in enumerate(shots):
            if int(shot.time_s / seconds) % 2:
                yield replace(shot, source_s=NOTHING_S, image=others[min(number, len(others) - 1)].image)
            else:
                yield shot
    return changed
