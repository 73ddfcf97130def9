"""A problem that pydantic found in a file's data -> one sentence: key, expected value, actual value, nearest name."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from exercises.measures import suggestion
from language.translate import _, mark

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
