"""Rows of text -> one table, for the terminal (rich) and for a page (Markdown)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text


@dataclass(frozen=True)
class Table:
    """A table: the first column names the row, the others hold figures.

    Attributes
    ----------
    title : str
    columns : tuple of str
    rows : tuple of tuple of str
    note : str
        One or two sentences under the title: how it is to be read.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What is said of one folder."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...]


def number(value: float, digits: int = 1) -> str:
    """A figure with its decimals; a dash where there is none."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"


def signed(value: float, digits: int = 1) -> str:
    """As `number`, with its sign."""
    return f"{round(value, digits) + 0.0:+.{digits}f}" if math.isfinite(value) else "–"  # + 0.0: never "-0.0"


def percent(share: float) -> str:
    """A share (0 to 1) in per cent, whole where it is whole."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %" if math.isfinite(share) else "–"


def table(title: str, columns: Iterable[str], rows: Iterable[Sequence[str]], note: str = "") -> Table:
    """Put a table together; every row must be as long as the head."""
    head, body = tuple(columns), tuple(tuple(row) for row in rows)
    for row in body:
        if len(row) != len(head):
            raise ValueError(f"{title}: expected {len(head)} cells in each row, got {len(row)}: {row}")
    return Table(title, head, body, note)


def show(section: Section, console: Console) -> None:
    """Print a section on the terminal."""
    console.rule(Text(section.title))
    for line in section.lines:
        console.print(Text(line))
    for one in section.tables:
        console.print(_rich(one))
        if one.note:
            console.print(Text(one.note, style="dim"))
        console.print()


def markdown(section: Section, level: int = 2) -> str:
    """Write a section as Markdown."""
    parts = [f"{'#' * level} {section.title}", *section.lines]
    for one in section.tables:
        parts += [f"{'#' * (level + 1)} {one.title}", *([one.note] if one.note else []), _pipes(one)]
    return "\n\n".join(parts) + "\n"


def _rich(one: Table) -> RichTable:
    drawn = RichTable(title=Text(one.title), title_justify="left", header_style="bold")
    for place, name in enumerate(one.columns):
        drawn.add_column(Text(name), justify="right" if place else "left")
    for row in one.rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def _pipes(one: Table) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    rule = "|" + "|".join("---:" if place else "---" for place in range(len(one.columns))) + "|"
    return "\n".join([line(one.columns), rule, *(line(row) for row in one.rows)])
