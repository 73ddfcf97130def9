"""The data model of a prescription: one person's changes to an exercise; `prescribed_exercise` applies it.

A prescription does not copy the exercise: what it does not name stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import LONGEST_S
from exercises.measures import NO_QUANTITY, check_name
from exercises.report_parts import Data, Number
from exercises.rule_model import Severity
from language.translate import _
from pose.quantity import QUANTITIES

#: Names fit into lists and on a report's page; more is a file pasted by mistake.
LONGEST_NAME = 200


class TargetChange(Data):
    """A changed goal."""

    #: The goal, in the unit of its measure.
    at: Number
    #: What the goal is measured in; default: as in the exercise.
    measure: str | None = None

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        return name if name is None else check_name(name, tuple(QUANTITIES), NO_QUANTITY)


class HoldChange(Data):
    """A changed hold."""

    #: Seconds: a shorter hold breaks the exercise's rule on `hold_s`.
    at_least_s: Number | None = Field(default=None, gt=0, le=LONGEST_S)
    #: The clock's zone, as in an exercise's `[hold]`.
    within: Number | None = Field(default=None, gt=0)
    #: As in an exercise's `[hold]`.
    forgive_s: Number | None = Field(default=None, ge=0)


class RuleChange(Data):
    """A changed limit of one rule."""

    #: For a rule that has an upper limit.
    at_most: Number | None = None
    #: For a rule that has a lower limit.
    at_least: Number | None = None
    #: The milder limit; without it, the old one stays where it is still the milder.
    watch: Number | None = None
    #: `fault` or `watch`: whether it decides the rep's verdict.
    severity: Severity | None = None

    @model_validator(mode="after")
    def _one_side(self) -> RuleChange:
        if self.at_most is not None and self.at_least is not None:
            raise ValueError(_("expected either at_most or at_least, got both"))
        return self


class Prescription(Data):
    """One person's changes to an exercise."""

    #: Id of the exercise.
    exercise: str
    #: The person's name; shown in the report.
    person: str = ""
    #: Holds (or reps, where nothing is held) per side.
    sets: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    #: Sessions per week.
    per_week: Annotated[int, Field(strict=True, ge=1, le=21)] | None = None
    #: The prescribed side; default: as in the exercise.
    sides: Literal["left", "right", "both"] | None = None
    #: A changed goal.
    target: TargetChange | None = None
    #: A changed hold.
    hold: HoldChange | None = None
    #: By the rule's id, as in [rules.knee_bent].
    rules: dict[str, RuleChange] = Field(default_factory=dict)

    @field_validator("exercise", "person", "rules")
    @classmethod
    def _short(cls, names: str | dict[str, RuleChange]) -> str | dict[str, RuleChange]:
        longest = max(map(len, [names] if isinstance(names, str) else names), default=0)
        if longest > LONGEST_NAME:
            raise ValueError(_("expected a name of at most {most} characters, got {count}").format(
                most=LONGEST_NAME, count=longest))
        return names
