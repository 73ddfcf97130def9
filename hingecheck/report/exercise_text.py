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
from language.numbers import compact
from language.translate import _, mark
from pose.quantity import position_phrase

_DURING = {"rep": mark("in the whole rep"), "deep": mark("in the lower half of the movement"),
           "down": mark("on the way down"),
           "bottom": mark("at the bottom"), "up": mark("on the way up")}
_CAMERA = {"side": mark("at your side"), "front": mark("in front of you")}
_STATISTIC = {"median": "{amount}", "highest": mark("highest {amount}"), "lowest": mark("lowest {amount}")}


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
    what = _(_STATISTIC[rule.statistic]).format(amount=label_of(rule.measure))
    text = (_("{what} at most {limit}") if bound.sign > 0 else _("{what} at least {limit}")).format(
        what=what, limit=number(bound.limit, unit))
    if rule.measure not in (*REP_TIMES, *HOLD_MEASURES):
        text += f" {_(_DURING[rule.during])}"
    if rule.for_s:
        text += _(", held for {seconds} s").format(seconds=compact(rule.for_s))
    if bound.watch is not None:
        text += _("; mentioned from {number}").format(number=number(bound.watch, unit))
    if bound.own_at_most is not None and bound.own_watch is not None:
        text += _("; with your own full bend known, {share} % of it, mentioned from {watch} %").format(
            share=compact(100 * bound.own_at_most), watch=compact(100 * bound.own_watch))
    if rule.only_when:
        text += _("; only when {conditions}").format(conditions=_(" and ").join(map(_condition, rule.only_when)))
    return text


def show(known: LibraryEntry, width: int = 100) -> str:
    """Return all about an exercise as text of at most `width` characters a line."""
    exercise = known.exercise
    parts = [f"{_(exercise.name)} ({exercise.id})",
             str(known.origin) if known.origin is not None else _("comes with the program")]
    if exercise.based_on:
        parts.append(_("builds on {exercise}").format(exercise=exercise.based_on))
    parts += ["", _fill(_(exercise.summary), width)]
    if exercise.before:
        parts += ["", _fill(_(exercise.before), width)]
    parts += _section(_("Set-up"), _steps(list(map(_, exercise.setup)), width))
    parts += _section(_("Camera"), [_fill(camera_text.sentence(exercise), width), "",
                                 *camera_text.drawing(exercise).rstrip().splitlines()])
    parts += _section(_("What counts"), [_fill(line, width) for line in counted(exercise)])
    parts += _section(_("How it differs from other exercises"),
                      [_fill(line, width) for line in recognition_lines(exercise)])
    parts += _section(_("Rules, worst first"), [line for rule in exercise.rules for line in _rule(rule, width)])
    parts += _section(_("How much"), [_fill(line, width) for line in dose_lines(exercise)])
    parts += _section(_("Care"), [_fill(f"- {line}", width, "  ") for line in _cautions(exercise)])
    parts += _section(_("Sources"), [_fill(f"- {_(line)}", width, "  ") for line in exercise.sources])
    return "\n".join(parts) + "\n"


def counted(exercise: Exercise) -> list[str]:
    """Say what makes a rep, what is held, which sides there are, and where it leads."""
    signal, unit = exercise.signal, unit_of(exercise.signal.quantity)
    one = _("A rep") if exercise.posture is None else _("A time at which the posture is left")
    text = (_("{one}: {quantity} falls by at least {amount} and comes back, in no less than {seconds} s.")
            if signal.falls else
            _("{one}: {quantity} rises by at least {amount} and comes back, in no less than {seconds} s."))
    lines = [text.format(one=one, quantity=label_of(signal.quantity), amount=number(signal.enter, unit),
                         seconds=compact(signal.shortest_s))]
    if exercise.hold is not None:
        lines.append(_("Held at the bottom: the clock runs while you are no further than {amount} back from the "
                       "middle of your own hold, and forgives leaving it for under {seconds} s.").format(
            amount=number(exercise.hold.within, unit), seconds=compact(exercise.hold.forgive_s)))
    if exercise.posture is not None:
        lines.append(_("It is a posture, watched over time: the report says for which share of it you were {word}, "
                       "how often and how long at a stretch; a stretch of {seconds} s or more gets a sentence of "
                       "its own.").format(word=_(exercise.posture.word), seconds=compact(exercise.posture.nudge_s)))
    if exercise.sides is not None:
        lines.append(_("Each side by itself; the program sees which one is at work.")
                     + (_(" Both belong to a set.") if exercise.sides.both else ""))
    if exercise.target is not None:
        goal = number(exercise.target.at, unit_of(exercise.target.measure))
        lines.append(_("Goal: {quantity} {goal}. Short of it is a distance, never a fault; nobody needs to go past "
                       "it.").format(quantity=label_of(exercise.target.measure), goal=goal))
    return lines


def recognition_lines(exercise: Exercise) -> list[str]:
    """Return how automatic detection recognises this exercise."""
    place = _("seen {position}, the camera {place}").format(
        position=position_phrase(exercise.position), place=_(_CAMERA[exercise.camera]))
    when = _(" and ").join(map(_condition, exercise.recognise.when))
    asked = _(", and at the bottom of most reps {when}").format(when=when) if when else ""
    never = _(" or ").join(map(_condition, exercise.recognise.never))
    lines = [_("With --exercise auto: {place}, the movement above is found{asked}{never}. Each counts by how surely "
               "it holds; the likeliest exercise is taken and the next one offered.").format(
        place=place, asked=asked, never=_(", never {conditions}").format(conditions=never) if never else "")]
    if exercise.recognise.only_named:
        lines.append(_("It is never taken for granted: where it fits, it is offered beside the one that was taken."))
    return lines


def dose_lines(exercise: Exercise) -> list[str]:
    """Say how much of it, how often, and what holds for every exercise."""
    if exercise.posture is not None:
        return [_("As long and as often as you like: it only watches.")]
    dose, general = dose_of(exercise), care().dose
    repeats, per_week = dose.repeats or general.repeats, dose.per_week or general.per_week
    each = _(" a side") if exercise.sides is not None else ""
    held = _(", {seconds} s each").format(seconds=_range(dose.hold_s)) if dose.hold_s is not None else ""
    times = _("once a week at most") if per_week == (1, 1) else _("{times} times a week").format(times=_range(per_week))
    return [_("{repeats} repeats{each}{held}, {times}; warm up for about {minutes} minutes first.").format(
        repeats=_range(repeats), each=each, held=held, times=times, minutes=compact(general.warm_up_min)),
            _("For one muscle side, about {session} minutes a session and {week} minutes a week bring the "
              "most.").format(session=compact(general.session_min), week=compact(general.week_min))]


def _condition(condition: Condition) -> str:
    name, unit = label_of(condition.measure), unit_of(condition.measure)
    if condition.of is not None:
        return _("{name} is below {times} times {other}").format(
            name=name, times=compact(condition.below_times or 0.0), other=label_of(condition.of))
    if condition.below is not None:
        return _("{name} is below {amount}").format(name=name, amount=number(condition.below, unit))
    return _("{name} is above {amount}").format(name=name, amount=number(condition.above or 0.0, unit))


def _rule(rule: Rule, width: int) -> list[str]:
    kind = _("fault") if rule.severity is Severity.FAULT else _("only mentioned")
    lines = (f"{limit(rule)}.", _("Why: {why}").format(why=_(rule.why)),
             _("Source: {source}").format(source=rule.source))
    return [f"{rule.id} ({kind})", *(_fill(text, width, "    ", "    ") for text in lines)]


def _cautions(exercise: Exercise) -> tuple[str, ...]:
    easier = (_("The easier form, when it hurts: {easier}.").format(easier=exercise.easier),) if exercise.easier else ()
    return (*map(_, exercise.cautions), *easier)


def _range(pair: tuple[float, float]) -> str:
    low, high = map(compact, pair)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return ["", title, "-" * len(title), *body] if body else []


def _steps(steps: Iterable[str], width: int) -> list[str]:
    return [_fill(f"{place}. {step}", width, "   ") for place, step in enumerate(steps, start=1)]


def _fill(text: str, width: int, later: str = "", first: str = "") -> str:
    return textwrap.fill(text, max(width, 40), subsequent_indent=later, initial_indent=first)
