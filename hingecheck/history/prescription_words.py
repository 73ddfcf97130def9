"""The text of a saved prescription -> what it asks for, in one line."""

from __future__ import annotations

from collections.abc import Callable

from exercises.exercise_model import Exercise
from exercises.prescription import RuleChange
from exercises.tomlfile import ExerciseError
from hingecheck.history import personal_exercises
from hingecheck.report import wording

_SIDES = {"left": "left side", "right": "right side", "both": "both sides"}


def summary(text: str, find: Callable[[str], Exercise]) -> str:
    """Return what a prescription asks for, in one line; "" where it can no longer be read.

    Parameters
    ----------
    text : str
        TOML or JSON.
    find : callable
        Id -> Exercise.
    """
    try:
        prescription, exercise = personal_exercises.parse_prescription(text, find)
    except ExerciseError:
        return ""
    amount = "" if prescription.sets is None else counted(prescription.sets, one_of(exercise))
    hold = "" if prescription.hold is None or prescription.hold.at_least_s is None \
        else f"at least {prescription.hold.at_least_s:.0f} s each"
    days = "" if prescription.per_week is None else f"{counted(prescription.per_week, 'time')} a week"
    goal = "" if prescription.target is None else f"goal {prescription.target.at:.0f}\u00b0"
    limits = [limit for rule, change in prescription.rules.items() if (limit := _limit(rule, change))]
    return ", ".join(filter(None, (amount, hold, _SIDES.get(prescription.sides or "", ""), days, goal, *limits)))


def one_of(exercise: Exercise) -> str:
    """Return what is counted of an exercise: a hold or a rep."""
    return "hold" if any(rule.measure == "hold_s" for rule in exercise.rules) else "rep"


def counted(number: int, one: str) -> str:
    """Return a number of things: "1 hold", "3 holds"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _limit(rule: str, change: RuleChange) -> str:
    if change.at_most is not None:
        return f"{wording.rule_name(rule)}: at most {change.at_most:.0f}\u00b0"
    return "" if change.at_least is None else f"{wording.rule_name(rule)}: at least {change.at_least:.0f}\u00b0"
