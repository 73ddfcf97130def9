"""Define the events of a live set: changes of phase, utterances, reps, the end of the set. Frozen data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from exercises.results import Rep

#: Short sounds; "" = none. A window or a browser plays them.
Sound = Literal["", "rep", "hold", "fault", "good", "ready"]
#: What an utterance is about; `cue_queue` says which takes precedence.
UtteranceKind = Literal["setup", "count", "cue", "praise", "trouble"]


class Phase(str, Enum):
    """Phases of a live set."""

    #: The person gets into position in front of the camera.
    PLACING = "placing"
    #: In position, and resting for the neutral pose.
    RESTING = "resting"
    #: The get-ready count; a rep that begins now counts.
    READY = "ready"
    GOING = "going"
    OVER = "over"


@dataclass(frozen=True)
class PhaseChanged:
    """The set has entered another phase."""

    phase: Phase
    at_s: float


@dataclass(frozen=True)
class Utterance:
    """Something to speak, or only to sound, now.

    Attributes
    ----------
    id : int
        Counts up; a page that polls speaks each id once.
    text : str
        At most six words; "" for a sound alone.
    sound : Sound
    kind : UtteranceKind
    rule : str
        Id of the rule that a cue is about; "" otherwise.
    at_s : float
        Session time of the frame that it follows from.
    """

    id: int
    text: str
    sound: Sound
    kind: UtteranceKind
    rule: str
    at_s: float


@dataclass(frozen=True)
class RepCounted:
    """The person came back from a rep. `rep` is judged from what is known now; it is settled about a second later."""

    rep: Rep
    at_s: float


@dataclass(frozen=True)
class RepSettled:
    """A rep that no later frame changes any more; it has the index of its `RepCounted`."""

    rep: Rep
    at_s: float


@dataclass(frozen=True)
class SetOver:
    """The set has ended; `cause` is "goal", "rest", "moved" or "stopped". Nothing more is counted."""

    cause: Literal["goal", "rest", "moved", "stopped"]
    at_s: float


Event = PhaseChanged | Utterance | RepCounted | RepSettled | SetOver
