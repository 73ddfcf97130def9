"""`hingecheck exercises ...`: arguments -> what the exercise files say: list, show, new, check, measures.

As in `cli`, nothing is imported until a command needs it.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from exercises.library import Library

app = typer.Typer(no_args_is_help=False, help="List every exercise; or show, write and check them.")

_ID = re.compile(r"[a-z][a-z0-9_]*")
_WIDEST = 100
_WRONG = 1


@app.callback(invoke_without_command=True)
def _list(context: typer.Context) -> None:
    """List every exercise: its id, name, position, and where it comes from; show, new, check and measures do more."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console
    from rich.table import Table

    from exercises.library import library

    found = library()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("id", "name", "position", "from"):
        table.add_column(heading, no_wrap=heading == "id", overflow="fold")
    for known in found.entries():
        origin = "HingeCheck" if known.origin is None else known.origin.name
        table.add_row(known.exercise.id, known.exercise.name, known.exercise.position.value.replace("_", " "), origin)
    console = Console(highlight=False)
    console.print(table)
    console.print(f"Your own go into {found.folder}", style="dim", markup=False, soft_wrap=True)
    _tell_bad(found)


@app.command()
def show(name: Annotated[str, typer.Argument(metavar="ID", help="Id of an exercise, or a TOML file.",
                                             show_default=False)]) -> None:
    """Print all about one exercise: set-up, where the camera stands, rules with limits and sources."""
    from exercises.library import Known, library
    from exercises.tomlfile import ExerciseError
    from hingecheck.report.exercise_text import show as text

    found = library()
    try:
        known = Known(found.file(Path(name)), Path(name)) if name.endswith(".toml") else found.known(name)
    except ExerciseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_WRONG) from None
    typer.echo(text(known, min(_WIDEST, _width())), nl=False)
    for notice in found.notices(known.exercise.id):
        typer.echo(notice, err=True)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id: small letters, digits and _.", show_default=False)],
    out: Annotated[Path | None, typer.Option(
        "--out", "-o", help="File to write, or folder to write it into. Default: your own folder of exercises.",
        show_default=False)] = None,
) -> None:
    """Write a commented exercise that works as it stands, for you to change. Never replaces a file."""
    from exercises.library import library

    if _ID.fullmatch(name) is None:
        raise typer.BadParameter(f"expected small letters, digits and _, as in my_stretch, got {name!r}",
                                 param_hint="ID")
    found = library()
    if name in found.names:
        known = found.known(name)
        origin = "HingeCheck itself" if known.origin is None else str(known.origin)
        raise typer.BadParameter(f"{name!r} is taken by {origin}; choose another id", param_hint="ID")
    target = found.folder / f"{name}.toml" if out is None else out / f"{name}.toml" if out.is_dir() else out
    problem = _write_new(target, template(name))
    if problem:
        typer.echo(problem, err=True)
        raise typer.Exit(_WRONG)
    typer.echo(f"{target}\nNow: open it in any editor, change it, and run  hingecheck exercises check \"{target}\"")


@app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exercises or prescriptions (TOML).",
                                                      show_default=False)]) -> None:
    """Check exercise and prescription files. Exit code 0: all are right. 1: at least one is not."""
    from exercises.library import library
    from exercises.tomlfile import ExerciseError

    found, code = library(), 0
    for path in files:
        try:
            typer.echo(f"{path}: {_checked(path, found)}")
        except ExerciseError as error:
            typer.echo(str(error), err=True)
            code = _WRONG
    raise typer.Exit(code)


@app.command()
def measures() -> None:
    """List everything a rule may judge, with unit and plausible range."""
    from exercises.measures import MEASURES, label_of, range_of, unit_of

    room = max(map(len, MEASURES)) + 2
    for name in MEASURES:
        lowest, highest = range_of(name)
        typer.echo(f"{name:<{room}}{f'{lowest:g} to {highest:g} {unit_of(name)}':<22}{label_of(name)}")


def template(name: str) -> str:
    """Return the commented exercise that `new` writes, for an id."""
    from exercises.exercise_model import Exercise
    from exercises.tomlfile import wanted

    positions = wanted(Exercise.model_fields["position"].annotation).removeprefix("one of ")
    text = resources.files("hingecheck.cli").joinpath("exercise_template.toml").read_text(encoding="utf-8")
    words = {"__ID__": name, "__NAME__": name.replace("_", " ").capitalize(),
             "__POSITIONS__": positions}
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def _write_new(target: Path, text: str) -> str:
    """Write a file that must not be there yet; return what went wrong, or ""."""
    if target.exists():
        return f"{target} is there already and was left as it is. Choose another id, or another file with --out."
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return f"cannot write {target}: {error.strerror or error}. Choose another file with --out."
    return ""


def _checked(path: Path, found: Library) -> str:
    """Say what a file is; raises ExerciseError where it is wrong."""
    from exercises import load, tomlfile
    from exercises.library import is_prescription
    from exercises.prescribed_exercise import load_prescription

    if is_prescription(tomlfile.read(path)):
        prescription, exercise = load_prescription(path, found.exercise)
        changes = exercise.prescribed.changes if exercise.prescribed is not None else ()
        return f"a prescription for {prescription.exercise}: {'; '.join(changes) or 'no limit changed'}"
    exercise = found.file(path)
    count = len(exercise.rules)
    text = f"the exercise {exercise.id} ({exercise.name}), {count} rule{'' if count == 1 else 's'}"
    if exercise.id in load.ids():
        text += "; its id is that of a built-in exercise, so it works only as --exercise FILE, not from your own folder"
    return text


def _tell_bad(found: Library) -> None:
    for bad in found.bad:
        for problem in bad.problems:
            typer.echo(f"not used: {bad.origin}: {problem}", err=True)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
