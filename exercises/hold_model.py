"""The vocabulary of held exercises: what is held and for how long (Hold), on which side (Sides), toward what (Target).

Frozen data as in `model`, which builds on it; `Held` and `SideResult` are what came of it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.measures import one_of
from exercises.report_parts import Data, Number
from pose.quantity import QUANTITIES

Side = Literal["left", "right"]


class Hold(Data):
    """A rep's bottom is to be held. The clock runs only inside the zone.

    The zone is relative to the rep itself, since how far a person gets is theirs: no further than `within` back from
    the middle of what was held. Going deeper does not leave it.
    """

    #: How far back from the middle of the hold the clock still runs (the unit of the signal).
    within: Number = Field(default=10.0, gt=0)
    #: Leaving the zone for less than this stops no clock: a breath, a shifted heel.
    forgive_s: Number = Field(default=1.0, ge=0)


class Sides(Data):
    """One side is at work at a time: the one whose quantity is the larger at the bottom of the rep."""

    #: The quantity of the left side.
    left: str
    #: The quantity of the right side.
    right: str
    #: True where the side at work is the one whose quantity is the smaller (the straight knee of two).
    smaller: bool = False
    #: Where the two differ by less, both sides are at work, or it cannot be told: the rep has no side.
    apart: Number = Field(default=15.0, gt=0)
    #: True where the other side belongs to the same set and its absence is mentioned.
    both: bool = True

    @field_validator("left", "right")
    @classmethod
    def _known(cls, name: str) -> str:
        return one_of(name, tuple(QUANTITIES), "a measured quantity")

    @model_validator(mode="after")
    def _two(self) -> Sides:
        if self.left == self.right:
            raise ValueError(f"expected two quantities, got {self.left!r} for both sides")
        return self


class Target(Data):
    """Where practice leads over weeks: a distance that is shown, and never a fault."""

    #: What the distance is measured in.
    measure: str
    #: Its value at the goal (the unit of the measure).
    at: Number

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        return one_of(name, tuple(QUANTITIES), "a measured quantity")


class Posture(Data):
    """The exercise is a posture that is watched over time: what the signal finds are the times it was left."""

    #: A fault that lasts this long is worth a word.
    nudge_s: Number = Field(default=30.0, gt=0)
    #: What a fault is called, to follow "share of the time": "slumped", "stooped".
    word: str


class PostureResult(Data):
    """A posture over a whole clip, seconds."""

    watched_s: float
    fault_s: float
    longest_s: float
    #: Times that lasted long enough for a nudge.
    nudges: int

    @property
    def share(self) -> float:
        """Share of the watched time spent in the fault, 0 to 1."""
        return self.fault_s / self.watched_s if self.watched_s else 0.0


class Held(Data):
    """What came of one hold; None where it was too short, or seen too badly, to tell.

    `swing` is the largest way out and back within three seconds, `speed_per_s` the fastest movement, each only where it
    comes again; `crept` how much further the end of the hold was than its beginning (a muscle that lets go creeps
    forward).
    """

    seconds: float
    swing: float | None = None
    speed_per_s: float | None = None
    crept: float | None = None


class SideResult(Data):
    """One side over the whole set: how often, how long in all, and the best value of the target's measure."""

    side: Side
    reps: int
    hold_s: float | None = None
    best: float | None = None
