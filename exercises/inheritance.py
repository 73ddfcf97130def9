"""An exercise file that builds on another -> the data of both as one, before anything is checked.

`based_on` names the other exercise. Keys of the file replace the other's; tables are joined key by key, rules by their
id; `remove_rules` leaves some out. A limit (`bound`) is always replaced whole: half of an old one makes no sense.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exercises.measures import nearest
from exercises.tomlfile import ExerciseError, Raw

#: What belongs to one file alone and is not handed down.
_OWN = ("based_on", "remove_rules")


@dataclass(frozen=True)
class Bases:
    """What an exercise may build on: the known ids, and how the file of one is read."""

    names: tuple[str, ...]
    read: Callable[[str], Raw]


def chain(data: Raw, source: str, bases: Bases) -> tuple[Raw, ...]:
    """Return the files that an exercise is made of, the one that stands on its own first.

    Raises
    ------
    ExerciseError
        A file builds on one that does not exist, cannot be read, or builds on this one in turn.
    """
    parts = [data]
    names = [str(data.get("id", source))]
    while "based_on" in parts[-1]:
        name = parts[-1]["based_on"]
        if not isinstance(name, str):
            raise ExerciseError(source, (f"based_on: expected text in quotes, got {name!r}",))
        names.append(name)
        if name in names[:-1]:
            way = " -> ".join(names)
            raise ExerciseError(source, (f"based_on: cycle in overrides: {way}; let one of them stand on its own",))
        if name not in bases.names:
            raise ExerciseError(source, (unknown("based_on", name, bases.names),))
        parts.append(_read(name, source, bases))
    return tuple(reversed(parts))


def unknown(key: str, name: str, names: tuple[str, ...]) -> str:
    """Say that a key names an exercise that does not exist, and which one may have been meant."""
    return f"{key}: no such exercise {name!r}{nearest(name, names)}; known: {', '.join(names)}"


def _read(name: str, source: str, bases: Bases) -> Raw:
    try:
        return bases.read(name)
    except ExerciseError as error:
        raise ExerciseError(source, (own_fault(name, error),)) from None


def own_fault(name: str, error: ExerciseError) -> str:
    """Say that the exercise to build on is wrong itself, with its first problem."""
    return f"based_on: {name!r} is wrong itself: {error.source}: {error.problems[0]}"


def over(base: Raw, own: Raw) -> Raw:
    """Return a base with the keys of a file that builds on it put over its own. Neither is changed.

    Raises
    ------
    ValueError
        `remove_rules` names a rule that the base does not have.
    """
    out = {key: value for key, value in base.items() if key not in _OWN}
    for key, value in own.items():
        if key == "rules":
            out[key] = _rules(out.get(key), value)
        elif isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = {**out[key], **value}
        else:
            out[key] = value
    leave_out = own.get("remove_rules")
    if leave_out and not base:
        raise ValueError('remove_rules: belongs to a file that builds on another, as in based_on = "hip_hinge"')
    if isinstance(leave_out, list):
        ids = tuple(_ids(out.get("rules")))
        for name in leave_out:
            if name not in ids:
                raise ValueError(f"remove_rules: no such rule {name!r}{nearest(str(name), ids)}; "
                                 f"known: {', '.join(ids)}")
        out["rules"] = [rule for rule in out["rules"] if _id(rule) not in leave_out]
    return out


def _rules(base: Any, own: Any) -> Any:
    """Join two lists of rules by id, the base's first; what is no list of tables is left for the check to find."""
    if not (isinstance(base, list) and isinstance(own, list)):
        return own
    rules, places = list(base), {name: place for place, name in enumerate(_ids(base))}
    for rule in own:
        # Once: a second rule of the same id stays a second rule, so that the check finds it.
        place = places.pop(_id(rule), None)
        if place is None:
            rules.append(rule)
        else:
            rules[place] = {**rules[place], **rule}
    return rules


def _ids(rules: Any) -> list[str]:
    return [_id(rule) for rule in rules] if isinstance(rules, list) else []


def _id(rule: Any) -> str:
    return str(rule.get("id", "")) if isinstance(rule, dict) else ""
