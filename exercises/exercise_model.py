"""What an exercise is: Exercise, Signal. Rules are in `rule_model`, what is reported of a set in `results`.

Everything here is frozen data, checked when it is made; the TOML files of the catalogue are read into it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import Dose, Prescribed
from exercises.hold_model import Hold, Posture, Sides, Target
from exercises.measures import HOLD_MEASURES, one_of
from exercises.report_parts import Data as _Data
from exercises.report_parts import Number, Onset
from exercises.rule_model import Condition, Rule
from pose.quantity import QUANTITIES, Position


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


class Recognise(_Data):
    """How `auto` tells an exercise from others of the same position: what is true at the bottom of most of its reps."""

    #: True where it is only judged by when it is named; where it fits as well, it is offered.
    only_named: bool = False
    #: How often people mean it when a clip fits it as well as another, against 1 of the other.
    usual: Number = Field(default=1.0, gt=0)
    #: Ids of exercises that look like it and share its rules: between them nothing is asked, the likelier is taken.
    alike: tuple[str, ...] = ()
    #: Each counts by how surely it holds.
    when: tuple[Condition, ...] = ()
    #: What no part of such a clip shows, as in { measure = "bend_deg", above = 40 }.
    never: tuple[Condition, ...] = ()

    @field_validator("never")
    @classmethod
    def _above(cls, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        if any(condition.above is None or condition.measure not in QUANTITIES for condition in conditions):
            raise ValueError('never takes measured quantities with above, as in { measure = "bend_deg", above = 40 }')
        return conditions


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
