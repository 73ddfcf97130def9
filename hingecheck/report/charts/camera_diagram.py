"""Where the camera stands for an exercise -> a drawing as SVG, from above and from the side."""

from __future__ import annotations

from markupsafe import Markup

from exercises.exercise_model import Exercise
from hingecheck.report import camera_text
from hingecheck.report.charts.svg import join, picture, tag

_INK, _QUIET, _ACCENT, _PAPER = "#1b2026", "#59636e", "#0072b2", "#ffffff"
_STROKE = {"fill": "none", "stroke": _INK, "stroke_width": 5, "stroke_linecap": "round", "stroke_linejoin": "round"}
#: The person in the view from the side: lines of (x, y) with the head's centre last.
_STANDING = ("M150 170L150 110L150 66M150 80L128 118M150 110L150 170", (150, 48))
_SITTING = ("M150 128L150 76M150 128L186 128L186 170M124 128L164 128L164 170M124 128L124 170", (150, 58))
_LOW = ("M150 166L150 112M150 166L214 166", (150, 94))
_LYING = ("M96 166L226 166", (78, 162))


def _text(words: str, x: int, y: int, anchor: str = "start") -> Markup:
    return tag("text", words, x=x, y=y, fill=_INK, font_size=14, text_anchor=anchor,
               font_family="system-ui, Segoe UI, Roboto, sans-serif")


def _camera(x: int, y: int) -> Markup:
    return join([tag("rect", x=x, y=y, width=26, height=18, rx=3, fill=_ACCENT),
                 tag("circle", cx=x + 13, cy=y + 9, r=5.0, fill=_PAPER)])


def _dashes(path: str) -> Markup:
    return tag("path", d=path, fill="none", stroke=_QUIET, stroke_width=2, stroke_dasharray="3 6")


def _above(exercise: Exercise, lying: bool) -> Markup:
    parts = [_text("From above", 14, 26)]
    if lying:
        parts += [tag("path", d="M64 70L210 70", **{**_STROKE, "stroke_width": 16}),
                  tag("circle", cx=44, cy=70, r=13.0, fill=_INK)]
    elif exercise.camera == "front":
        parts += [tag("ellipse", cx=137, cy=62, rx=30.0, ry=13.0, fill=_INK), tag("circle", cx=137, cy=66, r=12.0,
                                                                                  fill=_PAPER, stroke=_INK)]
    else:
        parts += [tag("ellipse", cx=137, cy=66, rx=13.0, ry=30.0, fill=_INK),
                  tag("path", d="M158 66L206 66M196 58L206 66L196 74", **{**_STROKE, "stroke_width": 3}),
                  _text("you look", 212, 62), _text("this way", 212, 78)]
    return join([*parts, _dashes("M137 92L137 168"), _text("3 to 4 m", 148, 136), _camera(124, 172)])


def _beside(exercise: Exercise, lying: bool) -> Markup:
    position = exercise.position.value
    body, (x, y) = _LYING if lying else _SITTING if position == "sitting" else \
        _LOW if position in ("long_sitting", "kneeling") else _STANDING
    lens_y = 158 if lying or position in ("long_sitting", "kneeling") else 112
    return join([_text("Level, and low" if lens_y > 150 else "Level, at hip height", 14, 26),
                 tag("path", d=body, **_STROKE), tag("circle", cx=x, cy=y, r=13.0, fill=_INK),
                 tag("path", d="M14 174L346 174", stroke=_QUIET, stroke_width=2), _camera(304, lens_y - 9),
                 _dashes(f"M{236 if lying else 214} {lens_y}L300 {lens_y}"),
                 tag("path", d=f"M317 {lens_y + 9}L317 174", stroke=_QUIET, stroke_width=3)])


def drawing(exercise: Exercise) -> str:
    """Return the picture, 360 wide; it says in words what it shows."""
    lying = exercise.position.value in ("supine", "prone")
    parts = [tag("rect", width=360, height=404, rx=10, fill=_PAPER), _above(exercise, lying),
             tag("g", _beside(exercise, lying), transform="translate(0 208)")]
    drawn = picture(360, 404, "Where the camera stands", camera_text.sentence(exercise), parts, "drawing")
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
