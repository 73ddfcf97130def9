"""A language's TOML file -> every sentence spoken live, checked: six words at most."""

from __future__ import annotations

from importlib import resources
from typing import Annotated

from pydantic import AfterValidator, Field

from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.load import ExerciseError, catalogue_ids, load
from exercises.report_parts import Data
from exercises.rule_model import CUE_WORDS
from language.current import SOURCE, current, use
from language.translate import _

_FOLDER = "languages"


def _check_length(text: str) -> str:
    if not text.strip() or len(text.split()) > CUE_WORDS:
        raise ValueError(_("expected one to {count} words, got {text!r}").format(count=CUE_WORDS, text=text))
    return text


def _check_fields(*names: str) -> AfterValidator:
    def check(text: str) -> str:
        try:
            text.format(**dict.fromkeys(names, "1"))
        except (KeyError, IndexError, ValueError):
            raise ValueError(_("expected no field in braces but {names}, got {text!r}").format(
                names=', '.join(names), text=text)) from None
        return text
    return AfterValidator(check)


ShortText = Annotated[str, AfterValidator(_check_length)]


class SetUpWords(Data):
    """What to change before the set can be judged; the last six are positions by their names."""

    no_person: ShortText
    people: ShortText
    light: ShortText
    step_back: ShortText
    camera_back: ShortText
    closer: ShortText
    left_side: ShortText
    right_side: ShortText
    other_side: ShortText
    front: ShortText
    camera_height: ShortText
    standing: ShortText
    sitting: ShortText
    long_sitting: ShortText
    kneeling: ShortText
    supine: ShortText
    prone: ShortText


class RestWords(Data):
    """How to rest for the two seconds that give the neutral pose, by position."""

    standing: ShortText
    sitting: ShortText
    long_sitting: ShortText
    kneeling: ShortText
    supine: ShortText
    prone: ShortText


class ReadyWords(Data):
    """The get-ready count, and what is spoken to try the voice."""

    three: ShortText
    two: ShortText
    one: ShortText
    go: ShortText
    test: ShortText


class HoldWords(Data):
    """The announcements of a hold, and the side that it should be on instead."""

    there: ShortText
    half: ShortText
    ten: ShortText
    five: ShortText
    done: ShortText
    switch: ShortText
    finished: ShortText
    again: ShortText
    use_left: ShortText
    use_right: ShortText


class PraiseWords(Data):
    """Praise for good reps."""

    good: ShortText
    better: ShortText
    streak: ShortText


class GoingWords(Data):
    """Troubles during a set, and its end."""

    away: ShortText
    people: ShortText
    moved: ShortText
    over: ShortText
    stopped: ShortText
    no_picture: ShortText


class CameraWords(Data):
    """Where to put the camera, by position; `front` where it sees the person from in front."""

    standing: ShortText
    sitting: ShortText
    long_sitting: ShortText
    kneeling: ShortText
    supine: ShortText
    prone: ShortText
    front: ShortText


class ProgrammeWords(Data):
    """What is spoken between the sets of a programme."""

    warm_up: ShortText
    rest: Annotated[ShortText, _check_fields("seconds")]
    next: Annotated[ShortText, _check_fields("exercise")]
    set: Annotated[ShortText, _check_fields("number", "of")]
    left: ShortText
    right: ShortText
    paused: ShortText
    finished: ShortText
    question: ShortText
    camera: CameraWords


class Words(Data):
    """All sentences of one language."""

    language: str
    name: str
    setup: SetUpWords
    rest: RestWords
    ready: ReadyWords
    hold: HoldWords
    praise: PraiseWords
    going: GoingWords
    programme: ProgrammeWords
    #: The exercises' own cues in this language: exercise id -> rule id (or `<rule id>.watch`) -> cue.
    cues: dict[str, dict[str, ShortText]] = Field(default_factory=dict)
    #: The built-in exercises' names as they are announced, where the page's is too long: exercise id -> name.
    names: dict[str, ShortText] = Field(default_factory=dict)

    def cue(self, exercise: Exercise, rule: str, watch: bool) -> str:
        """Return the cue of a rule, or of its watch limit: in this language where there is one, else the exercise's.

        An exercise of the person's own has the cues of the built-in one that it builds on where their English is equal,
        and may bring translations along.
        """
        own = _cue_of(exercise, rule, watch)
        key = f"{rule}.watch" if watch else rule
        if key in self.cues.get(exercise.id, {}):
            return self.cues[exercise.id][key]
        for name, cues in self.cues.items():
            if key in cues and name in catalogue_ids() and _cue_of(load(name), rule, watch) == own:
                return cues[key]
        with use(self.language):
            return _(own)

    def next(self, exercise: Exercise) -> str:
        """Return the announcement of an exercise, in six words at most."""
        with use(self.language):
            name = self.names.get(exercise.id) or _(exercise.name)
        return " ".join(self.programme.next.format(exercise=name).split()[:CUE_WORDS])


def _cue_of(exercise: Exercise, rule: str, watch: bool) -> str:
    chosen = exercise.rule(rule)
    return chosen.watch_cue if watch else chosen.cue


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file, the current language first."""
    files = (resources.files(__package__) / _FOLDER).iterdir()
    codes = (file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: (code != current(), code != SOURCE, code)))


def load_words(language: str | None = None) -> Words:
    """Return the sentences of a language; None = the current one.

    Raises
    ------
    ExerciseError
        There is no such language, or its file is wrong; the message names the key.
    """
    language = current() if language is None else language
    if language not in languages():
        raise ExerciseError(language, (_("no such language; known: {codes}").format(codes=", ".join(languages())),))
    with resources.as_file(resources.files(__package__) / _FOLDER / f"{language}.toml") as path:
        return tomlfile.validate(Words, tomlfile.read_toml(path), f"{language}.toml")
