"""Frame + Marks -> key image of a rep: the person cropped, upright or lying, each in one size."""

from __future__ import annotations

import cv2
import numpy as np

from pose.arrays import FloatArray, Image
from pose.drawing.overlay import Marks, draw
from pose.drawing.strokes import Points

#: Width over height of key images; a figure wider than _LYING_RATIO times its height gets the flat one.
_UPRIGHT_ASPECT, _LYING_ASPECT, _LYING_RATIO = 0.9, 1.5, 1.6
#: Share of the points' extent that is added on every side.
_MARGIN = 0.18


def _box(image: Image, points: Points, aspect: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a box of this aspect around the points, inside the image if it fits."""
    height, width = image.shape[:2]
    flat = np.asarray(points, dtype=float).reshape(-1, 2)
    finite = np.asarray(flat[np.isfinite(flat).all(axis=1)])
    if not len(finite):
        finite = np.array([[0.0, 0.0], [width, height]])
    low = np.clip(finite.min(axis=0), 0, (width, height))
    high = np.clip(finite.max(axis=0), 0, (width, height))
    span = np.maximum((high - low) * (1 + 2 * _MARGIN), 8)
    box_h = max(float(span[1]), float(span[0]) / aspect)
    box_w = box_h * aspect
    middle = (low + high) / 2
    left, top = middle[0] - box_w / 2, middle[1] - box_h / 2
    left = float(np.clip(left, 0, width - box_w)) if box_w <= width else (width - box_w) / 2
    top = float(np.clip(top, 0, height - box_h)) if box_h <= height else (height - box_h) / 2
    return left, top, box_w, box_h


def _crop(image: Image, box: tuple[float, float, float, float], height_px: int) -> Image:
    left, top, wide, high = box
    scale = height_px / high
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    transform = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]])
    interpolation = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_CUBIC
    cropped = cv2.warpAffine(image, transform, size, flags=interpolation, borderMode=cv2.BORDER_CONSTANT,
                             borderValue=(24, 28, 34))
    return np.asarray(cropped, dtype=np.uint8)


def key_image(image: Image, marks: Marks, height_px: int = 640) -> Image:
    """Return the person cropped from a frame, upright or lying, each in one size, with marks and without captions.

    The frame is cropped and scaled first and drawn on afterwards, so lines look the same whether the person was small
    or large in the frame.
    """
    parts = [points for points in marks.points().values() if points is not None]
    around: FloatArray = np.concatenate([np.asarray(p, dtype=float) for p in parts]) if parts \
        else np.empty((0, 2))
    lying = len(around) > 0 and bool(np.divide(*np.ptp(around[np.isfinite(around).all(axis=1)], axis=0)) > _LYING_RATIO)
    if lying:
        height_px = round(height_px * _UPRIGHT_ASPECT / _LYING_ASPECT)
    box = _box(image, around, _LYING_ASPECT if lying else _UPRIGHT_ASPECT)
    scale = height_px / box[3]
    return draw(_crop(image, box, height_px), marks.transformed(scale, box[:2]), captions=False)
