"""Where the camera stands for an exercise -> two drawings: seen from above, and what the camera sees.

The first has colours of its own for light and dark pages: it stands in the page as a picture, where the page's style
sheet does not reach. The second is the picture of the exercise, with a line at the height of the lens.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import streamlit as st
from markupsafe import Markup

from exercises.exercise_model import Exercise
from hingecheck.pages import elements, tiles
from hingecheck.report import camera_text
from hingecheck.report.charts.svg import join, tag
from language.translate import _
from pose.quantity import Position

_WIDTH, _HEIGHT = 320, 240
#: Where the person is, seen from above, and the camera.
_X, _Y, _CAMERA_Y = 160, 66, 196

_STYLE = """text { font: 14px system-ui, sans-serif; fill: #1b2026 }
.body, .head { fill: #1b2026 } .head { stroke: #ffffff; stroke-width: 2 }
.lens { fill: #0072b2 } .cone { fill: #e4f0f8 }
.limb, .arrow { fill: none; stroke: #1b2026; stroke-linecap: round; stroke-linejoin: round }
.arrow { stroke-width: 3 }
.thing { fill: none; stroke: #59636e; stroke-width: 2 }
.dash { stroke: #0072b2; stroke-width: 2; stroke-dasharray: 4 6 }
@media (prefers-color-scheme: dark) { text, .body, .head { fill: #e9ecef } .head { stroke: #1b2025 }
.limb, .arrow { stroke: #e9ecef } .thing { stroke: #a4adb6 } .lens { fill: #56b4e9 } .cone { fill: #17303f }
.dash { stroke: #56b4e9 } }"""


@cache
def _lens() -> dict[str, float]:
    """Return the height of the lens in each picture, as a share from the top."""
    file = resources.files("hingecheck.pages") / "pictures" / "lens.json"
    return json.loads(file.read_text(encoding="utf-8"))


def draw(exercise: Exercise) -> None:
    """Draw both, with the same in words below."""
    place = camera_text.place(exercise)
    name = tiles.picture_name(exercise)
    picture = tiles.picture(name)
    height = _("Lens at {height}").format(height=place.height)
    elements.piece("camera", above=elements.source(str(above(exercise)).encode(), "svg+xml"),
                   sentence=camera_text.sentence(exercise), picture="" if picture is None else elements.source(picture),
                   lens=f"{100 * _lens().get(name, 0.5):.0f}", height=height)


def draw_with_steps(exercise: Exercise) -> None:
    """Draw both beside the steps of the set-up."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        draw(exercise)
    with right:
        elements.piece("steps", texts=list(map(_, exercise.setup)))


def above(exercise: Exercise) -> Markup:
    """Return the drawing from above, as SVG."""
    place = camera_text.place(exercise)
    parts = [tag("style", Markup(_STYLE)), _cone(), _person(exercise), _distance(place.metres), _camera()]
    return tag("svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {_HEIGHT}")


def _cone() -> Markup:
    """What the camera sees, and a mark at the right angle to the person."""
    return join([tag("path", d=f"M{_X} {_CAMERA_Y - 8}L{_X - 146} 8L{_X + 146} 8Z", class_="cone"),
                 tag("path", d=f"M{_X} {_CAMERA_Y - 10}L{_X} {_Y + 32}", class_="dash")])


def _distance(metres: str) -> Markup:
    return tag("text", metres, x=_X + 10, y=150)


def _camera() -> Markup:
    return join([tag("path", d=f"M{_X - 7} {_CAMERA_Y - 10}L{_X + 7} {_CAMERA_Y - 10}L{_X + 10} {_CAMERA_Y}"
                               f"L{_X - 10} {_CAMERA_Y}Z", class_="lens"),
                 tag("rect", x=_X - 18, y=_CAMERA_Y - 2, width=36, height=20, rx=4, class_="lens"),
                 tag("text", _("Camera"), x=_X + 26, y=_CAMERA_Y + 13)])


def _person(exercise: Exercise) -> Markup:
    if exercise.camera == "front":
        return _facing_the_camera()
    drawn = {Position.SUPINE: _lying, Position.PRONE: _face_down, Position.SITTING: _sitting,
             Position.LONG_SITTING: _long_sitting, Position.KNEELING: _kneeling}
    return drawn.get(exercise.position, _standing)()


def _limb(path: str, width: int = 13) -> Markup:
    return tag("path", d=path, class_="limb", stroke_width=width)


def _body(x: int, y: int, rx: int, ry: int) -> Markup:
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, class_="body")


def _head(x: int, y: int, nose: tuple[int, int] = (0, 0)) -> Markup:
    parts = [tag("circle", cx=x + nose[0], cy=y + nose[1], r=4, class_="body")] if any(nose) else []
    return join([*parts, tag("circle", cx=x, cy=y, r=13, class_="head")])


def _right(words: str, y: int) -> Markup:
    """Words that end at the right edge, however wide the letters of the system are."""
    return tag("text", words, x=_WIDTH - 8, y=y, text_anchor="end")


def _facing() -> Markup:
    """An arrow to the right: the way the person looks and bends."""
    return join([tag("path", d=f"M{_X + 40} {_Y}L{_X + 92} {_Y}M{_X + 82} {_Y - 8}L{_X + 92} {_Y}L{_X + 82} {_Y + 8}",
                     class_="arrow"), _right(_("You face this way"), _Y - 40)])


def _standing() -> Markup:
    return join([_body(_X, _Y, 14, 30), _head(_X + 3, _Y, (13, 0)), _facing()])


def _sitting() -> Markup:
    chair = tag("rect", x=_X - 28, y=_Y - 28, width=52, height=56, rx=6, class_="thing")
    thighs = _limb(f"M{_X} {_Y - 12}L{_X + 44} {_Y - 12}M{_X} {_Y + 12}L{_X + 44} {_Y + 12}")
    arrow = tag("path", d=f"M{_X + 62} {_Y}L{_X + 104} {_Y}M{_X + 94} {_Y - 8}L{_X + 104} {_Y}L{_X + 94} {_Y + 8}",
                class_="arrow")
    return join([chair, thighs, _body(_X, _Y, 14, 30), _head(_X + 3, _Y, (13, 0)), arrow,
                 _right(_("You face this way"), _Y - 40)])


def _long_sitting() -> Markup:
    legs = _limb(f"M{_X + 40} {_Y - 11}L{_X - 78} {_Y - 11}M{_X + 40} {_Y + 11}L{_X - 78} {_Y + 11}")
    return join([legs, _body(_X + 40, _Y, 14, 29), _head(_X + 36, _Y, (-13, 0)),
                 tag("text", _("Legs along the floor"), x=_X - 118, y=_Y - 40)])


def _kneeling() -> Markup:
    shanks = _limb(f"M{_X - 22} {_Y - 11}L{_X - 66} {_Y - 11}M{_X - 22} {_Y + 11}L{_X - 66} {_Y + 11}")
    arms = _limb(f"M{_X + 30} {_Y - 18}L{_X + 92} {_Y - 12}M{_X + 30} {_Y + 18}L{_X + 92} {_Y + 12}", 9)
    return join([shanks, arms, _body(_X, _Y, 40, 24), _head(_X + 50, _Y), _right(_("You fold this way"), _Y - 40)])


def _lying() -> Markup:
    return join([_legs(), _body(_X + 34, _Y, 42, 21), _head(_X + 90, _Y),
                 tag("text", _("Feet"), x=_X - 106, y=_Y - 28), tag("text", _("Head"), x=_X + 76, y=_Y - 28)])


def _face_down() -> Markup:
    arms = _limb(f"M{_X + 56} {_Y - 22}L{_X + 100} {_Y - 26}M{_X + 56} {_Y + 22}L{_X + 100} {_Y + 26}", 9)
    return join([_legs(), arms, _body(_X + 34, _Y, 42, 21), _head(_X + 90, _Y),
                 tag("text", _("Feet"), x=_X - 106, y=_Y - 28), tag("text", _("Hands"), x=_X + 84, y=_Y - 36)])


def _legs() -> Markup:
    return _limb(f"M{_X} {_Y - 9}L{_X - 92} {_Y - 9}M{_X} {_Y + 9}L{_X - 92} {_Y + 9}")


def _facing_the_camera() -> Markup:
    chair = tag("rect", x=_X - 28, y=_Y - 30, width=56, height=52, rx=6, class_="thing")
    thighs = _limb(f"M{_X - 12} {_Y}L{_X - 12} {_Y + 34}M{_X + 12} {_Y}L{_X + 12} {_Y + 34}")
    return join([chair, thighs, _body(_X, _Y, 31, 14), _head(_X, _Y + 3, (0, 13)),
                 _right(_("You face"), _Y - 4), _right(_("the camera"), _Y + 14)])
