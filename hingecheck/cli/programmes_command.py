"""`hingecheck programmes ...`: list, show and check programmes, your week against one, and its days for a calendar.

As in `main`, nothing is imported until a command needs it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from language.numbers import day_of_month, localised, number, weekday
from language.translate import _, mark, plural

if TYPE_CHECKING:
    from exercises.programme import Programme
    from exercises.programme_library import Programmes
    from exercises.programme_plan import Activity
    from hingecheck.progress.adherence import PartDone

app = typer.Typer(no_args_is_help=True, help=_("Several exercises in order: list, show and check programmes."))

_FAILED = 1
#: For the names of the days.
_MONDAY = date(2024, 1, 1)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A day as it is given -> as it is shown; a state of a day -> its word.
_DAY_WORDS = {"mon": mark("mon"), "tue": mark("tue"), "wed": mark("wed"), "thu": mark("thu"), "fri": mark("fri"),
              "sat": mark("sat"), "sun": mark("sun")}
_STATES = {"done": mark("done"), "partly": mark("partly"), "missed": mark("missed"), "planned": mark("planned"),
           "free": ""}
_Id = Annotated[str, typer.Argument(
    metavar="ID", help=_("Id of a programme; prescribed, for what is prescribed for a person; or a TOML "
                         "file."), show_default=False)]
_Person = Annotated[str | None, typer.Option(
    "--person", "-p", metavar="NAME", help=_("Whose; default: the only person there is."), show_default=False)]
_Days = Annotated[str | None, typer.Option(
    "--days", metavar="DAYS", help=_("Your days, as mon,wed,fri. Default: those of the "
                                     "programme."), show_default=False)]


@app.command("list")
def list_programmes() -> None:
    """List every programme with its exercises and how long it takes."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from exercises.programme_library import load_programmes
    from exercises.programme_plan import duration_s

    programmes = load_programmes()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(_("id"), no_wrap=True, overflow="fold")
    for heading in (_("name"), _("minutes"), _("a week"), _("exercises"), _("from")):
        table.add_column(heading, overflow="fold")
    for entry in programmes.entries.values():
        one = entry.programme
        minutes = duration_s(one, programmes.exercises.exercise) / 60
        origin = "HingeCheck" if entry.origin is None else entry.origin.name
        table.add_row(*map(Text, (one.id, _(one.name), f"{minutes:.0f}", str(one.per_week),
                                  ", ".join(_exercises(one)), origin)))
    console = Console(highlight=False)
    console.print(table)
    console.print(_("Your own programmes go into {folder}").format(
                      folder=programmes.folder), style="dim", markup=False, soft_wrap=True)
    for file in programmes.invalid:
        for problem in file.problems:
            typer.echo(f"{file.origin}: {problem}", err=True)


@app.command()
def show(name: _Id, person: _Person = None) -> None:
    """Print a programme: warm-up, exercises with sets, sides, holds and rests, cautions and sources."""
    from exercises.programme_plan import activities, duration_s

    programmes, one = find_programme(name, person)
    find = programmes.exercises.exercise
    typer.echo("\n".join(filter(None, (f"{_(one.name)} ({one.id})", _(one.summary),
                                       _how_often(one, duration_s(one, find))))))
    if one.warm_up is not None:
        warm_up = _("Warm-up, {seconds} s: {what}").format(
            seconds=localised(f"{one.warm_up.seconds:g}"), what=" ".join(map(_, one.warm_up.do)))
        typer.echo(f"\n{warm_up}\n  {one.warm_up.source}")
    order = activities(one, find)
    for place, step in enumerate(one.steps, 1):
        typer.echo(f"\n{place}. {_(find(step.exercise).name)}: "
                   f"{_amount([activity for activity in order if activity.step == place - 1])}")
        for line in filter(None, (_(step.note), step.source)):
            typer.echo(f"  {line}")
    for caution in one.cautions:
        typer.echo(f"\n{_(caution)}")
    if one.sources:
        typer.echo("\n".join(("", _("Sources"), *(f"  {source}" for source in one.sources))))


@app.command()
def check(paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Programmes (TOML)."),
                                                      show_default=False)]) -> None:
    """Check programme files. Exit code 0: all are valid. 1: at least one is not."""
    from exercises.programme_library import load_programmes
    from exercises.tomlfile import ExerciseError

    programmes, code = load_programmes(), 0
    for path in paths:
        try:
            one = programmes.file(path)
            typer.echo(_("{path}: programme {id} of {exercises}").format(
                path=path, id=one.id, exercises=", ".join(_exercises(one))))
        except ExerciseError as error:
            typer.echo(str(error), err=True)
            code = _FAILED
    raise typer.Exit(code)


@app.command()
def calendar(
    name: _Id,
    out: Annotated[Path | None, typer.Option("--out", "-o", dir_okay=False, help=_("The .ics file. Default: ./ID.ics."),
                                             show_default=False)] = None,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help=_("When a session begins."))] = "18:00",
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=104, help=_("For how many weeks."))] = 8,
    days: _Days = None,
    person: _Person = None,
) -> None:
    """Write the planned days as an .ics file, which every calendar imports."""
    from exercises.programme_plan import duration_s
    from hingecheck.progress.calendar_file import ics
    from hingecheck.report.data_files import ReportError, in_place_of

    try:
        begins = datetime.strptime(at, "%H:%M").time()
    except ValueError:
        raise typer.BadParameter(_("expected a time as 18:00, got {at!r}").format(at=at), param_hint="--at") from None
    programmes, one = find_programme(name, person)
    target = Path(f"{one.id}.ics") if out is None else out
    content = ics(one, duration_s(one, programmes.exercises.exercise), datetime.now().date(), begins, weeks,
                  _numbers(days))
    try:
        with in_place_of(target) as part:
            part.write_bytes(content)
    except ReportError as error:
        typer.echo(_("Error: {error}").format(error=error), err=True)
        raise typer.Exit(_FAILED) from None
    typer.echo(str(target))


@app.command()
def week(name: _Id, person: _Person = None, days: _Days = None) -> None:
    """Show your week against a programme: done, partly, still planned."""
    from hingecheck.cli import history_access

    programmes, one = find_programme(name, person)
    with history_access.person_reps(person) as reps:
        from hingecheck.progress import adherence

        now = datetime.now().astimezone()
        assert now.tzinfo is not None
        past = adherence.weeks(one, reps, programmes.exercises.exercise, now.date(), now.tzinfo, _numbers(days))
    width = max(len(_(word)) for word in _STATES.values()) + 1
    find = programmes.exercises.exercise
    for day in past[-1].days:
        parts = ", ".join(part_line(_(find(part.exercise).name), part) for part in day.parts if part.done)
        word = _(_STATES[day.state.value])
        when = f"{weekday(day.date)} {day_of_month(day.date)}"
        typer.echo(f"{when}  {word:{width}}{parts}".rstrip())
    for sentence in adherence.sentences(past):
        typer.echo(sentence)


def find_programme(name: str, person: str | None) -> tuple[Programmes, Programme]:
    """Return all programmes and the one of an id or a file; a wrong one is a message and exit code 1."""
    from exercises.programme_library import load_programmes
    from exercises.programme_plan import PRESCRIBED
    from exercises.tomlfile import ExerciseError
    from hingecheck.cli import history_access

    programmes = load_programmes()
    if name == PRESCRIBED:
        return programmes, history_access.programme_of_prescriptions(person, programmes.exercises.exercise)
    try:
        return programmes, programmes.file(Path(name)) if name.endswith(".toml") else programmes.entry(name).programme
    except ExerciseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_FAILED) from None


def _numbers(days: str | None) -> tuple[int, ...] | None:
    if days is None:
        return None
    # In English, or as the person's own language has them, short or whole.
    numbers = {name: day for day, name in enumerate(_DAYS)}
    for day, is_wide in product(range(7), (False, True)):
        numbers[weekday(_MONDAY + timedelta(days=day), is_wide).rstrip(".").casefold()] = day
    words = [word.strip().rstrip(".").casefold() for word in days.split(",")]
    day_numbers = [numbers.get(word, numbers.get(word[:3])) for word in words]
    if None in day_numbers:
        raise typer.BadParameter(_("expected days as mon,wed,fri, got {days!r}").format(days=days), param_hint="--days")
    return tuple(sorted({day for day in day_numbers if day is not None}))


def _exercises(programme: Programme) -> list[str]:
    return list(dict.fromkeys(step.exercise for step in programme.steps))


def _how_often(programme: Programme, duration_s: float) -> str:
    """How long it takes and how often it is done, with the days that it names."""
    minutes, per_week = number(duration_s / 60), programme.per_week
    if not programme.days:
        return _("About {minutes} minutes, {per_week} times a week.").format(minutes=minutes, per_week=per_week)
    days = ", ".join(_(_DAY_WORDS[day.value]) for day in programme.days)
    return _("About {minutes} minutes, {per_week} times a week ({days}).").format(
        minutes=minutes, per_week=per_week, days=days)


def part_line(exercise: str, part: PartDone) -> str:
    """Return how much was done of a part: "Hip hinge: 3 of 5", with the side where it has one."""
    what = _("{exercise}, {side}").format(exercise=exercise, side=_(part.side)) if part.side else exercise
    return _("{what}: {done} of {of}").format(what=what, done=part.done, of=part.of)


def _amount(order: list[Activity]) -> str:
    """How much of one exercise: "2 sets, left and right, 45 s each, 15 s rest"."""
    one = order[0]
    if one.hold_s is None:
        what = plural("{count} rep", "{count} reps", one.reps).format(count=one.reps)
    else:
        hold = localised(f"{one.hold_s:g}")
        what = f"{one.reps} x {hold} s" if one.reps > 1 else f"{hold} s"
    sides = list(dict.fromkeys(_(activity.side) for activity in order if activity.side))
    both = _("{left} and {right}").format(left=sides[0], right=sides[1]) if len(sides) == 2 else ", ".join(sides)
    parts = [plural("{count} set", "{count} sets", one.of).format(count=one.of) if one.of > 1 else "", what, both,
             _("{seconds} s rest").format(seconds=localised(f"{one.rest_s:g}")) if one.rest_s else ""]
    return ", ".join(filter(None, parts))
