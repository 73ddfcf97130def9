"""The vocabulary of care: questions after a set, what follows from the answers, dose and limits that hold everywhere.

Frozen data as in `model`; `exercises/care/safety.toml` is read into it by `aftercare`.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from exercises.dose import Pair
from exercises.measures import one_of
from exercises.report_parts import Data, Number

#: What can be asked about: a number, or one or several of the choices.
LEAST_PAIN, MOST_PAIN = 0, 10
Pain = Annotated[int, Field(strict=True, ge=LEAST_PAIN, le=MOST_PAIN)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Weight(str, Enum):
    """How much an advice weighs: `stop` ends the session, `ease` changes the next set, `note` is good to know."""

    STOP = "stop"
    EASE = "ease"
    NOTE = "note"


class Choice(Data):
    """One answer to a question."""

    #: As given on the command line.
    id: Name
    #: As read by a person.
    label: str


class Question(Data):
    """One question after a set; without choices it is answered by a number from 0 to 10."""

    id: Literal["pain", "felt"]
    ask: str
    choices: tuple[Choice, ...] = ()
    source: str


class When(Data):
    """When an advice follows: all that is given must be so."""

    #: Pain of this or more.
    pain_at_least: Pain | None = None
    #: Felt there.
    felt: Name | None = None
    #: Only in exercises done in one of these positions.
    positions: tuple[Name, ...] = ()
    #: Only in exercises done in none of these.
    not_positions: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _of_an_answer(self) -> When:
        if self.pain_at_least is None and self.felt is None:
            raise ValueError("expected pain_at_least or felt")
        return self


class Follow(Data):
    """What follows from an answer."""

    id: Name
    when: When
    weight: Weight
    #: What to tell the person.
    say: str
    #: Added where the exercise has an easier form; {easier} is its name.
    easier: str = ""
    source: str

    @field_validator("easier")
    @classmethod
    def _fillable(cls, text: str) -> str:
        try:
            text.format(easier="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"expected no other braces than {{easier}}, got {text!r}") from None
        return text


class CareDose(Data):
    """The general advice on how much and how often; an exercise's own `[dose]` goes before it."""

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
    """No bouncing, no pushing: what every held exercise is held to."""

    #: Largest swing within a hold.
    swing_deg: Number
    #: Fastest movement within a hold.
    speed_deg_per_s: Number
    source: str


class Care(Data):
    """All of it."""

    dose: CareDose
    limits: Limits
    questions: tuple[Question, ...]
    #: Worst first.
    follows: tuple[Follow, ...]

    @model_validator(mode="after")
    def _answerable(self) -> Care:
        for follow in self.follows:
            if follow.when.felt is not None:
                one_of(follow.when.felt, self.places, "an answer to the question 'felt'")
        order = [list(Weight).index(follow.weight) for follow in self.follows]
        if order != sorted(order):
            raise ValueError("expected the follows worst first: stop, ease, note")
        return self

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of where a stretch may be felt."""
        return tuple(choice.id for question in self.questions for choice in question.choices)


class Answers(Data):
    """What a person answered after a set."""

    #: 0 to 10; None where it was not asked.
    pain: Pain | None = None
    #: Ids of places.
    felt: tuple[str, ...] = ()


class Advice(Data):
    """One thing to tell a person after their answers."""

    id: str
    weight: Weight
    say: str
    source: str = ""


class Answered(Data):
    """Answers and what follows from them, worst first. Part of `report.json`."""

    pain: int | None = None
    felt: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
