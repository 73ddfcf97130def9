"""Draw the counter of a live frame: the reps of the goal, or a ring with the seconds of a hold that are left."""

from __future__ import annotations

import math

import cv2

from hingecheck.live.hold_clock import HoldState
from pose.arrays import Image
from pose.drawing.lettering import Colour, Type, shade, width_px, write

_RING: Colour = (86, 180, 233)
_TRACK: Colour = (84, 92, 100)
_PALE: Colour = (206, 214, 222)
#: Radius and width of the ring, in units of the frame.
_RADIUS, _WIDTH = 66, 16


def hold_text(hold: HoldState) -> str:
    """Return the seconds of a hold that are left; once its goal is reached, the seconds held.

    Examples
    --------
    >>> hold_text(HoldState(18.2, 30.0, None)), hold_text(HoldState(31.4, 30.0, None))
    ('12 s', '31 s')
    """
    return f"{hold.seconds:.0f} s" if hold.seconds >= hold.goal_s else f"{math.ceil(hold.goal_s - hold.seconds)} s"


def hold_share(hold: HoldState) -> float:
    """Return how much of a hold's goal is done, 0 to 1."""
    return min(1.0, hold.seconds / hold.goal_s) if hold.goal_s > 0 else 1.0


def draw_counter(drawn: Image, text: str, unit: float) -> None:
    """Draw a counter in words in the upper left corner; "" draws nothing."""
    if not text:
        return
    size, pad = Type(96 * unit), round(22 * unit)
    number, _, rest = text.partition(" ")
    small = Type(48 * unit)
    width = width_px(number, size) + (pad + width_px(rest, small) if rest else 0)
    shade(drawn, (0, 0, width + 3 * pad, round(size.capital_px) + 3 * pad), 0.6)
    foot = pad + round(size.capital_px) + pad // 2
    write(drawn, number, (pad, foot), size)
    if rest:
        write(drawn, rest, (2 * pad + width_px(number, size), foot), small)


def draw_ring(drawn: Image, hold: HoldState, unit: float) -> None:
    """Draw a ring that fills up in the upper left corner, with the seconds left in it."""
    radius, width, pad = round(_RADIUS * unit), max(3, round(_WIDTH * unit)), round(14 * unit)
    middle = (pad + radius + width // 2, pad + radius + width // 2)
    box = 2 * (pad + radius) + width
    shade(drawn, (0, 0, box, box), 0.6)
    cv2.circle(drawn, middle, radius, _TRACK, width, cv2.LINE_AA)
    cv2.ellipse(drawn, middle, (radius, radius), -90, 0, 360 * hold_share(hold), _RING, width, cv2.LINE_AA)
    text = hold_text(hold).removesuffix(" s")
    size = Type((52 if len(text) < 3 else 38) * unit)
    write(drawn, text, (middle[0] - width_px(text, size) // 2, middle[1] + round(size.capital_px / 2)), size)


def draw_part(drawn: Image, text: str, left: int, unit: float) -> None:
    """Draw whose turn it is, "right leg, 2 of 2", at the upper edge, from the pixel column `left` on."""
    if not text:
        return
    size, pad = Type(30 * unit), round(12 * unit)
    shade(drawn, (left, 0, left + width_px(text, size) + 2 * pad, round(size.capital_px) + 2 * pad), 0.6)
    write(drawn, text, (left + pad, pad + round(size.capital_px)), size, _PALE)


def counter_width_px(text: str, hold: HoldState | None, unit: float) -> int:
    """Return how wide the counter's box is."""
    if hold is not None:
        return 2 * (round(14 * unit) + round(_RADIUS * unit)) + max(3, round(_WIDTH * unit))
    pad = round(22 * unit)
    number, _, rest = text.partition(" ")
    return (width_px(number, Type(96 * unit)) + (pad + width_px(rest, Type(48 * unit)) if rest else 0) + 3 * pad
            if text else 0)
