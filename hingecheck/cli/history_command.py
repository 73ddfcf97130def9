"""`hingecheck history ...` and `hingecheck report`: list, show, export, import and delete sets, rewrite reports.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingecheck.cli.history_access import opened, set_ids
from language.translate import _

if TYPE_CHECKING:
    from uuid import UUID

    from hingecheck.history.connection import History

_FAILED = 1
app = typer.Typer(no_args_is_help=True, help=_("Your saved sets: list, show, export, import, delete; weeks on one "
                                               "page."))

_Person = Annotated[str | None, typer.Option("--person", "-p", metavar="NAME", help=_("Only sets of this person."),
                                             show_default=False)]
_SetOrSession = Annotated[str, typer.Argument(
    metavar="SET_OR_SESSION", help=_("The beginning of an id, as list prints it; or last."), show_default=False)]


@app.command("list")
def list_sets(person: _Person = None,
              exercise: Annotated[str | None, typer.Option(
                  "--exercise", "-e", metavar="ID", help=_("Only this exercise."), show_default=False)] = None,
              limit: Annotated[int, typer.Option(
                  "--limit", "-n", min=1, help=_("At most this many, newest first."))] = 20,
              ) -> None:
    """List the saved sets, newest first."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from hingecheck.history import people, queries

    with opened() as history:
        person_id = None if person is None else people.find(history, person).id
        lines = queries.lines(history, person_id, exercise, limit=limit)
        owners = {owner.id: owner for owner in people.everyone(history, archived=True)}
        total = queries.count(history, person_id, exercise)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in (_("set"), _("session"), _("when"), _("person"), _("exercise"), _("result")):
        table.add_column(heading, overflow="fold")
    for line in lines:
        owner = owners[line.person_id]
        table.add_row(*map(Text, (
            str(line.id)[:8], str(line.session_id)[:8], f"{line.made_at.astimezone():%Y-%m-%d %H:%M}",
            _("{name} (archived)").format(name=owner.name) if owner.archived_at else owner.name, line.exercise,
            line.headline)))
    console = Console(highlight=False)
    if lines:
        console.print(table)
        if total > len(lines):
            console.print(_("{count} older: --limit {all} shows all.").format(
                count=total - len(lines), all=total), style="dim")
    else:
        console.print(_("Nothing is saved yet. hingecheck analyse VIDEO --save saves a set."), markup=False)


@app.command()
def show(which: _SetOrSession) -> None:
    """Show a set, or every set of a session, with its relabels, answers and notes."""
    with opened() as history:
        for set_id in set_ids(history, which):
            _show(history, set_id)


def _show(history: History, set_id: UUID) -> None:
    from hingecheck.history import files, sets
    from hingecheck.history.text_checks import strip_control_characters
    from hingecheck.report.terminal import print_set

    saved = sets.load(history, set_id)
    typer.echo(f"{saved.person.name}, {saved.line.made_at.astimezone():%Y-%m-%d %H:%M}, {_(saved.exercise.name)}")
    print_set(saved.report, {}, saved.exercise)
    for relabel in saved.relabels:
        verdicts = _("Rep {rep}: {author} says {verdict!r} (judged {original!r}).").format(
            rep=relabel.rep, author=relabel.author, verdict=relabel.verdict, original=relabel.original)
        typer.echo(f"{verdicts} {strip_control_characters(relabel.note)}".rstrip())
    if saved.answers is not None:
        pain = _("no answer") if saved.answers.pain is None else _("{pain} of 10").format(pain=saved.answers.pain)
        felt = ", ".join(saved.answers.felt) or _("no answer")
        typer.echo(_("Pain: {pain}. Felt: {felt}.").format(pain=pain, felt=felt))
    for note in saved.notes:
        typer.echo(f"{note.author}: {strip_control_characters(note.text)}")
    video = files.video_path(history, set_id)
    if video is not None:
        typer.echo(_("Video: {video}").format(video=video))


@app.command()
def export(archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", dir_okay=False, help=_("The zip file to write."),
                                                   show_default=False)], person: _Person = None) -> None:
    """Export everything, or all data of one person, into one zip archive."""
    from hingecheck.history import archive_export, people

    with opened() as history:
        person_id = None if person is None else people.find(history, person).id
        counts = archive_export.export_archive(history, archive, person_id)
    typer.echo(_("{archive}: {people} people, {sessions} sessions, {sets} sets, {files} files.").format(
        archive=archive, people=counts["people"], sessions=counts["sessions"], sets=counts["sets"],
        files=counts["files"]))


@app.command("import")
def import_archive(archive: Annotated[Path, typer.Argument(
    metavar="ARCHIVE", dir_okay=False, help=_("A zip file that export wrote."), show_default=False)]) -> None:
    """Import an archive. Sets that are in the history already stay as they are; importing twice changes nothing."""
    from hingecheck.history import archive_import

    with opened() as history:
        counts = archive_import.import_archive(history, archive)
    parts = [_("New: {people} people, {sessions} sessions, {sets} sets. {known} sets were here already.").format(
        people=counts.new["people"], sessions=counts.new["sessions"], sets=counts.new["sets"],
        known=counts.known_sets)]
    if counts.restored_files:
        parts.append(_("{count} of their files were missing or damaged, and are restored.").format(
            count=counts.restored_files))
    typer.echo(" ".join(parts))


@app.command()
def delete(
    which: Annotated[list[str] | None, typer.Argument(
        metavar="[SET_OR_SESSION]...", help=_("Beginnings of ids, as list shows them."), show_default=False)] = None,
    person: Annotated[str | None, typer.Option(
        "--person", "-p", metavar="NAME", help=_("Delete this person with all their "
                                                 "data."), show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask for confirmation."))] = False,
) -> None:
    """Delete sets, sessions or a person for good, with their images and videos. Asks first."""
    if bool(which) == (person is not None):
        raise typer.BadParameter(_("give either sets and sessions, or --person NAME"), param_hint="SET_OR_SESSION")
    with opened() as history:
        deletions = _deletions(history, which or (), person)
        for description, _delete in deletions:
            if not yes and not typer.confirm(_("Delete {description}, with images and videos, for good?").format(
                                                 description=description)):
                typer.echo(_("Nothing was deleted."))
                raise typer.Exit(_FAILED)
        for description, delete_it in deletions:
            delete_it()
            typer.echo(_("Deleted: {description}.").format(description=description))


def _deletions(history: History, which: Sequence[str], person: str | None) -> list[tuple[str, Callable[[], object]]]:
    """Return a description and a function for each deletion, so that all ids are checked before the first one."""
    from functools import partial

    from hingecheck.history import people, queries, sets

    if person is not None:
        owner = people.find(history, person)
        number = queries.count(history, owner.id)
        return [(_("{name} with {count} sets").format(name=owner.name, count=number),
                 partial(people.delete, history, owner.id))]
    deletions: list[tuple[str, Callable[[], object]]] = []
    for id_start in which:
        kind, full_id = queries.find(history, id_start)
        if kind == "set":
            line = sets.load(history, full_id).line
            words = _("the set of {time} ({video}, {result})").format(
                time=f"{line.made_at.astimezone():%Y-%m-%d %H:%M}", video=line.video, result=line.headline)
            deletions.append((words, partial(sets.delete, history, full_id)))
        else:
            number = len(queries.sets_of(history, full_id))
            words = _("the session {id} with {count} sets").format(id=str(full_id)[:8], count=number)
            deletions.append((words, partial(sets.delete_session, history, full_id)))
    return deletions


def report(which: _SetOrSession,
           out: Annotated[Path | None, typer.Option(
               "--out", "-o", file_okay=False,
               help=_("Folder for the files; for a session, one folder per set inside it. Default: "
                      "./hingecheck-out/<video>-<id>."), show_default=False)] = None) -> None:
    """Write report.html, report.json and the tables of a saved set, or of every set of a session, again."""
    from hingecheck.history import sets
    from hingecheck.jobs import saving

    with opened() as history:
        ids = set_ids(history, which)
        for set_id in ids:
            saved = sets.load(history, set_id)
            name = f"{Path(saved.report.video).stem or 'set'}-{str(set_id)[:8]}"
            root = Path("hingecheck-out") if out is None else out
            folder = root if out is not None and len(ids) == 1 else root / name
            typer.echo(str(saving.write_saved_report(history, saved, folder)["html"]))
