"""The two networks in the package, or a file of the person's own -> the path of a checked pose model.

MediaPipe's Tasks API asks for both in one bundle. It is assembled once, without a connection, and kept in the person's
cache. Every start tests the kept file with the checksums that a zip holds anyway
(some 10 ms), so that a broken cache heals itself.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from pathlib import Path

import platformdirs

from pose.model import networks
from pose.model.normalisation import with_normalisation

#: Set this variable to keep the model somewhere else.
CACHE_VARIABLE = "HINGECHECK_CACHE_DIR"

#: Name in the bundle, file in the package, mean and standard deviation its input pixels are normalised with.
_PARTS = (
    ("pose_detector.tflite", networks.DETECTOR, 127.5, 127.5),
    ("pose_landmarks_detector.tflite", networks.LANDMARKS, 0.0, 255.0),
)
#: The kept bundle's name tells which networks are in it.
_NAME = f"pose_landmarker_full-{networks.FILES[networks.LANDMARKS][1][:12]}.task"


class ModelError(Exception):
    """No usable pose model; the message says what is wrong and what to do next."""


def model_path(custom: str | Path | None = None) -> Path:
    """Return the path of a pose model that was checked just now.

    Parameters
    ----------
    custom : str or Path, optional
        A pose landmarker bundle (`.task`) of the person's own; it is checked and returned as it is.

    Raises
    ------
    ModelError
        If `custom` is no such bundle, the networks are not installed, or the model can be kept nowhere.
    """
    if custom is not None:
        return _checked(Path(custom))
    try:
        return _kept_in(cache_dir())
    except OSError:
        # A home that cannot be written to must not keep anyone from working.
        return _kept_in_temporary()


def cache_dir() -> Path:
    """Return the folder the assembled model is kept in; it need not exist yet."""
    return Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hingecheck", appauthor=False))


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(f"Model {path}: there is no such file. Give the path of a pose landmarker bundle (.task).")
    problem = _problem(path)
    if problem:
        raise ModelError(f"Model {path}: {problem}. Give a pose landmarker bundle (.task) for MediaPipe, which holds "
                         f"{' and '.join(part[0] for part in _PARTS)}; or leave --model out to use the built-in model.")
    return path


def _problem(path: Path) -> str:
    """Say what is wrong with a bundle; "" where it is sound."""
    try:
        with zipfile.ZipFile(path) as bundle:
            missing = [part[0] for part in _PARTS if part[0] not in bundle.namelist()]
            damaged = bundle.testzip()
    except PermissionError:
        return "you are not permitted to read it"
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return "it is not a model bundle, or it is damaged"
    if missing:
        return f"{missing[0]} is missing from it"
    return f"{damaged} in it is damaged" if damaged else ""


def _kept_in(folder: Path) -> Path:
    """Return the model kept in a folder; assemble it first where it is missing or broken."""
    path = folder / _NAME
    if path.is_file() and not _problem(path):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    # Under a name of its own, then renamed: two processes at once each put the same whole file in place.
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
            for part, content in _assemble():
                bundle.writestr(part, content)
        os.replace(name, path)
    except PermissionError:
        # Windows does not replace a file that another process has open: that process has just put a sound one there.
        if not path.is_file() or _problem(path):
            raise
    finally:
        Path(name).unlink(missing_ok=True)
    return path


def _kept_in_temporary() -> Path:
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"hingecheck-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            # Anyone may write to the common folder: take no model from a stranger.
            folder = Path(tempfile.mkdtemp(prefix="hingecheck-"))
        return _kept_in(folder)
    except OSError as error:
        places = f"neither in {cache_dir()} nor in {tempfile.gettempdir()}"
        raise ModelError(f"The pose model can be kept {places} ({error}). Free some space (10 MB), or set "
                         f"{CACHE_VARIABLE} to a folder you may write to.") from error


def _assemble() -> list[tuple[str, bytes]]:
    missing = " and ".join(networks.missing())
    if missing:
        raise ModelError(f"The pose model is not in this installation ({missing} of {networks.folder()}). "
                         f"{networks.how()} Or give a pose landmarker bundle (.task) with --model FILE.")
    return [(name, with_normalisation((networks.folder() / file).read_bytes(), mean, deviation))
            for name, file, mean, deviation in _PARTS]
