"""TOML files of programmes -> checked programmes, the built-in ones and a person's own, and what is wrong with files.

A person's own lie in the folder `programmes` of their folder of exercises, and may use their own exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from exercises import tomlfile
from exercises.exercise_model import Exercise, FindExercise
from exercises.library import InvalidFile, Library, load_library
from exercises.measures import suggestion
from exercises.programme import Programme, Step
from exercises.programme_plan import PRESCRIBED, shortest_hold_s
from exercises.tomlfile import ExerciseError, Raw
from language.translate import _

FOLDER_NAME = "programmes"
_BUILT_IN = "exercises.programmes"


@dataclass(frozen=True)
class ProgrammeEntry:
    """A programme and its file; `origin` is None for a built-in one."""

    programme: Programme
    origin: Path | None = None


@dataclass(frozen=True)
class Programmes:
    """All programmes by their ids.

    Attributes
    ----------
    folder : Path
        The person's folder of programmes; it need not exist.
    entries : mapping of str to ProgrammeEntry
        The built-in ones first.
    invalid : tuple of InvalidFile
        Files of the folder that cannot be used.
    exercises : Library
        What they name.
    """

    folder: Path
    entries: Mapping[str, ProgrammeEntry]
    invalid: tuple[InvalidFile, ...]
    exercises: Library

    def entry(self, name: str) -> ProgrammeEntry:
        """Return a programme with its file.

        Raises
        ------
        ExerciseError
            There is none with this id (the nearest is named), or its file is invalid.
        """
        if name in self.entries:
            return self.entries[name]
        for file in self.invalid:
            if name in (file.id, file.origin.stem):
                raise ExerciseError(str(file.origin), file.problems)
        known = tuple(self.entries)
        raise ExerciseError(name, (
            _("no such programme{suggestion}; known: {names}").format(suggestion=suggestion(name, known),
                                                                      names=", ".join(known)),))

    def file(self, path: Path) -> Programme:
        """Read a programme from any file.

        Raises
        ------
        ExerciseError
            It is invalid.
        """
        return _checked(tomlfile.read_toml(path), str(path), self.exercises)

    def text(self, text: str, source: str) -> Programme:
        """Read a programme from the text of a file; `source` stands for it in problems.

        Raises
        ------
        ExerciseError
            It is invalid.
        """
        return _checked(tomlfile.parse(text, source), source, self.exercises)


def exercises_of(programme: Programme, known: Mapping[str, Exercise], find: FindExercise) -> dict[str, Exercise]:
    """Return the exercises of a programme by their ids, as `known` has them, else as `find` does."""
    return {name: known.get(name) or find(name) for name in dict.fromkeys(step.exercise for step in programme.steps)}


def load_programmes(exercises: Library | None = None) -> Programmes:
    """Read the built-in programmes and a person's own.

    Parameters
    ----------
    exercises : Library, optional
        Default: the person's library.
    """
    library = load_library() if exercises is None else exercises
    entries = {one.id: ProgrammeEntry(one) for one in _built_in(library)}
    invalid = []
    folder = library.folder / FOLDER_NAME
    for path in sorted(folder.glob("*.toml")):
        try:
            one = _checked(tomlfile.read_toml(path), str(path), library)
            if one.id == PRESCRIBED:
                text = _("id: {name} stands for a person's prescriptions; choose another")
                raise ExerciseError(str(path), (text.format(name=repr(one.id)),))
            if one.id in entries:
                raise ExerciseError(str(path), (_id_problem(entries[one.id]),))
            entries[one.id] = ProgrammeEntry(one, path)
        except ExerciseError as error:
            invalid.append(InvalidFile(path, "", error.problems))
    return Programmes(folder, entries, tuple(invalid), library)


def _id_problem(entry: ProgrammeEntry) -> str:
    name = repr(entry.programme.id)
    if entry.origin is None:
        return _("id: {name} is taken by a programme that comes with HingeCheck; choose another").format(name=name)
    return _("id: {name} is taken by {file}; choose another").format(name=name, file=entry.origin.name)


def _built_in(library: Library) -> Iterator[Programme]:
    files = (file for file in resources.files(_BUILT_IN).iterdir() if file.name.endswith(".toml"))
    for file in sorted(files, key=lambda file: file.name):
        with resources.as_file(file) as path:
            yield _checked(tomlfile.read_toml(path), file.name, library)


def _checked(data: Raw, source: str, library: Library) -> Programme:
    programme = tomlfile.validate(Programme, data, source)
    problems = [f"steps.{number}.{problem}" for number, step in enumerate(programme.steps, 1)
                for problem in _problems(step, library)]
    if problems:
        raise ExerciseError(source, tuple(problems))
    return programme


def _problems(step: Step, library: Library) -> Iterator[str]:
    """Yield what does not fit between a step and its exercise."""
    try:
        exercise = library.exercise(step.exercise)
    except ExerciseError as error:
        yield from (f"exercise: {problem}" for problem in error.problems)
        return
    yield from _hold_problems(step, exercise)
    if step.sides is not None and exercise.sides is None:
        yield _("sides: {exercise} has no sides; leave it out").format(exercise=exercise.id)
    if exercise.posture is not None:
        yield _("exercise: {exercise} is a posture that is watched, with no reps to count; choose an exercise").format(
            exercise=exercise.id)


def _hold_problems(step: Step, exercise: Exercise) -> Iterator[str]:
    if step.hold_s is None:
        return
    shortest = shortest_hold_s(exercise)
    if exercise.hold is None:
        yield _("hold_s: {exercise} holds nothing; leave it out, and say how many reps").format(exercise=exercise.id)
    elif shortest is not None and step.hold_s < shortest:
        yield _("hold_s: expected at least {least}, the shortest hold that {exercise} counts, got {value}").format(
            least=f"{shortest:g}", exercise=exercise.id, value=f"{step.hold_s:g}")
