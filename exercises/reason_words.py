"""Reason -> its clause, to follow "could not be judged:"; the same in every output.

The remedy and what else an output adds are in `hingecheck.reasons`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exercises.measures import label_of, unit_of, with_unit
from language.numbers import localised, number
from language.translate import _, in_context, mark
from language.words import alternatives, listed, small
from pose.quantity import Position, position_phrase
from pose.reason import Reason, ReasonKind

K = ReasonKind
#: By how far the picture is turned: what it seems to be, and what was done about it.
_TURN_ASKED = {90: mark("the picture seems to be one that lies on its side"),
               180: mark("the picture seems to be one that stands on its head"),
               270: mark("the picture seems to be one that lies on its side")}
_TURNED = {90: mark("the picture lies on its side; it was turned a quarter to the right{option} before it was judged"),
           180: mark("the picture stands on its head; it was turned upside down{option} before it was judged"),
           270: mark("the picture lies on its side; it was turned a quarter to the left{option} before it was judged")}
#: Why an angle is less certain where the person never lay flat.
_NOT_FLAT = {Position.SUPINE: mark("you were never seen lying flat, so the leg's angle is measured against your trunk "
                                   "and is less sure"),
             Position.PRONE: mark("you were never seen lying flat, so the lift of your chest is measured from the "
                                  "lowest moment")}


def clause(reason: Reason) -> str:
    """Return a reason as a clause without a full stop, in the current language.

    Examples
    --------
    >>> clause(Reason.of(ReasonKind.CUT_OFF, parts=("hips", "feet")))
    'the hips and feet were outside the picture'
    """
    words, values = CLAUSES[reason.kind], reason.named
    if callable(words):
        return words(values)
    return _(words).format(**{name: localised(str(value)) if isinstance(value, float) else value
                              for name, value in values.items()})


def angle(value: float, unit: str = "deg") -> str:
    """Return a number of a reason, "about 38\u00b0"."""
    scaled = value * 100 if unit == "ratio" else value
    return _("about {value}").format(value=with_unit(number(scaled), unit))


def _of_quantity(sentence: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: _(sentence).format(quantity=label_of(values["quantity"]))


def _cut_off(values: Mapping[str, Any]) -> str:
    parts = tuple(values["parts"])
    if parts == ("head",):
        return _("the head was outside the picture")
    return _("the {parts} were outside the picture").format(parts=listed([_part(part) for part in parts]))


def _part(name: str) -> str:
    """Return a part of the body; a language that needs an article for each puts it into the word."""
    return {"head": in_context("outside the picture", "head"),
            "shoulders": in_context("outside the picture", "shoulders"),
            "hips": in_context("outside the picture", "hips"),
            "knees": in_context("outside the picture", "knees"),
            "feet": in_context("outside the picture", "feet")}.get(name, name)


def _position_phrase(values: Mapping[str, Any], name: str = "position") -> str:
    return position_phrase(Position(values[name]))


def _odd(values: Mapping[str, Any]) -> str:
    return listed([_beside_others(values, ""), _beside_others(values, "other_")])


def _beside_others(values: Mapping[str, Any], which: str) -> str:
    quantity = values[f"{which}quantity"]
    value, usual = (angle(values[f"{which}{name}"], unit_of(quantity)) for name in ("value", "usual"))
    return _("{quantity} {value}, the others {usual}").format(quantity=label_of(quantity), value=value, usual=usual)


def _wrong_position(values: Mapping[str, Any]) -> str:
    return _("you were seen {position}, and {exercise} is done {wanted}").format(
        position=_position_phrase(values), exercise=_(values["exercise"]), wanted=_position_phrase(values, "wanted"))


def _no_exercise(values: Mapping[str, Any]) -> str:
    if not values["position"]:
        return _("the exercise could not be detected: none is known for how you were seen")
    return _("the exercise could not be detected: none is known for how you were seen ({position})").format(
        position=_position_phrase(values))


def _unsure(values: Mapping[str, Any]) -> str:
    return _("the exercise could not be detected for sure. It may be: {exercises}").format(
        exercises=alternatives([_(name) for name in values["exercises"]]))


def _several(values: Mapping[str, Any]) -> str:
    return _("this video seems to show more than one exercise: {exercises}").format(
        exercises=", ".join(_(name) for name in values["exercises"]))


def _breaks_off(values: Mapping[str, Any]) -> str:
    return _("the file breaks off: it should last {length} s, but the last frame that could be read is at {last} s"
             ).format(length=number(float(values["length_s"]), 1), last=number(float(values["last_s"]), 1))


def _ends_before(values: Mapping[str, Any]) -> str:
    return _("the video ends at {length} s, before the chosen end at {end} s").format(
        length=number(float(values["length_s"]), 1), end=localised(f"{float(values['end_s']):g}"))


def _slow_motion(values: Mapping[str, Any]) -> str:
    return _("the video plays {times} times slower than it was filmed, as it says itself; all seconds are those of the "
             "filming").format(times=localised(f"{float(values['times']):g}"))


def _turned(values: Mapping[str, Any]) -> str:
    return _(_TURNED[int(values["turn_deg"])]).format(option=values.get("option", ""))


def _text(values: Mapping[str, Any]) -> str:
    """A text of an error, of a file or of an older version: in the language in which it was written."""
    return str(values["text"]).rstrip(".")


#: Kind -> its clause, or a function that forms it from the values.
CLAUSES: dict[ReasonKind, str | Callable[[Mapping[str, Any]], str]] = {
    K.NO_PERSON: mark("no person was seen"),
    K.CUT_OFF: _cut_off,
    K.OTHER_PEOPLE: mark("{people} people were in the picture"),
    K.TOO_SMALL: mark("the person was too small in the picture ({height_px} pixels tall)"),
    K.TURNED: mark("turned about {turned_deg}\u00b0 from side-on"),
    K.NOT_LEVEL: mark("seen about {looking_down_deg}\u00b0 from above or below"),
    K.OTHER_POSITION: lambda values: _("the person was {position}").format(position=_position_phrase(values)),
    K.NEVER_IN_POSITION: lambda values: _("nobody was seen {position}").format(position=_position_phrase(values)),
    K.NOT_IN_FRONT: mark("the camera was not in front of the person"),
    K.LEG_UNCLEAR: mark("which of the two legs is the raised one is unclear"),
    K.BACK_HIDDEN: mark("too little of the back's outline was in view"),
    K.BACK_UNLIKE: mark("the outline of the back was too unlike any that was measured before"),
    K.IMPLAUSIBLE: _of_quantity(mark("the {quantity} came out implausible")),
    K.NOT_MEASURABLE: _of_quantity(mark("the {quantity} could not be measured")),
    K.NO_COLUMN: _of_quantity(mark("the {quantity} was not measured")),
    K.TOO_FEW_FRAMES: _of_quantity(mark("the {quantity} could be measured in too few frames")),
    K.REP_INCOMPLETE: mark("part of this rep was not seen"),
    K.BOTTOM_MISSING: mark("the recording began after the deepest part of this rep"),
    K.HOLD_UNMEASURED: mark("the hold was too short, or too poorly visible, to judge how steady it was"),
    K.NO_ROUNDING_ONSET: mark("the back never began to round"),
    K.DESCENT_UNMEASURED: mark("the way down was not seen well enough"),
    K.POORLY_VISIBLE: mark("it was not seen well enough"),
    K.ODD_REP: _odd,
    K.TOO_SHORT: mark("it is too short to show a rep"),
    K.LITTLE_VISIBLE: mark("too little was seen"),
    K.NO_REP: lambda values: _("no rep of {exercise} was detected: the movement was too small").format(
        exercise=small(_(str(values["exercise"])))),
    K.WRONG_POSITION: _wrong_position,
    K.CAMERA_AT_SIDE: lambda values: _("{exercise} needs the camera in front of you, and it stood at your side").format(
        exercise=_(values["exercise"])),
    K.NO_EXERCISE_FITS: _no_exercise,
    K.EXERCISE_UNSURE: _unsure,
    K.SEVERAL_EXERCISES: _several,
    K.NO_PARTS: mark("no part of this video is long enough to be judged alone, so all of it is judged as one exercise"),
    K.OTHER_MEASUREMENTS: lambda values: _("these measurements are of {what} ({file})").format(
        what=_(values["what"]), file=values["file"]),
    K.TURN_UNSURE: lambda values: _(_TURN_ASKED[int(values["turn_deg"])]),
    K.FRAMES_TURNED: _turned,
    K.NEVER_UPRIGHT: mark("you were never seen standing tall, so the curve of your back is compared with a typical one "
                          "and is less sure"),
    K.NEVER_FLAT: lambda values: _(_NOT_FLAT[Position(values["position"])]),
    K.VIDEO_BREAKS_OFF: _breaks_off,
    K.VIDEO_ENDS_BEFORE: _ends_before,
    K.FRAMES_DAMAGED: mark("damaged frames in the file were dropped: {count}"),
    K.FRAMES_REPEATED: mark("frames with a repeated time were dropped: {count}"),
    K.FRAMES_UNTIMED: mark("the file gives no time for {count} frames; they were spaced evenly"),
    K.SET_BROKE_OFF: mark("the set broke off here"),
    K.SLOW_MOTION: _slow_motion,
    K.SLOW_MOTION_ASKED: mark("each rep takes about {down_s} s down and {up_s} s up, which is slow. Was it filmed in "
                              "slow motion? Then its seconds are not the real ones"),
    K.UNREADABLE: _text,
    K.NOT_USABLE: _text,
    K.PROGRAM_FAILED: _text,
    K.NOTE: _text,
    K.OTHER: _text,
}
