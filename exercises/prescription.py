"""A prescription file: for one person, what an exercise is changed by. Vocabulary; `prescribed` applies it.

The exercise itself is not copied: what the prescription does not name stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import LONGEST_S
from exercises.measures import one_of
from exercises.report_parts import Data, Number
from exercises.rule_model import Severity
from pose.quantity import QUANTITIES


class TargetChange(Data):
    """Another goal."""

    #: The goal, in the unit of its measure.
    at: Number
    #: What the goal is measured in; default: as in the exercise.
    measure: str | None = None

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        return name if name is None else one_of(name, tuple(QUANTITIES), "a measured quantity")


class HoldChange(Data):
    """Another hold."""

    #: Seconds: a shorter hold breaks the exercise's rule on `hold_s`.
    at_least_s: Number | None = Field(default=None, gt=0, le=LONGEST_S)
    #: The clock's zone, as in an exercise's `[hold]`.
    within: Number | None = Field(default=None, gt=0)
    #: As in an exercise's `[hold]`.
    forgive_s: Number | None = Field(default=None, ge=0)


class RuleChange(Data):
    """Another limit for one rule."""

    #: On the side that the rule has already.
    at_most: Number | None = None
    #: On the side that the rule has already.
    at_least: Number | None = None
    #: The milder limit; left out, the old one stays where it still is the milder.
    watch: Number | None = None
    #: `fault` or `watch`: whether it decides the rep's verdict.
    severity: Severity | None = None

    @model_validator(mode="after")
    def _one_side(self) -> RuleChange:
        if self.at_most is not None and self.at_least is not None:
            raise ValueError("expected either at_most or at_least, got both")
        return self


class Prescription(Data):
    """What one person is to do otherwise than the exercise's file says."""

    #: Id of the exercise.
    exercise: str
    #: Whose it is; stands in the report.
    person: str = ""
    #: How often, a side (holds, or reps where nothing is held).
    sets: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    #: Sessions a week.
    per_week: Annotated[int, Field(strict=True, ge=1, le=21)] | None = None
    #: Which side it is for; default: as in the exercise.
    sides: Literal["left", "right", "both"] | None = None
    #: Another goal.
    target: TargetChange | None = None
    #: Another hold.
    hold: HoldChange | None = None
    #: By the rule's id, as in [rules.knee_bent].
    rules: dict[str, RuleChange] = Field(default_factory=dict)
