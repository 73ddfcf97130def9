"""The two networks in the package, or a file of the person's own -> the path of a verified pose model.

MediaPipe's Tasks API needs both in one bundle. It is assembled once, without a connection, and saved in the person's
cache. Every start verifies the file by the checksums of its zip format (about 10 ms), so that a damaged cache is
repaired.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path

from language.translate import _
from language.words import listed
from pose.atomic_file import atomic_replace
from pose.cache import CACHE_VARIABLE, cache_dir
from pose.model import networks
from pose.model.normalisation import with_normalisation
from pose.temporary_files import Temporary, temporary_folder

#: Name in the bundle, file in the package, mean and standard deviation for the normalisation of input pixels.
_PARTS = (
    ("pose_detector.tflite", networks.DETECTOR, 127.5, 127.5),
    ("pose_landmarks_detector.tflite", networks.LANDMARKS, 0.0, 255.0),
)
#: The name of the saved bundle identifies its networks.
_NAME = f"pose_landmarker_full-{networks.FILES[networks.LANDMARKS][1][:12]}.task"


class ModelError(Exception):
    """No usable pose model; the message names the problem and the next step."""


def model_path(custom: str | Path | None = None) -> Path:
    """Return the path of a pose model, verified now.

    Parameters
    ----------
    custom : str or Path, optional
        A pose landmarker bundle (`.task`) of the person's own; it is verified and returned as it is.

    Raises
    ------
    ModelError
        If `custom` is not such a bundle, the networks are not installed, or no folder can be written to.
    """
    if custom is not None:
        return _verify(Path(custom))
    try:
        return _assemble_in(cache_dir())
    except OSError:
        # A home folder that cannot be written to must not stop anyone from working.
        return _assemble_in_temporary()


def _verify(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(_("Model {path}: there is no such file. Give the path of a pose landmarker bundle (.task)."
                           ).format(path=path))
    problem = _problem(path)
    if problem:
        text = _("Model {path}: {problem}. Give a pose landmarker bundle (.task) for MediaPipe, which holds {parts}; "
                 "or use the built-in model.")
        raise ModelError(text.format(path=path, problem=problem, parts=listed([part[0] for part in _PARTS])))
    return path


def _problem(path: Path) -> str:
    """Return what is wrong with a bundle; "" where it is valid."""
    try:
        with zipfile.ZipFile(path) as bundle:
            missing = [part[0] for part in _PARTS if part[0] not in bundle.namelist()]
            damaged = bundle.testzip()
    except PermissionError:
        return _("you are not permitted to read it")
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return _("it is not a model bundle, or it is damaged")
    if missing:
        return _("{file} is missing from it").format(file=missing[0])
    return _("{file} in it is damaged").format(file=damaged) if damaged else ""


def _assemble_in(folder: Path) -> Path:
    """Return the model in a folder; assemble it first where it is missing or damaged."""
    path = folder / _NAME
    if path.is_file() and not _problem(path):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # Two processes at once each put the same whole file in place.
        with atomic_replace(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as bundle:
            for part, content in _networks():
                bundle.writestr(part, content)
    except PermissionError:
        # Windows does not replace a file that another process has open: that process has just put a valid one there.
        if not path.is_file() or _problem(path):
            raise
    return path


def _assemble_in_temporary() -> Path:
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"hingecheck-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            # Anyone may write to the common folder: do not use another user's model.
            folder = _own_folder().path
        return _assemble_in(folder)
    except OSError as error:
        text = _("The pose model can be saved neither in {folder} nor in {other} ({problem}). Free some space (10 MB), "
                 "or set {variable} to a folder you may write to.")
        raise ModelError(text.format(folder=cache_dir(), other=tempfile.gettempdir(), problem=error,
                                     variable=CACHE_VARIABLE)) from error


@cache
def _own_folder() -> Temporary:
    """Return a folder that is deleted with this process."""
    return temporary_folder("model")


def _networks() -> list[tuple[str, bytes]]:
    missing = networks.missing()
    if missing:
        # The instructions are of the installation, which knows no languages.
        text = _("The pose model is not in this installation ({files} of {folder}). {instructions} Or give a pose "
                 "landmarker bundle (.task) of your own.")
        raise ModelError(text.format(files=listed(missing), folder=networks.folder(),
                                     instructions=networks.instructions()))
    return [(name, with_normalisation((networks.folder() / file).read_bytes(), mean, deviation))
            for name, file, mean, deviation in _PARTS]
