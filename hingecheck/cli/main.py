"""The command `hingecheck`: assemble its commands, one module each.

Nothing heavy is imported until a command needs it, so that `--help` starts at once and `doctor` runs on a machine where
half of the packages are missing.
"""

from __future__ import annotations

from typing import Annotated

import typer

from hingecheck.cli import (
    accounts_command,
    analyse_command,
    app_command,
    exercises_command,
    export_command,
    history_command,
    live_command,
    output_encoding,
    programmes_command,
    progress_command,
)
from language.current import SOURCE, current
from language.translate import _

app = typer.Typer(name="hingecheck", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help=_("Measures hip hinges and stretches and says, rep by rep, whether the back rounded."),
                  epilog=_("Exercise feedback, not medical advice. Everything runs on this computer."))
app.command()(analyse_command.analyse)
app.add_typer(exercises_command.app, name="exercises")
app.add_typer(programmes_command.app, name="programmes")
history_command.app.command()(progress_command.progress)
app.add_typer(history_command.app, name="history")
app.command()(history_command.report)
app.command()(export_command.export)
app.command()(live_command.live)
app.command("app")(app_command.serve)
app.add_typer(accounts_command.app, name="accounts")


def _version(requested: bool) -> None:
    if requested:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"hingecheck {version('hingecheck')}")
        except PackageNotFoundError:
            typer.echo(_("hingecheck (not installed)"))
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version."))]
    = False,
) -> None:
    pass


@app.command()
def doctor() -> None:
    """Check what this machine has, what is missing, and how to get it. Exit code 0: ready. 1: something is missing."""
    from hingecheck.cli import doctor_table

    raise typer.Exit(doctor_table.show())


if current() != SOURCE:
    from hingecheck.cli import help_texts

    help_texts.translate(app)


def main() -> None:
    """Run the command line."""
    output_encoding.prepare()
    app()


if __name__ == "__main__":
    main()
