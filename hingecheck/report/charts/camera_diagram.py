"""Where the camera stands for an exercise -> a drawing as SVG, from above and from the side."""

from __future__ import annotations

from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from exercises.exercise_model import Exercise
from hingecheck.report import camera_text, palette

#: The person from the side: the lines of the body, and the centre of the head.
_STANDING = ("M150 170L150 110L150 66M150 80L128 118M150 110L150 170", (150, 48))
_SITTING = ("M150 128L150 76M150 128L186 128L186 170M124 128L164 128L164 170M124 128L124 170", (150, 58))
_LOW = ("M150 166L150 112M150 166L214 166", (150, 94))
_LYING = ("M96 166L226 166", (78, 162))
#: Height of the lens in the drawing: near the floor, and at the hips.
_LOW_Y, _HIP_Y = 158, 112


@cache
def _template() -> jinja2.Template:
    text = resources.files("hingecheck.report.charts").joinpath("camera_diagram.svg").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=jinja2.StrictUndefined).from_string(text)


def drawing(exercise: Exercise) -> str:
    """Return the drawing, 360 wide; it follows the reader's theme and describes itself in words."""
    position = exercise.position.value
    lying, low = position in ("supine", "prone"), position in ("long_sitting", "kneeling")
    body, head = _LYING if lying else _SITTING if position == "sitting" else _LOW if low else _STANDING
    near_floor = lying or low
    return _template().render(
        title="Where the camera stands", description=camera_text.sentence(exercise), css=Markup(palette.css()),
        lying=lying, front=exercise.camera == "front", body=body, head=head, lens_y=_LOW_Y if near_floor else _HIP_Y,
        height="Level, and low" if near_floor else "Level, at hip height")
