"""Put the docstrings of the commands, and Typer's own words around them, into the current language."""

from __future__ import annotations

import inspect

import typer
from typer import rich_utils

from language.translate import _, in_context


def translate(app: typer.Typer) -> None:
    """Translate the help of an app, of its commands and of those of its groups.

    Help that was given to Typer itself, as of options, is translated where it stands.
    """
    _translate_commands(app)
    rich_utils.ARGUMENTS_PANEL_TITLE = in_context("title in the help", "Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = in_context("title in the help", "Options")
    rich_utils.COMMANDS_PANEL_TITLE = in_context("title in the help", "Commands")
    rich_utils.ERRORS_PANEL_TITLE = in_context("title of a message", "Error")
    rich_utils.ABORTED_TEXT = _("Aborted.")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.RICH_HELP = _("Try [blue]'{command_path} {help_option}'[/] for help.")


def _translate_commands(app: typer.Typer) -> None:
    for command in app.registered_commands:
        docstring = inspect.getdoc(command.callback)
        if command.help is None and docstring:
            command.help = _(docstring)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _translate_commands(group.typer_instance)
