"""Marked sentences can be found and filled: no f-string is marked, and every field gets its value."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parents[2]
MODULES = [path for package in ("pose", "exercises", "hingecheck") for path in sorted((ROOT / package).rglob("*.py"))]
NODES = [(path, node) for path in MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
MARKS = {"_", "gettext", "mark", "plural", "in_context"}


def called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def fields(text: str) -> set[str]:
    """Names of the fields of a sentence, those inside a format too."""
    names: set[str] = set()
    for _, name, spec, _ in Formatter().parse(text):
        if name is not None:
            names |= {name.split(".")[0].split("[")[0]} | fields(spec or "")
    return names


def sentences(node: ast.AST) -> list[str]:
    """The marked sentences of an expression: one, both forms, or those of either branch."""
    if called(node) in MARKS:
        assert isinstance(node, ast.Call)
        return [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if isinstance(node, ast.IfExp):
        return [*sentences(node.body), *sentences(node.orelse)]
    return []


def test_no_f_string_is_marked() -> None:
    for path, node in NODES:
        if called(node) in MARKS and isinstance(node, ast.Call):
            wrong = [one for one in node.args if isinstance(one, (ast.JoinedStr, ast.BinOp))]
            assert not wrong, f"{path}:{node.lineno}: an f-string or a sum cannot be found in a catalogue"


def test_every_field_gets_its_value() -> None:
    for path, node in NODES:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
            continue
        given = {one.arg for one in node.keywords}
        for sentence in sentences(node.func.value):
            missing = fields(sentence) - given
            assert None in given or not missing, f"{path}:{node.lineno}: {sentence!r} lacks {missing}"


def test_no_function_hides_the_mark() -> None:
    """A local name `_` would make every `_()` of the same function fail."""
    for path, function in NODES:
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = list(ast.walk(function))
            hides = any(isinstance(one, ast.Name) and one.id == "_" and isinstance(one.ctx, ast.Store)
                        for one in _outside_comprehensions(function))
            assert not (hides and any(called(one) == "_" for one in inside)), f"{path}:{function.lineno}"


def _outside_comprehensions(node: ast.AST) -> list[ast.AST]:
    """Nodes of a function without those that have a scope of their own."""
    nodes: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda,
                                  ast.FunctionDef, ast.AsyncFunctionDef)):
            nodes += [child, *_outside_comprehensions(child)]
    return nodes
