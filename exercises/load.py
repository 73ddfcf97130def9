"""An exercise's TOML file -> a checked Exercise, or every problem in it in words that its author can act on."""

from __future__ import annotations

import reprlib
import sys
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from exercises.holding import Hold, Posture, Sides, Target
from exercises.measures import nearest
from exercises.model import Bound, Condition, Exercise, Recognise, Rule, Signal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

#: The longest exercise of the catalogue is under 10 kB; a file of this size is something else.
LARGEST_BYTES = 1_000_000

_NUMBER = 'a number without quotes (write 30, not "30" or "30 deg")'
_EXPECTED = {
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list in square brackets",
    "model_type": "a table, as in bound = { at_most = 30 }",
    "finite_number": "an ordinary number",
    "string_pattern_mismatch": "a short name of small letters, digits and _, as in too_shallow",
}
#: Which model's keys are allowed under which key, to offer the nearest one.
_KEYS: dict[str, type[BaseModel]] = {"signal": Signal, "bound": Bound, "only_when": Condition, "rules": Rule,
                                    "hold": Hold, "sides": Sides, "target": Target, "posture": Posture,
                                    "recognise": Recognise, "when": Condition}


class ExerciseError(ValueError):
    """An exercise could not be loaded. `problems` has one sentence each; nothing of it was kept.

    Attributes
    ----------
    source : str
        The file, or the id that was asked for.
    problems : tuple of str
    """

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        self.source, self.problems = source, problems
        super().__init__(source, problems)

    def __str__(self) -> str:
        return "\n".join(f"{self.source}: {problem}" for problem in self.problems)


def catalogue() -> dict[str, Exercise]:
    """Return every exercise that comes with the program, by id, in alphabetical order.

    Raises
    ------
    ExerciseError
        A file of the catalogue is wrong.
    """
    return {name: load(name) for name in _ids()}


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
    ids = _ids()
    if name not in ids:
        raise ExerciseError(name, (f"no such exercise{nearest(name, ids)}; known: {', '.join(ids)}",))
    with resources.as_file(resources.files("exercises.catalogue") / f"{name}.toml") as path:
        exercise = load_file(path)
    if exercise.id != name:
        raise ExerciseError(f"{name}.toml", (f"id: expected {name!r}, the name of the file, got {exercise.id!r}",))
    return exercise


def load_file(path: str | Path) -> Exercise:
    """Read one exercise from a TOML file.

    Raises
    ------
    ExerciseError
        The file cannot be read, is larger than 1 MB, not UTF-8, not TOML, or says something that is no exercise.
    """
    path = Path(path)
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(str(path), (f"this is not valid TOML: {error}",)) from None
    try:
        return Exercise.model_validate(data)
    except ValidationError as error:
        found = tuple(_problem(detail, data) for detail in error.errors())
        raise ExerciseError(str(path), found) from None


def _ids() -> tuple[str, ...]:
    files = resources.files("exercises.catalogue").iterdir()
    return tuple(sorted(file.name[: -len(".toml")] for file in files if file.name.endswith(".toml")))


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise ExerciseError(str(path), (f"expected a file of at most 1 MB, got {size / 1e6:.1f} MB",))
        raw = path.read_bytes()
    except OSError as error:
        raise ExerciseError(str(path), (f"cannot be read: {error.strerror or error}",)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = f"line {line} is not UTF-8 text: save the file with the encoding UTF-8"
        raise ExerciseError(str(path), (problem,)) from None


def _problem(detail: ErrorDetails, data: dict[str, Any]) -> str:
    """One sentence from one of pydantic's errors: key, what was expected, what was found."""
    key, kind, got = _key(detail["loc"], data), detail["type"], detail["input"]
    if kind == "extra_forbidden":
        known = tuple(_model_at(detail["loc"]).model_fields)
        return f"{key}: unknown key{nearest(str(detail['loc'][-1]), known)}; known here: {', '.join(known)}"
    if kind == "missing":
        return f"{key}: this key is missing"
    if kind == "value_error":
        message = detail["msg"].removeprefix("Value error, ")
        return f"{key}: {message}" if key else message
    if kind in ("enum", "literal_error"):
        choices = _choices(detail)
        return f"{key}: expected one of {', '.join(choices)}, got {got!r}{nearest(str(got), choices)}"
    expected = _EXPECTED.get(kind, detail["msg"].removeprefix("Input should be "))
    return f"{key}: expected {expected}, got {reprlib.repr(got)}"


def _key(loc: tuple[int | str, ...], data: dict[str, Any]) -> str:
    """("rules", 2, "bound") -> "rules.too_shallow.bound": a rule is found by its id, not by counting."""
    words: list[str] = []
    here: Any = data
    for part in loc:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):  # a missing key, or a list where a table belongs
            here = None
        name = here.get("id") if isinstance(part, int) and isinstance(here, dict) else None
        words.append(str(name) if isinstance(name, str) else f"{part + 1}" if isinstance(part, int) else part)
    return ".".join(words)


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    parents = [_KEYS[part] for part in loc[:-1] if isinstance(part, str) and part in _KEYS]
    return parents[-1] if parents else Exercise


def _choices(detail: ErrorDetails) -> tuple[str, ...]:
    """Read the allowed words from the model itself, since pydantic gives them only as a sentence."""
    kind = _model_at(detail["loc"]).model_fields[str(detail["loc"][-1])].annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    words = [word for part in (kind, *get_args(kind)) for word in get_args(part) or (part,)]
    return tuple(dict.fromkeys(word for word in words if isinstance(word, str)))
