"""The vocabulary of what an exercise is: Exercise, Signal, Rule, Bound. What is said about a set is in `outcome`.

Everything here is frozen data, checked when it is made; the TOML files of the catalogue are read into it.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import Dose, Prescribed
from exercises.extras import BENDS, FullBend, Number, Onset
from exercises.extras import Data as _Data
from exercises.holding import Hold, Posture, Sides, Target
from exercises.measures import HOLD_MEASURES, MEASURES, one_of, range_of, unit_of
from pose.quantity import QUANTITIES, Position

#: What can be understood and acted on in the middle of a movement.
CUE_WORDS = 6


class Severity(str, Enum):
    """`fault` decides the rep's verdict; `watch` is only mentioned."""

    FAULT = "fault"
    WATCH = "watch"


class Signal(_Data):
    """The quantity whose rise and fall makes a rep.

    A rep is a rise of at least `enter` above where the person just rested, and over when less than `leave_share` of its
    depth is left. Both are relative to the person, since rest drifts and not everybody comes back entirely.
    """

    #: What rises and falls.
    quantity: str
    #: A smaller rise is no rep (the unit of the quantity).
    enter: Number = Field(gt=0)
    #: A rep is over when less than this share of its depth is left.
    leave_share: Number = Field(default=0.5, gt=0, lt=1)
    #: Where rest lies (the unit of the quantity); used only until the clip has shown the person at rest.
    rest: Number = 0.0
    #: True where the quantity gets smaller toward the bottom of a rep (a knee that straightens).
    falls: bool = False
    #: Shorter swings are noise or fidgeting.
    shortest_s: Number = Field(default=0.6, ge=0)
    #: Gaps in the measurement up to this long are bridged.
    bridge_s: Number = Field(default=0.5, ge=0)

    @field_validator("quantity")
    @classmethod
    def _known(cls, name: str) -> str:
        return one_of(name, tuple(QUANTITIES), "a measured quantity")


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


class Recognise(_Data):
    """How `auto` tells an exercise from others of the same position: what is true at the bottom of most of its reps."""

    #: True where it is only judged by when it is named; where it fits as well as another, the program asks.
    only_named: bool = False
    when: tuple[Condition, ...] = ()


class Exercise(_Data):
    """One exercise of the catalogue, read from one TOML file."""

    #: Small letters, digits and _: what it is asked for by.
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    #: What a person reads.
    name: str
    #: The exercise that this one builds on: its keys hold where this file has none.
    based_on: str = ""
    #: Ids of rules of that exercise that do not hold here.
    remove_rules: tuple[str, ...] = ()
    #: How the person is placed.
    position: Position
    #: Where the camera stands: to the person's side, or in front of them.
    camera: Literal["side", "front"] = "side"
    #: One or two sentences on what is done.
    summary: str
    #: What the person does first, one step an entry.
    setup: tuple[str, ...]
    #: What is watched to tell the reps apart.
    signal: Signal
    #: What is held at the bottom of a rep; without it a rep is a movement that may pause.
    hold: Hold | None = None
    #: Which side is at work; without it a rep has no side.
    sides: Sides | None = None
    #: A posture that is watched over time; without it the signal's rises are repetitions.
    posture: Posture | None = None
    recognise: Recognise = Recognise()
    #: Where practice leads; its distance is shown as progress.
    target: Target | None = None
    #: How much of it, how often; what is missing here is the general advice (`exercises/care/safety.toml`).
    dose: Dose = Dose()
    #: Id of the form to go back to when it hurts; "" = none.
    easier: str = ""
    #: Never in an exercise file: the prescription that this exercise was changed by (`prescription.prescribed`).
    prescribed: Prescribed | None = None
    #: Verdict of a rep in which nothing is broken.
    good: Literal["neutral", "good"] = "good"
    #: Said of such a rep.
    praise: str
    #: What such reps did, to follow "3 of 5 reps".
    tally: str
    #: What to change when a rep could not be judged.
    unseen: str
    #: How such a rep's verdict is put, where "good" would be praise out of place.
    good_word: str = ""
    #: Said before the person starts: what this is, and who should leave it out.
    before: str = ""
    #: What its report keeps for later: the person's own full bend.
    records: Literal["full_bend"] | None = None
    #: Where one quantity begins to give; said of the set.
    onset: Onset | None = None
    #: Worst first: the first broken fault gives the rep its verdict.
    rules: tuple[Rule, ...]
    #: What to be careful about, a sentence an entry.
    cautions: tuple[str, ...] = ()
    #: What the letters in `source` stand for, an entry each.
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _ids_once(self) -> Exercise:
        if not self.rules:
            raise ValueError("expected at least one rule, got none")
        ids = [rule.id for rule in self.rules]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"expected every rule id once, got {', '.join(twice)} more than once")
        steady = [rule.id for rule in self.rules if rule.measure in HOLD_MEASURES]
        if steady and self.hold is None:
            raise ValueError(f"{', '.join(steady)} judges a hold: add a [hold] table, as in [hold] within = 10")
        return self

    @model_validator(mode="after")
    def _never_past_the_target(self) -> Exercise:
        for rule in self.rules:
            if self.target is not None and rule.measure == self.target.measure and rule.bound.sign < 0 \
                    and rule.bound.limit > self.target.at:
                raise ValueError(f"rules.{rule.id} asks for at least {rule.bound.limit:g}, more than the target of "
                                 f"{self.target.at:g}: nobody is pushed past a target, lower the one or raise the "
                                 "other")
        return self

    @model_validator(mode="after")
    def _onset_has_a_limit(self) -> Exercise:
        if self.onset is not None and self.onset_limit is None:
            raise ValueError(f"onset takes its limit from a rule on {self.onset.measure} with bound.at_most; "
                             "there is none")
        return self

    @property
    def onset_limit(self) -> float | None:
        """The watch limit (the limit itself where there is none) past which `onset.measure` has begun to give."""
        if self.onset is None:
            return None
        for rule in self.rules:
            if rule.measure == self.onset.measure and rule.bound.at_most is not None:
                return rule.bound.at_most if rule.bound.watch is None else rule.bound.watch
        return None

    def rule(self, name: str) -> Rule:
        """Return the rule with this id; KeyError where there is none."""
        for rule in self.rules:
            if rule.id == name:
                return rule
        raise KeyError(name)
