"""The text of a saved prescription -> what it asks for, in one line."""

from __future__ import annotations

from collections.abc import Callable

from exercises.exercise_model import Exercise
from exercises.prescription import RuleChange
from exercises.tomlfile import ExerciseError
from hingecheck.history import personal_exercises
from hingecheck.report import verdict_words
from language.numbers import number as written
from language.translate import _, mark, plural

_SIDES = {"left": mark("left side"), "right": mark("right side"), "both": mark("both sides")}


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
        else _("at least {seconds} s each").format(seconds=written(prescription.hold.at_least_s))
    days = "" if prescription.per_week is None else plural(
        "{count} time a week", "{count} times a week", prescription.per_week).format(count=prescription.per_week)
    goal = "" if prescription.target is None else _("goal {angle}\u00b0").format(angle=written(prescription.target.at))
    limits = [limit for rule, change in prescription.rules.items() if (limit := _limit(rule, change))]
    return ", ".join(filter(None, (amount, hold, _(_SIDES.get(prescription.sides or "", "")), days, goal, *limits)))


def one_of(exercise: Exercise) -> str:
    """Return what is counted of an exercise: a hold or a rep."""
    return "hold" if any(rule.measure == "hold_s" for rule in exercise.rules) else "rep"


def counted(number: int, one: str) -> str:
    """Return a number of things in words: of "hold", "1 hold", "3 holds"."""
    words = {
        "rep": plural("{count} rep", "{count} reps", number),
        "hold": plural("{count} hold", "{count} holds", number),
        "set": plural("{count} set", "{count} sets", number),
        "time": plural("{count} time", "{count} times", number),
        "day": plural("{count} day", "{count} days", number),
        "week": plural("{count} week", "{count} weeks", number),
    }
    return words[one].format(count=number)


def _limit(rule: str, change: RuleChange) -> str:
    if change.at_most is not None:
        return _("{rule}: at most {angle}\u00b0").format(
            rule=verdict_words.rule_name(rule), angle=written(change.at_most))
    return "" if change.at_least is None else _("{rule}: at least {angle}\u00b0").format(
        rule=verdict_words.rule_name(rule), angle=written(change.at_least))
