"""An exercise's TOML file -> a checked Exercise, or every problem in it in words that its author can act on."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.inheritance import Bases, chain, over, own_fault, unknown
from exercises.measures import nearest
from exercises.tomlfile import ExerciseError, Raw

__all__ = ["ExerciseError", "built_in", "catalogue", "exercise_of", "ids", "load", "load_file"]

_FOLDER = "exercises.catalogue"


def catalogue() -> dict[str, Exercise]:
    """Return every exercise that comes with the program, by id, in alphabetical order.

    Raises
    ------
    ExerciseError
        A file of the catalogue is wrong.
    """
    return {name: load(name) for name in ids()}


def load(name: str) -> Exercise:
    """Return one exercise of the catalogue.

    Raises
    ------
    ExerciseError
        There is none of that id (the nearest is named), or its file is wrong.

    Examples
    --------
    >>> load("hip_hinge").signal.quantity
    'bend_deg'
    """
    if name not in ids():
        raise ExerciseError(name, (f"no such exercise{nearest(name, ids())}; known: {', '.join(ids())}",))
    return _loaded(name)


# The program's own files do not change while it runs, and every page asks for all of them.
@cache
def _loaded(name: str) -> Exercise:
    exercise = exercise_of(_raw(name), f"{name}.toml", built_in())
    if exercise.id != name:
        raise ExerciseError(f"{name}.toml", (f"id: expected {name!r}, the name of the file, got {exercise.id!r}",))
    return exercise


def load_file(path: str | Path, bases: Bases | None = None) -> Exercise:
    """Read one exercise from a TOML file.

    Parameters
    ----------
    path : str or Path
    bases : Bases, optional
        What it may build on; default: what comes with the program.

    Raises
    ------
    ExerciseError
        The file cannot be read, is larger than 1 MB, not UTF-8, not TOML, or says something that is no exercise.
    """
    path = Path(path)
    return exercise_of(tomlfile.read(path), str(path), built_in() if bases is None else bases)


def exercise_of(data: Raw, source: str, bases: Bases) -> Exercise:
    """Check the data of one file, together with what it builds on.

    Raises
    ------
    ExerciseError
        With `source` as its source; nothing is half-loaded.
    """
    *below, own = chain(data, source, bases)
    merged: Raw = {}
    for part in below:
        merged = _over(merged, part, source)
        try:
            tomlfile.checked(Exercise, merged, str(part.get("id")))
        except ExerciseError as error:
            raise ExerciseError(source, (own_fault(str(part.get("id")), error),)) from None
    if below and "id" not in own:
        raise ExerciseError(source, ("id: this key is missing; expected a name of its own, not that of the exercise it "
                                     "builds on",))
    exercise = tomlfile.checked(Exercise, _over(merged, own, source), source)
    _filled_in(exercise, source)
    if exercise.easier and exercise.easier not in bases.names:
        raise ExerciseError(source, (unknown("easier", exercise.easier, bases.names),))
    return exercise


def ids() -> tuple[str, ...]:
    """Return the ids of what comes with the program, in alphabetical order."""
    files = resources.files(_FOLDER).iterdir()
    return tuple(sorted(file.name[: -len(".toml")] for file in files if file.name.endswith(".toml")))


def built_in() -> Bases:
    """Return what comes with the program as something to build on."""
    return Bases(ids(), _raw)


def _filled_in(exercise: Exercise, source: str) -> None:
    """Refuse what only the program itself may fill in."""
    found = [f"rules.{rule.id}.bound.full_bend" for rule in exercise.rules if rule.bound.full_bend is not None]
    if exercise.prescribed is not None:
        found.append("prescribed")
    if found:
        raise ExerciseError(source, tuple(f"{key}: this is filled in by the program; leave it out" for key in found))


def _raw(name: str) -> Raw:
    with resources.as_file(resources.files(_FOLDER) / f"{name}.toml") as path:
        return tomlfile.read(path)


def _over(base: Raw, own: Raw, source: str) -> Raw:
    try:
        return over(base, own)
    except ValueError as error:
        raise ExerciseError(source, (str(error),)) from None
