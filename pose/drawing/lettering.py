"""Words and numbers -> readable text on an image (edged lines, a panel, a banner). Changes the image in place.

OpenCV's fonts have ASCII only: the degree sign is drawn as a ring, accents as strokes, other characters are replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from pose.arrays import Image
from pose.drawing.letters import ACCENTS, CEDILLA, DEGREE, accents, to_ascii, top_of

Colour = tuple[int, int, int]

_FONT = cv2.FONT_HERSHEY_DUPLEX
_DARK: Colour = (18, 22, 28)
_WHITE: Colour = (255, 255, 255)
_MUTED: Colour = (196, 204, 212)
#: Height of a capital letter at font scale 1.
_CAPITAL_PX = 21.0


@dataclass(frozen=True)
class Type:
    """A size of text: height of its capitals in pixels."""

    capital_px: float

    @property
    def scale(self) -> float:
        """OpenCV's font scale."""
        return self.capital_px / _CAPITAL_PX

    @property
    def stroke(self) -> int:
        """Width of the stroke of a letter, pixels."""
        return max(1, round(self.capital_px / 15))

    @property
    def line_px(self) -> int:
        """Distance from one line of text to the next."""
        return round(self.capital_px * 1.75)


def _ring_px(size: Type) -> int:
    return max(1, round(size.capital_px * 0.16))


@lru_cache(maxsize=1024)
def width_px(text: str, size: Type) -> int:
    """Return the width of a line of text, with its degree rings."""
    clean = to_ascii(text)
    width = cv2.getTextSize(clean.replace(DEGREE, ""), _FONT, size.scale, size.stroke)[0][0]
    return int(width + clean.count(DEGREE) * (3 * _ring_px(size) + size.stroke))


def _strokes(image: Image, text: str, at: tuple[int, int], size: Type, colour: Colour, extra: int) -> None:
    left, base = at
    pieces, above, place = to_ascii(text).split(DEGREE), dict(accents(text)), 0
    for number, piece in enumerate(pieces):
        cv2.putText(image, piece, (left, base), _FONT, size.scale, colour, size.stroke + extra, cv2.LINE_AA)
        for index, letter in enumerate(piece):
            if place + index in above:
                before = cv2.getTextSize(piece[:index], _FONT, size.scale, size.stroke)[0][0] if index else 0
                half = cv2.getTextSize(letter, _FONT, size.scale, size.stroke)[0][0] // 2
                _draw_accent(image, above[place + index], letter, (left + before + half, base), size, colour, extra)
        place += len(piece) + 1
        left += cv2.getTextSize(piece, _FONT, size.scale, size.stroke)[0][0] if piece else 0
        if number < len(pieces) - 1:
            ring = _ring_px(size)
            middle = (left + ring + size.stroke, base - round(size.capital_px) + ring)
            cv2.circle(image, middle, ring, colour, size.stroke + extra, cv2.LINE_AA)
            left += 3 * ring + size.stroke


def _draw_accent(image: Image, accent: str, letter: str, at: tuple[int, int], size: Type, colour: Colour,
                 extra: int) -> None:
    """Draw an accent over (or under) a letter whose base line has its middle at `at`."""
    up = 0.0 if accent == CEDILLA else top_of(letter)
    for stroke in ACCENTS[accent]:
        points = np.array([(at[0] + across * size.capital_px, at[1] - (up + height) * size.capital_px)
                           for across, height in stroke])
        cv2.polylines(image, [np.rint(points).astype(np.int32)], False, colour, size.stroke + extra, cv2.LINE_AA)


def write(image: Image, text: str, at: tuple[int, int], size: Type, colour: Colour = _WHITE) -> None:
    """Write one line; `at` is the left end of its base line. A dark edge makes it readable on any ground."""
    remainder, paint = _stamp(text, size, colour)
    left, top = at[0] - _margin_px(size), at[1] - _above_px(size)
    high, wide = remainder.shape[:2]
    inside = slice(max(0, -top), max(0, min(high, image.shape[0] - top))), \
        slice(max(0, -left), max(0, min(wide, image.shape[1] - left)))
    under = image[max(top, 0):top + high, max(left, 0):left + wide] if top + high > 0 and left + wide > 0 else image[:0]
    if under.size:
        under[:] = cv2.add(cv2.multiply(under, remainder[inside], scale=1 / 255), paint[inside])


def _margin_px(size: Type) -> int:
    return 2 * size.stroke + 2


def _above_px(size: Type) -> int:
    """Return the distance from the top of a stamp to its base line: capitals, and braces and accents above them."""
    return round(1.4 * size.capital_px) + _margin_px(size)


# Letters are drawn once, not in every frame: live, OpenCV's curves took a twelfth of the time.
@lru_cache(maxsize=256)
def _stamp(text: str, size: Type, colour: Colour) -> tuple[Image, Image]:
    """Return how much of the image remains under a line of text (in 255ths), and what is added to it."""
    shape = (_above_px(size) + round(0.6 * size.capital_px) + _margin_px(size),
             width_px(text, size) + 2 * _margin_px(size), 1)
    edge, face = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    at = _margin_px(size), _above_px(size)
    _strokes(edge, text, at, size, (255, 255, 255), 2 * max(1, size.stroke))
    _strokes(face, text, at, size, (255, 255, 255), 0)
    dark, light = (part.astype(np.float32) / 255 for part in (edge, face))
    ink, full = (np.array(shade, dtype=np.float32) for shade in (_DARK, colour))
    remainder = np.broadcast_to((1 - dark) * (1 - light), (*shape[:2], 3))
    added = ink * dark * (1 - light) + full * light
    return np.rint(255 * remainder).astype(np.uint8), np.rint(added).astype(np.uint8)


def wrap(text: str, size: Type, available_px: int, lines: int) -> list[str]:
    """Break a text at spaces into at most `lines` lines; a text that does not fit ends in "..."."""
    rows: list[str] = []
    words = to_ascii(text).split()
    while words and len(rows) < lines:
        row = words.pop(0)
        while words and width_px(f"{row} {words[0]}", size) <= available_px:
            row = f"{row} {words.pop(0)}"
        rows.append(row)
    if words:
        rows[-1] = f"{rows[-1]} ..."
    return [_shorten(row, size, available_px) for row in rows]


def _shorten(row: str, size: Type, available_px: int) -> str:
    while len(row) > 4 and width_px(row, size) > available_px:
        row = row.removesuffix("...").rstrip()[:-1].rstrip() + "..."
    return row


def shade(image: Image, box: tuple[int, int, int, int], strength: float) -> None:
    """Darken the box (left, top, right, bottom) so that text on it can be read."""
    left, top, right, bottom = box
    patch: Any = image[max(top, 0):max(bottom, 0), max(left, 0):max(right, 0)]
    if patch.size:
        patch[:] = cv2.LUT(patch, _shades(strength))


@lru_cache(maxsize=16)
def _shades(strength: float) -> Image:
    """Return the darkened value of each shade of each colour."""
    shades = np.arange(256)[:, None] * (1 - strength) + np.array(_DARK) * strength
    return np.rint(shades).astype(np.uint8)[None]


def draw_panel(image: Image, rows: list[tuple[str, str]], title: str, colour: Colour, size: Type,
               on_right: bool) -> None:
    """Draw a title with a colour bar over rows of (label, value) in a top corner, unless it does not fit."""
    pad = round(size.capital_px * 0.9)
    label_px = max((width_px(label, size) for label, _ in rows), default=0)
    value_px = max((width_px(value, size) for _, value in rows), default=0)
    inner = max(width_px(title, size), label_px + 2 * pad + value_px)
    wide, high = inner + 3 * pad, size.line_px * (len(rows) + 1) + pad
    if wide > 0.62 * image.shape[1] or high > 0.5 * image.shape[0]:
        return
    left = image.shape[1] - wide - pad if on_right else pad
    shade(image, (left, pad, left + wide, pad + high), 0.66)
    bar = max(3, pad // 3)
    cv2.rectangle(image, (left, pad), (left + bar, pad + high), colour, -1)
    text_left, base = left + bar + pad, pad + round(size.line_px * 0.98)
    write(image, title, (text_left, base), size)
    for label, value in rows:
        base += size.line_px
        write(image, label, (text_left, base), size, _MUTED)
        write(image, value, (text_left + inner - width_px(value, size), base), size)


def draw_banner(image: Image, headline: str, detail: str, counter: str, colour: Colour, size: Type) -> None:
    """Draw the headline along the bottom, a smaller detail under it and the counter at the right end."""
    pad = round(size.capital_px * 0.9)
    count_px = width_px(counter, size) + 2 * pad if counter else 0
    available = image.shape[1] - 3 * pad - count_px
    small = Type(size.capital_px * 0.8)
    rows = wrap(headline, size, available, 2)
    notes = wrap(detail, small, image.shape[1] - 3 * pad, 2)
    high = size.line_px * max(len(rows), 1 if counter else 0) + small.line_px * len(notes) + pad
    if not (rows or notes or counter) or available < 4 * size.capital_px or high > 0.4 * image.shape[0]:
        return
    top = image.shape[0] - high
    shade(image, (0, top, image.shape[1], image.shape[0]), 0.66)
    cv2.rectangle(image, (0, top), (image.shape[1], top + max(2, pad // 5)), colour, -1)
    base = top + round(size.line_px * 0.98)
    if counter:
        write(image, counter, (image.shape[1] - pad - width_px(counter, size), base), size)
    for row in rows:
        write(image, row, (pad, base), size)
        base += size.line_px
    if counter and not rows:
        base += size.line_px
    for row in notes:
        write(image, row, (pad, base), small, _MUTED)
        base += small.line_px
