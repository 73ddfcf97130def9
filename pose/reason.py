"""Why something could not be measured, seen or judged, and notes about a clip: a kind and its values.

Nothing here is a sentence. The clause of a kind is in `exercises.reason_words`; its remedy and the words of each output
are in `hingecheck.reasons`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from pose.arrays import BoolArray

#: The type of a value: a number, a name, or several names.
Value = str | int | float | tuple[str, ...]


class ReasonKind(str, Enum):
    """Every kind of reason; a comment names its values. The strings are saved in files and do not change."""

    # One frame.
    NO_PERSON = "no_person"
    CUT_OFF = "cut_off"  # parts: names of the parts of the body outside the picture
    OTHER_PEOPLE = "other_people"  # people: their number
    TOO_SMALL = "too_small"  # height_px
    # The seconds around a frame, or the whole clip.
    TURNED = "turned"  # turned_deg: from side-on
    NOT_LEVEL = "not_level"  # looking_down_deg: without its sign
    OTHER_POSITION = "other_position"  # position: the person's
    NEVER_IN_POSITION = "never_in_position"  # position: the only one with this quantity
    NOT_IN_FRONT = "not_in_front"
    LEG_UNCLEAR = "leg_not_told"
    BACK_HIDDEN = "back_hidden"
    BACK_UNLIKE = "back_unlike"
    IMPLAUSIBLE = "implausible"  # quantity
    NOT_MEASURABLE = "not_measurable"  # quantity
    # One rep.
    NO_COLUMN = "no_column"  # quantity
    TOO_FEW_FRAMES = "too_few_frames"  # quantity
    REP_INCOMPLETE = "rep_cut"
    BOTTOM_MISSING = "bottom_cut"
    HOLD_UNMEASURED = "hold_unseen"
    NO_ROUNDING_ONSET = "back_never_gave"
    DESCENT_UNMEASURED = "way_down_unseen"
    POORLY_VISIBLE = "not_seen_well"
    ODD_REP = "odd_rep"  # the two largest differences: quantity, value, usual; other_quantity, other_value, other_usual
    # One clip.
    TOO_SHORT = "too_short"
    LITTLE_VISIBLE = "little_seen"
    NO_REP = "no_rep"  # exercise: its name
    WRONG_POSITION = "wrong_position"  # position: the person's; exercise: its name; wanted: its position
    CAMERA_AT_SIDE = "camera_at_side"  # exercise: its name
    NO_EXERCISE_FITS = "no_exercise_fits"  # position: the person's, or ""
    EXERCISE_UNSURE = "exercise_unsure"  # exercises: names; ids: in the same order
    SEVERAL_EXERCISES = "several_exercises"  # exercises: names, as they follow each other; ids: in the same order
    NO_PARTS = "no_parts"
    OTHER_MEASUREMENTS = "other_measurements"  # what: their source; file
    TURN_UNSURE = "picture_asked"  # turn_deg: the turn that may bring the frames upright
    FRAMES_TURNED = "picture_turned"  # turn_deg: clockwise
    SLOW_MOTION = "slow_motion"  # times: how many times slower than filmed it plays, as it says itself
    SLOW_MOTION_ASKED = "slow_motion_asked"  # down_s, up_s: how long the reps take as it plays
    NEVER_UPRIGHT = "never_upright"
    NEVER_FLAT = "never_flat"  # position: supine or prone
    VIDEO_BREAKS_OFF = "video_breaks_off"  # length_s: as stated in the file; last_s: of the last frame
    VIDEO_ENDS_BEFORE = "video_ends_before"  # length_s; end_s: the end of the part that was chosen
    FRAMES_DAMAGED = "frames_damaged"  # count
    FRAMES_REPEATED = "frames_repeated"  # count: of frames with the time of the frame before
    FRAMES_UNTIMED = "frames_untimed"  # count: of frames without a time
    SET_BROKE_OFF = "set_broke_off"
    # With a text: of an error, of the person's own file, of an older version.
    UNREADABLE = "unreadable"  # text, which names the video
    NOT_USABLE = "not_usable"  # text, which names another file: model, recording or measurements
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
        By name, as in the comment of the kind; numbers are rounded as a person is shown them, so that reasons that
        read the same are equal. `Reason.of` builds them from keywords.
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
        """Return the reason stored in a file; a kind that this version does not know becomes `OTHER` without a text."""
        known = {name: _value(value) for name, value in values.items()}
        try:
            return cls.of(ReasonKind(kind), **known)
        except ValueError:
            return cls.of(ReasonKind.OTHER, text="")

    @property
    def named(self) -> dict[str, Value]:
        """The values by their names."""
        return dict(self.values)


#: A column of reasons: None where there is none.
Reasons = NDArray[np.object_]


def reason_column(reasons: Iterable[Reason | None]) -> Reasons:
    """Return reasons as a column."""
    values = list(reasons)
    objects = np.full(len(values), None, dtype=object)
    objects[:] = values
    return objects


def without_reason(reasons: Reasons) -> BoolArray:
    """Return where a column has no reason."""
    return np.array([reason is None for reason in reasons], dtype=bool)


def is_kind(reason: Reason | None, kind: ReasonKind) -> bool:
    """Return whether there is a reason of this kind."""
    return reason is not None and reason.kind is kind


def reason_to_json(reason: Reason | None) -> str:
    """Return a reason as JSON text for a file; "" for none.

    Examples
    --------
    >>> reason_to_json(Reason.of(ReasonKind.TURNED, turned_deg=55))
    '{"kind": "turned", "values": {"turned_deg": 55}}'
    """
    return "" if reason is None else json.dumps({"kind": reason.kind.value, "values": reason.named})


def reason_from_json(text: str) -> Reason | None:
    """Return the reason that `reason_to_json` wrote; None for "".

    Raises
    ------
    ValueError
        The text is not a reason.
    """
    if not text:
        return None
    try:
        stored = json.loads(text)
        return Reason.from_mapping(stored["kind"], stored["values"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a reason: {text!r}") from error


def from_sentence(text: str) -> Reason | None:
    """Return the reason for a sentence, as files of older versions have them; None for ""."""
    return Reason.of(ReasonKind.OTHER, text=text) if text else None


def note_from_text(text: str) -> Reason:
    """Return a saved note about a clip: a reason as JSON, or a sentence in files of older versions."""
    try:
        return reason_from_json(text) or Reason.of(ReasonKind.NOTE, text=text)
    except ValueError:
        return Reason.of(ReasonKind.NOTE, text=text)


def _value(value: object) -> Value:
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    return value if isinstance(value, (int, float)) else str(value)
