"""One rep -> its card: verdict, numbers, rules and picture in words, as page, HTML and PDF show them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from exercises.exercise_model import Exercise
from exercises.results import Finding, Rep, SetReport
from hingecheck.report import display, verdict_words, wording
from hingecheck.report.charts import angle_chart, split_bar
from language.numbers import compact, localised
from language.translate import _
from pose.track import Track


@dataclass(frozen=True)
class Line:
    """One rule's row in a rep's table."""

    name: str
    look: verdict_words.Look
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
    """One rep as the page shows it."""

    rep: Rep
    title: str
    look: verdict_words.Look
    image: str
    chart: Markup
    numbers: tuple[CardNumber, ...]
    parts: Markup
    tempo: tuple[str, ...]
    borderline: str
    sentence: str
    lines: tuple[Line, ...]

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The rules that were not simply met: broken, watched or unseen."""
        return tuple(line for line in self.lines if line.look.tone != "good")

    @property
    def met_lines(self) -> tuple[Line, ...]:
        """The rules that were met."""
        return tuple(line for line in self.lines if line.look.tone == "good")


def _uri(image: bytes | None) -> str:
    return "" if image is None else "data:image/jpeg;base64," + base64.b64encode(image).decode("ascii")


def _line(finding: Finding, exercise: Exercise | None) -> Line:
    rule = next((rule for rule in exercise.rules if rule.id == finding.rule), None) if exercise else None
    unseen = finding.verdict == "unseen"
    return Line(name=verdict_words.rule_name(finding.rule), look=verdict_words.finding_look(finding),
                value="" if unseen else wording.amount(finding.value, finding.uncertainty, finding.unit),
                limit=wording.limit(finding, rule), message=finding.reason if unseen else finding.message,
                why=_(rule.why) if rule else "", source=finding.source or (rule.source if rule else ""))


def card_of(rep: Rep, report: SetReport, track: Track | None, exercise: Exercise | None,
            images: Mapping[int, bytes]) -> Card:
    """Return what is shown of one rep; without a track no curve, without its key image none."""
    sentence = rep.sentence or (wording.unseen_reason(rep) if rep.verdict == "unseen" else "")
    return Card(
        rep=rep, title=f"{wording.one_of_many(report).capitalize()} {rep.index}", look=verdict_words.look_of(rep),
        image=_uri(images.get(rep.index)),
        chart=angle_chart.of_rep(track, rep, exercise) if track is not None else Markup(""),
        numbers=tuple(CardNumber(number.label, number.text(rep, report.signal), number.is_measured(rep, report.signal))
                      for number in display.numbers(report, exercise)) + _held(rep, exercise) + _own_numbers(rep),
        parts=split_bar.bar(rep) if {"hip_flexion_deg",
                                     display.BACK} <= set(display.quantities(exercise)) else Markup(""),
        tempo=tuple(_("{seconds} s {phase}").format(seconds=localised(f"{part_s:.1f}"), phase=word) for word, part_s
                    in zip(wording.tempo_words(rep, report.signal), wording.tempo(rep), strict=True)),
        borderline=wording.borderline(rep), sentence=sentence,
        lines=tuple(_line(finding, exercise) for finding in rep.findings))


def _held(rep: Rep, exercise: Exercise | None) -> tuple[CardNumber, ...]:
    """How many seconds a hold lasted of those that are asked for; nothing where none is asked for."""
    limits = [rule.bound.at_least for rule in exercise.rules if rule.measure == "hold_s"] if exercise else []
    asked_s = next((limit for limit in limits if limit is not None), None)
    if rep.held is None or asked_s is None:
        return ()
    return (CardNumber(_("Held"), _("{seconds} of {asked} s").format(
        seconds=localised(f"{rep.held.seconds:.1f}"), asked=compact(asked_s))),)


def _own_numbers(rep: Rep) -> tuple[CardNumber, ...]:
    """The rounding onset, and how much of the person's own full bend was used; only what is known."""
    numbers = []
    if rep.rounding_onset_deg is not None:
        at = wording.amount(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)
        numbers.append(CardNumber(_("Rounding onset, hip"), at))
    if rep.spine_share_of_full_bend is not None:
        numbers.append(CardNumber(_("Of own full bend"), split_bar.percent(rep.spine_share_of_full_bend)))
    return tuple(numbers)
