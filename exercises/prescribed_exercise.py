"""Prescription and exercise -> the exercise with one person's limits, hold, sides and target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from exercises import tomlfile
from exercises.dose import PrescriptionTerms
from exercises.exercise_model import Exercise, FindExercise
from exercises.hold_model import Side
from exercises.measures import label_of, suggestion, unit_of, with_unit
from exercises.prescription import Prescription, RuleChange
from exercises.rule_model import Rule, Severity
from exercises.tomlfile import ExerciseError
from language.numbers import localised
from language.translate import _, mark

_SIDES: dict[str, tuple[Side, ...]] = {"left": ("left",), "right": ("right",), "both": ("left", "right")}
_SEVERITY = {Severity.FAULT: mark("{measure} counted as a fault (was only mentioned)"),
             Severity.WATCH: mark("{measure} only mentioned (was a fault)")}


def load_prescription(path: str | Path, find: FindExercise) -> tuple[Prescription, Exercise]:
    """Read a prescription and apply it.

    Parameters
    ----------
    path : str or Path
    find : callable
        Id -> Exercise, as `library.Library.exercise`.

    Raises
    ------
    ExerciseError
        The file is invalid, its exercise is unknown, or does not have what it changes.
    """
    source = str(path)
    prescription = tomlfile.validate(Prescription, tomlfile.read_toml(Path(path)), source)
    try:
        exercise = find(prescription.exercise)
    except ExerciseError as error:
        problems = tuple(f"exercise: {error.source}: {problem}" for problem in error.problems)
        raise ExerciseError(source, problems) from None
    try:
        return prescription, apply_prescription(exercise, prescription)
    except ExerciseError as error:
        raise ExerciseError(source, error.problems) from None


def apply_prescription(exercise: Exercise, prescription: Prescription) -> Exercise:
    """Return the exercise as prescribed; the argument is not changed.

    Raises
    ------
    ExerciseError
        It does not have what the prescription changes, or the result is not a valid exercise.
    """
    changes = _all_rules(exercise, prescription)
    problems = [*_unknown_rules(exercise, changes), *_wrong_directions(exercise, changes),
                *_missing(exercise, prescription)]
    if problems:
        raise ExerciseError(exercise.id, tuple(problems))
    data = exercise.model_dump()
    data["rules"] = [_changed_rule(rule, changes.get(rule.id)) for rule in exercise.rules]
    target, hold = prescription.target, prescription.hold
    if target is not None:
        data["target"] = {"measure": target.measure or (exercise.target and exercise.target.measure), "at": target.at}
    if hold is not None and data["hold"] is not None:
        data["hold"] |= {name: getattr(hold, name) for name in ("within", "forgive_s")
                         if getattr(hold, name) is not None}
    if prescription.sides is not None:
        data["sides"]["both"] = prescription.sides == "both"
    data["dose"] |= _dose(prescription)
    data["prescribed"] = _terms(exercise, prescription, changes)
    return tomlfile.validate(Exercise, data, exercise.id)


def _all_rules(exercise: Exercise, prescription: Prescription) -> dict[str, RuleChange]:
    """Return the changed rules by id, with the rule on the length of the hold."""
    hold = prescription.hold
    hold_rule = _hold_rule(exercise)
    if hold is None or hold.at_least_s is None or hold_rule is None:
        return dict(prescription.rules)
    return {hold_rule.id: RuleChange(at_least=hold.at_least_s), **prescription.rules}


def _hold_rule(exercise: Exercise) -> Rule | None:
    return next((rule for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0), None)


def _unknown_rules(exercise: Exercise, changes: dict[str, RuleChange]) -> list[str]:
    ids = tuple(rule.id for rule in exercise.rules)
    text = _("rules.{name}: {exercise} has no such rule{suggestion}; known: {names}")
    return [text.format(name=name, exercise=exercise.id, suggestion=suggestion(name, ids), names=", ".join(ids))
            for name in changes if name not in ids]


def _wrong_directions(exercise: Exercise, changes: dict[str, RuleChange]) -> list[str]:
    """Return the problems of changes to the other side of a limit: it may be moved, never reversed."""
    problems = []
    for rule in exercise.rules:
        change = changes.get(rule.id)
        wrong, right = ("at_least", "at_most") if rule.bound.sign > 0 else ("at_most", "at_least")
        if change is not None and getattr(change, wrong) is not None:
            problems.append(_("rules.{rule}.{wrong}: this rule's limit is {right} = {limit}: write {right}").format(
                rule=rule.id, wrong=wrong, right=right, limit=f"{rule.bound.limit:g}"))
    return problems


def _missing(exercise: Exercise, prescription: Prescription) -> list[str]:
    problems = []
    hold, target = prescription.hold, prescription.target
    if hold is not None and exercise.hold is None:
        problems.append(_("hold: {exercise} holds nothing; leave this table out").format(exercise=exercise.id))
    elif hold is not None and hold.at_least_s is not None and _hold_rule(exercise) is None:
        text = _("hold.at_least_s: {exercise} has no rule on how long a hold lasts; leave this key out")
        problems.append(text.format(exercise=exercise.id))
    if prescription.sides is not None and exercise.sides is None:
        problems.append(_("sides: {exercise} has no sides; leave this key out").format(exercise=exercise.id))
    if target is not None and target.measure is None and exercise.target is None:
        problems.append(_('target.measure: {exercise} has no target of its own; name the measure of this one, as in '
                          'measure = "{measure}"').format(exercise=exercise.id, measure=exercise.signal.quantity))
    return problems


def _changed_rule(rule: Rule, change: RuleChange | None) -> dict[str, Any]:
    data = rule.model_dump()
    if change is None:
        return data
    bound = data["bound"]
    limit = change.at_most if rule.bound.sign > 0 else change.at_least
    if limit is not None:
        bound["at_most" if rule.bound.sign > 0 else "at_least"] = limit
        # A limit set for this person takes precedence over one from their full bend.
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
    values = {"repeats": prescription.sets, "hold_s": hold, "per_week": prescription.per_week}
    return {name: (value, value) for name, value in values.items() if value is not None}


def _terms(exercise: Exercise, prescription: Prescription, changes: dict[str, RuleChange]) -> PrescriptionTerms:
    hold_rule = _hold_rule(exercise)
    change = changes.get(hold_rule.id) if hold_rule is not None else None
    hold = None if hold_rule is None else (change.at_least if change is not None and change.at_least is not None
                                       else hold_rule.bound.limit)
    default = "both" if exercise.sides is not None else None
    sides = _SIDES.get(prescription.sides or default or "", ())
    target = prescription.target or exercise.target
    return PrescriptionTerms(person=prescription.person, sets=prescription.sets, per_week=prescription.per_week,
                             sides=sides, hold_at_least_s=hold, target_at=target.at if target else None,
                             changes=tuple(_descriptions(exercise, prescription, changes)))


def _descriptions(exercise: Exercise, prescription: Prescription, changes: dict[str, RuleChange]) -> list[str]:
    lines = []
    if prescription.target is not None:
        unit = unit_of(prescription.target.measure or (exercise.target.measure if exercise.target else ""))
        text = _("target {value} (was none)") if exercise.target is None else _("target {value} (was {before})")
        lines.append(text.format(value=with_unit(prescription.target.at, unit),
                                 before=_plain(exercise.target.at) if exercise.target else ""))
    for name, change in changes.items():
        rule = exercise.rule(name)
        label, unit = label_of(rule.measure), unit_of(rule.measure)
        limit = change.at_most if rule.bound.sign > 0 else change.at_least
        if limit is not None and limit != rule.bound.limit:
            text = (_("{measure} at most {value} (was {before})") if rule.bound.sign > 0
                    else _("{measure} at least {value} (was {before})"))
            lines.append(text.format(measure=label, value=with_unit(limit, unit), before=_plain(rule.bound.limit)))
        if change.watch is not None:
            text = (_("{measure} mentioned from {value} (was none)") if rule.bound.watch is None
                    else _("{measure} mentioned from {value} (was {before})"))
            lines.append(text.format(measure=label, value=with_unit(change.watch, unit),
                                     before=_plain(rule.bound.watch or 0.0)))
        if change.severity is not None and change.severity is not rule.severity:
            lines.append(_(_SEVERITY[change.severity]).format(measure=label))
    return lines


def _plain(value: float) -> str:
    return localised(f"{value:g}")
