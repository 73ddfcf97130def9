"""SetReport -> what is printed in the terminal: headline, table of reps, summary, answers.

rich is imported when something is printed, so that `--help` answers at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import Rep, SetReport
from exercises.safety import AnswersWithAdvice, Weight
from hingecheck.report import display, set_sentences, verdict_words, wording
from language.numbers import localised
from language.translate import _

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_STYLES = {"good": "bold blue", "watch": "bold yellow", "fault": "bold red", "unseen": "dim"}


def table(report: SetReport, width: int | None = None, exercise: Exercise | None = None) -> Table:
    """Return the reps as a table for a rich console: verdict, what the exercise measures with uncertainty, tempo.

    Where it would be wider than `width` characters, the columns on the person's own scale are left out one by one.
    """
    from rich.console import Console

    numbers = display.numbers(report, exercise)
    own = _own_columns(report, numbers)
    wide = Console(width=1000)
    while True:
        out = _table(report, numbers, own)
        if not own or width is None or wide.measure(out).maximum <= width:
            return out
        own = own[1:]


def _table(report: SetReport, numbers: Sequence[display.Number],
           own: Sequence[tuple[str, Callable[[Rep], str]]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    out = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    out.add_column(wording.one_of_many(report), justify="right")
    if any(rep.side for rep in report.reps):
        out.add_column(_("side"))
    out.add_column(_("at"), justify="right")
    out.add_column(_("verdict"))
    for number in numbers:
        out.add_column(number.short, justify="right", no_wrap=True)
    for heading, _shown_as in own:
        out.add_column(heading, justify="right", no_wrap=True)
    out.add_column(_("down/hold/up") if wording.goes_down(report.signal) else _("go/stay/back"), justify="right",
                   no_wrap=True)
    for rep in report.reps:
        look = verdict_words.look_of(rep)
        cells = [Text(str(rep.index))]
        if any(other.side for other in report.reps):
            cells.append(Text(_(rep.side) if rep.side else ""))
        sure = _(", borderline") if rep.borderline else ""
        cells += [Text(f"{localised(f'{rep.bottom_s:.1f}')} s"),
                  Text(f"{look.sign} {look.word}{sure}", style=_STYLES[look.tone])]
        cells += [Text(number.text(rep, report.signal)) for number in numbers]
        cells += [Text(shown_as(rep)) for _heading, shown_as in own]
        cells.append(Text("  ".join(localised(f"{part:.1f}") for part in wording.tempo(rep))))
        out.add_row(*cells)
    return out


def _own_columns(report: SetReport, numbers: Sequence[display.Number]) -> list[tuple[str, Callable[[Rep], str]]]:
    """Columns on the person's own scale; one that no rep fills is left out, to keep the table narrow."""
    if not {"hip_flexion_deg", display.BACK} <= {number.quantity for number in numbers}:
        return []

    def share(value: float | None) -> str:
        return "" if value is None else f"{100 * value:.0f} %"

    def onset(rep: Rep) -> str:
        return "" if rep.rounding_onset_deg is None else \
            wording.amount(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)

    columns: list[tuple[str, Callable[[Rep], str]]] = [
        (_("by hips"), lambda rep: share(rep.hip_share)),
        (_("of own"), lambda rep: share(rep.spine_share_of_full_bend)),
        (_("gives at"), onset)]
    return [(heading, shown_as) for heading, shown_as in columns if any(map(shown_as, report.reps))]


def print_answers(console: Console, given: AnswersWithAdvice) -> None:
    """Print what a person answered after the set, and what follows; what means stop, in bold."""
    console.print(set_sentences.answers(given), style="dim", markup=False, soft_wrap=True)
    for advice in given.advice:
        console.print(advice.say, style="bold" if advice.weight is Weight.STOP else "", markup=False, soft_wrap=True)


def print_set(report: SetReport, files: Mapping[str, str], exercise: Exercise | None = None) -> None:
    """Print a judged set on standard output: headline, table, summary, what to know, and where its files are."""
    from rich.console import Console

    console = Console(highlight=False)
    headline = set_sentences.headline(report, set_sentences.good_word(exercise))
    console.print(f"{report.video}: {headline}", style="bold", markup=False)
    if report.recognised is not None:
        names = {name: one.name for name, one in catalogue().items()}
        console.print(set_sentences.recognised(report.recognised, names), style="dim", markup=False)
    if report.reps:
        console.print(table(report, console.width, exercise))
    for sentence in (*report.summary, *report.reasons, *map(set_sentences.agreement, report.agreement)):
        console.print(sentence, markup=False)
    if files:
        placed = [os.path.split(path) for path in files.values()]
        folder = placed[0][0]
        written = ", ".join(name for _, name in placed)
        console.print(f"{folder}: {written}", style="dim", markup=False, soft_wrap=True)
    console.print()
