"""Imports run one way only; the order is held here as data."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pose", "exercises", "coach")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

#: What a module (or package) may import of the project, beside its own package's lower floors.
PACKAGE_MAY_IMPORT = {
    "pose": set(),
    "exercises": {"pose.quantity", "pose.track"},
    "coach": {"pose", "exercises"},
}

#: Outside libraries with one door each: (library, the only files that may import it).
DOORS = {
    "mediapipe": {"pose/estimator.py", "pose/bundle.py"},
    "streamlit": {"app.py", "coach/pages"},
    "streamlit_webrtc": {"coach/pages/live_stream.py"},
    "sqlalchemy": {"coach/history/"},
    "alembic": {"coach/history/"},
    "typer": {"coach/cli.py", "coach/analyse_cli.py", "coach/analyse_options.py", "coach/app_cli.py",
              "coach/exercises_cli.py", "coach/history_cli.py", "coach/live_cli.py"},
}

#: `exercises` judges numbers: none of these may reach it.
IMAGE_LIBRARIES = {"cv2", "av", "mediapipe", "PIL", "skimage"}


def imported(path: Path) -> set[str]:
    """Dotted names that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_package_imports_only_what_lies_below_it(path: Path) -> None:
    package = module_name(path).split(".")[0]
    allowed = PACKAGE_MAY_IMPORT[package]
    for name in imported(path):
        top = name.split(".")[0]
        if top in PACKAGES and top != package:
            assert top in allowed or any(name == item or name.startswith(f"{item}.") for item in allowed), (
                f"{module_name(path)} imports {name}, which stands above or beside it"
            )


@pytest.mark.parametrize("library", DOORS)
def test_each_foreign_engine_has_one_door(library: str) -> None:
    users = {
        str(path.relative_to(ROOT).as_posix())
        for path in [*MODULES, ROOT / "app.py"]
        if path.exists() and any(name.split(".")[0] == library for name in imported(path))
    }
    strangers = {user for user in users if not any(user.startswith(door) for door in DOORS[library])}
    assert not strangers


def test_exercises_imports_no_image_library() -> None:
    for path in (ROOT / "exercises").rglob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & IMAGE_LIBRARIES, path


def test_there_is_no_import_cycle() -> None:
    names = {module_name(path) for path in MODULES}
    graph = {module_name(path): {name for name in imported(path) if name in names} - {module_name(path)}
             for path in MODULES}
    done: set[str] = set()
    while graph.keys() - done:
        free = {name for name in graph.keys() - done if graph[name] <= done | set(PACKAGES)}
        assert free, f"these import each other in a ring: {sorted(graph.keys() - done)}"
        done |= free


@pytest.mark.parametrize("code", ["import pose, exercises, coach", "import coach.cli"])
def test_a_light_import_loads_no_engine(code: str) -> None:
    script = f"{code}\nimport sys\nprint([m for m in ('mediapipe', 'cv2', 'streamlit') if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"
