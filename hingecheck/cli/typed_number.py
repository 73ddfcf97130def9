"""A number as a person types it, with a decimal point or a decimal comma -> float."""

from __future__ import annotations

import typer

from language.translate import _


def read(text: str) -> float:
    """Return the number.

    Examples
    --------
    >>> read("0.25"), read("0,25")
    (0.25, 0.25)

    Raises
    ------
    typer.BadParameter
        It is none.
    """
    try:
        return float(str(text).replace(",", "."))
    except ValueError:
        raise typer.BadParameter(_("expected a number, as 0.25, got {text!r}").format(text=text)) from None
