"""A reason -> the clause that says it, to stand after "could not be judged:"; the same in every output.

What to do about it, and what else an output adds, is in `hingecheck.reasons`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exercises.measures import label_of
from pose.quantity import PLACED, QUANTITIES, Position
from pose.reason import Reason, ReasonKind

K = ReasonKind
_ASIDE = {90: "lies on its side", 180: "stands on its head", 270: "lies on its side"}
_AROUND = {90: "a quarter to the right", 180: "upside down", 270: "a quarter to the left"}


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
    return f"about {value:.0f}\u00b0" if unit == "deg" else f"about {value:.0f} {unit}"


def _label(values: Mapping[str, Any]) -> str:
    name = values["quantity"]
    return QUANTITIES[name].label if name in QUANTITIES else str(name)


def _cut_off(values: Mapping[str, Any]) -> str:
    parts = values["parts"]
    return f"the {' and '.join(parts)} {'was' if tuple(parts) == ('head',) else 'were'} outside the picture"


def _placed(values: Mapping[str, Any], name: str = "position") -> str:
    return PLACED[Position(values[name])]


def _odd(values: Mapping[str, Any]) -> str:
    one, two = (f"{label_of(values[f'{other}quantity'])} {angle(values[f'{other}value'])}, the others "
                f"{angle(values[f'{other}usual'])}" for other in ("", "other_"))
    return f"{one} and {two}"


def _no_exercise(values: Mapping[str, Any]) -> str:
    seen = f" ({_placed(values)})" if values["position"] else ""
    return f"which exercise this is could not be told: no exercise is known for how you were seen{seen}"


#: Kind -> its clause, or what makes it from the values.
CLAUSES: dict[ReasonKind, str | Callable[[Mapping[str, Any]], str]] = {
    K.NO_PERSON: "no person was seen",
    K.CUT_OFF: _cut_off,
    K.OTHER_PEOPLE: "{people} people were in the picture",
    K.TOO_SMALL: "the person was too small in the picture ({height_px} pixels tall)",
    K.TURNED: "turned about {turned_deg}\u00b0 from side-on",
    K.NOT_LEVEL: "seen about {looking_down_deg}\u00b0 from above or below",
    K.OTHER_POSITION: lambda values: f"the person was {_placed(values)}",
    K.NEVER_IN_POSITION: lambda values: f"nobody was seen {_placed(values)}",
    K.NOT_IN_FRONT: "the camera was not in front of the person",
    K.LEG_NOT_TOLD: "which of the two legs is the raised one could not be told",
    K.BACK_HIDDEN: "too little of the back's outline was in view",
    K.BACK_UNLIKE: "the outline of the back was too unlike any that was measured before",
    K.IMPLAUSIBLE: lambda values: f"the {_label(values)} came out implausible",
    K.NOT_MEASURABLE: lambda values: f"the {_label(values)} could not be measured",
    K.NO_COLUMN: lambda values: f"the {_label(values)} was not measured",
    K.TOO_FEW_FRAMES: lambda values: f"the {_label(values)} could be measured in too few frames",
    K.REP_CUT: "part of this rep was not seen",
    K.BOTTOM_CUT: "the recording began after the deepest part of this rep",
    K.HOLD_UNSEEN: "the hold was too short, or seen too badly, to tell how steady it was",
    K.BACK_NEVER_GAVE: "the back never gave",
    K.WAY_DOWN_UNSEEN: "the way down was not seen well enough",
    K.NOT_SEEN_WELL: "it was not seen well enough",
    K.ODD_REP: _odd,
    K.TOO_SHORT: "it is too short to show a rep",
    K.LITTLE_SEEN: "too little was seen",
    K.NO_REP: lambda values: (f"no rep of {str(values['exercise']).lower()} was found: the movement never came and "
                              "went far enough"),
    K.WRONG_POSITION: lambda values: (f"you were seen {_placed(values)}, and {values['exercise']} is done "
                                      f"{_placed(values, 'wanted')}"),
    K.CAMERA_AT_SIDE: "{exercise} needs the camera in front of you, and it stood at your side",
    K.NO_EXERCISE_FITS: _no_exercise,
    K.EXERCISE_UNSURE: lambda values: ("which exercise this is could not be told for sure. It may be: "
                                       f"{' or '.join(values['exercises'])}"),
    K.OTHER_MEASUREMENTS: "these measurements are of {what} ({file})",
    K.PICTURE_ASKED: lambda values: f"the picture seems to be one that {_ASIDE[int(values['turn_deg'])]}",
    K.PICTURE_TURNED: lambda values: (f"the picture {_ASIDE[int(values['turn_deg'])]}; it was turned "
                                      f"{_AROUND[int(values['turn_deg'])]}{values.get('option', '')} before it was "
                                      "judged"),
    K.UNREADABLE: lambda values: str(values["text"]).rstrip("."),
    K.NOT_USABLE: lambda values: str(values["text"]).rstrip("."),
    K.PROGRAM_FAILED: lambda values: str(values["text"]).rstrip("."),
    K.NOTE: lambda values: str(values["text"]).rstrip("."),
    K.OTHER: lambda values: str(values["text"]).rstrip("."),
}
