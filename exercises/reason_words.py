"""Reason -> its clause, to follow "could not be judged:"; the same in every output.

The remedy and what else an output adds are in `hingecheck.reasons`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exercises.measures import label_of, unit_of, with_unit
from pose.quantity import POSITION_PHRASES, QUANTITIES, Position
from pose.reason import Reason, ReasonKind

K = ReasonKind
_ORIENTATION = {90: "lies on its side", 180: "stands on its head", 270: "lies on its side"}
#: Why an angle is less certain where the person never lay flat.
_NOT_FLAT = {Position.SUPINE: "the leg's angle is measured against your trunk and is less sure",
             Position.PRONE: "the lift of your chest is measured from the lowest moment"}
_TURN = {90: "a quarter to the right", 180: "upside down", 270: "a quarter to the left"}


def clause(reason: Reason) -> str:
    """Return a reason as a clause without a full stop.

    Examples
    --------
    >>> clause(Reason.of(ReasonKind.CUT_OFF, parts=("hips", "feet")))
    'the hips and feet were outside the picture'
    """
    words = CLAUSES[reason.kind]
    return words(reason.named) if callable(words) else words.format(**reason.named)


def angle(value: float, unit: str = "deg") -> str:
    """Return a number of a reason, "about 38\u00b0"."""
    shown = value * 100 if unit == "ratio" else value
    return f"about {with_unit(f'{shown:.0f}', unit)}"


def _label(values: Mapping[str, Any]) -> str:
    name = values["quantity"]
    return QUANTITIES[name].label if name in QUANTITIES else str(name)


def _cut_off(values: Mapping[str, Any]) -> str:
    parts = values["parts"]
    return f"the {' and '.join(parts)} {'was' if tuple(parts) == ('head',) else 'were'} outside the picture"


def _position_phrase(values: Mapping[str, Any], name: str = "position") -> str:
    return POSITION_PHRASES[Position(values[name])]


def _odd(values: Mapping[str, Any]) -> str:
    return f"{_beside_others(values, '')} and {_beside_others(values, 'other_')}"


def _beside_others(values: Mapping[str, Any], which: str) -> str:
    quantity = values[f"{which}quantity"]
    value, usual = (angle(values[f"{which}{name}"], unit_of(quantity)) for name in ("value", "usual"))
    return f"{label_of(quantity)} {value}, the others {usual}"


def _no_exercise(values: Mapping[str, Any]) -> str:
    position = f" ({_position_phrase(values)})" if values["position"] else ""
    return f"the exercise could not be detected: none is known for how you were seen{position}"


#: Kind -> its clause, or a function that forms it from the values.
CLAUSES: dict[ReasonKind, str | Callable[[Mapping[str, Any]], str]] = {
    K.NO_PERSON: "no person was seen",
    K.CUT_OFF: _cut_off,
    K.OTHER_PEOPLE: "{people} people were in the picture",
    K.TOO_SMALL: "the person was too small in the picture ({height_px} pixels tall)",
    K.TURNED: "turned about {turned_deg}\u00b0 from side-on",
    K.NOT_LEVEL: "seen about {looking_down_deg}\u00b0 from above or below",
    K.OTHER_POSITION: lambda values: f"the person was {_position_phrase(values)}",
    K.NEVER_IN_POSITION: lambda values: f"nobody was seen {_position_phrase(values)}",
    K.NOT_IN_FRONT: "the camera was not in front of the person",
    K.LEG_UNCLEAR: "which of the two legs is the raised one is unclear",
    K.BACK_HIDDEN: "too little of the back's outline was in view",
    K.BACK_UNLIKE: "the outline of the back was too unlike any that was measured before",
    K.IMPLAUSIBLE: lambda values: f"the {_label(values)} came out implausible",
    K.NOT_MEASURABLE: lambda values: f"the {_label(values)} could not be measured",
    K.NO_COLUMN: lambda values: f"the {_label(values)} was not measured",
    K.TOO_FEW_FRAMES: lambda values: f"the {_label(values)} could be measured in too few frames",
    K.REP_INCOMPLETE: "part of this rep was not seen",
    K.BOTTOM_MISSING: "the recording began after the deepest part of this rep",
    K.HOLD_UNMEASURED: "the hold was too short, or too poorly visible, to judge how steady it was",
    K.NO_ROUNDING_ONSET: "the back never began to round",
    K.DESCENT_UNMEASURED: "the way down was not seen well enough",
    K.POORLY_VISIBLE: "it was not seen well enough",
    K.ODD_REP: _odd,
    K.TOO_SHORT: "it is too short to show a rep",
    K.LITTLE_VISIBLE: "too little was seen",
    K.NO_REP: lambda values: (f"no rep of {str(values['exercise']).lower()} was detected: the movement was too "
                              "small"),
    K.WRONG_POSITION: lambda values: (f"you were seen {_position_phrase(values)}, and {values['exercise']} is done "
                                      f"{_position_phrase(values, 'wanted')}"),
    K.CAMERA_AT_SIDE: "{exercise} needs the camera in front of you, and it stood at your side",
    K.NO_EXERCISE_FITS: _no_exercise,
    K.EXERCISE_UNSURE: lambda values: ("the exercise could not be detected for sure. It may be: "
                                       f"{' or '.join(values['exercises'])}"),
    K.OTHER_MEASUREMENTS: "these measurements are of {what} ({file})",
    K.TURN_UNSURE: lambda values: f"the picture seems to be one that {_ORIENTATION[int(values['turn_deg'])]}",
    K.FRAMES_TURNED: lambda values: (f"the picture {_ORIENTATION[int(values['turn_deg'])]}; it was turned "
                                      f"{_TURN[int(values['turn_deg'])]}{values.get('option', '')} before it was "
                                      "judged"),
    K.NEVER_UPRIGHT: ("you were never seen standing tall, so the curve of your back is compared with a typical one and "
                      "is less sure"),
    K.NEVER_FLAT: lambda values: f"you were never seen lying flat, so {_NOT_FLAT[Position(values['position'])]}",
    K.VIDEO_BREAKS_OFF: ("the file breaks off: it should last {length_s:.1f} s, but the last frame that could be read "
                         "is at {last_s:.1f} s"),
    K.VIDEO_ENDS_BEFORE: "the video ends at {length_s:.1f} s, before the chosen end at {end_s:g} s",
    K.FRAMES_DAMAGED: "damaged frames in the file were dropped: {count}",
    K.FRAMES_REPEATED: "frames with a repeated time were dropped: {count}",
    K.FRAMES_UNTIMED: "the file gives no time for {count} frames; they were spaced evenly",
    K.SET_BROKE_OFF: "the set broke off here",
    K.SLOW_MOTION: lambda values: (f"the video plays {float(values['times']):g} times slower than it was filmed, as it "
                                   "says itself; all seconds are those of the filming"),
    K.SLOW_MOTION_ASKED: ("each rep takes about {down_s} s down and {up_s} s up, which is slow. Was it filmed in slow "
                          "motion? Then its seconds are not the real ones"),
    K.UNREADABLE: lambda values: str(values["text"]).rstrip("."),
    K.NOT_USABLE: lambda values: str(values["text"]).rstrip("."),
    K.PROGRAM_FAILED: lambda values: str(values["text"]).rstrip("."),
    K.NOTE: lambda values: str(values["text"]).rstrip("."),
    K.OTHER: lambda values: str(values["text"]).rstrip("."),
}
