"""Imports run one way only; the order is held here as data."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("language", "pose", "exercises", "hingecheck")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

#: What a package may import of the project, beside itself.
PACKAGE_MAY_IMPORT = {
    "language": set(),
    "pose": {"language"},
    "exercises": {"language", "pose.arrays", "pose.quantity", "pose.reason", "pose.track"},
    "hingecheck": {"language", "pose", "exercises"},
}

#: The floors of each house, lowest first: a module imports from its own floor and from those below it. "" = the modules
#: that stand loose in the package.
FLOORS = {
    "pose": (("",), ("model", "io"), ("frame",), ("spine",), ("positions",), ("drawing",)),
    "hingecheck": (("",), ("validation",), ("analysis",), ("report",), ("formats",), ("overlay",), ("history",),
                   ("progress",), ("jobs",), ("live",), ("serving",), ("pages",), ("cli",)),
}
#: The public entries stand loose and look down on everything.
ENTRIES = {"hingecheck", "hingecheck.api"}

#: Outside libraries with one door each: (library, the only files that may import it).
DOORS = {
    "mediapipe": {"pose/model/mediapipe_parts.py", "pose/model/normalisation.py"},
    "streamlit": {"app.py", "hingecheck/pages"},
    "starlette": {"hingecheck/serving/", "hingecheck/pages/server.py", "hingecheck/pages/openid.py"},
    "cryptography": {"hingecheck/serving/certificates.py"},
    "argon2": {"hingecheck/history/passwords.py"},
    "streamlit_webrtc": {"hingecheck/pages/live_stream.py"},
    "sqlalchemy": {"hingecheck/history/"},
    "alembic": {"hingecheck/history/"},
    "typer": {"hingecheck/cli/"},
    "gettext": {"language/translate.py"},
    "babel": {"language/make_catalogues.py"},
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


def floor_of(name: str) -> int | None:
    """The number of the floor on which a module stands; None for the public entries."""
    package, *rest = name.split(".")
    room = rest[0] if (ROOT / package / (rest[0] if rest else "")).is_dir() and rest else ""
    return None if name in ENTRIES else next(n for n, rooms in enumerate(FLOORS[package]) if room in rooms)


@pytest.mark.parametrize("path", [path for path in MODULES if module_name(path).split(".")[0] in FLOORS],
                         ids=module_name)
def test_a_module_imports_from_its_own_floor_and_below(path: Path) -> None:
    name = module_name(path)
    own = floor_of(name)
    known = {module_name(other) for other in MODULES}
    for other in imported(path) & known:
        if own is not None and other.split(".")[0] == name.split(".")[0] and other not in PACKAGES:
            floor = floor_of(other)
            assert floor is not None, f"{name} imports {other}, a public entry"
            assert floor <= own, f"{name} imports {other}, which stands above it"


def test_few_modules_stand_loose() -> None:
    assert len([path for path in (ROOT / "hingecheck").glob("*.py") if path.stem != "__init__"]) <= 6


@pytest.mark.parametrize("library", DOORS)
def test_each_foreign_engine_has_one_door(library: str) -> None:
    users = {
        str(path.relative_to(ROOT).as_posix())
        for path in [*MODULES, ROOT / "app.py"]
        if path.exists() and any(name.split(".")[0] == library for name in imported(path))
    }
    strangers = {user for user in users if not any(user.startswith(door) for door in DOORS[library])}
    assert not strangers


def test_no_module_and_no_class_has_the_name_of_another() -> None:
    names = [path.stem for path in MODULES if path.stem != "__init__"]
    classes = [node.name for path in MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
               if isinstance(node, ast.ClassDef)]
    assert [name for name, count in Counter([*names, *classes]).items() if count > 1] == []


def test_array_types_are_named_in_one_place() -> None:
    alias = re.compile(r"^\w+ = NDArray\[np\.(float64|bool_|uint8)\]", re.MULTILINE)
    folders = (*PACKAGES, "bench", "docs", "tests")
    naming = {str(path.relative_to(ROOT)) for folder in folders for path in (ROOT / folder).rglob("*.py")
              if alias.search(path.read_text(encoding="utf-8"))}
    assert naming == {"pose/arrays.py"}


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


@pytest.mark.parametrize("code", ["import pose, exercises, hingecheck", "import hingecheck.cli.main"])
def test_a_light_import_loads_no_engine(code: str) -> None:
    script = f"{code}\nimport sys\nprint([m for m in ('mediapipe', 'cv2', 'streamlit') if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"
