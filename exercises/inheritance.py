"""Exercise file that builds on another -> the merged data of both, before validation.

`based_on` names the other exercise. Keys of the file replace those of the other; tables are merged key by key, rules by
their id; `remove_rules` removes some. A limit (`bound`) is always replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exercises.measures import suggestion
from exercises.tomlfile import ExerciseError, Raw
from language.translate import _

#: Keys that are not inherited.
_NOT_INHERITED = ("based_on", "remove_rules")


@dataclass(frozen=True)
class Bases:
    """The exercises to build on: their ids, and a function that reads the file of one."""

    names: tuple[str, ...]
    read: Callable[[str], Raw]


def resolve_bases(data: Raw, source: str, bases: Bases) -> tuple[Raw, ...]:
    """Return the data of a file and of those it builds on, the one without a base first.

    Raises
    ------
    ExerciseError
        A file builds on one that does not exist, cannot be read, or builds on this one itself.
    """
    parts = [data]
    names = [str(data.get("id", source))]
    while "based_on" in parts[-1]:
        name = parts[-1]["based_on"]
        if not isinstance(name, str):
            raise ExerciseError(source, (
                _("based_on: expected text in quotes, got {value}").format(value=repr(name)),))
        names.append(name)
        if name in names[:-1]:
            text = _("based_on: cycle in overrides: {cycle}; remove based_on from one of them")
            raise ExerciseError(source, (text.format(cycle=" -> ".join(names)),))
        if name not in bases.names:
            raise ExerciseError(source, (unknown_exercise("based_on", name, bases.names),))
        parts.append(_read(name, source, bases))
    return tuple(reversed(parts))


def unknown_exercise(key: str, name: str, names: tuple[str, ...]) -> str:
    """Return the message that a key names an unknown exercise, with the nearest known one."""
    return _("{key}: no such exercise {name}{suggestion}; known: {names}").format(
        key=key, name=repr(name), suggestion=suggestion(name, names), names=", ".join(names))


def _read(name: str, source: str, bases: Bases) -> Raw:
    try:
        return bases.read(name)
    except ExerciseError as error:
        raise ExerciseError(source, (base_problem(name, error),)) from None


def base_problem(name: str, error: ExerciseError) -> str:
    """Return the message that the exercise to build on is invalid itself, with its first problem."""
    return _("based_on: {name} is invalid itself: {file}: {problem}").format(
        name=repr(name), file=error.source, problem=error.problems[0])


def merge(base: Raw, data: Raw) -> Raw:
    """Return a base with the keys of a file that builds on it. Neither is changed.

    Raises
    ------
    ValueError
        `remove_rules` names a rule that the base does not have.
    """
    out = {key: value for key, value in base.items() if key not in _NOT_INHERITED}
    for key, value in data.items():
        if key == "rules":
            out[key] = _merge_rules(out.get(key), value)
        elif isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = {**out[key], **value}
        else:
            out[key] = value
    removed = data.get("remove_rules")
    if removed and not base:
        raise ValueError(
            _('remove_rules: belongs to a file that builds on another, as in based_on = "hip_hinge"'))
    if isinstance(removed, list):
        ids = tuple(_ids(out.get("rules")))
        for name in removed:
            if name not in ids:
                raise ValueError(_("remove_rules: no such rule {name}{suggestion}; known: {names}").format(
                    name=repr(name), suggestion=suggestion(str(name), ids), names=", ".join(ids)))
        out["rules"] = [rule for rule in out["rules"] if _id(rule) not in removed]
    return out


def _merge_rules(base: Any, rules: Any) -> Any:
    """Merge two lists of rules by id, those of the base first; anything else is left to the validation."""
    if not (isinstance(base, list) and isinstance(rules, list)):
        return rules
    merged, positions = list(base), {name: position for position, name in enumerate(_ids(base))}
    for rule in rules:
        # Only once: a second rule with the same id stays a second rule, so that the validation reports it.
        position = positions.pop(_id(rule), None)
        if position is None:
            merged.append(rule)
        else:
            merged[position] = {**merged[position], **rule}
    return merged


def _ids(rules: Any) -> list[str]:
    return [_id(rule) for rule in rules] if isinstance(rules, list) else []


def _id(rule: Any) -> str:
    return str(rule.get("id", "")) if isinstance(rule, dict) else ""
