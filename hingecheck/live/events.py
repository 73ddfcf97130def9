"""What a live session tells whoever shows it: phases, utterances, reps, the end of the set. Frozen data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from exercises.results import Rep

#: Short sounds; "" = none. A screen or a browser makes them.
Sound = Literal["", "rep", "hold", "fault", "good", "ready"]
#: What an utterance is about; see `voice.Voice` for which goes before which.
Kind = Literal["setup", "count", "cue", "praise", "trouble"]


class Phase(str, Enum):
    """Where a session is."""

    #: The person is being placed.
    PLACING = "placing"
    #: Placed, and resting for the neutral.
    RESTING = "resting"
    #: The get-ready count; a rep that begins now counts.
    READY = "ready"
    GOING = "going"
    OVER = "over"


@dataclass(frozen=True)
class PhaseChanged:
    """The session has come to another phase."""

    phase: Phase
    at_s: float


@dataclass(frozen=True)
class Said:
    """Something to be said, or only sounded, now.

    Attributes
    ----------
    id : int
        Counts up; a page that polls speaks each id once.
    text : str
        At most six words; "" for a sound alone.
    sound : Sound
    kind : Kind
    rule : str
        Id of the rule that a cue is about; "" otherwise.
    at_s : float
        Session time of the frame that it follows from.
    """

    id: int
    text: str
    sound: Sound
    kind: Kind
    rule: str
    at_s: float


@dataclass(frozen=True)
class RepCounted:
    """The person came back from a rep. `rep` is judged from what is known now; a moment later it is settled."""

    rep: Rep
    at_s: float


@dataclass(frozen=True)
class RepSettled:
    """A rep that no later frame changes any more; it has the index of its `RepCounted`."""

    rep: Rep
    at_s: float


@dataclass(frozen=True)
class SetOver:
    """The set has ended; `why` is "goal", "rest", "moved" or "stopped". Nothing more is counted."""

    why: Literal["goal", "rest", "moved", "stopped"]
    at_s: float


Event = PhaseChanged | Said | RepCounted | RepSettled | SetOver
