"""TOML file -> validated data, or a message for every problem in it: file, key, expected value, nearest name.

For exercises, prescriptions and the care data; the allowed keys come from the models.
"""

from __future__ import annotations

import re
import reprlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from exercises.toml_errors import describe_error
from language.numbers import number
from language.translate import _

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

#: The longest exercise of the catalogue is under 10 kB; a file of this size is something else.
MAX_BYTES = 1_000_000
#: 20 000 dotted keys in one line take tomllib 1.5 GB.
_MOST_DOTS = 100

#: They steer terminals and break calendars; lines and tabs are none.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Raw = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)


class ExerciseError(ValueError):
    """A file that cannot be used. `problems` has one sentence each; nothing of the file is used.

    Attributes
    ----------
    source : str
        The file, or the id of the exercise.
    problems : tuple of str
    """

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        self.source, self.problems = source, problems
        super().__init__(source, problems)

    def __str__(self) -> str:
        return "\n".join(f"{self.source}: {problem}" for problem in self.problems)


def read_toml(path: Path) -> Raw:
    """Read a TOML file without checking its keys.

    Raises
    ------
    ExerciseError
        The file cannot be read, is larger than 1 MB, not UTF-8, or not TOML.
    """
    return parse(_text(path), str(path))


def parse(text: str, source: str) -> Raw:
    """Return the data of the text of a TOML file.

    Raises
    ------
    ExerciseError
        It is not TOML, or could take all memory; with `source` as its source.
    """
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        raise ExerciseError(source, (
            _("expected tables in few others, got a line of over {count} dots").format(count=_MOST_DOTS),))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _at, where = str(error).rstrip(")").partition(" (at ")
        if where.startswith("line"):
            text = _("line {line} is not valid TOML ({problem}): check the quotes, brackets and = signs there")
        else:
            text = _("the end of the file is not valid TOML ({problem}): check the quotes, brackets and = signs there")
        line = where.split(",")[0].removeprefix("line ")
        raise ExerciseError(source, (text.format(line=line, problem=what),)) from None
    except (ValueError, RecursionError):
        # Thousands of digits or of brackets: valid TOML, but never intended.
        raise ExerciseError(source, (
            _("expected ordinary numbers and lists, got one far too long"),)) from None


def validate(model: type[Model], data: Mapping[str, Any], source: str) -> Model:
    """Return the data as a validated model.

    Raises
    ------
    ExerciseError
        With one sentence for each problem.
    """
    try:
        valid = model.model_validate(data)
    except ValidationError as error:
        raise ExerciseError(source, tuple(describe_error(detail, data, model) for detail in error.errors())) from None
    problems = tuple(
        _("{key}: expected text without control characters, got {value}").format(key=key, value=reprlib.repr(text))
        for key, text in _strings(data) if _CONTROL.search(text))
    if problems:
        raise ExerciseError(source, problems)
    return valid


def _strings(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of the data with its key."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, (Mapping, list, tuple)):
        for name, inner in data.items() if isinstance(data, Mapping) else enumerate(data, 1):
            if isinstance(name, int) and isinstance(inner, Mapping):
                name = inner.get("id", name)
            yield from _strings(inner, f"{key}.{name}" if key else f"{name}")


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ExerciseError(str(path), (
                _("expected a file of at most 1 MB, got {size} MB").format(size=number(size / 1e6, 1)),))
        raw = path.read_bytes()
    except OSError as error:
        raise ExerciseError(str(path), (
            _("cannot be read: {problem}").format(problem=error.strerror or error),)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = _("line {line} is not UTF-8 text: save the file with the encoding UTF-8").format(line=line)
        raise ExerciseError(str(path), (message,)) from None
