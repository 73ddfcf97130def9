"""The line and joint of a fault -> its colour, a ring and its name on an image. Changes the image in place."""

from __future__ import annotations

import numpy as np

from pose.arrays import Image
from pose.drawing import lettering, strokes
from pose.drawing.lettering import Colour, Type
from pose.drawing.strokes import Points

#: The colour of faults, and of nothing else.
FAULT: Colour = (230, 110, 20)


def draw_fault(image: Image, line: Points, joint: Points, text: str, unit: float) -> None:
    """Draw the line in the colour of faults, a ring about the joint, and the name beside it, inside the image."""
    strokes.draw_cased(image, np.asarray(line, dtype=float)[None], FAULT, max(2.5, 8 * unit), unit)
    ring = _circle(joint, 17 * unit + 4)
    strokes.draw_cased(image, ring[None], FAULT, max(2.0, 5 * unit), unit)
    if not text:
        return
    size = Type(max(10.0, 20 * unit))
    width, pad = lettering.width_px(text, size), round(0.5 * size.capital_px)
    away = 17 * unit + 4 + pad + max(2.0, 5 * unit)
    right = joint[0] + away
    left = right if right + width + pad < image.shape[1] else joint[0] - away - width
    left = int(np.clip(left, pad, max(pad, image.shape[1] - width - pad)))
    base = int(np.clip(joint[1] + size.capital_px / 2, size.line_px, image.shape[0] - size.line_px))
    lettering.shade(image, (left - pad, base - round(size.capital_px) - pad, left + width + pad, base + pad), 0.6)
    lettering.write(image, text, (left, base), size)


def _circle(middle: Points, radius: float) -> Points:
    turn = np.linspace(0, 2 * np.pi, 33)
    return np.asarray(middle, dtype=float) + radius * np.column_stack([np.cos(turn), np.sin(turn)])
