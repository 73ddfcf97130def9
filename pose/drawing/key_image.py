"""Frame + Marks -> the picture of one rep: the person cut out, upright or lying, in one size for each; as JPEG."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.drawing.figure import Points
from pose.drawing.lettering import Image
from pose.drawing.overlay import Marks, draw

#: Width over height of key pictures; a figure wider than _LYING times its height takes the flat one.
_UPRIGHT_ASPECT, _LYING_ASPECT, _LYING = 0.9, 1.5, 1.6
#: Share of the points' extent that is added on every side.
_MARGIN = 0.18


def _box(image: Image, points: Points, aspect: float) -> tuple[float, float, float, float]:
    """Left, top, width and height of a box of the aspect round the points, moved into the picture where it fits."""
    height, width = image.shape[:2]
    given = np.asarray(points, dtype=float).reshape(-1, 2)
    finite = np.asarray(given[np.isfinite(given).all(axis=1)])
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
    move = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]])
    how = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_CUBIC
    cut = cv2.warpAffine(image, move, size, flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=(24, 28, 34))
    return np.asarray(cut, dtype=np.uint8)


def key_picture(image: Image, marks: Marks, height_px: int = 640) -> Image:
    """Return the person cut out of a frame, upright or lying, in one size for each, with marks and no captions.

    The frame is cut and scaled first and drawn on afterwards, so lines look the same whether the person was small or
    large in the frame.
    """
    every = [points for points in marks.points().values() if points is not None]
    around: NDArray[np.float64] = np.concatenate([np.asarray(p, dtype=float) for p in every]) if every \
        else np.empty((0, 2))
    lying = len(around) > 0 and bool(np.divide(*np.ptp(around[np.isfinite(around).all(axis=1)], axis=0)) > _LYING)
    if lying:
        height_px = round(height_px * _UPRIGHT_ASPECT / _LYING_ASPECT)
    box = _box(image, around, _LYING_ASPECT if lying else _UPRIGHT_ASPECT)
    scale = height_px / box[3]
    return draw(_crop(image, box, height_px), marks.placed(scale, box[:2]), captions=False)


def to_jpeg(image: Image, quality: int = 84) -> bytes:
    """Return an RGB picture as the bytes of a JPEG file."""
    done, packed = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError(f"cannot pack a picture of shape {image.shape} as JPEG")
    return packed.tobytes()
