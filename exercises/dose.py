"""The vocabulary of how much and how often: Dose (of an exercise), Prescribed (for one person), what came of it.

Frozen data as in `model`, which builds on it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from exercises.hold_model import Side
from exercises.report_parts import Data, Number

#: TOML has lists only: strict would refuse them, so the ends are strict and the pair is not.
Whole = Annotated[int, Field(strict=True, ge=1)]
Pair = tuple[Whole, Whole]
#: Longer than any hold that the sources speak of: ten minutes.
LONGEST_S = 600.0
Seconds = Annotated[Number, Field(gt=0, le=LONGEST_S)]


class Dose(Data):
    """How much of an exercise, how often, each as [from, to]; None = the general advice."""

    #: Repeats a side (or in all, where the exercise has no sides) in one session.
    repeats: Pair | None = None
    #: Seconds of one hold.
    hold_s: tuple[Seconds, Seconds] | None = None
    #: Sessions a week.
    per_week: Pair | None = None

    @field_validator("repeats", "hold_s", "per_week")
    @classmethod
    def _rising(cls, pair: tuple[float, float] | None) -> tuple[float, float] | None:
        if pair is not None and pair[0] > pair[1]:
            raise ValueError(f"expected [from, to] with the smaller number first, got [{pair[0]:g}, {pair[1]:g}]")
        return pair


class Prescribed(Data):
    """What a prescription asks of one person, and in words what it changed. Part of `report.json`."""

    #: Whose it is, as the file says; "" where it does not.
    person: str = ""
    #: How often, a side.
    sets: int | None = None
    #: Sessions a week.
    per_week: int | None = None
    #: The sides it is for; empty where the exercise has none.
    sides: tuple[Side, ...] = ()
    #: The shortest hold that counts.
    hold_at_least_s: float | None = None
    #: The goal, in the unit of the target's measure.
    target_at: float | None = None
    #: "target 75 (was 90)" and the like.
    changes: tuple[str, ...] = ()


class SideDone(Data):
    """How much of what was prescribed was done on one side in this set."""

    #: None where the exercise has no sides.
    side: Side | None = None
    done: int
    #: None where the prescription gives no number.
    of: int | None = None


class PrescriptionDone(Data):
    """What was prescribed, and how much of it this set has."""

    prescribed: Prescribed
    done: tuple[SideDone, ...] = ()
