"""Why something could not be measured, seen or judged: a kind and its values. What is said about it stands above.

Nothing here is a sentence. The clause of a kind is in `exercises.reason_words`; what to do about it, and the words of
each output, are in `hingecheck.reasons`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

#: What a reason carries: a number, a name, or several names.
Value = str | int | float | tuple[str, ...]


class ReasonKind(str, Enum):
    """Every kind of reason; a comment names its values."""

    # One frame.
    NO_PERSON = "no_person"
    CUT_OFF = "cut_off"  # parts: names of the parts of the body outside the picture
    OTHER_PEOPLE = "other_people"  # people: how many were seen
    TOO_SMALL = "too_small"  # height_px
    # The seconds around a frame, or the whole clip.
    TURNED = "turned"  # turned_deg: from side-on
    NOT_LEVEL = "not_level"  # looking_down_deg: without its sign
    OTHER_POSITION = "other_position"  # position: in which the person was seen
    NEVER_IN_POSITION = "never_in_position"  # position: the only one that has the quantity
    NOT_IN_FRONT = "not_in_front"
    LEG_NOT_TOLD = "leg_not_told"
    BACK_HIDDEN = "back_hidden"
    BACK_UNLIKE = "back_unlike"
    IMPLAUSIBLE = "implausible"  # quantity
    NOT_MEASURABLE = "not_measurable"  # quantity
    # One rep.
    NO_COLUMN = "no_column"  # quantity
    TOO_FEW_FRAMES = "too_few_frames"  # quantity
    REP_CUT = "rep_cut"
    BOTTOM_CUT = "bottom_cut"
    HOLD_UNSEEN = "hold_unseen"
    BACK_NEVER_GAVE = "back_never_gave"
    WAY_DOWN_UNSEEN = "way_down_unseen"
    NOT_SEEN_WELL = "not_seen_well"
    ODD_REP = "odd_rep"  # what sets it apart, twice: quantity, value, usual; other_quantity, other_value, other_usual
    # One clip.
    TOO_SHORT = "too_short"
    LITTLE_SEEN = "little_seen"
    NO_REP = "no_rep"  # exercise: its name
    WRONG_POSITION = "wrong_position"  # position: seen; exercise: its name; wanted: its position
    CAMERA_AT_SIDE = "camera_at_side"  # exercise: its name
    NO_EXERCISE_FITS = "no_exercise_fits"  # position: seen, or ""
    EXERCISE_UNSURE = "exercise_unsure"  # exercises: names; ids: the same ones
    OTHER_MEASUREMENTS = "other_measurements"  # what: of what they are; file
    PICTURE_ASKED = "picture_asked"  # turn_deg: the turn that may make the picture upright
    PICTURE_TURNED = "picture_turned"  # turn_deg: by which it was turned
    # Words that came as words: of a file that cannot be read, of an older version, of a reader of video.
    UNREADABLE = "unreadable"  # text, which names the video
    NOT_USABLE = "not_usable"  # text, which names a file beside it: model, recording or measurements
    PROGRAM_FAILED = "program_failed"  # text
    NOTE = "note"  # text
    OTHER = "other"  # text


@dataclass(frozen=True)
class Reason:
    """One reason.

    Attributes
    ----------
    kind : ReasonKind
    values : tuple of (str, value)
        By name, as said beside the kind; numbers are rounded to what a person is shown, so that reasons that read the
        same are equal. `Reason.of` makes it from keywords.
    """

    kind: ReasonKind
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, kind: ReasonKind, **values: Value) -> Reason:
        """Return the reason with these values.

        Examples
        --------
        >>> Reason.of(ReasonKind.TURNED, turned_deg=55).named
        {'turned_deg': 55}
        """
        return cls(kind, tuple(values.items()))

    @classmethod
    def from_mapping(cls, kind: str, values: Mapping[str, object]) -> Reason:
        """Return the reason that a file names; one that this version does not know is `OTHER`, without words."""
        known = {name: _value(value) for name, value in values.items()}
        try:
            return cls.of(ReasonKind(kind), **known)
        except ValueError:
            return cls.of(ReasonKind.OTHER, text="")

    @property
    def named(self) -> dict[str, Value]:
        """The values by their names."""
        return dict(self.values)


#: A column of reasons: None where there is nothing to give a reason for.
Reasons = NDArray[np.object_]


def column(reasons: Iterable[Reason | None]) -> Reasons:
    """Return reasons as a column."""
    listed = list(reasons)
    found = np.full(len(listed), None, dtype=object)
    found[:] = listed
    return found


def is_open(reasons: Reasons) -> NDArray[np.bool_]:
    """Return where a column gives no reason."""
    return np.array([reason is None for reason in reasons], dtype=bool)


def is_kind(reason: Reason | None, kind: ReasonKind) -> bool:
    """Return whether there is a reason, and of this kind."""
    return reason is not None and reason.kind is kind


def packed(reason: Reason | None) -> str:
    """Return a reason as text for a file; "" for none.

    Examples
    --------
    >>> packed(Reason.of(ReasonKind.TURNED, turned_deg=55))
    '{"kind": "turned", "values": {"turned_deg": 55}}'
    """
    return "" if reason is None else json.dumps({"kind": reason.kind.value, "values": reason.named})


def unpacked(text: str) -> Reason | None:
    """Return the reason that `packed` wrote.

    Raises
    ------
    ValueError
        It is none.
    """
    if not text:
        return None
    try:
        stored = json.loads(text)
        return Reason.from_mapping(stored["kind"], stored["values"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no reason: {text!r}") from error


def from_sentence(text: str) -> Reason | None:
    """Return the reason of a file of an older version, which kept words."""
    return Reason.of(ReasonKind.OTHER, text=text) if text else None


def _value(value: object) -> Value:
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    return value if isinstance(value, (int, float)) else str(value)
