"""One rep -> the words and numbers of its card: the same on the page, in HTML and in the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.results import Finding, Rep, SetReport
from hingecheck.report import display, wording


@dataclass(frozen=True)
class RuleLine:
    """One rule's line in a rep's table."""

    name: str
    look: wording.Look
    value: str
    limit: str
    message: str
    why: str
    source: str


@dataclass(frozen=True)
class CardNumber:
    """One number of a rep, in words and with its unit."""

    label: str
    text: str
    is_measured: bool = True


@dataclass(frozen=True)
class Card:
    """What is displayed of one rep, beside its image and its curves."""

    rep: Rep
    title: str
    look: wording.Look
    numbers: tuple[CardNumber, ...]
    tempo: tuple[str, ...]
    borderline: str
    sentence: str
    lines: tuple[RuleLine, ...]


def card_of(rep: Rep, report: SetReport, exercise: Exercise | None) -> Card:
    """Return the card of a rep; without its exercise it has no limits of rules and no reasons for them."""
    sentence = rep.sentence or (wording.unseen_reason(rep) if rep.verdict == "unseen" else "")
    numbers = tuple(CardNumber(number.label, number.text(rep, report.signal), number.is_measured(rep, report.signal))
                    for number in display.numbers(report, exercise))
    tempo = zip(wording.tempo(rep), wording.tempo_words(rep, report.signal), strict=True)
    return Card(rep=rep, title=f"{wording.one_of_many(report).capitalize()} {rep.index}", look=wording.look_of(rep),
                numbers=numbers + _personal_numbers(rep), tempo=tuple(f"{part:.1f} s {word}" for part, word in tempo),
                borderline=wording.borderline(rep), sentence=sentence,
                lines=tuple(_line(finding, exercise) for finding in rep.findings))


def _line(finding: Finding, exercise: Exercise | None) -> RuleLine:
    rule = next((rule for rule in exercise.rules if rule.id == finding.rule), None) if exercise else None
    unseen = finding.verdict == "unseen"
    return RuleLine(name=wording.rule_name(finding.rule), look=wording.finding_look(finding),
                    value="" if unseen else wording.amount(finding.value, finding.uncertainty, finding.unit),
                    limit=wording.limit(finding, rule), message=finding.reason if unseen else finding.message,
                    why=rule.why if rule else "", source=finding.source or (rule.source if rule else ""))


def _personal_numbers(rep: Rep) -> tuple[CardNumber, ...]:
    """The person's rounding onset, and how much of their own full bend the rep used; only what is known."""
    numbers = []
    if rep.rounding_onset_deg is not None:
        onset = wording.amount(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)
        numbers.append(CardNumber("Rounding onset, hip", onset))
    if rep.spine_share_of_full_bend is not None:
        numbers.append(CardNumber("Of own full bend", wording.percent(rep.spine_share_of_full_bend)))
    return tuple(numbers)
