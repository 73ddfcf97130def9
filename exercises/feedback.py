"""Findings -> sentences for the person: one live cue, one sentence per rep, a few sentences per set.

Worst first. Plain words in the second person; measured numbers with "about"; no diagnosis, no prediction. The wording
of each exercise is in its TOML file; here are only the connecting phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exercises.exercise_model import Exercise
from exercises.measures import HOLD_MEASURES, unit_of, with_unit
from exercises.reason_words import clause
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Rule, Severity
from pose.quantity import QUANTITIES
from pose.reason import Reason, ReasonKind

UNSEEN = "unseen"


def amount(value: float, unit: str, uncertainty: float | None = None) -> str:
    """Write a number for a person.

    Examples
    --------
    >>> amount(37.6, "deg", 6.2)
    'about 38°, give or take 6'
    >>> amount(0.63, "s")
    'about 0.6 s'
    """
    shown = value * 100 if unit == "ratio" else value
    digits = 1 if unit == "s" else 0
    text = f"about {with_unit(f'{round(shown, digits) + 0:.{digits}f}', unit)}"
    if uncertainty is None:
        return text
    margin = max(uncertainty * 100 if unit == "ratio" else uncertainty, 10.0**-digits)
    return f"{text}, give or take {margin:.{digits}f}"


def message(rule: Rule, finding: Finding) -> str:
    """Return the sentence of one finding; "" where the rule is met and its watch limit is not crossed."""
    if finding.verdict is Verdict.UNSEEN:
        return f"Could not be judged: {finding.reason.rstrip('.')}."
    if finding.value is None:
        return ""
    unit = unit_of(rule.measure)
    limit = rule.bound.limit
    if finding.verdict is Verdict.BROKEN:
        text = rule.broken
    elif finding.watched:
        text, limit = rule.watched, rule.bound.limit if rule.bound.watch is None else rule.bound.watch
    else:
        return ""
    value = amount(finding.value, unit, finding.uncertainty)
    if finding.share_of_full_bend is not None:
        value += f" ({100 * finding.share_of_full_bend:.0f} % of your own full bend)"
    return text.format(value=value, limit=_limit(limit, unit))


def _limit(value: float, unit: str) -> str:
    """Write a limit: it is exact, so without "about"."""
    return with_unit(value * 100 if unit == "ratio" else value, unit)


def cue(exercise: Exercise, findings: Sequence[Finding]) -> str | None:
    """Return the most important cue, at most six words; None without one (see `worst`)."""
    result = worst(exercise, findings)
    if result is None:
        return None
    rule, watched = result
    return rule.watch_cue if watched else rule.cue


def worst(exercise: Exercise, findings: Sequence[Finding]) -> tuple[Rule, bool] | None:
    """Return the rule that the next cue is about, and whether only its watch limit was crossed.

    A broken fault comes before a fault's watch limit, and that before rules that are only watched; within each, the
    order of the exercise's rules.
    """
    ordered = _in_order(exercise, findings)
    faults = [(rule, False) for rule, finding in ordered if _is_fault(finding)]
    near = [(rule, True) for rule, finding in ordered if finding.watched and rule.watch_cue]
    minor = [(rule, False) for rule, finding in ordered if finding.verdict is Verdict.BROKEN and not _is_fault(finding)]
    return next(iter([*faults, *near, *minor]), None)


def sentence(exercise: Exercise, verdict: str, findings: Sequence[Finding]) -> str:
    """Return the sentence of one rep: why it could not be judged, what to change first, or praise.

    Parameters
    ----------
    exercise : Exercise
    verdict : str
        The rep's verdict; "unseen" where a deciding rule is unseen.
    findings : sequence of Finding
        Of that rep.
    """
    ordered = _in_order(exercise, findings)
    if verdict == UNSEEN:
        reason = next((f.reason for rule, f in ordered if f.verdict is Verdict.UNSEEN and rule.decides), "")
        which = "This rep" if exercise.posture is None else "This time"
        return f"{which} could not be judged: {_or_default(reason)}. {exercise.unseen}"
    for rule, finding in ordered:
        if _is_fault(finding):
            return _borderline(rule, finding) + message(rule, finding) if finding.borderline else message(rule, finding)
    for rule, finding in ordered:
        if finding.borderline and finding.severity is Severity.FAULT and finding.value is not None:
            return _borderline(rule, finding) + (message(rule, finding) or exercise.unseen)
    notes = [message(rule, finding) for rule, finding in ordered if message(rule, finding) and not _unseen(finding)]
    opening = f"{exercise.good_word.capitalize()}." if exercise.good_word else "Good rep."
    return f"{opening} {notes[0]}" if notes else exercise.praise


def summary(exercise: Exercise, reps: Sequence[Rep]) -> tuple[str, ...]:
    """Return a few sentences about a set, most important first.

    The number of good reps; each fault with its reps and what to do; what was only noticed; borderline reps; reps that
    could not be judged, and why.
    """
    if not reps:
        return (f"No rep of the {exercise.name.lower()} was seen. {exercise.unseen}",)
    lines = [_count(exercise, reps)]
    for severity, opening in ((Severity.FAULT, "In"), (Severity.WATCH, "Also, in")):
        for rule in exercise.rules:
            where = [rep.index for rep in reps if _broke(rep, rule) and rule.severity is severity]
            if where:
                which = "every rep" if len(where) == len(reps) > 1 else _reps(where)
                advice = rule.advice.format(limit=_limit(rule.bound.limit, unit_of(rule.measure)))
                lines.append(f"{opening} {which} {rule.tally}. {advice}")
    borderline = [rep.index for rep in reps if rep.borderline]
    if borderline and not _all_close(reps):
        text = f"{_reps(borderline)} {'was' if len(borderline) == 1 else 'were'} too close to the limit to be sure."
        lines.append(text[0].upper() + text[1:])
    return (*lines, *_not_judged(exercise, reps))


def _count(exercise: Exercise, reps: Sequence[Rep]) -> str:
    """Count the good reps among those that could be judged: an unseen rep is not a bad one."""
    judged = [rep for rep in reps if rep.verdict != UNSEEN]
    good, total = sum(rep.verdict == exercise.good for rep in judged), len(judged)
    if not judged:
        which = "Your one rep" if len(reps) == 1 else f"None of the {len(reps)} reps"
        return f"{which} could {'not ' if len(reps) == 1 else ''}be judged."
    if _all_close(reps) and total > 1:
        return f"{'Both' if total == 2 else f'All {total}'} reps are too close to the limit to call."
    if len(reps) == 1:
        return f"Your one rep {exercise.tally}." if good else f"You did one rep: {_lower(reps[0].sentence)}"
    if good == len(reps):
        return f"{'Both' if total == 2 else f'All {total}'} reps {exercise.tally}."
    which = "reps" if total == len(reps) else f"{'rep' if total == 1 else 'reps'} that could be judged"
    share = f"{good} of" if good else "None of"
    return f"{share} {'the ' if not good or total < len(reps) else ''}{total} {which} {exercise.tally}."


def _all_close(reps: Sequence[Rep]) -> bool:
    """Whether there are several reps that could be judged and no verdict on them is sure."""
    judged = [rep for rep in reps if rep.verdict != UNSEEN]
    return len(judged) > 1 and all(rep.borderline for rep in judged)


def _not_judged(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    by_reason: dict[str, list[int]] = {}
    for rep in reps:
        if rep.verdict == UNSEEN:
            reasons = (finding.reason for rule, finding in _in_order(exercise, rep.findings) if rule.decides)
            by_reason.setdefault(_or_default(next(filter(None, reasons), "")), []).append(rep.index)
    lines = []
    for reason, where in by_reason.items():
        text = f"{_reps(where)} could not be judged: {reason}."
        lines.append(text[0].upper() + text[1:])
    return [*lines, exercise.unseen] if lines else []


def _in_order(exercise: Exercise, findings: Iterable[Finding]) -> list[tuple[Rule, Finding]]:
    by_rule = {finding.rule: finding for finding in findings}
    return [(rule, by_rule[rule.id]) for rule in exercise.rules if rule.id in by_rule]


def _broke(rep: Rep, rule: Rule) -> bool:
    return any(finding.rule == rule.id and finding.verdict is Verdict.BROKEN for finding in rep.findings)


def _is_fault(finding: Finding) -> bool:
    return finding.verdict is Verdict.BROKEN and finding.severity is Severity.FAULT


def _unseen(finding: Finding) -> bool:
    return finding.verdict is Verdict.UNSEEN


def _borderline(rule: Rule, finding: Finding) -> str:
    """Return the opening for a value that is too close to its limit to be sure."""
    assert finding.value is not None
    unit = unit_of(rule.measure)
    other = "movement" if rule.measure in HOLD_MEASURES else "time"
    label = QUANTITIES[rule.measure].label if rule.measure in QUANTITIES else other
    value = amount(finding.value, unit, finding.uncertainty)
    return f"Too close to be sure ({label} {value}; the limit is {amount(rule.bound.limit, unit)[6:]}). "


def _or_default(reason: str) -> str:
    return reason.rstrip(".") or clause(Reason(ReasonKind.POORLY_VISIBLE))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _reps(indices: Sequence[int]) -> str:
    """[3] -> "rep 3"; [1, 3, 5] -> "reps 1, 3 and 5"."""
    if len(indices) == 1:
        return f"rep {indices[0]}"
    return f"reps {', '.join(str(index) for index in indices[:-1])} and {indices[-1]}"
