"""A prescription and its exercise -> the exercise with one person's limits, hold, sides and target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from exercises import tomlfile
from exercises.dose import Prescribed
from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.measures import label_of, nearest, unit_of
from exercises.prescription import Prescription, RuleChange
from exercises.rule_model import Rule, Severity
from exercises.tomlfile import ExerciseError

Find = Callable[[str], Exercise]

_SIDES: dict[str, tuple[Side, ...]] = {"left": ("left",), "right": ("right",), "both": ("left", "right")}
_SEVERITY = {Severity.FAULT: "counted as a fault (was only mentioned)", Severity.WATCH: "only mentioned (was a fault)"}


def load_prescription(path: str | Path, find: Find) -> tuple[Prescription, Exercise]:
    """Read a prescription and apply it.

    Parameters
    ----------
    path : str or Path
    find : callable
        Id -> Exercise, as `library.Library.exercise`.

    Raises
    ------
    ExerciseError
        The file is wrong, its exercise is not known, or does not have what it changes.
    """
    source = str(path)
    prescription = tomlfile.checked(Prescription, tomlfile.read(Path(path)), source)
    try:
        exercise = find(prescription.exercise)
    except ExerciseError as error:
        raise ExerciseError(source, tuple(f"exercise: {error.source}: {said}" for said in error.problems)) from None
    try:
        return prescription, apply_prescription(exercise, prescription)
    except ExerciseError as error:
        raise ExerciseError(source, error.problems) from None


def apply_prescription(exercise: Exercise, prescription: Prescription) -> Exercise:
    """Return the exercise as prescribed; the one given is not changed.

    Raises
    ------
    ExerciseError
        It does not have what the prescription changes, or the outcome is no sound exercise.
    """
    wanted = _all_rules(exercise, prescription)
    problems = [*_unknown_rules(exercise, wanted), *_wrong_sides(exercise, wanted), *_missing(exercise, prescription)]
    if problems:
        raise ExerciseError(exercise.id, tuple(problems))
    data = exercise.model_dump()
    data["rules"] = [_ruled(rule, wanted.get(rule.id)) for rule in exercise.rules]
    target, hold = prescription.target, prescription.hold
    if target is not None:
        data["target"] = {"measure": target.measure or (exercise.target and exercise.target.measure), "at": target.at}
    if hold is not None and data["hold"] is not None:
        data["hold"] |= {name: getattr(hold, name) for name in ("within", "forgive_s")
                         if getattr(hold, name) is not None}
    if prescription.sides is not None:
        data["sides"]["both"] = prescription.sides == "both"
    data["dose"] |= _dose(prescription)
    data["prescribed"] = _record(exercise, prescription, wanted)
    return tomlfile.checked(Exercise, data, exercise.id)


def _all_rules(exercise: Exercise, prescription: Prescription) -> dict[str, RuleChange]:
    """The changed rules by id, the one on the hold's length among them."""
    hold = prescription.hold
    timed = _timed(exercise)
    if hold is None or hold.at_least_s is None or timed is None:
        return dict(prescription.rules)
    return {timed.id: RuleChange(at_least=hold.at_least_s), **prescription.rules}


def _timed(exercise: Exercise) -> Rule | None:
    return next((rule for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0), None)


def _unknown_rules(exercise: Exercise, wanted: dict[str, RuleChange]) -> list[str]:
    ids = tuple(rule.id for rule in exercise.rules)
    return [f"rules.{name}: {exercise.id} has no such rule{nearest(name, ids)}; known: {', '.join(ids)}"
            for name in wanted if name not in ids]


def _wrong_sides(exercise: Exercise, wanted: dict[str, RuleChange]) -> list[str]:
    """A limit may be moved, never turned round."""
    found = []
    for rule in exercise.rules:
        change = wanted.get(rule.id)
        given, has = ("at_least", "at_most") if rule.bound.sign > 0 else ("at_most", "at_least")
        if change is not None and getattr(change, given) is not None:
            found.append(f"rules.{rule.id}.{given}: this rule's limit is {has} = {rule.bound.limit:g}: write {has}")
    return found


def _missing(exercise: Exercise, prescription: Prescription) -> list[str]:
    found = []
    hold, target = prescription.hold, prescription.target
    if hold is not None and exercise.hold is None:
        found.append(f"hold: {exercise.id} holds nothing; leave this table out")
    elif hold is not None and hold.at_least_s is not None and _timed(exercise) is None:
        found.append(f"hold.at_least_s: {exercise.id} has no rule on how long a hold lasts; leave this key out")
    if prescription.sides is not None and exercise.sides is None:
        found.append(f"sides: {exercise.id} has no sides; leave this key out")
    if target is not None and target.measure is None and exercise.target is None:
        found.append(f"target.measure: {exercise.id} has no target of its own; name what this one is measured in, as "
                     f"in measure = \"{exercise.signal.quantity}\"")
    return found


def _ruled(rule: Rule, change: RuleChange | None) -> dict[str, Any]:
    data = rule.model_dump()
    if change is None:
        return data
    bound = data["bound"]
    limit = change.at_most if rule.bound.sign > 0 else change.at_least
    if limit is not None:
        bound["at_most" if rule.bound.sign > 0 else "at_least"] = limit
        # A limit set for this person goes before one made from their full bend.
        bound |= {"own_at_most": None, "own_watch": None, "full_bend": None}
        if bound["watch"] is not None and rule.bound.sign * (limit - bound["watch"]) <= 0:
            bound["watch"] = None
    if change.watch is not None:
        bound["watch"] = change.watch
    if change.severity is not None:
        data["severity"] = change.severity
    return data


def _dose(prescription: Prescription) -> dict[str, Any]:
    hold = prescription.hold.at_least_s if prescription.hold is not None else None
    given = {"repeats": prescription.sets, "hold_s": hold, "per_week": prescription.per_week}
    return {name: (value, value) for name, value in given.items() if value is not None}


def _record(exercise: Exercise, prescription: Prescription, wanted: dict[str, RuleChange]) -> Prescribed:
    timed = _timed(exercise)
    change = wanted.get(timed.id) if timed is not None else None
    hold = None if timed is None else (change.at_least if change is not None and change.at_least is not None
                                       else timed.bound.limit)
    default = "both" if exercise.sides is not None else None
    sides = _SIDES.get(prescription.sides or default or "", ())
    return Prescribed(person=prescription.person, sets=prescription.sets, per_week=prescription.per_week, sides=sides,
                      hold_at_least_s=hold, target_at=prescription.target.at if prescription.target else
                      (exercise.target.at if exercise.target else None),
                      changes=tuple(_changes(exercise, prescription, wanted)))


def _changes(exercise: Exercise, prescription: Prescription, wanted: dict[str, RuleChange]) -> list[str]:
    found = []
    if prescription.target is not None:
        was = "none" if exercise.target is None else f"{exercise.target.at:g}"
        unit = unit_of(prescription.target.measure or (exercise.target.measure if exercise.target else ""))
        found.append(f"target {prescription.target.at:g} {unit} (was {was})")
    for name, change in wanted.items():
        rule = exercise.rule(name)
        label, unit = label_of(rule.measure), unit_of(rule.measure)
        limit = change.at_most if rule.bound.sign > 0 else change.at_least
        if limit is not None and limit != rule.bound.limit:
            side = "at most" if rule.bound.sign > 0 else "at least"
            found.append(f"{label} {side} {limit:g} {unit} (was {rule.bound.limit:g})")
        if change.watch is not None:
            was = "none" if rule.bound.watch is None else f"{rule.bound.watch:g}"
            found.append(f"{label} mentioned from {change.watch:g} {unit} (was {was})")
        if change.severity is not None and change.severity is not rule.severity:
            found.append(f"{label} {_SEVERITY[change.severity]}")
    return found
