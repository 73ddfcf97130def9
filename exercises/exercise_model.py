"""The data model of an exercise: Exercise, Signal. Rules are in `rule_model`, the report of a set in `results`.

Frozen data, validated on construction; the TOML files of the catalogue are read into it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field, field_validator, model_validator

from exercises import own_translations
from exercises.dose import Dose, PrescriptionTerms
from exercises.hold_model import Hold, Posture, Sides, Target
from exercises.measures import HOLD_MEASURES, NO_QUANTITY, check_name
from exercises.report_parts import Data as _Data
from exercises.report_parts import Number, Onset
from exercises.rule_model import Condition, Rule
from language.toml_texts import sentences
from language.translate import _
from pose.quantity import QUANTITIES, Position


class Signal(_Data):
    """The quantity whose rise and fall makes a rep.

    A rep is a rise of at least `enter` above the person's last rest, and ends when less than `leave_share` of its depth
    is left. Both are relative to the person, since rest drifts and not everybody comes back entirely.
    """

    #: The quantity that rises and falls.
    quantity: str
    #: A smaller rise is not a rep (in the unit of the quantity).
    enter: Number = Field(gt=0)
    #: A rep ends when less than this share of its depth is left.
    leave_share: Number = Field(default=0.5, gt=0, lt=1)
    #: The value at rest (in the unit of the quantity); used only until the person was at rest in the clip.
    rest: Number = 0.0
    #: True where the quantity decreases toward the bottom of a rep (a knee that straightens).
    falls: bool = False
    #: Shorter swings are noise or fidgeting.
    shortest_s: Number = Field(default=0.6, ge=0)
    #: Gaps in the measurement up to this long are bridged.
    bridge_s: Number = Field(default=0.5, ge=0)

    @field_validator("quantity")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_name(name, tuple(QUANTITIES), NO_QUANTITY)


class RecognitionCriteria(_Data):
    """How `auto` distinguishes an exercise from others of its position: conditions at the bottom of its reps."""

    #: True where it is only used when it is chosen; where it fits as well, it is offered.
    only_named: bool = False
    #: How often people do it when a clip fits it as well as another, relative to 1 for the other.
    usual: Number = Field(default=1.0, gt=0)
    #: Ids of exercises that resemble it and share its rules: among them the likelier is chosen without asking.
    alike: tuple[str, ...] = ()
    #: Each is weighted by the probability that it is true.
    when: tuple[Condition, ...] = ()
    #: What never happens in such a clip, as in { measure = "bend_deg", above = 40 }.
    never: tuple[Condition, ...] = ()

    @field_validator("never")
    @classmethod
    def _above(cls, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        if any(condition.above is None or condition.measure not in QUANTITIES for condition in conditions):
            raise ValueError(
                _('never takes measured quantities with above, as in { measure = "bend_deg", above = 40 }'))
        return conditions


class Exercise(_Data):
    """One exercise, read from one TOML file."""

    #: Small letters, digits and _.
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    #: The name for people.
    name: str
    #: The exercise that this one builds on: its keys are used where this file has none.
    based_on: str = ""
    #: Ids of rules of that exercise that do not apply here.
    remove_rules: tuple[str, ...] = ()
    #: The position of the person.
    position: Position
    #: The place of the camera: to the person's side, or in front of them.
    camera: Literal["side", "front"] = "side"
    #: One or two sentences on the movement.
    summary: str
    #: What the person does first, one step per entry.
    setup: tuple[str, ...]
    #: The quantity that separates the reps.
    signal: Signal
    #: The hold at the bottom of a rep; without it a rep is a movement that may pause.
    hold: Hold | None = None
    #: Which side works; without it a rep has no side.
    sides: Sides | None = None
    #: A posture over time; without it the rises of the signal are reps.
    posture: Posture | None = None
    recognise: RecognitionCriteria = RecognitionCriteria()
    #: The goal of practice; its distance is shown as progress.
    target: Target | None = None
    #: Amount and frequency; what is missing here is the general advice (`exercises/care/safety.toml`).
    dose: Dose = Dose()
    #: Id of the easier exercise for when it hurts; "" = none.
    easier: str = ""
    #: Set by the program, never in an exercise file: the prescription that changed this exercise.
    prescribed: PrescriptionTerms | None = None
    #: Verdict of a rep without a broken fault.
    good: Literal["neutral", "good"] = "good"
    #: The sentence for such a rep.
    praise: str
    #: What such reps did, to follow "3 of 5 reps".
    tally: str
    #: What to change when a rep could not be judged.
    unseen: str
    #: The word for the verdict of such a rep, where "good" would be wrong.
    good_word: str = ""
    #: Shown before the person starts: what this is, and who should not do it.
    before: str = ""
    #: What its report saves for later: the person's own full bend.
    records: Literal["full_bend"] | None = None
    #: Where one quantity begins to give way; reported for the set.
    onset: Onset | None = None
    #: Worst first: the first broken fault gives the rep its verdict.
    rules: tuple[Rule, ...]
    #: What to be careful about, one sentence per entry.
    cautions: tuple[str, ...] = ()
    #: The meaning of the letters in `source`, one entry each.
    sources: tuple[str, ...] = ()
    #: Code of a language (de, es, fr) -> sentence of this exercise -> the same in that language; "" = not translated.
    translations: dict[str, dict[str, str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _unique_ids(self) -> Exercise:
        if not self.rules:
            raise ValueError(_("expected at least one rule, got none"))
        ids = [rule.id for rule in self.rules]
        duplicates = sorted({name for name in ids if ids.count(name) > 1})
        if duplicates:
            raise ValueError(_("expected every rule id once, got {names} more than once").format(
                names=", ".join(duplicates)))
        steady = [rule.id for rule in self.rules if rule.measure in HOLD_MEASURES]
        if steady and self.hold is None:
            raise ValueError(_("{names} judges a hold: add a [hold] table, as in [hold] within = 10").format(
                names=", ".join(steady)))
        return self

    @model_validator(mode="after")
    def _never_past_the_target(self) -> Exercise:
        for rule in self.rules:
            if self.target is not None and rule.measure == self.target.measure and rule.bound.sign < 0 \
                    and rule.bound.limit > self.target.at:
                text = _("rules.{rule} asks for at least {least}, more than the target of {target}: nobody is pushed "
                         "past a target, lower the one or raise the other")
                raise ValueError(text.format(rule=rule.id, least=f"{rule.bound.limit:g}",
                                             target=f"{self.target.at:g}"))
        return self

    @model_validator(mode="after")
    def _onset_has_a_limit(self) -> Exercise:
        if self.onset is not None and self.onset_limit is None:
            text = _("onset takes its limit from a rule on {measure} with bound.at_most; there is none")
            raise ValueError(text.format(measure=self.onset.measure))
        return self

    @model_validator(mode="after")
    def _translations_are_known(self) -> Exercise:
        if self.translations:
            data = self.model_dump(exclude={"translations"})
            own_translations.check(self.translations, sentences(data, own_translations.TRANSLATED),
                                   sentences(data, own_translations.CUES))
            own_translations.make_known(self.translations)
        return self

    @property
    def onset_limit(self) -> float | None:
        """The watch limit (else the limit itself) past which `onset.measure` has begun to give way."""
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


#: Id of an exercise -> the exercise.
FindExercise = Callable[[str], Exercise]
