"""A live set and its latest frame -> the frame to read from three metres: body, counter, cue, gauges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from exercises.exercise_model import Exercise
from exercises.results import Rep
from hingecheck.live.counter_drawing import counter_width_px, draw_counter, draw_part, draw_ring, hold_text
from hingecheck.live.events import Phase
from hingecheck.live.frame_marks import latest_value, live_marks
from hingecheck.live.live_set import LiveSet
from hingecheck.live.side_plan import tally
from hingecheck.report import display, verdict_words
from language.translate import _
from pose.arrays import Image
from pose.drawing.figure import unit_px
from pose.drawing.lettering import Colour, Type, shade, width_px, wrap, write
from pose.drawing.overlay import Marks, draw

_TONES: dict[str, Colour] = {"good": (86, 180, 233), "watch": (240, 228, 66), "fault": (230, 110, 20),
                             "unseen": (170, 176, 184)}
_PALE: Colour = (206, 214, 222)
#: A smaller arc at the hip only hides the body.
_ARC_FROM_DEG = 30.0
#: So many of the last reps are shown.
_MAX_REPS = 8
#: Upper ends of the gauges, degrees.
_DEFAULT_END_DEG = 110.0
_ENDS_DEG = {"spine_flexion_deg": 70.0, "turn_deg": 70.0, "trunk_raise_deg": 70.0, "heel_lift_deg": 60.0}


@dataclass(frozen=True)
class Headline:
    """The text at the foot of the frame, and its tone: "good", "watch", "fault" or "unseen"."""

    text: str = ""
    tone: str = "good"


@dataclass(frozen=True)
class Gauge:
    """One upright scale: name, value (None = unmeasured), upper end, the limit drawn on it (None = none), and whether a
    value past the limit is a warning.
    """

    name: str
    value: float | None
    end: float
    limit: float | None = None
    warns: bool = False


def counter_text(live: LiveSet) -> str:
    """Return the counter as text: the reps of the goal, or the seconds of a hold that are left; "" during the set-up.

    A hold that is longer than its goal counts up.
    """
    if live.phase in (Phase.PLACING, Phase.RESTING):
        return ""
    if live.hold is not None:
        return hold_text(live.hold)
    now = tally(live.plan, live.reps, None)
    return str(now.done) if now.of is None else _("{done} of {of}").format(done=now.done, of=now.of)


def gauges(live: LiveSet) -> tuple[Gauge, ...]:
    """Return the gauges of this exercise: its driving angle, and the back or the quantity that is judged first."""
    exercise = live.plan.exercise
    return tuple(Gauge(display.short(name), latest_value(live.track, name), _ENDS_DEG.get(name, _DEFAULT_END_DEG),
                       _limit(exercise, name), name == display.BACK) for name in display.curves(exercise))


def _limit(exercise: Exercise, name: str) -> float | None:
    """Return the limit drawn on a gauge: the target, or the first upper limit of the rules."""
    if exercise.target is not None and exercise.target.measure == name:
        return exercise.target.at
    return next((rule.bound.at_most for rule in exercise.rules if rule.measure == name), None)


def draw_live(image: Image, live: LiveSet, headline: Headline, mirror: bool = False,
              counter: str | None = None) -> Image:
    """Return the frame with everything drawn on it.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
        RGB.
    live : LiveSet
    headline : Headline
    mirror : bool
        Mirror the frame; the text stays readable.
    counter : str, optional
        Default: that of the set.
    """
    marks = live_marks(live)
    if mirror:
        image, marks = np.ascontiguousarray(image[:, ::-1]), mirrored(marks, image.shape[1])
    in_set = live.phase in (Phase.GOING, Phase.READY)
    if not in_set:
        marks = replace(marks, back_px=None, line_px=None)
    if marks.hip_flexion_deg is not None and marks.hip_flexion_deg < _ARC_FROM_DEG:
        marks = replace(marks, hip_flexion_deg=None)
    drawn = draw(image, marks, captions=False)
    unit = unit_px(drawn)
    text, hold = counter_text(live) if counter is None else counter, live.hold if in_set else None
    if hold is not None:
        draw_ring(drawn, hold, unit)
    else:
        draw_counter(drawn, text, unit)
    if in_set:
        part = tally(live.plan, live.reps, None if hold is None else hold.side).part
        draw_part(drawn, part, counter_width_px(text, hold, unit) + round(8 * unit), unit)
        for number, gauge in enumerate(reversed(gauges(live))):
            _gauge(drawn, gauge, number, unit)
        _strip(drawn, live.reps, unit)
    if live.phase is Phase.RESTING:
        _progress(drawn, live.rest_progress, unit)
    _headline(drawn, headline, unit)
    return drawn


def mirrored(marks: Marks, width_px: int) -> Marks:
    """Return the marks for the mirrored frame."""
    points = {name: None if points_px is None else np.asarray(points_px, dtype=float) * (-1, 1) + (width_px - 1, 0)
              for name, points_px in marks.points().items()}
    return replace(marks, facing=-marks.facing, line_side=-marks.line_side, **points)  # type: ignore[arg-type]


def _headline(drawn: Image, headline: Headline, unit: float) -> None:
    if not headline.text:
        return
    size, pad = Type(40 * unit), round(20 * unit)
    lines = wrap(headline.text, size, drawn.shape[1] - 2 * pad, 2)
    height = size.line_px * len(lines) + pad
    top = drawn.shape[0] - height
    shade(drawn, (0, top, drawn.shape[1], drawn.shape[0]), 0.7)
    cv2.rectangle(drawn, (0, top), (drawn.shape[1], top + max(3, round(8 * unit))), _TONES[headline.tone], -1)
    for number, line in enumerate(lines):
        write(drawn, line, (pad, top + round(size.line_px * (number + 1))), size)


def _gauge(drawn: Image, gauge: Gauge, number: int, unit: float) -> None:
    """Draw an upright bar at the right edge, the first outermost; the limit is a line across it."""
    width, height = round(44 * unit), round(330 * unit)
    size = Type(22 * unit)
    column = round(120 * unit)
    left = drawn.shape[1] - column * (number + 1) + (column - width) // 2
    top = round(70 * unit)
    shade(drawn, (left - (column - width) // 2, 0, left + (column + width) // 2, top + height + round(60 * unit)), 0.5)
    middle = left + width // 2
    write(drawn, gauge.name, (middle - width_px(gauge.name, size) // 2, top - round(24 * unit)), size, _PALE)
    cv2.rectangle(drawn, (left, top), (left + width, top + height), _PALE, max(1, round(2 * unit)))
    text = "--"
    if gauge.value is not None:
        share = float(np.clip(gauge.value / gauge.end, 0, 1))
        is_past = gauge.warns and gauge.limit is not None and gauge.value > gauge.limit
        cv2.rectangle(drawn, (left, top + round(height * (1 - share))), (left + width, top + height),
                      _TONES["fault" if is_past else "good"], -1)
        text = f"{round(gauge.value)}\u00b0"
    if gauge.limit is not None:
        at = top + round(height * (1 - gauge.limit / gauge.end))
        cv2.line(drawn, (left - round(10 * unit), at), (left + width + round(10 * unit), at), (255, 255, 255),
                 max(2, round(4 * unit)))
    write(drawn, text, (middle - width_px(text, size) // 2, top + height + round(42 * unit)), size)


def _strip(drawn: Image, reps: Sequence[Rep], unit: float) -> None:
    """Draw the last reps' verdicts under the counter: a colour and a letter each, for colour-blind people."""
    side, gap = round(52 * unit), round(10 * unit)
    top = round(190 * unit)
    for number, rep in enumerate(reps[-_MAX_REPS:]):
        look = verdict_words.look_of(rep)
        left = gap + (side + gap) * (number % 4)
        y = top + (side + gap) * (number // 4)
        cv2.rectangle(drawn, (left, y), (left + side, y + side), _TONES[look.tone], -1)
        letter = {"good": "+", "unseen": "?"}.get(look.tone, look.word[:1])
        size = Type(26 * unit)
        write(drawn, letter, (left + (side - width_px(letter, size)) // 2, y + round(side * 0.75)), size)


def _progress(drawn: Image, share: float, unit: float) -> None:
    width = drawn.shape[1]
    cv2.rectangle(drawn, (0, 0), (round(width * share), max(6, round(18 * unit))), _TONES["good"], -1)
