"""The modules of the command line -> the docstrings of its commands, which --help shows."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

_FOLDER = "hingecheck/cli"
_PARAMETERS = frozenset({"Argument", "Option"})
_REGISTERS = frozenset({"command"})


def docstrings(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the file's name and the docstring of each command in it, in the order of the files."""
    for path in sorted((root / _FOLDER).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _is_command(node):
                docstring = ast.get_docstring(node, clean=False)
                if docstring:
                    yield path.relative_to(root).as_posix(), inspect.cleandoc(docstring)


def _is_command(node: ast.FunctionDef) -> bool:
    """Whether a function is registered as a command, or takes what only the command line gives."""
    registers = {name for decorator in node.decorator_list for name in _called(decorator)}
    return bool(registers & _REGISTERS or set(_called(node.args)) & _PARAMETERS)


def _called(node: ast.AST) -> Iterator[str]:
    """Yield the names of the attributes that are called, as "Option" of `typer.Option(...)`."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            yield part.func.attr
