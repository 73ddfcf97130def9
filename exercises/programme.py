"""The data model of a programme: several exercises in order, with sets, sides, holds, rests and a warm-up.

A programme copies no exercise: it names them, and says how much. `programme_library` checks it against them.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import Seconds
from exercises.report_parts import Data, Number
from language.translate import _

#: As many reps as a prescription may ask for; three sessions on every day of a week.
MOST_SETS, MOST_REPS, MOST_PER_WEEK = 50, 100, 21
#: Half an hour: longer, and it is no longer a pause.
LONGEST_REST_S = 1800.0
_Count = Annotated[int, Field(strict=True, ge=1, le=MOST_SETS)]
_Reps = Annotated[int, Field(strict=True, ge=1, le=MOST_REPS)]


class Weekday(str, Enum):
    """A day of the week, as a file names it."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"

    @property
    def number(self) -> int:
        """0 for Monday, as in `datetime.date.weekday`."""
        return list(Weekday).index(self)


class WarmUp(Data):
    """What comes before the first exercise."""

    #: Seconds that it takes.
    seconds: Annotated[Number, Field(gt=0, le=LONGEST_REST_S)]
    #: What to do, one sentence per entry.
    do: tuple[str, ...]
    #: Where that comes from.
    source: str


class Step(Data):
    """One exercise of a programme, and how much of it."""

    #: Id of the exercise.
    exercise: str
    #: Sets per side.
    sets: _Count = 1
    #: Reps of one set; of a held exercise, holds.
    reps: _Reps = 1
    #: Seconds of each hold; default: the shortest that the exercise counts.
    hold_s: Seconds | None = None
    #: The sides, one after the other; default: as in the exercise.
    sides: Literal["left", "right", "both"] | None = None
    #: Seconds of rest after each set and side.
    rest_s: Annotated[Number, Field(ge=0, le=LONGEST_REST_S)] = 15.0
    #: What to mind here, one sentence; "" = nothing beside the exercise's own words.
    note: str = ""
    #: Where exercise and amount come from.
    source: str


class Programme(Data):
    """Several exercises to be done one after the other, read from one TOML file."""

    #: Small letters, digits and _.
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    #: The name for people.
    name: str
    #: One or two sentences on what it is for.
    summary: str
    #: Sessions per week.
    per_week: Annotated[int, Field(strict=True, ge=1, le=MOST_PER_WEEK)]
    #: The planned days; empty where any days will do.
    days: tuple[Weekday, ...] = ()
    #: What comes first; none where a programme needs none.
    warm_up: WarmUp | None = None
    #: The exercises, in order.
    steps: tuple[Step, ...]
    #: What to be careful about, one sentence per entry.
    cautions: tuple[str, ...] = ()
    #: The meaning of the letters in `source`, one entry each.
    sources: tuple[str, ...] = ()

    @field_validator("steps")
    @classmethod
    def _some(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if not steps:
            raise ValueError(_("expected at least one exercise, got none"))
        return steps

    @model_validator(mode="after")
    def _days_fit(self) -> Programme:
        if len(set(self.days)) != len(self.days):
            raise ValueError(_("days: expected every day once"))
        if self.days and len(self.days) > self.per_week:
            raise ValueError(_("days: expected at most {count}, as per_week says, got {days}").format(
                count=self.per_week, days=len(self.days)))
        return self
