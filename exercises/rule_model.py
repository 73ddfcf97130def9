"""The data model of rules: Rule, its limit (Bound), when it applies (Condition), its weight (Severity)."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.measures import MEASURES, NO_MEASURE, check_name, range_of, unit_of
from exercises.report_parts import SPINE, FullBend, Number, check_template
from exercises.report_parts import Data as _Data
from language.translate import _

#: Longer cues are not understood in the middle of a movement.
CUE_WORDS = 6


class Severity(str, Enum):
    """`fault` decides the rep's verdict; `watch` is only mentioned."""

    FAULT = "fault"
    WATCH = "watch"


class Bound(_Data):
    """A limit on a value; exactly one of the two sides. `watch` is the milder limit on the same side.

    `own_at_most` and `own_watch` are shares of the person's own full bend: where that is known they replace the other
    two (`personal_range.with_personal_limits`), and `full_bend` is what was 100 %.
    """

    #: Larger values break the rule (in the unit of the measure, as all limits here).
    at_most: Number | None = None
    #: Smaller values break the rule.
    at_least: Number | None = None
    #: The milder limit: from here on the value is mentioned.
    watch: Number | None = None
    #: As at_most, a share of the person's own full bend.
    own_at_most: Number | None = Field(default=None, gt=0, le=1)
    #: As watch, a share of the person's own full bend.
    own_watch: Number | None = Field(default=None, gt=0, le=1)
    #: Set by the program, never in an exercise file.
    full_bend: FullBend | None = None

    @model_validator(mode="after")
    def _one_side(self) -> Bound:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError(_("expected either at_most or at_least, got neither") if self.at_most is None
                             else _("expected either at_most or at_least, got both"))
        if self.watch is not None and self.sign * (self.limit - self.watch) <= 0:
            text = (_("watch is the milder limit: expected it below at_most = {limit}, got {watch}") if self.sign > 0
                    else _("watch is the milder limit: expected it above at_least = {limit}, got {watch}"))
            raise ValueError(text.format(limit=f"{self.limit:g}", watch=f"{self.watch:g}"))
        return self

    @model_validator(mode="after")
    def _own_complete(self) -> Bound:
        if (self.own_at_most is None) != (self.own_watch is None):
            raise ValueError(
                _("own_at_most and own_watch belong together, as in own_watch = 0.5, own_at_most = 0.7"))
        if self.own_at_most is not None and self.own_watch is not None:
            if self.at_most is None:
                raise ValueError(_("own_at_most needs at_most, the limit for people whose full bend is not known"))
            if self.own_watch >= self.own_at_most:
                raise ValueError(_("expected own_watch below own_at_most = {limit}, got {watch}").format(
                    limit=f"{self.own_at_most:g}", watch=f"{self.own_watch:g}"))
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
        """Half-width of the 90 % band of the limit: one from a measured full bend is as uncertain as that."""
        if self.full_bend is None or self.own_at_most is None:
            return 0.0
        return self.own_at_most * (self.full_bend.uncertainty_deg or 0.0)


class Condition(_Data):
    """When a rule applies, measured over the same part of the rep as the rule itself.

    `measure` below or above a number, or below `below_times` the measure `of`.
    """

    #: The measure that is compared.
    measure: str
    #: True below this (in the unit of the measure).
    below: Number | None = None
    #: True above this (in the unit of the measure).
    above: Number | None = None
    #: True below this many times `of`.
    below_times: Number | None = None
    #: The other measure, for below_times.
    of: str | None = None

    @field_validator("measure", "of")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        return name if name is None else check_name(name, MEASURES, NO_MEASURE)

    @model_validator(mode="after")
    def _one_kind(self) -> Condition:
        if sum(value is not None for value in (self.below, self.above, self.below_times)) != 1:
            raise ValueError(_("expected exactly one of below, above, below_times"))
        if (self.below_times is None) != (self.of is None):
            raise ValueError(
                _('below_times and of belong together, as in below_times = 1.6, of = "knee_flexion_deg"'))
        return self


class Rule(_Data):
    """One thing that is judged in every rep.

    `measure` is a quantity, or one of the times of the rep (`REP_TIMES`). `during` is the part of the rep, `statistic`
    what is computed over it; with `for_s`, highest and lowest are levels that were sustained for that long.
    """

    #: Small letters, digits and _; once in an exercise.
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    #: The measure that is judged.
    measure: str
    #: Optional, as a reminder; then it must be the unit of the measure.
    unit: Literal["deg", "s", "ratio", "px", "deg/s"] | None = None
    #: The part of the rep; "deep" is the lower half of the movement.
    during: Literal["rep", "deep", "down", "bottom", "up"] = "bottom"
    #: The statistic over that part.
    statistic: Literal["median", "highest", "lowest"] = "median"
    #: The limit.
    bound: Bound
    #: A highest or lowest level must have been sustained for this long.
    for_s: Number = Field(default=0.0, ge=0)
    #: All of these must be true, or the rule is met.
    only_when: tuple[Condition, ...] = ()
    #: `fault` decides the rep's verdict; `watch` is only mentioned.
    severity: Severity = Severity.FAULT
    #: The rep's verdict when this rule is broken.
    verdict: Literal["rounded", "squatted", "shallow", "slumped", "stooped", "fault"] = "fault"
    #: A rep whose deciding rule is unseen is itself "unseen".
    decides: bool = False
    #: At most six words, spoken live.
    cue: str
    #: The same for the watch limit; "" = silent.
    watch_cue: str = ""
    #: One sentence on what to change; {value} and {limit} are filled in.
    broken: str
    #: The sentence where the watch limit is crossed and the fault limit is not; {limit} is then the watch limit.
    watched: str = ""
    #: What happened, to follow "In reps 2 and 3" in the set's summary.
    tally: str
    #: What to do in the next set, one sentence; {limit} is filled in.
    advice: str
    #: Why it matters, one sentence.
    why: str
    #: The source of the rule and its limit.
    source: str

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_name(name, MEASURES, NO_MEASURE)

    @field_validator("cue", "watch_cue")
    @classmethod
    def _short(cls, cue: str) -> str:
        if len(cue.split()) > CUE_WORDS:
            raise ValueError(_("expected at most {count} words, got {words}: {cue}").format(
                count=CUE_WORDS, words=len(cue.split()), cue=repr(cue)))
        return cue

    @field_validator("broken", "watched")
    @classmethod
    def _check_template(cls, text: str) -> str:
        return check_template(text, "value", "limit")

    @field_validator("advice")
    @classmethod
    def _check_advice(cls, text: str) -> str:
        return check_template(text, "limit")

    @model_validator(mode="after")
    def _measurable(self) -> Rule:
        unit = unit_of(self.measure)
        if self.bound.own_at_most is not None and self.measure != SPINE:
            text = _("own_at_most is a share of the own full bend: expected measure = {expected}, got {measure}")
            raise ValueError(text.format(expected=repr(SPINE), measure=repr(self.measure)))
        if self.unit not in (None, unit):
            raise ValueError(_("{measure} is measured in {unit}, got unit = {value}").format(
                measure=self.measure, unit=unit, value=repr(self.unit)))
        lowest, highest = range_of(self.measure)
        for value in (self.bound.limit, self.bound.watch):
            if value is not None and not lowest <= value <= highest:
                text = _("a limit of {value} has no effect: {measure} is in {unit}, from {lowest} to {highest}")
                raise ValueError(text.format(value=f"{value:g}", measure=self.measure, unit=unit,
                                             lowest=f"{lowest:g}", highest=f"{highest:g}"))
        return self
