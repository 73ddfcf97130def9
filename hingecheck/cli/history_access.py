"""The saved history as commands read it: opened with its errors in words, sets by their ids, a person's reps.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from language.translate import _

if TYPE_CHECKING:
    from uuid import UUID

    from exercises.exercise_model import Exercise
    from exercises.programme import Programme
    from hingecheck.formats.measured_set import MeasuredSet
    from hingecheck.history.connection import History
    from hingecheck.history.records import RepRecord, SavedSet

_FAILED = 1


@contextmanager
def opened() -> Iterator[History]:
    """Open the history; print its errors without a traceback."""
    from hingecheck.history.records import HistoryError
    from hingecheck.history.store import open_history
    from hingecheck.report.data_files import ReportError

    try:
        with open_history() as history:
            yield history
    except (HistoryError, ReportError) as error:
        typer.echo(_("Error: {error}").format(error=error), err=True)
        raise typer.Exit(_FAILED) from None


def set_ids(history: History, which: str) -> list[UUID]:
    """Return the ids of a set, or of every set of a session, by the beginning of an id or "last"."""
    from hingecheck.history import queries

    kind, full_id = queries.find(history, which)
    return [full_id] if kind == "set" else [line.id for line in queries.sets_of(history, full_id)]


def saved_sets(which: str) -> Iterator[tuple[SavedSet, MeasuredSet]]:
    """Yield a saved set, or every set of a session, as the formats of other programs take it."""
    from hingecheck.history import sets
    from hingecheck.jobs import set_export

    with opened() as history:
        for set_id in set_ids(history, which):
            saved = sets.load(history, set_id)
            yield saved, set_export.of_saved(history, saved)


@contextmanager
def person_reps(person: str | None) -> Iterator[Sequence[RepRecord]]:
    """Yield all reps of a person, by default of the only one; those of a video that was saved twice, once."""
    from hingecheck.history import copies, people, queries

    with opened() as history:
        owner = people.default(history) if person is None else people.find(history, person)
        copied = copies.copied_sets(history, owner.id)
        yield [rep for rep in queries.reps(history, owner.id) if rep.set_id not in copied]


def programme_of_prescriptions(person: str | None, find: Callable[[str], Exercise]) -> Programme:
    """Return the programme of a person's prescriptions; without one, a message and exit code 1."""
    from hingecheck.history import people
    from hingecheck.history.prescribed_programme import prescribed_programme

    with opened() as history:
        owner = people.default(history) if person is None else people.find(history, person)
        programme, problems = prescribed_programme(history, owner.id, find)
    for problem in problems:
        typer.echo(problem, err=True)
    if programme is None:
        typer.echo(_("Nothing is prescribed for {name}. A prescription is saved on the page People.").format(
                       name=owner.name), err=True)
        raise typer.Exit(_FAILED)
    return programme
