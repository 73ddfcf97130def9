"""Check this machine and print a table: what HingeCheck needs, what is installed, and how to get the rest.

Everything risky (loading native libraries, opening a camera) runs in another process with a time limit, so that the
command works on a machine where half of the packages are broken.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: Distributions that the analysis of a video imports.
PACKAGES = ("mediapipe", "opencv-python", "opencv-contrib-python", "numpy", "av", "pydantic", "typer", "rich",
            "jinja2", "platformdirs")
OLDEST_PYTHON = (3, 10)
#: Native libraries that wheels expect from the system -> the Debian or Ubuntu package with them.
SYSTEM_PACKAGES = {
    "libGL.so": "libgl1", "libEGL.so": "libegl1", "libGLESv2.so": "libgles2", "libgthread-2.0.so": "libglib2.0-0",
    "libglib-2.0.so": "libglib2.0-0", "libSM.so": "libsm6", "libXext.so": "libxext6", "libxcb.so": "libxcb1",
}
_IMPORTS = (
    ("OpenCV loads", "import cv2; print(cv2.__version__)"),
    ("PyAV loads", "import av; print(av.__version__)"),
    ("MediaPipe loads", "import mediapipe as m; from mediapipe.tasks.python import vision; "
     "from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library; load_raw_library(); "
     "print(m.__version__)"),
)
_FREE_MB = 500
_MISSING_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object")


@dataclass(frozen=True)
class Check:
    """One line of the table.

    Attributes
    ----------
    name : str
        The thing checked.
    ok : bool or None
        None = missing, but not needed for recorded videos.
    state : str
        Version, place or error.
    remedy : str
        How to get what is missing; "" where nothing is missing.
    """

    name: str
    ok: bool | None
    state: str
    remedy: str = ""


def python() -> Iterator[Check]:
    """Check the Python version."""
    state = f"{platform.python_version()} ({sys.executable})"
    good = sys.version_info[:2] >= OLDEST_PYTHON
    yield Check("Python", good, state, "" if good else "Install Python 3.10 or newer.")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def packages() -> Iterator[Check]:
    """Check that the packages are installed, and the two OpenCV packages in the same version."""
    versions = {name: _version(name) for name in PACKAGES}
    for name, number in versions.items():
        yield Check(f"package {name}", number is not None, number or "missing",
                    "" if number else "pip install -e . (in the project's folder)")
    pages = _version("streamlit")
    yield Check("package streamlit", True if pages else None, pages or "missing",
                "" if pages else "Only for the web pages: pip install -e . (in the project's folder)")
    pair = versions["opencv-python"], versions["opencv-contrib-python"]
    if all(pair):
        same = pair[0] == pair[1]
        yield Check("OpenCV pair", same, "same version" if same else f"{pair[0]} and {pair[1]}", "" if same else
                    f"pip install --force-reinstall opencv-python=={pair[1]} opencv-contrib-python=={pair[1]} "
                    "(both own the same files)")


def run(code: str, seconds: float = 60.0, is_output: bool = False) -> tuple[bool, str]:
    """Run Python code in another process; return whether it succeeded, and its last line of output.

    With `is_output` a failure too is told by the output, where there is one, and not by the errors.
    """
    try:
        process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=seconds,
                                 errors="replace", check=False)
    except subprocess.TimeoutExpired:
        return False, f"no answer within {seconds:.0f} s"
    except OSError as error:
        return False, str(error)
    is_told = process.returncode == 0 or (is_output and process.stdout.strip())
    lines = (process.stdout if is_told else process.stderr).strip().splitlines()
    text = lines[-1] if lines else ""
    return process.returncode == 0, text or f"exit code {process.returncode}"


def library_remedy(message: str) -> str:
    """Return how to install the native library named in an error message; general advice where none is named."""
    missing = _MISSING_LIBRARY.search(message)
    if missing is None:
        return "pip install --force-reinstall -e . (in the project's folder)"
    name = missing.group(1)
    for start, package in SYSTEM_PACKAGES.items():
        if name.startswith(start):
            return f"sudo apt-get install {package} (Debian, Ubuntu; elsewhere the package that has {name})"
    return f"Install the system's package that has {name}."


def libraries() -> Iterator[Check]:
    """Check that the packages with native code can be imported."""
    for name, code in _IMPORTS:
        good, text = run(code)
        yield Check(name, good, text, "" if good else library_remedy(text))


def model() -> Iterator[Check]:
    """Check that a pose model exists or can be built."""
    try:
        from pose.model import networks

        missing, how = networks.missing(), networks.instructions()
    except ImportError as error:
        yield Check("pose model", False, f"unknown: {error}", "pip install -e . (in the project's folder)")
        return
    if missing:
        yield Check("pose model", False, f"{' and '.join(missing)} missing", how)
        return
    good, text = run("from pose.model.bundle import model_path; print(model_path())")
    yield Check("pose model", good, text, "" if good else f"pip install --force-reinstall -e ., or: {how}")


def camera() -> Iterator[Check]:
    """Check for a camera; recorded videos need none."""
    devices = sorted(str(path) for path in Path("/dev").glob("video*"))
    if sys.platform.startswith("linux") and not devices:
        yield Check("camera", None, "none", "Only needed live: plug one in.")
        return
    good, text = run("import cv2, sys; c = cv2.VideoCapture(0); ok = c.isOpened() and c.read()[0]; c.release(); "
                     "print('delivers frames' if ok else 'delivers no frames'); sys.exit(not ok)", 15)
    state = ", ".join([*devices, text if good else "delivers no frames"])
    remedy = "Only needed live: close other programs that use the camera, and allow access (Linux: group video)."
    yield Check("camera", True if good else None, state, "" if good else remedy)


def database() -> Iterator[Check]:
    """Check that the history can be opened, if it exists; this does not create one."""
    good, text = run("from hingecheck.history.store import location; print(location())")
    yield Check("database", good, text.partition("HistoryError: ")[2] or text, "" if good else
                "Only needed for --save and the web pages: see docs/history.md.")


def saved_sets() -> Iterator[Check]:
    """Check every file of the history against its checksum, and mend what a killed program left unfinished."""
    good, text = run("import sys; from hingecheck.cli.history_state import main; sys.exit(main())", 600,
                     is_output=True)
    yield Check("saved sets", good, text.partition("HistoryError: ")[2] or text, "" if good else
                "Import your newest archive again (hingecheck history import): it restores what is missing or damaged.")


def _existing_parent(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _folder(name: str, folder: Path, remedy: str) -> Iterator[Check]:
    base = _existing_parent(folder)
    try:
        with tempfile.TemporaryFile(dir=base):
            pass
        free_mb = shutil.disk_usage(base).free / 1e6
    except OSError as error:
        yield Check(name, False, f"{folder}: {error.strerror or error}", remedy)
        return
    good = free_mb >= _FREE_MB
    yield Check(name, good, f"{folder}: {free_mb / 1000:.1f} GB free",
                "" if good else f"Free some disk space: {_FREE_MB} MB are needed.")


def folders() -> Iterator[Check]:
    """Check that the folders for results and for the model can be written and have free space."""
    yield from _folder("results folder", Path.cwd() / "hingecheck-out", "Change to another folder, or use --out DIR.")
    try:
        from pose.cache import cache_dir

        yield from _folder("cache folder", cache_dir(), "Set HINGECHECK_CACHE_DIR to a folder that you may write.")
    except ImportError as error:
        yield Check("cache folder", False, f"unknown: {error}", "pip install -e . (in the project's folder)")


#: All checks, causes before their consequences.
CHECKS: tuple[Callable[[], Iterator[Check]], ...] = (python, packages, libraries, model, camera, database,
                                                    saved_sets, folders)


def show() -> int:
    """Print the table; return 0 if nothing needed is missing, else 1."""
    lines = [line for check in CHECKS for line in check()]
    missing = sum(line.ok is False for line in lines)
    verdict = "Ready." if not missing else f"{missing} missing: see the last column."
    try:
        _print_table(lines, verdict)
    except ImportError:
        for line in lines:
            print(f"{_word(line):8} {line.name}: {line.state} {line.remedy}")
        print(verdict)
    return int(missing > 0)


def _word(line: Check) -> str:
    return {True: "ok", False: "missing", None: "-"}[line.ok]


def _print_table(lines: list[Check], verdict: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("", "what", "state", "how to get it"):
        table.add_column(heading, overflow="fold")
    styles = {True: "bold blue", False: "bold red", None: "dim"}
    for line in lines:
        table.add_row(Text(_word(line), style=styles[line.ok]), Text(line.name), Text(line.state), Text(line.remedy))
    console = Console(highlight=False, width=None if os.isatty(1) else 140)
    console.print(table)
    console.print(verdict, style="bold")
