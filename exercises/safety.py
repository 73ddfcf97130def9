"""The data model of care: questions after a set, advice that follows from the answers, general dose and limits.

`aftercare` reads `exercises/care/safety.toml` into it.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import Pair
from exercises.measures import check_name
from exercises.report_parts import Data, Number, check_template
from language.translate import _, mark

#: Range of the answer about pain.
LEAST_PAIN, MOST_PAIN = 0, 10
Pain = Annotated[int, Field(strict=True, ge=LEAST_PAIN, le=MOST_PAIN)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Weight(str, Enum):
    """The weight of a piece of advice: `stop` ends the session, `ease` changes the next set, `note` is information."""

    STOP = "stop"
    EASE = "ease"
    NOTE = "note"


class Choice(Data):
    """One answer to a question."""

    #: As on the command line.
    id: Name
    #: The text for people.
    label: str


class Question(Data):
    """One question after a set; without choices the answer is a number from 0 to 10."""

    id: Literal["pain", "felt"]
    ask: str
    choices: tuple[Choice, ...] = ()
    source: str


class When(Data):
    """When a piece of advice applies: all conditions that are set must be true."""

    #: Pain of at least this.
    pain_at_least: Pain | None = None
    #: Felt at this place.
    felt: Name | None = None
    #: Only for exercises in one of these positions.
    positions: tuple[Name, ...] = ()
    #: Not for exercises in these positions.
    not_positions: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _of_an_answer(self) -> When:
        if self.pain_at_least is None and self.felt is None:
            raise ValueError(_("expected pain_at_least or felt"))
        return self


class AdviceRule(Data):
    """The advice that follows from an answer."""

    id: Name
    when: When
    weight: Weight
    #: The sentence for the person.
    say: str
    #: Added where the exercise has an easier form; {easier} is its name.
    easier: str = ""
    source: str

    @field_validator("easier")
    @classmethod
    def _check_template(cls, text: str) -> str:
        return check_template(text, "easier")


class CareDose(Data):
    """The general advice on amount and frequency; an exercise's own `[dose]` takes precedence."""

    repeats: Pair
    hold_s: tuple[Number, Number]
    per_week: Pair
    #: Slow movement before (and after) a session.
    warm_up_min: Number
    #: Of stretch for one muscle side: more in one session, or in one week, adds little.
    session_min: Number
    week_min: Number
    source: str


class Limits(Data):
    """The limits on bouncing and pushing for every exercise with a hold."""

    #: Largest swing within a hold.
    swing_deg: Number
    #: Fastest movement within a hold.
    speed_deg_per_s: Number
    source: str


class Care(Data):
    """The content of `safety.toml`."""

    dose: CareDose
    limits: Limits
    questions: tuple[Question, ...]
    #: Worst first.
    follows: tuple[AdviceRule, ...]

    @model_validator(mode="after")
    def _answerable(self) -> Care:
        for rule in self.follows:
            if rule.when.felt is not None:
                check_name(rule.when.felt, self.places, mark("{name} is not an answer to the question 'felt'"))
        order = [list(Weight).index(rule.weight) for rule in self.follows]
        if order != sorted(order):
            raise ValueError(_("expected the tables [[follows]] worst first: stop, ease, note"))
        return self

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places where a stretch may be felt."""
        return tuple(choice.id for question in self.questions for choice in question.choices)


class Answers(Data):
    """A person's answers after a set."""

    #: 0 to 10; None without an answer.
    pain: Pain | None = None
    #: Ids of places.
    felt: tuple[str, ...] = ()


class Advice(Data):
    """One piece of advice after a person's answers."""

    id: str
    weight: Weight
    say: str
    source: str = ""


class AnswersWithAdvice(Data):
    """Answers with the advice that follows from them, worst first. Part of `report.json`."""

    pain: int | None = None
    felt: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
