"""Find the person of `--person NAME` whose sets a command saves.

As in `main`, nothing heavy is imported until it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from language.translate import _, mark

if TYPE_CHECKING:
    from hingecheck.history.connection import History
    from hingecheck.history.records import Person

_ADD_NAME = mark("Add --person NAME.")


def find(history: History, name: str | None) -> Person:
    """Return the person with that name, who is added if unknown; without a name, the only person.

    Raises
    ------
    HistoryError
        No name is given and several people are in the history, or several have the name.
    """
    from hingecheck.history import people
    from hingecheck.history.records import AmbiguousPersonError, HistoryError

    if name is None:
        try:
            return people.default(history)
        except AmbiguousPersonError as error:
            raise HistoryError(f"{error} {_(_ADD_NAME)}") from None
    person, is_new = people.find_or_add(history, name)
    if is_new:
        typer.echo(_("{name} is new in the history.").format(name=person.name), err=True)
    return person


def hint(name: str | None) -> str:
    """Return what to add to the command where several people are in the history and no name is given; else ""."""
    from hingecheck.history import people
    from hingecheck.history.records import HistoryError
    from hingecheck.history.store import open_history

    if name is not None:
        return ""
    try:
        with open_history() as history:
            return _(_ADD_NAME) if len(people.everyone(history)) > 1 else ""
    except HistoryError:  # the command prints this error itself
        return ""
