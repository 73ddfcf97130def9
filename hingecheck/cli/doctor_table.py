"""Print the checks of this machine as a table, also where the library for tables is missing."""

from __future__ import annotations

import os

from hingecheck.cli.doctor import CHECKS, Check
from language.translate import _


def show() -> int:
    """Print the table; return 0 if nothing needed is missing, else 1."""
    lines = [line for check in CHECKS for line in check()]
    missing = sum(line.ok is False for line in lines)
    verdict = _("Ready.") if not missing else _("{count} missing: see the last column.").format(count=missing)
    try:
        _print_table(lines, verdict)
    except ImportError:
        for line in lines:
            print(f"{_word(line):8} {line.name}: {line.state} {line.remedy}")
        print(verdict)
    return int(missing > 0)


def _word(line: Check) -> str:
    return {True: _("ok"), False: _("missing"), None: "-"}[line.ok]


def _print_table(lines: list[Check], verdict: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("", _("what"), _("state"), _("how to get it")):
        table.add_column(heading, overflow="fold")
    styles = {True: "bold blue", False: "bold red", None: "dim"}
    for line in lines:
        table.add_row(Text(_word(line), style=styles[line.ok]), Text(line.name), Text(line.state), Text(line.remedy))
    console = Console(highlight=False, width=None if os.isatty(1) else 140)
    console.print(table)
    console.print(verdict, style="bold")
