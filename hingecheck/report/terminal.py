"""SetReport -> what is printed in the terminal: headline, table of reps, summary, answers.

rich is imported when something is printed, so that `--help` answers at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import Rep, SetReport
from exercises.safety import AnswersWithAdvice, Weight
from hingecheck.report import display, set_sentences, verdict_words, wording
from language.numbers import localised
from language.translate import _, in_context

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_STYLES = {"good": "bold blue", "watch": "bold yellow", "fault": "bold red", "unseen": "dim"}
#: Columns on the person's own scale are left out first, in this order from 1.
_OWN_SCALE = 3


@dataclass(frozen=True)
class _Column:
    """A column, and when it is left out for want of room: the smallest first, 0 never."""

    heading: str
    text_of: Callable[[Rep], Text | str]
    leave: int = 0
    is_number: bool = True


def table(report: SetReport, width: int | None = None, exercise: Exercise | None = None) -> Table:
    """Return the reps as a table for a rich console: verdict, what the exercise measures with uncertainty, tempo.

    Where it would be wider than `width` characters, the columns on the person's own scale are left out one by one.
    Where that is not enough, verdicts take several lines, and further columns are left out: no number is ever cut.
    What is left out stands below.
    """
    from rich.console import Console

    columns = _columns(report, display.numbers(report, exercise))
    wide, left_out = Console(width=1000), list[str]()
    while True:
        out = _table(report, columns, left_out)
        needs = wide.measure(out)
        leaves = sorted((column.leave, place) for place, column in enumerate(columns) if column.leave)
        if width is None or not leaves:
            return out
        if (needs.maximum if leaves[0][0] <= _OWN_SCALE else needs.minimum) <= width:
            return out
        left_out.append(columns.pop(leaves[0][1]).heading)


def _table(report: SetReport, columns: Sequence[_Column], left_out: Sequence[str]) -> Table:
    from rich.cells import cell_len
    from rich.table import Table

    caption = _("A wider window also shows: {columns}").format(columns=", ".join(left_out)) if left_out else None
    out = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0), caption=caption,
                caption_justify="left", caption_style="dim")
    for column in columns:
        cells = [column.heading, *(str(column.text_of(rep)) for rep in report.reps)]
        kept_whole = cells if column.is_number else [word for cell in cells for word in cell.split()]
        out.add_column(column.heading, justify="right" if column.is_number else "left", no_wrap=column.is_number,
                       min_width=max(map(cell_len, kept_whole), default=0))
    for rep in report.reps:
        out.add_row(*(column.text_of(rep) for column in columns))
    return out


def _columns(report: SetReport, numbers: Sequence[display.Number]) -> list[_Column]:
    from rich.text import Text

    def verdict(rep: Rep) -> Text:
        look = verdict_words.look_of(rep)
        sure = _(", borderline") if rep.borderline else ""
        return Text(f"{look.sign} {look.word}{sure}", style=_STYLES[look.tone])

    def number_of(number: display.Number) -> Callable[[Rep], str]:
        return lambda rep: number.text(rep, report.signal)

    one = in_context("head of a column", "rep") if report.posture is None else wording.one_of_many(report)
    columns = [_Column(one, lambda rep: str(rep.index))]
    if any(rep.side for rep in report.reps):
        columns.append(_Column(_("side"), lambda rep: _(rep.side) if rep.side else "", 7, is_number=False))
    columns += [_Column(_("at"), lambda rep: f"{localised(f'{rep.bottom_s:.1f}')} s", 6),
                _Column(_("verdict"), verdict, is_number=False)]
    # Of the quantities the exercise's own, the first, stays longest.
    columns += [_Column(number.short, number_of(number), 100 - place)
                for place, number in enumerate(numbers)]
    columns += [_Column(heading, text_of, 1 + place)
                for place, (heading, text_of) in enumerate(_own_columns(report, numbers))]
    columns.append(_Column(_("down/hold/up") if wording.goes_down(report.signal) else _("go/stay/back"),
                           lambda rep: "  ".join(localised(f"{part:.1f}") for part in wording.tempo(rep)), 5))
    return columns


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
        (_("onset"), onset)]
    return [(heading, text_of) for heading, text_of in columns if any(map(text_of, report.reps))]


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
        paths = [os.path.split(path) for path in files.values()]
        folder = paths[0][0]
        written = ", ".join(name for _, name in paths)
        console.print(f"{folder}: {written}", style="dim", markup=False, soft_wrap=True)
    console.print()
