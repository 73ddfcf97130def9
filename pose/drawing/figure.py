"""Points of a body -> lines on an image: bones, back, neutral back, the arc at the hip. Changes the image in place.

Every line has a dark casing, so that it is visible on light and on dark ground. `unit` is the scale: 1 on 1280 x 720.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from language.numbers import number
from language.translate import _
from pose.arrays import FloatArray, Image
from pose.drawing import lettering, strokes
from pose.drawing.lettering import Colour, Type
from pose.drawing.strokes import Points
from pose.landmarks import BONES, PAIRS

_WHITE: Colour = (255, 255, 255)
_PALE: Colour = (206, 214, 222)
_LEAST_VISIBILITY = 0.3
_TRUNK = ("shoulder", "hip")


def unit_px(image: Image) -> float:
    """Return the scale of lines and letters: 1 on 1280 x 720, the same on a portrait frame of that area."""
    return math.sqrt(image.shape[0] * image.shape[1] / (1280 * 720))


@dataclass(frozen=True, eq=False)
class Body:
    """Joints of the two sides, by name; NaN where hidden. `facing` as in `overlay.Marks`."""

    near: dict[str, Points]
    far: dict[str, Points]
    facing: int

    @classmethod
    def of(cls, landmarks_px: Points | None, visibility: Points | None, facing: int) -> Body | None:
        """Divide landmarks into the side towards the camera and the far side."""
        if landmarks_px is None:
            return None
        points = np.array(landmarks_px, dtype=float)
        visible = np.ones(len(points)) if visibility is None else np.asarray(visibility, dtype=float)
        points[visible < _LEAST_VISIBILITY] = np.nan
        near = 1 if facing > 0 else 0
        if facing == 0:
            sums = [sum(float(visible[pair[side]]) for pair in PAIRS.values()) for side in (0, 1)]
            near = int(sums[1] > sums[0])
        sides = [{joint: points[pair[side]] for joint, pair in PAIRS.items()} for side in (0, 1)]
        return cls(sides[near], sides[1 - near], facing)


def _finite(*points: Points) -> bool:
    return all(bool(np.isfinite(point).all()) for point in points)


def draw_bones(image: Image, body: Body, unit: float) -> None:
    """Draw the far side pale and thin, the near side bold; the trunk thin, beside the back."""
    far = _finite_bones(body.far, BONES)

    def paint(patch: Image, origin: Points) -> None:
        strokes.draw_lines(patch, far - origin, _PALE, max(1.0, 2.2 * unit))

    if len(far):
        strokes.draw_translucent(image, far.reshape(-1, 2), 0.5, paint)
    strokes.draw_cased(image, _finite_bones(body.near, [_TRUNK]), _WHITE, max(1.0, 1.6 * unit), unit)
    limbs = [bone for bone in BONES if bone != _TRUNK]
    strokes.draw_cased(image, _finite_bones(body.near, limbs), _WHITE, max(1.0, 3.6 * unit), unit)


def _finite_bones(side: dict[str, Points], which: Sequence[tuple[str, str]]) -> Points:
    """Return the ends of the bones that are visible, shape (bones, 2, 2)."""
    ends = np.array([[side[start], side[end]] for start, end in which])
    return ends[np.isfinite(ends).all(axis=(1, 2))]


def draw_joints(image: Image, body: Body, unit: float) -> None:
    """Draw the joints of the near side as dots."""
    joints = np.array([at for joint, at in body.near.items() if joint not in {"heel", "foot_index"}])
    joints = joints[np.isfinite(joints).all(axis=1)]
    strokes.draw_dots(image, joints, 6.5 * unit + 1, strokes.CASING)
    strokes.draw_dots(image, joints, 4.6 * unit + 0.5, _WHITE)


def draw_neutral_back(image: Image, points: Points, unit: float) -> None:
    """Draw the outline of the person's neutral back: thin white dashes."""
    dashes = strokes.dashes(points, 9 * unit + 2, 7 * unit + 2)
    strokes.draw_cased(image, dashes, _WHITE, max(1.0, 2 * unit), unit * 0.6)


def draw_back(image: Image, points: Points, state: str, colour: Colour, outward: int, unit: float) -> None:
    """Draw the outline of the back in the style of its state.

    Plain = met, long dashes = watch, plain with spikes outward = broken, dots = unseen. `outward` is +1 where the back
    is to the right of the body in the image, -1 to the left, 0 unknown (spikes on both sides).
    """
    line = strokes.finite_line(points)
    if len(line) < 2:
        return
    width = max(2.5, 8 * unit)
    if state == "unseen":
        dots = strokes.resampled(points, 15 * unit + 3)
        strokes.draw_dots(image, dots, 4.5 * unit + 1, strokes.CASING)
        strokes.draw_dots(image, dots, 3.2 * unit + 0.5, colour)
    elif state == "watch":
        strokes.draw_lines(image, line[None], strokes.CASING, width + max(2.0, 3 * unit))
        strokes.draw_lines(image, strokes.dashes(points, 26 * unit + 3, 14 * unit + 3), colour, width)
    else:
        if state == "broken":
            _spikes(image, points, colour, outward, unit)
        strokes.draw_cased(image, line[None], colour, width, unit)


def _normals(line: FloatArray, outward: int) -> FloatArray:
    """Return unit normals of a line, all on its outer side.

    The outer side is the dorsal one; on a line that turns over (a deep bend) it is one side throughout, so it is chosen
    once, by the upright part of the line.
    """
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    normals: FloatArray = np.stack([-along[:, 1], along[:, 0]], axis=1)
    # Upright parts give the outer side by x, level parts by y, since a bent back faces up.
    side = float((normals[:, 0] * outward - normals[:, 1]).sum())
    return normals if side >= 0 else -normals


def _spikes(image: Image, points: Points, colour: Colour, outward: int, unit: float) -> None:
    line = strokes.resampled(points, 20 * unit + 4)
    if len(line) < 3:
        return
    normals = _normals(line, outward)
    spikes = np.stack([line, line + normals * (13 * unit + 3)], axis=1)[1:-1]
    strokes.draw_cased(image, spikes, colour, max(1.0, 3 * unit), unit * 0.6)


def draw_label_beside(image: Image, points: Points, text: str, outward: int, size: Type, hip: Points | None) -> None:
    """Write a short text on the outer side of a line, towards the end away from the hip and the number there."""
    line = strokes.resampled(points, 2.0)
    if len(line) < 2:
        return
    if hip is not None and np.hypot(*(line[0] - hip)) > np.hypot(*(line[-1] - hip)):
        line = line[::-1]
    middle = int(0.75 * len(line))
    wide = lettering.width_px(text, size)
    at = line[middle] + _normals(line, outward)[middle] * (1.6 * size.capital_px + wide / 2)
    left = int(np.clip(at[0] - wide / 2, 2, max(2, image.shape[1] - wide - 2)))
    base = int(np.clip(at[1] + size.capital_px / 2, size.line_px, image.shape[0] - 4))
    lettering.write(image, text, (left, base), size)


def draw_label_after(image: Image, points: Points, text: str, size: Type) -> None:
    """Write a short text beyond the right end of a line."""
    end = points[int(np.argmax(points[:, 0]))]
    left = int(np.clip(end[0] + 1.2 * size.capital_px, 2, max(2, image.shape[1] - lettering.width_px(text, size) - 2)))
    base = int(np.clip(end[1] + size.capital_px / 2, size.line_px, image.shape[0] - 4))
    lettering.write(image, text, (left, base), size)


def draw_hip_arc(image: Image, body: Body, angle_deg: float, unit: float) -> None:
    """Draw the hip's angle: from the extension of the thigh upward, by exactly the measured value."""
    hip, knee = body.near["hip"], body.near["knee"]
    if not _finite(hip, knee) or body.facing == 0 or abs(angle_deg) < 3:
        return
    thigh = hip - knee
    length = float(np.hypot(*thigh))
    if length < 8:
        return
    radius = 0.42 * length
    start = math.atan2(float(thigh[1]), float(thigh[0]))
    turn = np.radians(angle_deg) * body.facing
    sweep = start + np.linspace(0, turn, 2 + int(abs(angle_deg) / 5))
    arc = hip + radius * np.stack([np.cos(sweep), np.sin(sweep)], axis=1)
    fan = np.vstack([hip, arc])
    strokes.draw_translucent(image, fan, 0.28, lambda patch, origin: strokes.fill(patch, fan - origin, _WHITE))
    thigh_line = np.stack([hip, arc[0] + (arc[0] - hip) * 0.25])
    dashes = strokes.dashes(thigh_line, 5 * unit + 2, 5 * unit + 2)
    strokes.draw_cased(image, dashes, _WHITE, max(1.0, 1.5 * unit), unit * 0.5)
    strokes.draw_cased(image, arc[None], _WHITE, max(1.0, 2.4 * unit), unit * 0.6)
    size = Type(max(8.0, 14 * unit))
    text = _("hip {angle}\u00b0").format(angle=number(angle_deg))
    # Beyond the start of the arc, behind the person, where it hides neither the arc nor the back.
    wide = lettering.width_px(text, size)
    at = hip + 1.35 * radius * np.array([math.cos(start), math.sin(start)])
    left = int(at[0]) - wide if body.facing > 0 else int(at[0])
    left = int(np.clip(left, 2, max(2, image.shape[1] - wide - 2)))
    lettering.write(image, text, (left, max(size.line_px, int(at[1] - size.capital_px * 0.4))), size)
