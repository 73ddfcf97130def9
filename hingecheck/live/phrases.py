"""A language's TOML file -> everything that is said live, checked; a cue of six words at most."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

from pydantic import AfterValidator, Field

from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.load import ExerciseError
from exercises.report_parts import Data
from exercises.rule_model import CUE_WORDS

_FOLDER = "languages"


def _short(text: str) -> str:
    if not text.strip() or len(text.split()) > CUE_WORDS:
        raise ValueError(f"expected one to {CUE_WORDS} words, got {text!r}")
    return text


Short = Annotated[str, AfterValidator(_short)]


class SetUpWords(Data):
    """What to change until the camera sees what it needs; the last six are positions by their names."""

    no_person: Short
    people: Short
    light: Short
    step_back: Short
    camera_back: Short
    closer: Short
    left_side: Short
    right_side: Short
    other_side: Short
    front: Short
    camera_height: Short
    standing: Short
    sitting: Short
    long_sitting: Short
    kneeling: Short
    supine: Short
    prone: Short


class RestWords(Data):
    """How to rest for the two seconds that give the neutral, by position."""

    standing: Short
    sitting: Short
    long_sitting: Short
    kneeling: Short
    supine: Short
    prone: Short


class ReadyWords(Data):
    """The get-ready count."""

    three: Short
    two: Short
    one: Short
    go: Short


class HoldWords(Data):
    """A hold counted aloud."""

    there: Short
    half: Short
    ten: Short
    five: Short
    done: Short
    switch: Short
    finished: Short


class PraiseWords(Data):
    """Praise that was earned."""

    good: Short
    better: Short
    streak: Short


class GoingWords(Data):
    """What else is said during a set."""

    away: Short
    people: Short
    moved: Short
    over: Short
    stopped: Short
    no_picture: Short


class Words(Data):
    """One language."""

    language: str
    name: str
    setup: SetUpWords
    rest: RestWords
    ready: ReadyWords
    hold: HoldWords
    praise: PraiseWords
    going: GoingWords
    #: The exercises' own cues in this language: exercise id -> rule id (or `<rule id>.watch`) -> cue.
    cues: dict[str, dict[str, Short]] = Field(default_factory=dict)

    def cue(self, exercise: Exercise, rule: str, watch: bool) -> str:
        """Return the cue of a rule, or of its watch limit: in this language where it has one, else the exercise's."""
        own = exercise.rule(rule)
        key = f"{rule}.watch" if watch else rule
        return self.cues.get(exercise.id, {}).get(key, own.watch_cue if watch else own.cue)


def languages() -> tuple[str, ...]:
    """Return the languages that there are, by their codes."""
    files = (resources.files(__package__) / _FOLDER).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def load(language: str = "en") -> Words:
    """Return what is said in a language.

    Raises
    ------
    ExerciseError
        There is none, or its file is wrong; the message says which key.
    """
    if language not in languages():
        raise ExerciseError(language, (f"no such language; known: {', '.join(languages())}",))
    with resources.as_file(resources.files(__package__) / _FOLDER / f"{language}.toml") as path:
        return tomlfile.checked(Words, tomlfile.read(path), f"{language}.toml")
