"""`hingecheck history ...` and `hingecheck report`: arguments -> what the history keeps, and its reports again.

As in `cli`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from uuid import UUID

    from hingecheck.history.connection import History
    from hingecheck.history.records import Person
    from hingecheck.jobs.video_job import VideoResult

_FAILED = 1
app = typer.Typer(no_args_is_help=True, help="What is kept of your sets: list, show, export, import, delete.")

_Person = Annotated[str | None, typer.Option("--person", "-p", metavar="NAME", help="Only this person's.",
                                             show_default=False)]
_One = Annotated[str, typer.Argument(metavar="SET_OR_SESSION", help="The beginning of an id, as list shows it; or "
                                     "last.", show_default=False)]


@contextmanager
def _history() -> Iterator[History]:
    """The open history; what is wrong with it is said without a traceback."""
    from hingecheck.history.records import HistoryError
    from hingecheck.history.store import open_history
    from hingecheck.report.data_files import ReportError

    try:
        with open_history() as history:
            yield history
    except (HistoryError, ReportError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(_FAILED) from None


@app.command("list")
def list_sets(person: _Person = None,
              exercise: Annotated[str | None, typer.Option("--exercise", "-e", metavar="ID", help="Only this exercise.",
                                                           show_default=False)] = None,
              limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many, newest first.")] = 20,
              ) -> None:
    """List the sets that are kept, newest first."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from hingecheck.history import people, queries

    with _history() as history:
        whose = None if person is None else people.find(history, person).id
        found = queries.lines(history, whose, exercise, limit=limit)
        names = {one.id: one for one in people.everyone(history, archived=True)}
        total = queries.count(history, whose, exercise)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("set", "session", "when", "person", "exercise", "result"):
        table.add_column(heading, overflow="fold")
    for line in found:
        name = names[line.person_id]
        table.add_row(*map(Text, (
            str(line.id)[:8], str(line.session_id)[:8], f"{line.made_at.astimezone():%Y-%m-%d %H:%M}",
            name.name + (" (archived)" if name.archived_at else ""), line.exercise, line.headline)))
    console = Console(highlight=False)
    if found:
        console.print(table)
        if total > len(found):
            console.print(f"{total - len(found)} older: --limit {total} shows all.", style="dim")
    else:
        console.print("Nothing is kept yet: hingecheck analyse VIDEO --save keeps a set.", markup=False)


@app.command()
def show(which: _One) -> None:
    """Show a set, or every set of a session, with what was said about it."""
    with _history() as history:
        for set_id in _sets(history, which):
            _show(history, set_id)


def _show(history: History, set_id: UUID) -> None:
    from hingecheck.history import files, sets
    from hingecheck.history.text_checks import shown
    from hingecheck.report.terminal import print_set

    saved = sets.load(history, set_id)
    typer.echo(f"{saved.person.name}, {saved.line.made_at.astimezone():%Y-%m-%d %H:%M}, {saved.exercise.name}")
    print_set(saved.report, {}, saved.exercise)
    for one in saved.relabels:
        said = f"Rep {one.rep}: {one.author} says {one.verdict!r} (judged {one.original!r}). {shown(one.note)}"
        typer.echo(said.rstrip())
    if saved.answers is not None:
        pain = "not said" if saved.answers.pain is None else f"{saved.answers.pain} of 10"
        typer.echo(f"Pain: {pain}. Felt: {', '.join(saved.answers.felt) or 'not said'}.")
    for note in saved.notes:
        typer.echo(f"{note.author}: {shown(note.text)}")
    film = files.video(history, set_id)
    if film is not None:
        typer.echo(f"Video: {film}")


@app.command()
def export(archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", dir_okay=False, help="The zip file to write.",
                                                   show_default=False)], person: _Person = None) -> None:
    """Write everything that is kept, or everything of one person, into one zip archive."""
    from hingecheck.history import archive_out, people

    with _history() as history:
        whose = None if person is None else people.find(history, person).id
        counts = archive_out.export(history, archive, whose)
    typer.echo(f"{archive}: {counts['people']} people, {counts['sessions']} sessions, {counts['sets']} sets, "
               f"{counts['files']} files.")


@app.command("import")
def read_in(archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", dir_okay=False, help="A zip file that export "
                                                    "wrote.", show_default=False)]) -> None:
    """Read an archive in. What is kept already stays as it is, so that doing it twice changes nothing."""
    from hingecheck.history import archive_in

    with _history() as history:
        came = archive_in.read_in(history, archive)
    typer.echo(f"New: {came.new['people']} people, {came.new['sessions']} sessions, {came.new['sets']} sets. "
               f"{came.known_sets} sets were here already.")


@app.command()
def delete(
    which: Annotated[list[str] | None, typer.Argument(
        metavar="[SET_OR_SESSION]...", help="Beginnings of ids, as list shows them.", show_default=False)] = None,
    person: Annotated[str | None, typer.Option("--person", "-p", metavar="NAME", help="Delete this person with "
                                               "everything of theirs.", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete sets, sessions or a person for good, with their pictures and videos. Asks first."""
    if bool(which) == (person is not None):
        raise typer.BadParameter("give either sets and sessions, or --person NAME", param_hint="SET_OR_SESSION")
    with _history() as history:
        goes = _planned(history, which or (), person)
        for words, _ in goes:
            if not yes and not typer.confirm(f"Delete {words}, with pictures and videos, for good?"):
                typer.echo("Nothing was deleted.")
                raise typer.Exit(_FAILED)
        for words, do in goes:
            do()
            typer.echo(f"Deleted: {words}.")


def _planned(history: History, which: Sequence[str], person: str | None) -> list[tuple[str, Callable[[], object]]]:
    """What is to go, in words, and how: everything is looked up before anything is deleted."""
    from functools import partial

    from hingecheck.history import people, queries, sets

    if person is not None:
        one = people.find(history, person)
        return [(f"{one.name} with {queries.count(history, one.id)} sets", partial(people.delete, history, one.id))]
    goes: list[tuple[str, Callable[[], object]]] = []
    for given in which:
        kind, found = queries.find(history, given)
        if kind == "set":
            line = sets.load(history, found).line
            goes.append((f"the set of {line.made_at.astimezone():%Y-%m-%d %H:%M} ({line.video}, {line.headline})",
                         partial(sets.delete, history, found)))
        else:
            number = len(queries.sets_of(history, found))
            goes.append((f"the session {str(found)[:8]} with {number} sets",
                         partial(sets.delete_session, history, found)))
    return goes


def report(which: _One,
           out: Annotated[Path | None, typer.Option("--out", "-o", file_okay=False, help="Folder for the files; for a "
                          "session, one folder a set inside it. Default: ./hingecheck-out/<video>-<id>.",
                          show_default=False)] = None) -> None:
    """Write the report of a kept set, or of every set of a session, again: report.html, report.json and the tables."""
    from hingecheck.history import sets
    from hingecheck.jobs import saving

    with _history() as history:
        found = _sets(history, which)
        for set_id in found:
            saved = sets.load(history, set_id)
            name = f"{Path(saved.report.video).stem or 'set'}-{str(set_id)[:8]}"
            root = Path("hingecheck-out") if out is None else out
            folder = root if out is not None and len(found) == 1 else root / name
            typer.echo(str(saving.write_saved_report(history, saved, folder)["html"]))


def _sets(history: History, which: str) -> list[UUID]:
    from hingecheck.history import queries

    kind, found = queries.find(history, which)
    return [found] if kind == "set" else [line.id for line in queries.sets_of(history, found)]


@contextmanager
def keeper(save: bool, person: str | None, video: bool,
           quiet: bool) -> Iterator[tuple[Callable[[VideoResult], VideoResult], tuple[History, Person] | None]]:
    """Give what `analyse` does with each finished video (keep it where that is wanted), and whose history it is.

    Whose it is and whether it can be kept is known before the first video is analysed.
    """
    if not save:
        if person is not None or video:
            raise typer.BadParameter("needs --save", param_hint="--keep-video" if video else "--person")
        yield (lambda done: done), None
        return
    from hingecheck.history import people
    from hingecheck.history.records import HistoryError
    from hingecheck.jobs import saving

    with ExitStack() as stack:
        history = stack.enter_context(_history())
        who, new = (people.default(history), False) if person is None else people.named(history, person)
        if new:
            typer.echo(f"{who.name} is new in the history.", err=True)

        def kept(done: VideoResult) -> VideoResult:
            exercise = None if done.analysis is None else done.analysis.exercise
            if done.report.status != "judged" or exercise is None:
                return done
            try:
                set_id = saving.save_set(history, done, exercise, who.id, video)
            except HistoryError as error:
                return replace(done, problems=(*done.problems, f"Not kept: {error}"))
            if video and "video" not in done.files:
                done = replace(done, problems=(*done.problems, "No video was kept: none was drawn."))
            if not quiet:
                typer.echo(f"Kept for {who.name} as {str(set_id)[:8]} (hingecheck history show {str(set_id)[:8]}).",
                           err=True)
            return done

        yield kept, (history, who)
