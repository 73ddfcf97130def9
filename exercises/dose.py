"""The data model of how much and how often: Dose of an exercise, PrescriptionTerms of a person, and their progress."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from exercises.hold_model import Side
from exercises.report_parts import Data, Number
from language.translate import _

#: TOML has lists only, which strict validation would refuse: the numbers are strict, the pair is not.
PositiveInt = Annotated[int, Field(strict=True, ge=1)]
Pair = tuple[PositiveInt, PositiveInt]
#: Ten minutes, longer than any hold in the sources.
LONGEST_S = 600.0
Seconds = Annotated[Number, Field(gt=0, le=LONGEST_S)]


class Dose(Data):
    """Amount and frequency of an exercise, each as [from, to]; None = the general advice."""

    #: Repeats per side (or in all, where the exercise has no sides) in one session.
    repeats: Pair | None = None
    #: Seconds of one hold.
    hold_s: tuple[Seconds, Seconds] | None = None
    #: Sessions per week.
    per_week: Pair | None = None

    @field_validator("repeats", "hold_s", "per_week")
    @classmethod
    def _rising(cls, pair: tuple[float, float] | None) -> tuple[float, float] | None:
        if pair is not None and pair[0] > pair[1]:
            raise ValueError(_("expected [from, to] with the smaller number first, got [{first}, {second}]").format(
                first=f"{pair[0]:g}", second=f"{pair[1]:g}"))
        return pair


class PrescriptionTerms(Data):
    """The terms of a person's prescription, and its changes in words. Part of `report.json`."""

    #: The person's name in the file; "" without one.
    person: str = ""
    #: Holds or reps per side.
    sets: int | None = None
    #: Sessions per week.
    per_week: int | None = None
    #: The prescribed sides; empty where the exercise has none.
    sides: tuple[Side, ...] = ()
    #: The shortest hold that counts.
    hold_at_least_s: float | None = None
    #: The goal, in the unit of the target's measure.
    target_at: float | None = None
    #: As "target 75° (was 90)".
    changes: tuple[str, ...] = ()


class SideProgress(Data):
    """How much of the prescription was done on one side in this set."""

    #: None where the exercise has no sides.
    side: Side | None = None
    done: int
    #: None where the prescription gives no number.
    of: int | None = None


class PrescriptionProgress(Data):
    """A prescription, and how much of it was done in this set."""

    prescribed: PrescriptionTerms
    done: tuple[SideProgress, ...] = ()
