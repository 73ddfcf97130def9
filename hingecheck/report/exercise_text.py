"""An exercise -> everything about it as plain text: set-up, camera, what is counted, rules with limits and sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from exercises.aftercare import care, dose_of
from exercises.exercise_model import Exercise
from exercises.library import LibraryEntry
from exercises.measures import HOLD_MEASURES, REP_TIMES, label_of, unit_of, with_unit
from exercises.rule_model import Condition, Rule, Severity
from hingecheck.report import camera_text
from pose.quantity import POSITION_PHRASES

_DURING = {"rep": "in the whole rep", "deep": "in the lower half of the movement", "down": "on the way down",
           "bottom": "at the bottom", "up": "on the way up"}
_CAMERA = {"side": "at your side", "front": "in front of you"}
_STATISTIC = {"median": "", "highest": "highest ", "lowest": "lowest "}


def number(value: float, unit: str) -> str:
    """Write a limit with its unit; shares as percent."""
    return with_unit(100 * value if unit == "ratio" else value, unit)


def limit(rule: Rule) -> str:
    """Return what a rule asks for, in words.

    Examples
    --------
    >>> from exercises.load import load
    >>> limit(load("hip_hinge").rule("too_fast"))
    'time on the way down at least 0.8 s'
    """
    bound, unit = rule.bound, unit_of(rule.measure)
    side = "at most" if bound.sign > 0 else "at least"
    text = f"{_STATISTIC[rule.statistic]}{label_of(rule.measure)} {side} {number(bound.limit, unit)}"
    if rule.measure not in (*REP_TIMES, *HOLD_MEASURES):
        text += f" {_DURING[rule.during]}"
    if rule.for_s:
        text += f", held for {rule.for_s:g} s"
    if bound.watch is not None:
        text += f"; mentioned from {number(bound.watch, unit)}"
    if bound.own_at_most is not None and bound.own_watch is not None:
        text += f"; with your own full bend known, {100 * bound.own_at_most:g} % of it, mentioned from " \
                f"{100 * bound.own_watch:g} %"
    if rule.only_when:
        text += f"; only when {' and '.join(map(_condition, rule.only_when))}"
    return text


def show(known: LibraryEntry, width: int = 100) -> str:
    """Return all about an exercise as text of at most `width` characters a line."""
    exercise = known.exercise
    parts = [f"{exercise.name} ({exercise.id})",
             str(known.origin) if known.origin is not None else "comes with the program"]
    if exercise.based_on:
        parts.append(f"builds on {exercise.based_on}")
    parts += ["", _fill(exercise.summary, width)]
    if exercise.before:
        parts += ["", _fill(exercise.before, width)]
    parts += _section("Set-up", _steps(exercise.setup, width))
    parts += _section("Camera", [_fill(camera_text.sentence(exercise), width), "",
                                 *camera_text.drawing(exercise).rstrip().splitlines()])
    parts += _section("What counts", [_fill(line, width) for line in counted(exercise)])
    parts += _section("Told from other exercises", [_fill(line, width) for line in told_by(exercise)])
    parts += _section("Rules, worst first", [line for rule in exercise.rules for line in _rule(rule, width)])
    parts += _section("How much", [_fill(line, width) for line in dose_lines(exercise)])
    parts += _section("Care", [_fill(f"- {line}", width, "  ") for line in _cautions(exercise)])
    parts += _section("Sources", [_fill(f"- {line}", width, "  ") for line in exercise.sources])
    return "\n".join(parts) + "\n"


def counted(exercise: Exercise) -> list[str]:
    """Say what makes a rep, what is held, which sides there are, and where it leads."""
    signal, unit = exercise.signal, unit_of(exercise.signal.quantity)
    way = "falls" if signal.falls else "rises"
    one = "A rep" if exercise.posture is None else "A time at which the posture is left"
    lines = [f"{one}: {label_of(signal.quantity)} {way} by at least {number(signal.enter, unit)} and comes back, "
             f"in no less than {signal.shortest_s:g} s."]
    if exercise.hold is not None:
        lines.append(f"Held at the bottom: the clock runs while you are no further than "
                     f"{number(exercise.hold.within, unit)} back from the middle of your own hold, and forgives "
                     f"leaving it for under {exercise.hold.forgive_s:g} s.")
    if exercise.posture is not None:
        lines.append(f"It is a posture, watched over time: the report says for which share of it you were "
                     f"{exercise.posture.word}, how often and how long at a stretch; from "
                     f"{exercise.posture.nudge_s:g} s at a stretch it gets a word of its own.")
    if exercise.sides is not None:
        lines.append("Each side by itself; the program sees which one is at work."
                     + (" Both belong to a set." if exercise.sides.both else ""))
    if exercise.target is not None:
        goal = number(exercise.target.at, unit_of(exercise.target.measure))
        lines.append(f"Goal: {label_of(exercise.target.measure)} {goal}. Short of it is a distance, never a fault; "
                     "nobody needs to go past it.")
    return lines


def told_by(exercise: Exercise) -> list[str]:
    """Say how a clip of which nobody said what it shows is taken for this exercise."""
    place = f"seen {POSITION_PHRASES[exercise.position]}, the camera {_CAMERA[exercise.camera]}"
    when = " and ".join(map(_condition, exercise.recognise.when))
    asked = f", and at the bottom of most reps {when}" if when else ""
    never = " or ".join(map(_condition, exercise.recognise.never))
    lines = [f"With --exercise auto: {place}, the movement above is found{asked}{f', never {never}' if never else ''}. "
             "Each counts by how surely it holds; the likeliest exercise is taken and the next one offered."]
    if exercise.recognise.only_named:
        lines.append("It is never taken for granted: where it fits, it is offered beside the one that was taken.")
    return lines


def dose_lines(exercise: Exercise) -> list[str]:
    """Say how much of it, how often, and what holds for every exercise."""
    if exercise.posture is not None:
        return ["As long and as often as you like: it only watches."]
    dose, general = dose_of(exercise), care().dose
    repeats, per_week = dose.repeats or general.repeats, dose.per_week or general.per_week
    each = " a side" if exercise.sides is not None else ""
    held = f", {_range(dose.hold_s)} s each" if dose.hold_s is not None else ""
    times = "once a week at most" if per_week == (1, 1) else f"{_range(per_week)} times a week"
    return [f"{_range(repeats)} repeats{each}{held}, {times}; warm up for about {general.warm_up_min:g} minutes first.",
            f"For one muscle side, about {general.session_min:g} minutes a session and {general.week_min:g} minutes a "
            "week bring the most."]


def _condition(condition: Condition) -> str:
    name, unit = label_of(condition.measure), unit_of(condition.measure)
    if condition.of is not None:
        return f"{name} is below {condition.below_times:g} times {label_of(condition.of)}"
    if condition.below is not None:
        return f"{name} is below {number(condition.below, unit)}"
    return f"{name} is above {number(condition.above or 0.0, unit)}"


def _rule(rule: Rule, width: int) -> list[str]:
    kind = "fault" if rule.severity is Severity.FAULT else "only mentioned"
    return [f"{rule.id} ({kind})", *(_fill(text, width, "    ", "    ")
                                     for text in (f"{limit(rule)}.", f"Why: {rule.why}", f"Source: {rule.source}"))]


def _cautions(exercise: Exercise) -> tuple[str, ...]:
    easier = (f"The easier form, when it hurts: {exercise.easier}.",) if exercise.easier else ()
    return (*exercise.cautions, *easier)


def _range(pair: tuple[float, float]) -> str:
    return f"{pair[0]:g}" if pair[0] == pair[1] else f"{pair[0]:g} to {pair[1]:g}"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return ["", title, "-" * len(title), *body] if body else []


def _steps(steps: Iterable[str], width: int) -> list[str]:
    return [_fill(f"{place}. {step}", width, "   ") for place, step in enumerate(steps, start=1)]


def _fill(text: str, width: int, later: str = "", first: str = "") -> str:
    return textwrap.fill(text, max(width, 40), subsequent_indent=later, initial_indent=first)
