"""TOML file of an exercise -> a validated Exercise, or a message for every problem in it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from exercises import own_translations, tomlfile
from exercises.exercise_model import Exercise
from exercises.inheritance import Bases, base_problem, merge, resolve_bases, unknown_exercise
from exercises.measures import suggestion
from exercises.tomlfile import ExerciseError, Raw
from language.translate import _

__all__ = ["ExerciseError", "build_exercise", "built_in_bases", "catalogue", "catalogue_ids", "load", "load_file"]

_FOLDER = "exercises.catalogue"


def catalogue() -> dict[str, Exercise]:
    """Return every built-in exercise by its id, in alphabetical order.

    Raises
    ------
    ExerciseError
        A file of the catalogue is invalid.
    """
    return {name: load(name) for name in catalogue_ids()}


def load(name: str) -> Exercise:
    """Return one exercise of the catalogue.

    Raises
    ------
    ExerciseError
        There is none with this id (the nearest is named), or its file is invalid.

    Examples
    --------
    >>> load("hip_hinge").signal.quantity
    'bend_deg'
    """
    if name not in catalogue_ids():
        raise ExerciseError(name, (no_such_exercise(name, catalogue_ids()),))
    return _load_cached(name)


# The built-in files do not change while the program runs, and every page reads all of them.
@cache
def _load_cached(name: str) -> Exercise:
    exercise = build_exercise(_read(name), f"{name}.toml", built_in_bases())
    if exercise.id != name:
        raise ExerciseError(f"{name}.toml", (
            _("id: expected {name}, the name of the file, got {value}").format(name=repr(name),
                                                                              value=repr(exercise.id)),))
    return exercise


def load_file(path: str | Path, bases: Bases | None = None) -> Exercise:
    """Read one exercise from a TOML file.

    Parameters
    ----------
    path : str or Path
    bases : Bases, optional
        The exercises to build on; default: the built-in ones.

    Raises
    ------
    ExerciseError
        The file cannot be read, is larger than 1 MB, not UTF-8, not TOML, or not a valid exercise.
    """
    path = Path(path)
    return build_exercise(tomlfile.read_toml(path), str(path), built_in_bases() if bases is None else bases)


def build_exercise(data: Raw, source: str, bases: Bases) -> Exercise:
    """Build an exercise from the data of one file and of those it builds on.

    Raises
    ------
    ExerciseError
        With `source` as its source.
    """
    *below, last = resolve_bases(data, source, bases)
    merged: Raw = {}
    for part in below:
        merged = _merge(merged, part, source)
        try:
            tomlfile.validate(Exercise, merged, str(part.get("id")))
        except ExerciseError as error:
            raise ExerciseError(source, (base_problem(str(part.get("id")), error),)) from None
    if below and "id" not in last:
        raise ExerciseError(source, (_("id: this key is missing; expected a name of its own, not that of the exercise "
                                       "it builds on"),))
    exercise = tomlfile.validate(Exercise, _merge(merged, last, source), source)
    _refuse_program_keys(exercise, source)
    if exercise.easier and exercise.easier not in bases.names:
        raise ExerciseError(source, (unknown_exercise("easier", exercise.easier, bases.names),))
    return exercise


def catalogue_ids() -> tuple[str, ...]:
    """Return the ids of the built-in exercises, in alphabetical order."""
    files = resources.files(_FOLDER).iterdir()
    return tuple(sorted(file.name[: -len(".toml")] for file in files if file.name.endswith(".toml")))


def no_such_exercise(name: str, names: tuple[str, ...]) -> str:
    """Return the message that there is no exercise with this id, with the nearest known one."""
    return _("no such exercise{suggestion}; known: {names}").format(suggestion=suggestion(name, names),
                                                                    names=", ".join(names))


def built_in_bases() -> Bases:
    """Return the built-in exercises as bases."""
    return Bases(catalogue_ids(), _read)


def _refuse_program_keys(exercise: Exercise, source: str) -> None:
    """Refuse keys that only the program itself sets."""
    keys = [f"rules.{rule.id}.bound.full_bend" for rule in exercise.rules if rule.bound.full_bend is not None]
    if exercise.prescribed is not None:
        keys.append("prescribed")
    if keys:
        text = _("{key}: this is filled in by the program; leave it out")
        raise ExerciseError(source, tuple(text.format(key=key) for key in keys))


def _read(name: str) -> Raw:
    with resources.as_file(resources.files(_FOLDER) / f"{name}.toml") as path:
        return tomlfile.read_toml(path)


def _merge(base: Raw, data: Raw, source: str) -> Raw:
    try:
        return own_translations.without_replaced(merge(base, data), data)
    except ValueError as error:
        raise ExerciseError(source, (str(error),)) from None
