"""Points -> strokes on an image: lines, dashes, dots and areas, with a dark casing. Changes the image in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import FloatArray, Image
from pose.drawing.lettering import Colour

Points = NDArray[np.floating[Any]]

#: Around every line, so that it is visible on light and on dark ground.
CASING: Colour = (18, 22, 28)
#: Points are passed to OpenCV in sixteenths of a pixel.
_SHIFT = 4


def _to_fixed_point(points: Points) -> NDArray[np.int32]:
    # Far outside the frame the sixteenths would overflow OpenCV's integers; np.clip takes ten times as long.
    fixed: NDArray[np.int32] = np.rint(np.minimum(np.maximum(points, -30000), 30000) * 2 ** _SHIFT).astype(np.int32)
    return fixed


def draw_lines(image: Image, lines: Points, colour: Colour, width: float) -> None:
    """Draw lines of equally many points, shape (lines, points, 2)."""
    cv2.polylines(image, list(_to_fixed_point(lines)), False, colour, max(1, round(width)), cv2.LINE_AA, _SHIFT)


def draw_cased(image: Image, lines: Points, colour: Colour, width: float, unit: float) -> None:
    """Draw lines with their casing; `unit` as in `figure`."""
    draw_lines(image, lines, CASING, width + max(2.0, 3.0 * unit))
    draw_lines(image, lines, colour, width)


def fill(image: Image, points: Points, colour: Colour) -> None:
    """Fill the area within a line, shape (points, 2)."""
    cv2.fillPoly(image, [_to_fixed_point(points)], colour, cv2.LINE_AA, _SHIFT)


def draw_dots(image: Image, points: Points, radius: float, colour: Colour) -> None:
    """Draw a dot at each point, shape (points, 2)."""
    for x, y in _to_fixed_point(points).tolist():
        cv2.circle(image, (x, y), round(radius * 2 ** _SHIFT), colour, -1, cv2.LINE_AA, _SHIFT)


def draw_translucent(image: Image, points: Points, strength: float, paint: Callable[[Image, Points], object]) -> None:
    """Paint translucently, on a copy of the surroundings of the points only: copies of a whole 4K frame are slow."""
    finite = points[np.isfinite(points).all(axis=1)]
    if not len(finite):
        return
    edge = (image.shape[1], image.shape[0])
    left, top = np.clip(finite.min(axis=0) - 12, 0, edge).astype(int)
    right, bottom = np.clip(finite.max(axis=0) + 12, 0, edge).astype(int)
    under = image[top:bottom, left:right]
    if under.size:
        patch = np.ascontiguousarray(under).copy()
        paint(patch, np.array([left, top], dtype=float))
        under[:] = cv2.addWeighted(patch, strength, under, 1 - strength, 0)


def finite_line(points: Points) -> FloatArray:
    """Return those points of a line that are known."""
    line: FloatArray = np.asarray(points, dtype=float)
    return line[np.isfinite(line).all(axis=1)]


def _along(line: FloatArray) -> FloatArray:
    """Return how far along a line each of its points lies, pixels."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def resampled(points: Points, step: float) -> FloatArray:
    """Return points along a line at even distances."""
    line = finite_line(points)
    if len(line) < 2:
        return line
    arc = _along(line)
    at = np.linspace(0, arc[-1], max(2, int(arc[-1] / max(step, 0.5)) + 1))
    return np.stack([np.interp(at, arc, line[:, axis]) for axis in (0, 1)], axis=1)


def dashes(points: Points, dash: float, gap: float) -> FloatArray:
    """Divide a line into dashes, each `dash` long and `gap` apart; shape (dashes, 3, 2)."""
    line = finite_line(points)
    if len(line) < 2:
        return np.empty((0, 3, 2))
    arc = _along(line)
    starts = np.arange(0.0, max(arc[-1], 1.0), dash + gap)
    # An end, the middle and the other end: a dash is too short to show more of a curve.
    at = starts[:, None] + dash * np.array([0.0, 0.5, 1.0])
    return np.stack([np.interp(at, arc, line[:, axis]) for axis in (0, 1)], axis=2)
