"""A MediaPipe 0.10.21 wheel, or a folder -> the two pose networks in `pose/model/weights`, checked.

MediaPipe's newer wheels carry no models, and the project keeps no weights in its repository. So installing the project
(setup.py) runs `provide`, which takes them from the wheel of the package index that pip is set up with. Nothing is
downloaded afterwards. Standard library only: it runs before anything is installed.

    python -m pose.model.networks mediapipe-0.10.21-...whl      # by hand, without an index
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Environment variable with a wheel of mediapipe 0.10.21, or a folder with the files below, instead of the index.
SOURCE_VARIABLE = "HINGECHECK_MODELS"
#: Set to 1 to install without the models; `hingecheck doctor` then explains how to provide them.
SKIP_VARIABLE = "HINGECHECK_WITHOUT_MODELS"
#: The last release whose wheel holds the models; they are the same on every system, so one wheel serves all.
RELEASE = "mediapipe==0.10.21"
_WHEEL = ("--only-binary=:all:", "--python-version=3.11", "--implementation=cp", "--platform=manylinux_2_28_x86_64")

DETECTOR, LANDMARKS, LICENCE = "pose_detection.tflite", "pose_landmark_full.tflite", "LICENSE.mediapipe"
#: File name -> its path in the wheel, and its SHA-256.
FILES = {
    DETECTOR: ("mediapipe/modules/pose_detection/pose_detection.tflite",
               "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"),
    LANDMARKS: ("mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
                "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
    LICENCE: ("mediapipe-0.10.21.dist-info/LICENSE",
              "8707eef0533987efc5b155d64761eeb6e20793f50b9bd1a68dad1cf4719d0ed8"),
}


class NetworksError(Exception):
    """The networks cannot be installed; the message names the problem and the next step."""


def folder() -> Path:
    """Return the folder of the networks."""
    return Path(__file__).resolve().parent / "weights"


def missing() -> list[str]:
    """Return the names of the files that are missing or invalid."""
    return [name for name in FILES if not _is_valid(folder() / name)]


def provide() -> None:
    """Install the networks from `HINGECHECK_MODELS` or the package index, unless they are there.

    Raises
    ------
    NetworksError
        If they cannot be installed.
    """
    if not missing():
        return
    source = os.environ.get(SOURCE_VARIABLE)
    if source:
        install_from(Path(source))
        return
    with _scratch() as scratch:
        result = subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input",
                                "--disable-pip-version-check", *_WHEEL, "--dest", str(scratch), RELEASE],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        wheels = list(scratch.glob("*.whl"))
        if result.returncode or not wheels:
            errors = [line for line in result.stdout.splitlines() if line.startswith("ERROR")] or ["pip gave no wheel"]
            raise NetworksError(f"The package index gave no wheel of {RELEASE} ({errors[-1]}). {instructions()}")
        install_from(wheels[0])


def install_from(source: Path) -> None:
    """Install the files from a wheel or a folder; all of them or none.

    Raises
    ------
    NetworksError
        If it is neither, or a file in it is missing or invalid.
    """
    contents = {}
    for name, (inside, expected) in FILES.items():
        contents[name] = content = _read(source, name, inside)
        if hashlib.sha256(content).hexdigest() != expected:
            raise NetworksError(f"{source}: {name} is not the file of {RELEASE} (its SHA-256 differs). "
                                f"{instructions()}")
    with _scratch() as scratch:
        for name, content in contents.items():
            (scratch / name).write_bytes(content)
            os.replace(scratch / name, folder() / name)


@contextmanager
def _scratch() -> Iterator[Path]:
    """Make a folder of this process beside the networks; delete those that killed processes left.

    `pose.temporary_files` does this for everything else: here nothing of the project can be imported yet.
    """
    folder().mkdir(exist_ok=True)
    for left in folder().glob(".install-*"):
        process = left.name.rpartition("-")[2]
        if process.isdecimal() and not _is_alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    own = folder() / f".install-{os.getpid()}"
    own.mkdir(exist_ok=True)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there a signal of 0 is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another person's
        return True
    return True


def instructions() -> str:
    """Return how to provide the files by hand."""
    return (f"Get the wheel of {RELEASE} (any system's) on a machine that reaches a package index, with "
            f'"pip download --no-deps {" ".join(_WHEEL)} {RELEASE}"; then set {SOURCE_VARIABLE} to its path and '
            "install again, or run: python -m pose.model.networks WHEEL. "
            f"With {SKIP_VARIABLE}=1 the project installs without them.")


def _read(source: Path, name: str, inside: str) -> bytes:
    try:
        if source.is_dir():
            return (source / name).read_bytes()
        with zipfile.ZipFile(source) as wheel:
            return wheel.read(inside)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a wheel with that file"
        raise NetworksError(f"{source}: {name} cannot be read from it ({reason}). {instructions()}") from error


def _is_valid(path: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == FILES[path.name][1]
    except OSError:
        return False


if __name__ == "__main__":
    try:
        install_from(Path(sys.argv[1])) if len(sys.argv) == 2 else provide()
    except NetworksError as error:
        sys.exit(str(error))
    print(f"The pose networks are in {folder()}.")
