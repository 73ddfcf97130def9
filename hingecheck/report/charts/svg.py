"""Numbers -> pieces of SVG: tags, axes, paths that break where nothing was measured. Knows no body and no verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from markupsafe import Markup, escape

from pose.arrays import BoolArray, FloatArray


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def tag(name: str, *children: str, **attributes: object) -> Markup:
    """Return one element; `class_` is written class, other underscores become hyphens, text is escaped."""
    written = []
    for key, value in attributes.items():
        if value is not None:
            text = number(value) if isinstance(value, float) else str(value)
            written.append(f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    inner = "".join(str(escape(child)) for child in children)
    return Markup(f"<{name}{''.join(written)}>{inner}</{name}>")


def join(parts: Sequence[str]) -> Markup:
    """Return the elements one after the other."""
    return Markup("").join(parts)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers within a range, at most `most` of them."""
    if not high > low:
        return [low]
    raw = (high - low) / max(most, 1)
    decade = 10.0 ** math.floor(math.log10(raw))
    step = next(decade * factor for factor in (1, 2, 5, 10, 20) if decade * factor >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def runs(flags: BoolArray) -> list[tuple[int, int]]:
    """Return (first, past the last) of every stretch of True."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(first), int(past)) for first, past in zip(starts, ends, strict=True)]


@dataclass(frozen=True)
class Axes:
    """A plot area in a picture and the numbers it spans.

    Attributes
    ----------
    left, top, width, height : float
        The area, in units of the picture.
    x_low, x_high, y_low, y_high : float
        The numbers at its edges; y grows upward.
    """

    left: float
    top: float
    width: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Where a number lies across."""
        return self.left + (value - self.x_low) / max(self.x_high - self.x_low, 1e-9) * self.width

    def y(self, value: float) -> float:
        """Where a number lies from the top."""
        return self.top + self.height - (value - self.y_low) / max(self.y_high - self.y_low, 1e-9) * self.height

    @property
    def right(self) -> float:
        """Right edge of the area."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Lower edge of the area."""
        return self.top + self.height

    def points(self, xs: FloatArray, ys: FloatArray) -> str:
        """Return "x,y x,y ..." of values, held inside the area."""
        held = np.clip(ys, self.y_low, self.y_high)
        return " ".join(f"{number(self.x(a))},{number(self.y(b))}" for a, b in zip(xs, held, strict=True))

    def path(self, xs: FloatArray, ys: FloatArray) -> str:
        """Return the path through the values; it breaks where a value is not finite."""
        pieces = runs(np.isfinite(xs) & np.isfinite(ys))
        return " ".join("M" + self.points(xs[first:past], ys[first:past]).replace(" ", " L")
                        for first, past in pieces if past - first > 1)

    def band(self, xs: FloatArray, low: FloatArray, high: FloatArray) -> str:
        """Return the path round the area between two curves."""
        pieces = runs(np.isfinite(low) & np.isfinite(high))
        shapes = []
        for first, past in pieces:
            there = self.points(xs[first:past], high[first:past])
            back = self.points(xs[first:past][::-1], low[first:past][::-1])
            shapes.append("M" + f"{there} {back}".replace(" ", " L") + " Z")
        return " ".join(shapes)

    def grid(self, x_unit: str, y_unit: str, x_most: int, y_most: int, x_label: str = "") -> Markup:
        """Return grid lines with their numbers, none across where `x_most` is 0; zero is drawn stronger."""
        parts = []
        for value in ticks(self.y_low, self.y_high, y_most):
            y = self.y(value)
            parts.append(tag("line", class_="zero" if value == 0 else "grid", x1=self.left, x2=self.right, y1=y, y2=y))
            parts.append(tag("text", f"{value:g}{y_unit}", class_="tick end", x=self.left - 6, y=y + 4))
        for value in ticks(self.x_low, self.x_high, x_most) if x_most else ():
            parts.append(tag("text", f"{value:g}{x_unit}", class_="tick mid", x=self.x(value), y=self.bottom + 16))
        if x_label:
            parts.append(tag("text", x_label, class_="tick end", x=self.right, y=self.bottom + 32))
        return join(parts)


def picture(width: float, height: float, title: str, about: str, content: Sequence[str], class_: str,
            axes: Axes | None = None) -> Markup:
    """Return a whole picture that scales with its column and reads its title and description to a screen reader.

    With `axes` it carries them (`data-axes`: left, top, width, height, x_low, x_high, y_low, y_high), so that a page
    can draw a moment into it and knows which one is pressed.
    """
    data_axes = None if axes is None else " ".join(f"{value:.6g}" for value in astuple(axes))
    return tag("svg", tag("title", title), tag("desc", about), *content, class_=class_, role="img", data_axes=data_axes,
               viewBox=f"0 0 {number(width)} {number(height)}", preserveAspectRatio="xMidYMid meet",
               aria_label=f"{title}. {about}")
