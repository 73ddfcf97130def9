"""`hingecheck exercises ...`: list, show, create and check exercises, and list what rules can measure.

As in `main`, nothing is imported until a command needs it.
"""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from language.current import SOURCE, use
from language.numbers import localised
from language.translate import _, mark, plural

if TYPE_CHECKING:
    from exercises.library import Library

app = typer.Typer(no_args_is_help=False, help=_("List every exercise; or show, create and check them."))

#: Position -> how it is listed.
_POSITIONS = {"standing": mark("standing"), "sitting": mark("sitting"), "long_sitting": mark("long sitting"),
              "kneeling": mark("kneeling"), "supine": mark("supine"), "prone": mark("prone")}
_ID = re.compile(r"[a-z][a-z0-9_]*")
_MAX_WIDTH = 100
_FAILED = 1


@app.callback(invoke_without_command=True)
def _list(context: typer.Context) -> None:
    """List every exercise with its id, name, position and origin; show, new, check and measures do more."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from exercises.library import load_library

    files = load_library()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(_("id"), no_wrap=True, overflow="fold")
    for heading in (_("name"), _("position"), _("from")):
        table.add_column(heading, overflow="fold")
    for entry in files.entries():
        origin = "HingeCheck" if entry.origin is None else entry.origin.name
        position = _(_POSITIONS[entry.exercise.position.value])
        table.add_row(*map(Text, (entry.exercise.id, _(entry.exercise.name), position, origin)))
    console = Console(highlight=False)
    console.print(table)
    console.print(_("Your own exercises go into {folder}").format(
                      folder=files.folder), style="dim", markup=False, soft_wrap=True)
    _print_unused(files)


@app.command()
def show(name: Annotated[str, typer.Argument(metavar="ID", help=_("Id of an exercise, or a TOML file."),
                                             show_default=False)]) -> None:
    """Print one exercise: set-up, camera position, rules with limits and sources."""
    from exercises.library import LibraryEntry, load_library
    from exercises.tomlfile import ExerciseError
    from hingecheck.report.exercise_text import show as exercise_text

    files = load_library()
    try:
        entry = LibraryEntry(files.file(Path(name)), Path(name)) if name.endswith(".toml") else files.entry(name)
    except ExerciseError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_FAILED) from None
    typer.echo(exercise_text(entry, min(_MAX_WIDTH, _width())), nl=False)
    for notice in files.notices(entry.exercise.id):
        typer.echo(notice, err=True)


@app.command()
def new(
    name: Annotated[str, typer.Argument(
        metavar="ID", help=_("Its id: small letters, digits and _."), show_default=False)],
    out: Annotated[Path | None, typer.Option(
        "--out", "-o", help=_("File to write, or folder to write it into. Default: your own folder of exercises."),
        show_default=False)] = None,
) -> None:
    """Write a commented exercise that works unchanged, for you to edit. Never replaces a file."""
    from exercises.library import load_library

    if _ID.fullmatch(name) is None:
        raise typer.BadParameter(_("expected small letters, digits and _, as in my_stretch, got {name!r}").format(
                                     name=name),
                                 param_hint="ID")
    files = load_library()
    if name in files.names:
        entry = files.entry(name)
        origin = _("HingeCheck itself") if entry.origin is None else str(entry.origin)
        raise typer.BadParameter(_("{name!r} is an exercise of {origin}. Choose another id").format(
                                     name=name, origin=origin), param_hint="ID")
    target = files.folder / f"{name}.toml" if out is None else out / f"{name}.toml" if out.is_dir() else out
    problem = _write_new(target, template(name))
    if problem:
        typer.echo(problem, err=True)
        raise typer.Exit(_FAILED)
    typer.echo(_("{target}\nOpen it in any editor, change it, and run  hingecheck exercises check \"{target}\"").format(
                   target=target))


@app.command()
def check(paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Exercises or prescriptions (TOML)."),
                                                      show_default=False)]) -> None:
    """Check exercise and prescription files. Exit code 0: all are valid. 1: at least one is not."""
    from exercises.library import load_library
    from exercises.tomlfile import ExerciseError

    files, code = load_library(), 0
    for path in paths:
        try:
            typer.echo(f"{path}: {_describe(path, files)}")
        except ExerciseError as error:
            typer.echo(str(error), err=True)
            code = _FAILED
    raise typer.Exit(code)


@app.command()
def measures() -> None:
    """List everything that a rule can judge, with unit and plausible range."""
    from exercises.measures import MEASURES, label_of, range_of, unit_of

    width = max(map(len, MEASURES)) + 2
    for name in MEASURES:
        lowest, highest = range_of(name)
        span = _("{least} to {most} {unit}").format(least=localised(f"{lowest:g}"), most=localised(f"{highest:g}"),
                                                    unit=unit_of(name))
        typer.echo(f"{name:<{width}}{span:<22}{_(label_of(name))}")


def template(name: str) -> str:
    """Return the commented exercise that `new` writes, for an id."""
    from exercises.exercise_model import Exercise
    from exercises.toml_errors import describe_type

    with use(SOURCE):  # the comments of the file are English
        positions = describe_type(Exercise.model_fields["position"].annotation).removeprefix("one of ")
    text = resources.files("hingecheck.cli").joinpath("exercise_template.toml").read_text(encoding="utf-8")
    values = {"__ID__": name, "__NAME__": name.replace("_", " ").capitalize(), "__POSITIONS__": positions}
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text + _translation_keys(text)


def _translation_keys(text: str) -> str:
    """Return the tables of an exercise's translations, with every sentence of its file, for you to fill."""
    from exercises import tomlfile
    from exercises.own_translations import CODES, TRANSLATED
    from language.toml_texts import sentences

    keys = dict.fromkeys(sentences(tomlfile.parse(text, ""), TRANSLATED))
    table = "".join(f'{json.dumps(key, ensure_ascii=False)} = ""\n' for key in keys)  # JSON's quotes are TOML's
    return "".join(f"\n[translations.{code}]\n{table}" for code in CODES)


def _write_new(target: Path, text: str) -> str:
    """Write a file that must not exist yet; return what went wrong, or ""."""
    if target.exists():
        return _("{file} exists already and was not changed. Choose another id, or another file with --out.").format(
            file=target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return _("cannot write {file}: {reason}. Choose another file with --out.").format(
            file=target, reason=error.strerror or error)
    return ""


def _describe(path: Path, files: Library) -> str:
    """Return what a file defines; ExerciseError where it is invalid."""
    from exercises import load, tomlfile
    from exercises.library import is_prescription
    from exercises.prescribed_exercise import load_prescription

    if is_prescription(tomlfile.read_toml(path)):
        prescription, exercise = load_prescription(path, files.exercise)
        changes = exercise.prescribed.changes if exercise.prescribed is not None else ()
        return _("a prescription for {exercise}: {changes}").format(
            exercise=prescription.exercise, changes="; ".join(changes) or _("no limit changed"))
    exercise = files.file(path)
    count = len(exercise.rules)
    text = plural("the exercise {id} ({name}), {count} rule", "the exercise {id} ({name}), {count} rules", count)
    text = text.format(id=exercise.id, name=_(exercise.name), count=count)
    if exercise.id in load.catalogue_ids():
        return _("{exercise}; a built-in exercise has the same id, so it works only as --exercise FILE, not from your "
                 "own folder").format(exercise=text)
    return text


def _print_unused(files: Library) -> None:
    for bad in files.invalid:
        for problem in bad.problems:
            typer.echo(_("not used: {origin}: {problem}").format(origin=bad.origin, problem=problem), err=True)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
