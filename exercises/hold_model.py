"""The data model of held exercises: Hold, Sides, Target, Posture, and their results."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.measures import NO_QUANTITY, check_name
from exercises.report_parts import Data, Number
from language.translate import _
from pose.quantity import QUANTITIES

Side = Literal["left", "right"]


class Hold(Data):
    """The bottom of a rep is held. The clock runs only inside the zone.

    The zone is relative to the rep itself, since people reach different depths: at most `within` back from the median
    of the hold. Going deeper does not leave it.
    """

    #: How far back from the median of the hold the clock still runs (the unit of the signal).
    within: Number = Field(default=10.0, gt=0)
    #: Leaving the zone for less than this does not stop the clock: a breath, a shifted heel.
    forgive_s: Number = Field(default=1.0, ge=0)


class Sides(Data):
    """One side works at a time: the one whose quantity is larger at the bottom of the rep."""

    #: The quantity of the left side.
    left: str
    #: The quantity of the right side.
    right: str
    #: True where the working side is the one whose quantity is smaller (the straight knee of two).
    smaller: bool = False
    #: Where the two differ by less, both sides work, or the side is unclear: the rep has no side.
    apart: Number = Field(default=15.0, gt=0)
    #: True where the other side belongs to the same set; a missing side is then mentioned.
    both: bool = True

    @field_validator("left", "right")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_name(name, tuple(QUANTITIES), NO_QUANTITY)

    @model_validator(mode="after")
    def _two(self) -> Sides:
        if self.left == self.right:
            raise ValueError(_("expected two quantities, got {name} for both sides").format(name=repr(self.left)))
        return self


class Target(Data):
    """The goal of practice over weeks: its distance is shown and never a fault."""

    #: The quantity of the goal.
    measure: str
    #: Its value at the goal (the unit of the measure).
    at: Number

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_name(name, tuple(QUANTITIES), NO_QUANTITY)


class Posture(Data):
    """The exercise is a posture over time: the signal gives the times at which it was left."""

    #: A fault that lasts this long is mentioned.
    nudge_s: Number = Field(default=30.0, gt=0)
    #: Name of the fault, to follow "share of the time": "slumped", "stooped".
    word: str


class PostureResult(Data):
    """The result of a posture over a clip, seconds."""

    watched_s: float
    fault_s: float
    longest_s: float
    #: Number of times that lasted at least `nudge_s`.
    nudges: int

    @property
    def share(self) -> float:
        """Share of the watched time in the fault, 0 to 1."""
        return self.fault_s / self.watched_s if self.watched_s else 0.0


class HoldMeasures(Data):
    """The measures of one hold; None where it was too short or too poorly visible.

    `swing` is the largest movement out and back within three seconds, `speed_per_s` the fastest movement, each only
    where it is repeated; `crept` is the difference of the end of the hold from its beginning (a muscle that lengthens).
    """

    seconds: float
    swing: float | None = None
    speed_per_s: float | None = None
    crept: float | None = None


class SideResult(Data):
    """One side over the set: number of reps, total hold time, and the best value of the target's measure."""

    side: Side
    reps: int
    hold_s: float | None = None
    best: float | None = None
