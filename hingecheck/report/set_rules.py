"""A judged set -> its rules, once: what each asks for, in how many reps it was met, why, and the sources in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.results import Finding, SetReport, Verdict
from hingecheck.report import verdict_words, wording
from language.translate import _


@dataclass(frozen=True)
class SetRule:
    """One rule of a set.

    Attributes
    ----------
    name : str
        What good looks like.
    limit : str
        "at most 30°"; "" where none is known.
    met : str
        In how many of the reps: "4 of 5 met, 1 not seen".
    why, source : str
        "" where the exercise is not at hand.
    """

    name: str
    limit: str
    met: str
    why: str
    source: str


def rules_of(report: SetReport, exercise: Exercise | None) -> tuple[SetRule, ...]:
    """Return the rules that judged any rep of a set, in the exercise's order.

    Parameters
    ----------
    report : SetReport
    exercise : Exercise, optional
        The one that judged it; without it there are no reasons why.
    """
    findings: dict[str, list[Finding]] = {rule.id: [] for rule in exercise.rules} if exercise else {}
    for rep in report.reps:
        for finding in rep.findings:
            findings.setdefault(finding.rule, []).append(finding)
    return tuple(_rule(name, of_rule, exercise) for name, of_rule in findings.items() if of_rule)


def _rule(name: str, findings: list[Finding], exercise: Exercise | None) -> SetRule:
    rule = next((rule for rule in exercise.rules if rule.id == name), None) if exercise else None
    limits = (wording.limit(finding, rule) for finding in findings)
    why, source = ("", "") if rule is None else (_(rule.why), rule.source)
    written = (finding.source for finding in findings)
    return SetRule(verdict_words.rule_name(name), next(filter(None, limits), ""), _met(findings), why,
                   next(filter(None, written), source))


def _met(findings: Iterable[Finding]) -> str:
    verdicts = [finding.verdict for finding in findings]
    seen = [verdict for verdict in verdicts if verdict is not Verdict.UNSEEN]
    unseen = len(verdicts) - len(seen)
    if not seen:
        return _("not seen")
    met = _("{done} of {of}").format(done=sum(verdict is Verdict.MET for verdict in seen), of=len(seen))
    return _("{met}, {unseen} not seen").format(met=met, unseen=unseen) if unseen else met


def sources_of(exercise: Exercise | None) -> tuple[str, ...]:
    """Return the sources that the rules name by a letter or by author and year, in full, by name."""
    return () if exercise is None else tuple(sorted(map(_, exercise.sources)))
