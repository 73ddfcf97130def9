"""A reason -> what to do about it, and its words on the command line, on a page, in a report's file and aloud.

The one place where they stand. On the command line the advice may name an option; elsewhere there are none. `voice`
names what is said live, in the words of a language's [setup] (`live.phrases.SetUpWords`); "" where nothing is: what
a whole clip lacks is known only when it is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import Any

from exercises.reason_words import clause
from exercises.results import SetReport
from pose.reason import Reason
from pose.reason import ReasonKind as K


class Place(Enum):
    """Where a reason is told."""

    COMMAND_LINE = "command line"
    PAGE = "page"
    #: A file that is handed on: HTML, PDF.
    FILE = "file"


@dataclass(frozen=True)
class Words:
    """What an output adds to the clause of a reason.

    Attributes
    ----------
    remedy : str
        A sentence: what to do about it.
    command_line : str
        The same with the option that does it; "" where no option does.
    states : bool
        True where the clause stands for itself; else "This could not be judged:" stands before it.
    voice : str
        Key of what is said live.
    """

    remedy: str
    command_line: str = ""
    states: bool = False
    voice: str = ""


_OUTLINE = "Keep arms and things off your back, against a background of another colour than your clothes."
_WHOLE_REPS = "Record at least one whole rep, and stand tall for two seconds before it."
_SEE_ALL = "Film from the side, whole body in the picture, in good light."
_DEEPEST = "Start the recording before the first rep, and let it run until after the last."

WORDS: dict[K, Words] = {
    K.NO_PERSON: Words("Film one person, whole body in the picture, in good light.", voice="no_person"),
    K.CUT_OFF: Words("Move the camera back until your whole body stays in the picture, also when you bend.",
                     voice="step_back"),
    K.OTHER_PEOPLE: Words("Film yourself alone; others should stay out of the picture.", voice="people"),
    K.TOO_SMALL: Words("Move the camera closer, or film at a higher resolution.", voice="closer"),
    K.TURNED: Words("Place the camera exactly to your side, at a right angle to the way you bend.",
                    voice="right_side"),
    K.NOT_LEVEL: Words("Place the camera level, at the height of your hips.", voice="camera_height"),
    K.OTHER_POSITION: Words("Do it in the position that the exercise shows, whole body in the picture."),
    K.NEVER_IN_POSITION: Words("Do it in the position that the exercise shows, side-on to a camera at the height "
                               "of your body, whole body in the picture."),
    K.NOT_IN_FRONT: Words("Place the camera in front of you, at the height of your chest.", voice="front"),
    K.LEG_UNCLEAR: Words("Lie so that the raised leg is the one nearer to the camera."),
    K.BACK_HIDDEN: Words(_OUTLINE),
    K.BACK_UNLIKE: Words(_OUTLINE),
    K.IMPLAUSIBLE: Words(_SEE_ALL),
    K.NOT_MEASURABLE: Words(_SEE_ALL),
    K.NO_COLUMN: Words(_SEE_ALL),
    K.TOO_FEW_FRAMES: Words(_SEE_ALL),
    K.REP_INCOMPLETE: Words(_DEEPEST),
    K.BOTTOM_MISSING: Words(_DEEPEST),
    K.HOLD_UNMEASURED: Words("Hold longer, and keep still in full view of the camera."),
    K.NO_ROUNDING_ONSET: Words("There is nothing to change."),
    K.DESCENT_UNMEASURED: Words(_SEE_ALL),
    K.POORLY_VISIBLE: Words(_SEE_ALL),
    K.ODD_REP: Words("Leave what you pick up and put down out of the recording.", states=True),
    K.TOO_SHORT: Words(_WHOLE_REPS),
    K.LITTLE_VISIBLE: Words(_SEE_ALL),
    K.NO_REP: Words("Do the whole movement, and check that this is the exercise you did.", states=True),
    K.WRONG_POSITION: Words("Do it that way, or choose the exercise that was done.",
                            "Do it that way, or name the exercise that was done with --exercise."),
    K.CAMERA_AT_SIDE: Words("Put it there, or choose the exercise that was done.",
                            "Put it there, or name the exercise that was done with --exercise.", voice="front"),
    K.NO_EXERCISE_FITS: Words("Choose the exercise that was done.", "Name it with --exercise.", states=True),
    K.EXERCISE_UNSURE: Words("Choose it, so that it is judged by the right rules.",
                             "Name it, so that it is judged by the right rules.", states=True),
    K.OTHER_MEASUREMENTS: Words("Analyse the video once more.", "Analyse the video without --again.", states=True),
    K.TURN_UNSURE: Words("Turn the video upright, then analyse it again.",
                           "Name the turn that makes it upright: --turn {turn_deg}, or --turn 0 if it is upright as it "
                           "is.", states=True),
    K.FRAMES_TURNED: Words("If that is wrong, turn the video upright yourself and analyse it again.",
                            "If that is wrong, say --turn 0.", states=True),
    K.NEVER_UPRIGHT: Words("Begin the recording standing tall for two seconds.", states=True),
    K.NEVER_FLAT: Words("Begin the recording lying flat for two seconds.", states=True),
    K.VIDEO_BREAKS_OFF: Words("If the video should be longer, copy it again from the camera.", states=True),
    K.VIDEO_ENDS_BEFORE: Words("If you meant another part, choose another end.", states=True),
    K.FRAMES_DAMAGED: Words("If they are many, copy the file again from the camera.", states=True),
    K.FRAMES_REPEATED: Words("There is nothing to change.", states=True),
    K.FRAMES_UNTIMED: Words("If durations look wrong, use the original file from the camera or phone.", states=True),
    K.SET_BROKE_OFF: Words("The reps before are saved.", states=True),
    K.SLOW_MOTION: Words("If that is wrong, choose how fast it plays.", "If that is wrong, say --speed 1.",
                         states=True),
    K.SLOW_MOTION_ASKED: Words("If so, choose how fast it plays, and have it analysed again.",
                               "If so, say how fast it plays: --speed 0.25 for a quarter. If not, say --speed 1.",
                               states=True),
    K.UNREADABLE: Words("Use the original file from the camera or phone: an .mp4 or .mov file that plays on this "
                        "computer.", states=True),
    K.NOT_USABLE: Words("Repair or replace the file that is named.", states=True),
    K.PROGRAM_FAILED: Words("Please report this.", states=True),
    K.NOTE: Words("", states=True),
    K.OTHER: Words(_SEE_ALL),
}

#: Sentences that came as such say themselves what to do.
AS_THEY_ARE = (K.UNREADABLE, K.NOT_USABLE, K.PROGRAM_FAILED, K.NOTE)


def sentence(reason: Reason, place: Place = Place.COMMAND_LINE) -> str:
    """Return a reason as a person reads it: what is the matter and what to do.

    Examples
    --------
    >>> sentence(Reason.of(K.NO_EXERCISE_FITS, position=""), Place.PAGE)[-35:]
    ' Choose the exercise that was done.'
    """
    words = WORDS[reason.kind]
    if reason.kind in AS_THEY_ARE:
        return str(reason.named["text"])
    said = _with_options(reason) if place is Place.COMMAND_LINE else clause(reason)
    opening = f"{said[:1].upper()}{said[1:]}" if words.states else f"This could not be judged: {said}"
    return f"{opening}. {remedy(reason, place)}"


def remedy(reason: Reason, place: Place = Place.COMMAND_LINE) -> str:
    """Return what to do about a reason."""
    words = WORDS[reason.kind]
    own = words.command_line if place is Place.COMMAND_LINE else ""
    return (own or words.remedy).format(**reason.named)


def voice(kind: K) -> str:
    """Return the key of what is said live about a reason.

    Raises
    ------
    KeyError
        Nothing is.
    """
    if not WORDS[kind].voice:
        raise KeyError(kind)
    return WORDS[kind].voice


def parts_of(reasons: Iterable[Reason]) -> dict[str, Any]:
    """Return the three keys of a SetReport that tell these reasons."""
    every = tuple(reasons)
    return {"reasons": tuple(sentence(reason) for reason in every),
            "reason_kinds": tuple(reason.kind.value for reason in every),
            "reason_values": tuple({} if reason.kind in AS_THEY_ARE else reason.named for reason in every)}


def notes(texts: Iterable[str]) -> tuple[Reason, ...]:
    """Return sentences about the whole clip as reasons."""
    return tuple(Reason.of(K.NOTE, text=text) for text in texts)


def of_error(kind: K, error: Exception) -> Reason:
    """Return why something could not be read or used, in the words of whoever tried."""
    return Reason.of(kind, text=str(error))


def of_report(report: SetReport) -> tuple[Reason, ...]:
    """Return the reasons of a report; those of an older version as its sentences."""
    found = []
    for text, kind, values in zip_longest(report.reasons, report.reason_kinds[:len(report.reasons)],
                                          report.reason_values[:len(report.reasons)]):
        reason = Reason.from_mapping(kind or K.NOTE.value, values or {})
        found.append(Reason.of(reason.kind, text=text) if reason.kind in AS_THEY_ARE or not kind else reason)
    return tuple(found)


def added(report: SetReport, more: Iterable[Reason], **other: object) -> SetReport:
    """Return the report with more reasons, and other keys changed."""
    return report.model_copy(update={**parts_of((*of_report(report), *more)), **other})


def told(report: SetReport, place: Place) -> tuple[str, ...]:
    """Return the reasons of a report as they are told in a place."""
    return tuple(sentence(reason, place) for reason in of_report(report))


def _with_options(reason: Reason) -> str:
    """The clause with the options for what it names."""
    values = reason.named
    if reason.kind is K.EXERCISE_UNSURE:
        names, ids = values["exercises"], values["ids"]
        assert isinstance(names, tuple)
        assert isinstance(ids, tuple)
        with_ids = tuple(f"{name} (--exercise {one})" for name, one in zip(names, ids, strict=True))
        return clause(Reason.of(reason.kind, exercises=with_ids))
    if reason.kind is K.FRAMES_TURNED:
        return clause(Reason.of(reason.kind, **values, option=f" (--turn {values['turn_deg']})"))
    return clause(reason)
