"""`hingecheck history progress`: some weeks of a person on one page, as PDF.

As in `main`, nothing heavy is imported until the command runs.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from language.translate import _

_MOST_WEEKS = 520


def progress(
    person: Annotated[str | None, typer.Option(
        "--person", "-p", metavar="NAME", help=_("Whose weeks; default: the only person there "
                                                 "is."), show_default=False)] = None,
    weeks: Annotated[int, typer.Option("--weeks", "-w", min=1, max=_MOST_WEEKS, help=_("How many, up to today."))] = 12,
    born: Annotated[str | None, typer.Option(
        "--born", metavar="DATE", help=_("The person's date of birth, as 1980-05-03. It is not "
                                         "saved."), show_default=False)] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who made the page."), show_default=False)] = "",
    out: Annotated[Path, typer.Option("--out", "-o", dir_okay=False, metavar="FILE", help=_("The PDF to write."),
                                      )] = Path("progress.pdf"),
) -> None:
    """Write one page about some weeks as PDF: prescribed and done, how far, what changed, pain."""
    from hingecheck.cli import history_access

    born_on = _date(born)
    with history_access.opened() as history:
        from exercises.library import load_library
        from hingecheck.history import people
        from hingecheck.progress import weeks_pdf, weeks_summary
        from hingecheck.report.data_files import in_place_of

        owner = people.default(history) if person is None else people.find(history, person)
        summary = weeks_summary.summarise(history, owner, weeks, datetime.now().astimezone(), load_library().exercise)
        page = weeks_pdf.render(summary, weeks_pdf.Head(born_on, by))
        with in_place_of(out) as part:
            part.write_bytes(page)
    typer.echo(str(out))


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("expected a date as 1980-05-03, got {text!r}").format(
                                     text=text), param_hint="--born") from None
    if day > date.today():
        raise typer.BadParameter(_("{text} is still to come").format(text=text), param_hint="--born")
    return day
