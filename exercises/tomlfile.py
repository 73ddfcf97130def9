"""TOML file -> validated data, or a message for every problem in it: file, key, expected value, nearest name.

For exercises, prescriptions and the care data; the allowed keys come from the models.
"""

from __future__ import annotations

import re
import reprlib
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from exercises.measures import suggestion
from language.numbers import number
from language.translate import _, mark

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

_NUMBER = mark('a number without quotes (write 30, not "30" or "30 deg")')
_LIST, _TEXT = mark("a list in square brackets"), mark("text in quotes")
_TABLE = mark("a table, as in bound = { at_most = 30 }")
_WHOLE, _TRUTH = mark("a whole number"), mark("true or false")
_EXPECTED = {
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "string_type": _TEXT,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "tuple_type": _LIST,
    "model_type": _TABLE,
    "dict_type": _TABLE,
    "finite_number": mark("an ordinary number"),
    "string_pattern_mismatch": mark("a short name of small letters, digits and _, as in too_shallow"),
}


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


def describe_error(detail: ErrorDetails, data: Mapping[str, Any], root: type[BaseModel]) -> str:
    """Return one sentence for one of pydantic's errors: key, expected value, actual value."""
    loc, kind, value = detail["loc"], detail["type"], detail["input"]
    key = _key(loc, data)
    if kind == "extra_forbidden":
        known = tuple(_model_at(root, loc).model_fields)
        return _("{key}: unknown key{suggestion}; known here: {names}").format(
            key=key, suggestion=suggestion(str(loc[-1]), known), names=", ".join(known))
    if kind == "missing":
        return _("{key}: this key is missing; expected {expected}").format(
            key=key, expected=describe_type(_annotation(root, loc)))
    if kind == "value_error":
        message = detail["msg"].removeprefix("Value error, ")
        return f"{key}: {message}" if key else message
    if kind in ("enum", "literal_error"):
        choices = _choices(_annotation(root, loc))
        return _("{key}: expected one of {names}, got {value}").format(
            key=key, names=", ".join(choices), value=repr(value)) + suggestion(str(value), choices)
    # What is not in the table stays as pydantic says it.
    expected = _(_EXPECTED[kind]) if kind in _EXPECTED else detail["msg"].removeprefix("Input should be ")
    return _("{key}: expected {expected}, got {value}").format(key=key, expected=expected, value=reprlib.repr(value))


def describe_type(kind: Any) -> str:
    """Describe in words the value of a key of this type, as "text in quotes"."""
    origin = get_origin(kind)
    if origin in (Annotated, Union, UnionType):
        return describe_type(get_args(kind)[0])
    if origin is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return _("one of {names}").format(names=", ".join(_choices(kind)))
    if origin is tuple:
        return _(_LIST)
    if model_in(kind) is not None or origin is dict:
        return _("a table")
    return _({float: _NUMBER, int: _WHOLE, bool: _TRUTH}.get(kind, _TEXT))


def model_in(kind: Any) -> type[BaseModel] | None:
    """Return the model inside a type such as `tuple[Rule, ...] | None`; None where there is none."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(model_in, get_args(kind))), None)


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


def _key(loc: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    """("rules", 2, "bound") -> "rules.too_shallow.bound": a rule is named by its id, not by its number."""
    words: list[str] = []
    node: Any = data
    for part in loc:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):  # a missing key, or a list where a table belongs
            node = None
        name = node.get("id") if isinstance(part, int) and isinstance(node, dict) else None
        words.append(str(name) if isinstance(name, str) else f"{part + 1}" if isinstance(part, int) else part)
    return ".".join(words)


def _model_at(root: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model in which the last part of `loc` is a key."""
    model, is_free_key = root, False
    for part in loc[:-1]:
        if isinstance(part, int) or is_free_key:
            is_free_key = False
            continue
        field = model.model_fields.get(part)
        inner = None if field is None else model_in(field.annotation)
        if field is None or inner is None:
            break
        model, is_free_key = inner, get_origin(field.annotation) is dict
    return model


def _annotation(root: type[BaseModel], loc: tuple[int | str, ...]) -> Any:
    """Return the type of the key at the end of `loc`; for an entry of a list, that of the list."""
    while isinstance(loc[-1], int):
        loc = loc[:-1]
    return _model_at(root, loc).model_fields[str(loc[-1])].annotation


def _choices(kind: Any) -> tuple[str, ...]:
    """Return the allowed words of a type; pydantic gives them only as a sentence."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    if isinstance(kind, str):
        return (kind,)
    return tuple(dict.fromkeys(word for part in get_args(kind) for word in _choices(part)))
