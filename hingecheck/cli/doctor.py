"""Check this machine: what HingeCheck needs, what is installed, and how to get the rest; `doctor_table` prints it.

Everything risky (loading native libraries, opening a camera) runs in another process with a time limit, so that the
command works on a machine where half of the packages are broken.
"""

from __future__ import annotations

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

from language.numbers import number
from language.translate import _, mark

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
    (mark("OpenCV loads"), "import cv2; print(cv2.__version__)"),
    (mark("PyAV loads"), "import av; print(av.__version__)"),
    (mark("MediaPipe loads"), "import mediapipe as m; from mediapipe.tasks.python import vision; "
     "from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library; load_raw_library(); "
     "print(m.__version__)"),
)
_FREE_MB = 500
_INSTALL = mark("pip install -e . (in the project's folder)")
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
    yield Check("Python", good, state, "" if good else _("Install Python 3.10 or newer."))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def packages() -> Iterator[Check]:
    """Check that the packages are installed, and the two OpenCV packages in the same version."""
    versions = {name: _version(name) for name in PACKAGES}
    for name, release in versions.items():
        yield Check(_("package {name}").format(name=name), release is not None, release or _("missing"),
                    "" if release else _(_INSTALL))
    pages = _version("streamlit")
    yield Check(_("package {name}").format(name="streamlit"), True if pages else None, pages or _("missing"),
                "" if pages else _("Only for the web pages: pip install -e . (in the project's folder)"))
    pair = versions["opencv-python"], versions["opencv-contrib-python"]
    if all(pair):
        same = pair[0] == pair[1]
        state = _("same version") if same else _("{first} and {second}").format(first=pair[0], second=pair[1])
        yield Check(_("OpenCV pair"), same, state, "" if same else
                    _("pip install --force-reinstall opencv-python=={version} opencv-contrib-python=={version} "
                      "(both own the same files)").format(version=pair[1]))


def run(code: str, seconds: float = 60.0, is_output: bool = False) -> tuple[bool, str]:
    """Run Python code in another process; return whether it succeeded, and its last line of output.

    With `is_output` the line is the last of the output, where there is one, also after a failure.
    """
    try:
        process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=seconds,
                                 errors="replace", check=False)
    except subprocess.TimeoutExpired:
        return False, _("no answer within {seconds} s").format(seconds=f"{seconds:.0f}")
    except OSError as error:
        return False, str(error)
    from_output = process.returncode == 0 or (is_output and process.stdout.strip())
    lines = (process.stdout if from_output else process.stderr).strip().splitlines()
    text = lines[-1] if lines else ""
    return process.returncode == 0, text or _("exit code {code}").format(code=process.returncode)


def library_remedy(message: str) -> str:
    """Return how to install the native library named in an error message; general advice where none is named."""
    missing = _MISSING_LIBRARY.search(message)
    if missing is None:
        return _("pip install --force-reinstall -e . (in the project's folder)")
    name = missing.group(1)
    for start, package in SYSTEM_PACKAGES.items():
        if name.startswith(start):
            return _("sudo apt-get install {package} (Debian, Ubuntu; elsewhere the package that has {file})").format(
                package=package, file=name)
    return _("Install the system's package that has {file}.").format(file=name)


def libraries() -> Iterator[Check]:
    """Check that the packages with native code can be imported."""
    for name, code in _IMPORTS:
        good, text = run(code)
        yield Check(_(name), good, text, "" if good else library_remedy(text))


def model() -> Iterator[Check]:
    """Check that a pose model exists or can be built."""
    try:
        from pose.model import networks

        missing, how = networks.missing(), networks.instructions()
    except ImportError as error:
        yield Check(_("pose model"), False, _("unknown: {error}").format(error=error), _(_INSTALL))
        return
    if missing:
        yield Check(_("pose model"), False, _("{files} missing").format(files=_("{first} and {second}").format(
            first=missing[0], second=missing[1]) if len(missing) == 2 else ", ".join(missing)), how)
        return
    good, text = run("from pose.model.bundle import model_path; print(model_path())")
    yield Check(_("pose model"), good, text, "" if good else
                _("pip install --force-reinstall -e ., or: {how}").format(how=how))


def camera() -> Iterator[Check]:
    """Check for a camera; recorded videos need none."""
    devices = sorted(str(path) for path in Path("/dev").glob("video*"))
    if sys.platform.startswith("linux") and not devices:
        yield Check(_("camera"), None, _("none"), _("Only needed live: plug one in."))
        return
    good, _text = run("import cv2, sys; c = cv2.VideoCapture(0); ok = c.isOpened() and c.read()[0]; c.release(); "
                     "sys.exit(not ok)", 15)
    state = ", ".join([*devices, _("delivers frames") if good else _("delivers no frames")])
    remedy = _("Only needed live: close other programs that use the camera, and allow access (Linux: group video).")
    yield Check(_("camera"), True if good else None, state, "" if good else remedy)


def database() -> Iterator[Check]:
    """Check that the history can be opened, if it exists; this does not create one."""
    good, text = run("from hingecheck.history.store import location; print(location())")
    yield Check(_("database"), good, text.partition("HistoryError: ")[2] or text, "" if good else
                _("Only needed for --save and the web pages: see docs/history.md."))


def saved_sets() -> Iterator[Check]:
    """Check every file of the history against its checksum, and mend what a killed program left unfinished."""
    good, text = run("import sys; from hingecheck.cli.history_state import main; sys.exit(main())", 600,
                     is_output=True)
    yield Check(_("saved sets"), good, text.partition("HistoryError: ")[2] or text, "" if good else
                _("Import your newest archive again (hingecheck history import): it restores what is missing or "
                  "damaged."))


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
    yield Check(name, good, _("{folder}: {size} GB free").format(folder=folder, size=number(free_mb / 1000, 1)),
                "" if good else _("Free some disk space: {size} MB are needed.").format(size=_FREE_MB))


def folders() -> Iterator[Check]:
    """Check that the folders for results and for the model can be written and have free space."""
    yield from _folder(_("results folder"), Path.cwd() / "hingecheck-out",
                       _("Change to another folder, or use --out DIR."))
    try:
        from pose.cache import cache_dir

        yield from _folder(_("cache folder"), cache_dir(),
                           _("Set HINGECHECK_CACHE_DIR to a folder that you may write."))
    except ImportError as error:
        yield Check(_("cache folder"), False, _("unknown: {error}").format(error=error), _(_INSTALL))


#: All checks, causes before their consequences.
CHECKS: tuple[Callable[[], Iterator[Check]], ...] = (python, packages, libraries, model, camera, database,
                                                    saved_sets, folders)
