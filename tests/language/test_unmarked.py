"""No sentence that a person reads stands in the source without a mark for translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Folder -> what stands in it for programs and developers alone: a file, with the texts in it, or "*" for the file.
FOLDERS: dict[str, dict[str, tuple[str, ...]]] = {
    "exercises": {"exercises/toml_errors.py": ("Value error, ", "Input should be ")},
    "pose": {
        "pose/frame/rows_file.py": ("hingecheck measurements",), "pose/io/recording.py": ("hingecheck poses",),
        # Wrong calls of the Python API: the command line and the pages let nobody type these.
        "pose/io/image_codec.py": ("*",), "pose/io/video.py": ("turn_deg: expected one of ",
                                                              "speed: expected more than 0, got "),
        "pose/io/video_writer.py": ("time_s must be later than that of the frame before, got ",),
        "pose/mark.py": (" is deleted again and again",),
        # Runs while the project is installed: nothing of it can be imported yet.
        "pose/model/networks.py": ("*",),
        # Names of the terms of fits.
        "pose/positions/sitting_fit.py": ("*",), "pose/spine/fit.py": ("*",), "pose/spine/hinge_terms.py": ("*",),
        "pose/spine/sitting_terms.py": ("*",),
    },
    "hingecheck/cli": {
        # Code and styles; the word of `describe_type` in English.
        "hingecheck/cli/doctor.py": ("*",), "hingecheck/cli/doctor_table.py": ("bold blue", "bold red"),
        "hingecheck/cli/exercises_command.py": ("one of ",),
    },
    "hingecheck/history": {
        "hingecheck/history/column_types.py": ("*",),
        "hingecheck/history/migrations/versions/v0002_progress.py": ("*",),
        # Parts of the databases' own messages.
        "hingecheck/history/connection.py": ("no space left", "unable to open", "is full", "password authentication",
                                             "does not exist", "permission denied", "database disk image is malformed",
                                             "PRAGMA journal_mode = WAL"),
        # Values of kinds, and what SQLite is asked.
        "hingecheck/history/history_check.py": ("folder missing", "file missing", "file damaged", "folder unknown",
                                                "PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"),
        "hingecheck/history/people.py": ("SELECT pg_advisory_xact_lock(:key)",),
        "hingecheck/history/upgrade.py": ("SELECT pg_advisory_xact_lock(:key)",),
        "hingecheck/history/writers.py": ("*",), "hingecheck/history/track_file.py": ("*",),
    },
    "hingecheck/formats": {
        # What other programs read.
        "hingecheck/formats/fhir.py": ("*",), "hingecheck/formats/keypoints.py": (": landmarks found by HingeCheck",),
    },
    "hingecheck/jobs": {"hingecheck/jobs/video_task.py": (", from last ",)},
    # Words in the names of a table's columns.
    "hingecheck/validation": {"hingecheck/validation/hand_measurements.py": ("left knee", "right knee", "leg raise")},
}
MARKS = {"_", "gettext", "mark", "plural", "in_context"}
#: Two words beside each other: a sentence, or part of one.
SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
#: Errors of wrong calls, which a developer reads.
DEVELOPERS = {"KeyError", "AssertionError", "TypeError", "RuntimeError"}


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each sentence that is not an argument of a mark."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.search(node.value):
            above = list(_above(node, parents))
            if not _is_docstring(node, above) and not any(map(_is_for_nobody, above)):
                yield node.lineno, node.value


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def _is_docstring(node: ast.Constant, above: list[ast.AST]) -> bool:
    return isinstance(above[0], ast.Expr) and above[0].value is node


def _is_for_nobody(node: ast.AST) -> bool:
    """Whether this marks what stands in it, or is an error of a developer, or an annotation."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in MARKS or name in DEVELOPERS
    return False


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_is_marked(folder: str) -> None:
    excepted = FOLDERS[folder]
    problems = []
    for path in files(folder):
        name = path.relative_to(ROOT).as_posix()
        allowed = excepted.get(name, ())
        problems += [f"{name}:{line}: {text!r}" for line, text in unmarked(path.read_text(encoding="utf-8"))
                     if "*" not in allowed and text not in allowed]
    assert not problems, "not marked for translation (language/translate.py):\n" + "\n".join(problems)


def test_the_check_finds_what_is_not_marked() -> None:
    source = 'def f(x):\n    """Not this one."""\n    raise VideoError(f"{x}: no such file")\n'
    assert [line for line, _ in unmarked(source)] == [3]
    assert not list(unmarked('raise VideoError(_("{x}: no such file").format(x=x))'))
    assert not list(unmarked('raise KeyError("no such thing")'))
