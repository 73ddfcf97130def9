"""Reason -> its remedy, and its sentence on the command line, on a page, in a file of a report and aloud.

On the command line a remedy may name an option; elsewhere none is named. `voice` is the key of the live message in the
[setup] of a language (`live.phrases.SetUpWords`); "" without one: a problem of the whole clip is known only at its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import Any

from exercises.reason_words import clause
from exercises.results import SetReport
from language.translate import _, mark
from pose.reason import Reason
from pose.reason import ReasonKind as K


class Place(Enum):
    """Where a reason is shown."""

    COMMAND_LINE = mark("command line")
    PAGE = "page"
    #: A file to share: HTML, PDF.
    FILE = "file"


@dataclass(frozen=True)
class ReasonWords:
    """The words that an output adds to the clause of a reason.

    Attributes
    ----------
    remedy : str
        One sentence: what to do about it.
    command_line : str
        The same with the option that does it; "" where no option does.
    states : bool
        True where the clause is a sentence of its own; otherwise "This could not be judged:" precedes it.
    voice : str
        Key of the live message.
    """

    remedy: str
    command_line: str = ""
    states: bool = False
    voice: str = ""


_OUTLINE = mark("Keep arms and things off your back, against a background of another colour than your clothes.")
_WHOLE_REPS = mark("Record at least one whole rep, and stand tall for two seconds before it.")
_SEE_ALL = mark("Film from the side, whole body in the picture, in good light.")
_DEEPEST = mark("Start the recording before the first rep, and let it run until after the last.")

WORDS: dict[K, ReasonWords] = {
    K.NO_PERSON: ReasonWords(mark("Film one person, whole body in the picture, in good light."), voice="no_person"),
    K.CUT_OFF: ReasonWords(mark("Move the camera back until your whole body stays in the picture, also when you bend."),
                           voice="step_back"),
    K.OTHER_PEOPLE: ReasonWords(mark("Film yourself alone; others should stay out of the picture."), voice="people"),
    K.TOO_SMALL: ReasonWords(mark("Move the camera closer, or film at a higher resolution."), voice="closer"),
    K.TURNED: ReasonWords(mark("Place the camera exactly to your side, at a right angle to the way you bend."),
                          voice="right_side"),
    K.NOT_LEVEL: ReasonWords(mark("Place the camera level, at the height of your hips."), voice="camera_height"),
    K.OTHER_POSITION: ReasonWords(mark("Do it in the position that the exercise shows, whole body in the picture.")),
    K.NEVER_IN_POSITION: ReasonWords(mark("Do it in the position that the exercise shows, side-on to a camera at the "
                                          "height of your body, whole body in the picture.")),
    K.NOT_IN_FRONT: ReasonWords(mark("Place the camera in front of you, at the height of your chest."), voice="front"),
    K.LEG_UNCLEAR: ReasonWords(mark("Lie so that the raised leg is the one nearer to the camera.")),
    K.BACK_HIDDEN: ReasonWords(_OUTLINE),
    K.BACK_UNLIKE: ReasonWords(_OUTLINE),
    K.IMPLAUSIBLE: ReasonWords(_SEE_ALL),
    K.NOT_MEASURABLE: ReasonWords(_SEE_ALL),
    K.NO_COLUMN: ReasonWords(_SEE_ALL),
    K.TOO_FEW_FRAMES: ReasonWords(_SEE_ALL),
    K.REP_INCOMPLETE: ReasonWords(_DEEPEST),
    K.BOTTOM_MISSING: ReasonWords(_DEEPEST),
    K.HOLD_UNMEASURED: ReasonWords(mark("Hold longer, and keep still in full view of the camera.")),
    K.NO_ROUNDING_ONSET: ReasonWords(mark("There is nothing to change.")),
    K.DESCENT_UNMEASURED: ReasonWords(_SEE_ALL),
    K.POORLY_VISIBLE: ReasonWords(_SEE_ALL),
    K.ODD_REP: ReasonWords(mark("Leave what you pick up and put down out of the recording."), states=True),
    K.TOO_SHORT: ReasonWords(_WHOLE_REPS),
    K.LITTLE_VISIBLE: ReasonWords(_SEE_ALL),
    K.NO_REP: ReasonWords(mark("Do the whole movement, and check that this is the exercise you did."), states=True),
    K.WRONG_POSITION: ReasonWords(mark("Do it that way, or choose the exercise that was done."),
                                  mark("Do it that way, or name the exercise that was done with --exercise.")),
    K.CAMERA_AT_SIDE: ReasonWords(mark("Put it there, or choose the exercise that was done."),
                                  mark("Put it there, or name the exercise that was done with --exercise."),
                                  voice="front"),
    K.NO_EXERCISE_FITS: ReasonWords(mark("Choose the exercise that was done."), mark("Name it with --exercise."),
                                    states=True),
    K.EXERCISE_UNSURE: ReasonWords(mark("Choose it, so that it is judged by the right rules."),
                                   mark("Name it, so that it is judged by the right rules."), states=True),
    K.SEVERAL_EXERCISES: ReasonWords(mark("Cut it into its parts, so that each is judged by its own rules."),
                                     mark("Cut it into its parts with --parts, so that each is judged by its own "
                                          "rules."), states=True),
    K.NO_PARTS: ReasonWords(mark("Do each exercise for more than four seconds, with whole reps."), states=True),
    K.OTHER_MEASUREMENTS: ReasonWords(mark("Analyse the video once more."), mark("Analyse the video without --again."),
                                      states=True),
    K.TURN_UNSURE: ReasonWords(mark("Turn the video upright, then analyse it again."),
                               mark("Name the turn that makes it upright: --turn {turn_deg}, or --turn 0 if it is "
                                    "upright as it is."), states=True),
    K.FRAMES_TURNED: ReasonWords(mark("If that is wrong, turn the video upright yourself and analyse it again."),
                                  mark("If that is wrong, say --turn 0."), states=True),
    K.NEVER_UPRIGHT: ReasonWords(mark("Begin the recording standing tall for two seconds."), states=True),
    K.NEVER_FLAT: ReasonWords(mark("Begin the recording lying flat for two seconds."), states=True),
    K.VIDEO_BREAKS_OFF: ReasonWords(mark("If the video should be longer, copy it again from the camera."), states=True),
    K.VIDEO_ENDS_BEFORE: ReasonWords(mark("If you meant another part, choose another end."), states=True),
    K.FRAMES_DAMAGED: ReasonWords(mark("If they are many, copy the file again from the camera."), states=True),
    K.FRAMES_REPEATED: ReasonWords(mark("There is nothing to change."), states=True),
    K.FRAMES_UNTIMED: ReasonWords(mark("If durations look wrong, use the original file from the camera or phone."),
                                  states=True),
    K.SET_BROKE_OFF: ReasonWords(mark("The reps before are saved."), states=True),
    K.SLOW_MOTION: ReasonWords(mark("If that is wrong, choose how fast it plays."),
                               mark("If that is wrong, say --speed 1."),
                               states=True),
    K.SLOW_MOTION_ASKED: ReasonWords(mark("If so, choose how fast it plays, and have it analysed again."),
                                     mark("If so, say how fast it plays: --speed 0.25 for a quarter. If not, say "
                                          "--speed 1."),
                                     states=True),
    K.UNREADABLE: ReasonWords(mark("Use the original file from the camera or phone: an .mp4 or .mov file that plays "
                                   "on this computer."), states=True),
    K.NOT_USABLE: ReasonWords(mark("Repair or replace the file that is named."), states=True),
    K.PROGRAM_FAILED: ReasonWords(mark("Please report this."), states=True),
    K.NOTE: ReasonWords("", states=True),
    K.OTHER: ReasonWords(_SEE_ALL),
}

#: Kinds with a complete sentence as their text.
VERBATIM_KINDS = (K.UNREADABLE, K.NOT_USABLE, K.PROGRAM_FAILED, K.NOTE)


def sentence(reason: Reason, place: Place = Place.COMMAND_LINE) -> str:
    """Return the sentence of a reason: what happened and what to do.

    Examples
    --------
    >>> sentence(Reason.of(K.NO_EXERCISE_FITS, position=""), Place.PAGE)[-35:]
    ' Choose the exercise that was done.'
    """
    words = WORDS[reason.kind]
    if reason.kind in VERBATIM_KINDS:
        return str(reason.named["text"])
    text = _with_options(reason) if place is Place.COMMAND_LINE else clause(reason)
    opening = f"{text[:1].upper()}{text[1:]}" if words.states else _("This could not be judged: {text}").format(
        text=text)
    return f"{opening}. {remedy(reason, place)}"


def remedy(reason: Reason, place: Place = Place.COMMAND_LINE) -> str:
    """Return what to do about a reason."""
    words = WORDS[reason.kind]
    with_option = words.command_line if place is Place.COMMAND_LINE else ""
    return _(with_option or words.remedy).format(**reason.named)


def voice(kind: K) -> str:
    """Return the key of the live message of a reason.

    Raises
    ------
    KeyError
        There is none.
    """
    if not WORDS[kind].voice:
        raise KeyError(kind)
    return WORDS[kind].voice


def report_fields(reasons: Iterable[Reason]) -> dict[str, Any]:
    """Return the three fields of a SetReport for these reasons."""
    every = tuple(reasons)
    return {"reasons": tuple(sentence(reason) for reason in every),
            "reason_kinds": tuple(reason.kind.value for reason in every),
            "reason_values": tuple({} if reason.kind in VERBATIM_KINDS else reason.named for reason in every)}


def as_notes(notes: Iterable[str]) -> tuple[Reason, ...]:
    """Return sentences about the clip as reasons."""
    return tuple(Reason.of(K.NOTE, text=text) for text in notes)


def of_error(kind: K, error: Exception) -> Reason:
    """Return the reason for an error, with its message."""
    return Reason.of(kind, text=str(error))


def of_report(report: SetReport) -> tuple[Reason, ...]:
    """Return the reasons of a report; those of older versions as sentences."""
    reasons = []
    for text, kind, values in zip_longest(report.reasons, report.reason_kinds[:len(report.reasons)],
                                          report.reason_values[:len(report.reasons)]):
        reason = Reason.from_mapping(kind or K.NOTE.value, values or {})
        reasons.append(Reason.of(reason.kind, text=text) if reason.kind in VERBATIM_KINDS or not kind else reason)
    return tuple(reasons)


def with_reasons(report: SetReport, more: Iterable[Reason], **other: object) -> SetReport:
    """Return the report with more reasons, and other fields changed."""
    return report.model_copy(update={**report_fields((*of_report(report), *more)), **other})


def sentences(report: SetReport, place: Place) -> tuple[str, ...]:
    """Return the sentences of the reasons of a report for one place."""
    return tuple(sentence(reason, place) for reason in of_report(report))


def _with_options(reason: Reason) -> str:
    """Return the clause with the options for the exercises and turns that it names."""
    values = reason.named
    if reason.kind is K.EXERCISE_UNSURE:
        names, ids = values["exercises"], values["ids"]
        assert isinstance(names, tuple)
        assert isinstance(ids, tuple)
        with_ids = tuple(f"{_(str(name))} (--exercise {exercise})" for name, exercise in zip(names, ids, strict=True))
        return clause(Reason.of(reason.kind, exercises=with_ids))
    if reason.kind is K.FRAMES_TURNED:
        return clause(Reason.of(reason.kind, **values, option=f" (--turn {values['turn_deg']})"))
    return clause(reason)
