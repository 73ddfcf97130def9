"""The vocabulary of what is judged: Rule, its limit (Bound), when it applies (Condition), what it weighs (Severity).

Frozen data as in `model`, which builds on it.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.measures import MEASURES, one_of, range_of, unit_of
from exercises.report_parts import BENDS, FullBend, Number
from exercises.report_parts import Data as _Data

#: What can be understood and acted on in the middle of a movement.
CUE_WORDS = 6


class Severity(str, Enum):
    """`fault` decides the rep's verdict; `watch` is only mentioned."""

    FAULT = "fault"
    WATCH = "watch"


class Bound(_Data):
    """A limit on a value; exactly one of the two sides. `watch` is the milder limit on the same side.

    `own_at_most` and `own_watch` are shares of the person's own full bend: where that is known they take the place of
    the other two (`own_range.personal`), and `full_bend` says what was 100 %.
    """

    #: Larger values break the rule (the unit of the measure, like all limits here).
    at_most: Number | None = None
    #: Smaller values break the rule.
    at_least: Number | None = None
    #: The milder limit: from here on it is mentioned.
    watch: Number | None = None
    #: As at_most, a share of the person's own full bend.
    own_at_most: Number | None = Field(default=None, gt=0, le=1)
    #: As watch, a share of the person's own full bend.
    own_watch: Number | None = Field(default=None, gt=0, le=1)
    #: Never in an exercise file.
    full_bend: FullBend | None = None

    @model_validator(mode="after")
    def _one_side(self) -> Bound:
        if (self.at_most is None) == (self.at_least is None):
            given = "neither" if self.at_most is None else "both"
            raise ValueError(f"expected either at_most or at_least, got {given}")
        if self.watch is not None and self.sign * (self.limit - self.watch) <= 0:
            side = "below at_most" if self.sign > 0 else "above at_least"
            raise ValueError(f"watch is the milder limit: expected it {side} = {self.limit:g}, got {self.watch:g}")
        return self

    @model_validator(mode="after")
    def _own_complete(self) -> Bound:
        if (self.own_at_most is None) != (self.own_watch is None):
            raise ValueError("own_at_most and own_watch belong together, as in own_watch = 0.5, own_at_most = 0.7")
        if self.own_at_most is not None and self.own_watch is not None:
            if self.at_most is None:
                raise ValueError("own_at_most needs at_most, the limit for people whose full bend is not known")
            if self.own_watch >= self.own_at_most:
                raise ValueError(f"expected own_watch below own_at_most = {self.own_at_most:g}, got {self.own_watch:g}")
        return self

    @property
    def limit(self) -> float:
        """The limit itself."""
        value = self.at_least if self.at_most is None else self.at_most
        assert value is not None
        return value

    @property
    def sign(self) -> int:
        """1 where larger values are worse, -1 where smaller ones are."""
        return -1 if self.at_most is None else 1

    @property
    def uncertainty(self) -> float:
        """Half-width of the limit's own 90 % band: a limit taken from a measured full bend is as unsure as that."""
        if self.full_bend is None or self.own_at_most is None:
            return 0.0
        return self.own_at_most * (self.full_bend.uncertainty_deg or 0.0)


class Condition(_Data):
    """When a rule applies, taken over the same part of the rep as the rule itself.

    `measure` below or above a number, or below `below_times` the measure `of`.
    """

    #: What is compared.
    measure: str
    #: Holds below this (the unit of the measure).
    below: Number | None = None
    #: Holds above this (the unit of the measure).
    above: Number | None = None
    #: Holds below so many times `of`.
    below_times: Number | None = None
    #: The other measure, for below_times.
    of: str | None = None

    @field_validator("measure", "of")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        return name if name is None else one_of(name, MEASURES, "a measure")

    @model_validator(mode="after")
    def _one_kind(self) -> Condition:
        if sum(value is not None for value in (self.below, self.above, self.below_times)) != 1:
            raise ValueError("expected exactly one of below, above, below_times")
        if (self.below_times is None) != (self.of is None):
            raise ValueError('below_times and of belong together, as in below_times = 1.6, of = "knee_flexion_deg"')
        return self


class Rule(_Data):
    """One thing that is judged in every rep.

    `measure` is a quantity, or one of the rep's own times (`REP_TIMES`). `during` is the part of the rep that is looked
    at; `statistic` what is taken of it; with `for_s`, highest and lowest are levels that were held for that long.
    """

    #: Small letters, digits and _; once in an exercise.
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    #: What is judged.
    measure: str
    #: May be given as a reminder; then it must be the measure's own.
    unit: Literal["deg", "s", "ratio", "px", "deg/s"] | None = None
    #: The part of the rep that is looked at; "deep" is the lower half of the movement.
    during: Literal["rep", "deep", "down", "bottom", "up"] = "bottom"
    #: What is taken of that part.
    statistic: Literal["median", "highest", "lowest"] = "median"
    #: The limit.
    bound: Bound
    #: For so long a highest or lowest level must have been held.
    for_s: Number = Field(default=0.0, ge=0)
    #: All of these must hold, or the rule is met.
    only_when: tuple[Condition, ...] = ()
    #: `fault` decides the rep's verdict; `watch` is only mentioned.
    severity: Severity = Severity.FAULT
    #: The rep's verdict when this rule is broken.
    verdict: Literal["rounded", "squatted", "shallow", "slumped", "stooped", "fault"] = "fault"
    #: A rep whose deciding rule could not be seen is itself "unseen".
    decides: bool = False
    #: At most six words, spoken live.
    cue: str
    #: The same for the watch limit; "" = nothing is said.
    watch_cue: str = ""
    #: One sentence on what to change; {value} and {limit} are filled in.
    broken: str
    #: Said when the watch limit is crossed and the fault limit is not; {limit} is then the watch limit.
    watched: str = ""
    #: What happened, to follow "In reps 2 and 3" in the set's summary.
    tally: str
    #: What to do about it next set, one sentence; {limit} is filled in.
    advice: str
    #: Why it matters, one sentence.
    why: str
    #: Where rule and threshold come from.
    source: str

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        return one_of(name, MEASURES, "a measure")

    @field_validator("cue", "watch_cue")
    @classmethod
    def _short(cls, cue: str) -> str:
        if len(cue.split()) > CUE_WORDS:
            raise ValueError(f"expected at most {CUE_WORDS} words, got {len(cue.split())}: {cue!r}")
        return cue

    @field_validator("broken", "watched")
    @classmethod
    def _fillable(cls, text: str) -> str:
        try:
            text.format(value="", limit="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"expected no other braces than {{value}} and {{limit}}, got {text!r}") from None
        return text

    @field_validator("advice")
    @classmethod
    def _fillable_advice(cls, text: str) -> str:
        try:
            text.format(limit="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"expected no other braces than {{limit}}, got {text!r}") from None
        return text

    @model_validator(mode="after")
    def _measurable(self) -> Rule:
        unit = unit_of(self.measure)
        if self.bound.own_at_most is not None and self.measure != BENDS:
            raise ValueError(f"own_at_most is a share of the own full bend: expected measure = {BENDS!r}, got "
                             f"{self.measure!r}")
        if self.unit not in (None, unit):
            raise ValueError(f"{self.measure} is measured in {unit}, got unit = {self.unit!r}")
        lowest, highest = range_of(self.measure)
        for value in (self.bound.limit, self.bound.watch):
            if value is not None and not lowest <= value <= highest:
                raise ValueError(
                    f"a limit of {value:g} can never matter: {self.measure} is in {unit}, "
                    f"from {lowest:g} to {highest:g}"
                )
        return self
