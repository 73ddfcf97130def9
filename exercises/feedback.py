"""Findings -> sentences for the person: one live cue, one sentence per rep, a few sentences per set.

Worst first. Plain words in the second person; measured numbers with "about"; no diagnosis, no prediction. The wording
of each exercise is in its TOML file; here are only the connecting phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exercises.exercise_model import Exercise
from exercises.measures import HOLD_MEASURES, label_of, unit_of, with_unit
from exercises.reason_words import clause
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Rule, Severity
from language.numbers import number
from language.translate import _, plural
from language.words import large_start, listed, small, small_start
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
    rounded = _rounded(value, unit)
    if uncertainty is None:
        return _("about {value}").format(value=rounded)
    digits = _digits(unit)
    margin = max(uncertainty * 100 if unit == "ratio" else uncertainty, 10.0**-digits)
    return _("about {value}, give or take {margin}").format(value=rounded, margin=number(margin, digits))


def _rounded(value: float, unit: str) -> str:
    scaled, digits = value * 100 if unit == "ratio" else value, _digits(unit)
    # Adding zero turns -0 into 0.
    return with_unit(number(round(scaled, digits) + 0, digits), unit)


def _digits(unit: str) -> int:
    return 1 if unit == "s" else 0


def message(rule: Rule, finding: Finding) -> str:
    """Return the sentence of one finding; "" where the rule is met and its watch limit is not crossed."""
    if finding.verdict is Verdict.UNSEEN:
        return _("Could not be judged: {reason}.").format(reason=_reason(finding))
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
        value = _("{value} ({percent} % of your own full bend)").format(
            value=value, percent=number(100 * finding.share_of_full_bend))
    return _(text).format(value=value, limit=_limit(limit, unit))


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
        reason = next((_reason(f) for rule, f in ordered if f.verdict is Verdict.UNSEEN and rule.decides), "")
        text = (_("This rep could not be judged: {reason}. {advice}") if exercise.posture is None
                else _("This time could not be judged: {reason}. {advice}"))
        return text.format(reason=reason or _default_reason(), advice=_(exercise.unseen))
    for rule, finding in ordered:
        if _is_fault(finding):
            return _borderline(rule, finding) + message(rule, finding) if finding.borderline else message(rule, finding)
    for rule, finding in ordered:
        if finding.borderline and finding.severity is Severity.FAULT and finding.value is not None:
            return _borderline(rule, finding) + (message(rule, finding) or _(exercise.unseen))
    notes = [message(rule, finding) for rule, finding in ordered if message(rule, finding) and not _unseen(finding)]
    opening = f"{large_start(_(exercise.good_word))}." if exercise.good_word else _("Good rep.")
    return f"{opening} {notes[0]}" if notes else _(exercise.praise)


def summary(exercise: Exercise, reps: Sequence[Rep]) -> tuple[str, ...]:
    """Return a few sentences about a set, most important first.

    The number of good reps; each fault with its reps and what to do; what was only noticed; borderline reps; reps that
    could not be judged, and why.
    """
    if not reps:
        text = _("No rep of the {exercise} was seen. {advice}")
        return (text.format(exercise=small(_(exercise.name)), advice=_(exercise.unseen)),)
    lines = [_count(exercise, reps)]
    for severity in (Severity.FAULT, Severity.WATCH):
        for rule in exercise.rules:
            where = [rep.index for rep in reps if _broke(rep, rule) and rule.severity is severity]
            if where:
                advice = _(rule.advice).format(limit=_limit(rule.bound.limit, unit_of(rule.measure)))
                text = _broken_in(severity, where, is_every=len(where) == len(reps) > 1)
                lines.append(text.format(reps=listed(where), tally=_(rule.tally), advice=advice))
    borderline = [rep.index for rep in reps if rep.borderline]
    if borderline and not _all_close(reps):
        lines.append(plural("Rep {reps} was too close to the limit to be sure.",
                            "Reps {reps} were too close to the limit to be sure.", len(borderline)).format(
                                reps=listed(borderline)))
    return (*lines, *_not_judged(exercise, reps))


def _broken_in(severity: Severity, where: Sequence[int], is_every: bool) -> str:
    """Return the sentence that a rule was broken in some reps, with its fields {reps}, {tally} and {advice}."""
    if severity is Severity.FAULT:
        return _("In every rep {tally}. {advice}") if is_every else plural(
            "In rep {reps} {tally}. {advice}", "In reps {reps} {tally}. {advice}", len(where))
    return _("Also, in every rep {tally}. {advice}") if is_every else plural(
        "Also, in rep {reps} {tally}. {advice}", "Also, in reps {reps} {tally}. {advice}", len(where))


def _count(exercise: Exercise, reps: Sequence[Rep]) -> str:
    """Count the good reps among those that could be judged: an unseen rep is not a bad one."""
    judged = [rep for rep in reps if rep.verdict != UNSEEN]
    good, total = sum(rep.verdict == exercise.good for rep in judged), len(judged)
    if not judged:
        return _("Your one rep could not be judged.") if len(reps) == 1 else _(
            "None of the {count} reps could be judged.").format(count=len(reps))
    if _all_close(reps) and total > 1:
        return _("Both reps are too close to the limit to call.") if total == 2 else _(
            "All {count} reps are too close to the limit to call.").format(count=total)
    if len(reps) == 1 and not good:
        return _("You did one rep: {sentence}").format(sentence=small_start(reps[0].sentence))
    return _good_share(good, total, len(reps)).format(good=good, total=total, tally=_(exercise.tally))


def _good_share(good: int, judged: int, every: int) -> str:
    """Return the sentence about how many reps were good, with its fields {good}, {total} and {tally}."""
    if good == every:
        return {1: _("Your one rep {tally}."), 2: _("Both reps {tally}.")}.get(good, _("All {total} reps {tally}."))
    if judged == every:
        return _("{good} of {total} reps {tally}.") if good else _("None of the {total} reps {tally}.")
    if good:
        return plural("{good} of the {total} rep that could be judged {tally}.",
                      "{good} of the {total} reps that could be judged {tally}.", judged)
    return plural("None of the {total} rep that could be judged {tally}.",
                  "None of the {total} reps that could be judged {tally}.", judged)


def _all_close(reps: Sequence[Rep]) -> bool:
    """Whether there are several reps that could be judged and no verdict on them is sure."""
    judged = [rep for rep in reps if rep.verdict != UNSEEN]
    return len(judged) > 1 and all(rep.borderline for rep in judged)


def _not_judged(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    by_reason: dict[str, list[int]] = {}
    for rep in reps:
        if rep.verdict == UNSEEN:
            reasons = (_reason(finding) for rule, finding in _in_order(exercise, rep.findings) if rule.decides)
            by_reason.setdefault(next(filter(None, reasons), _default_reason()), []).append(rep.index)
    lines = [plural("Rep {reps} could not be judged: {reason}.", "Reps {reps} could not be judged: {reason}.",
                    len(where)).format(reps=listed(where), reason=reason) for reason, where in by_reason.items()]
    return [*lines, _(exercise.unseen)] if lines else []


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
    label = _("movement") if rule.measure in HOLD_MEASURES else _("time")
    if rule.measure in QUANTITIES:
        label = label_of(rule.measure)
    value = amount(finding.value, unit, finding.uncertainty)
    text = _("Too close to be sure ({quantity} {value}; the limit is {limit}).")
    return text.format(quantity=label, value=value, limit=_rounded(rule.bound.limit, unit)) + " "


def _reason(finding: Finding) -> str:
    """Return why a rule is unseen, without a full stop: in the current language, where the file has the kind."""
    why = finding.why
    return (clause(why) if why is not None else "") or finding.reason.rstrip(".")


def _default_reason() -> str:
    return clause(Reason(ReasonKind.POORLY_VISIBLE))
