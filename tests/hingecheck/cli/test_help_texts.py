"""The help of commands in another language, in a process of its own: Typer's own words are set for a whole process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from language import command_texts

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = '''
import typer
from hingecheck.cli import help_texts

app, group = typer.Typer(), typer.Typer()

@app.command()
def raised() -> None:
    """Calf raise"""

@group.command()
def inside() -> None:
    """Calf raise"""

app.add_typer(group, name="group")
help_texts.translate(app)
print(app.registered_commands[0].help, group.registered_commands[0].help)
'''


def run(code: str, language: str) -> str:
    environment = {**os.environ, "HINGECHECK_LANG": language, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True,
                          encoding="utf-8").stdout.strip()


def test_the_docstrings_of_commands_and_groups_are_translated() -> None:
    assert run(PROGRAM, "de") == "Wadenheben Wadenheben"


def test_the_docstring_of_every_command_is_collected_for_translation() -> None:
    from hingecheck.cli.main import app

    apps = [app, *(group.typer_instance for group in app.registered_groups if group.typer_instance is not None)]
    first_lines = {command.callback.__doc__.splitlines()[0] for one in apps for command in one.registered_commands
                   if command.callback is not None and command.callback.__doc__}
    assert first_lines == {text.splitlines()[0] for _, text in command_texts.docstrings(ROOT)}
    assert len(first_lines) > 20
