"""Write, read and delete the files of a set: `sets/<id>/` with time series, key images and annotated video.

Files are written before the rows of their set and deleted after them, so no row ever lacks its files. Meanwhile a mark
`unsettled/<id>` exists; a later start deletes what a crash left there. A folder without a mark is never deleted:
another database (or a restored backup) may own it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.history.track_file import pack, unpack
from pose.track import Track

TRACK, VIDEO = "track.npz", "annotated.mp4"
#: A save or deletion that began longer ago has ended; copying a video takes the largest part of one.
_SETTLED_S = 600.0


def folder_of(history: History, set_id: UUID) -> Path:
    """Return the folder of a set's files, which may not exist."""
    return history.folder / "sets" / str(set_id)


def _mark(history: History, set_id: UUID) -> Path:
    return history.folder / "unsettled" / str(set_id)


@contextmanager
def new_set_folder(history: History, set_id: UUID) -> Iterator[Path]:
    """Create the folder of a new set; an error before its rows are written deletes it again."""
    with _write_errors(history):
        _write_mark(history, set_id)
        folder = folder_of(history, set_id)
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        delete_set_files(history, set_id)
        raise
    _mark(history, set_id).unlink(missing_ok=True)


@contextmanager
def deferred_deletion(history: History) -> Iterator[Callable[[Iterable[UUID]], None]]:
    """Yield a function that registers sets whose rows are being deleted; their files are deleted at the end.

    An error keeps the files, as it keeps the rows.
    """
    registered: list[UUID] = []

    def register(set_ids: Iterable[UUID]) -> None:
        with _write_errors(history):
            for set_id in set_ids:
                registered.append(set_id)
                _write_mark(history, set_id)

    try:
        yield register
    except BaseException:
        for set_id in registered:
            _mark(history, set_id).unlink(missing_ok=True)
        raise
    for set_id in registered:
        delete_set_files(history, set_id)


def delete_set_files(history: History, set_id: UUID) -> None:
    """Delete the files of a set; one that another program has open stays marked for a later start."""
    folder = folder_of(history, set_id)
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        with suppress(OSError):
            _mark(history, set_id).unlink(missing_ok=True)


def delete_leftovers(history: History, ids_with_rows: Callable[[set[str]], set[str]]) -> None:
    """Delete the files that a crash left behind; `ids_with_rows` returns which of some ids are in the database."""
    marks = history.folder / "unsettled"
    if not marks.is_dir():
        return
    now = time.time()
    old = set()
    for mark in marks.iterdir():
        with suppress(OSError, UnicodeDecodeError):  # another program may be finishing it right now
            if now - mark.stat().st_mtime > _SETTLED_S and mark.read_text(encoding="utf-8") == history.database_id:
                old.add(mark.name)
    complete = ids_with_rows(old) if old else set()
    for name in old:
        if name in complete:
            (marks / name).unlink(missing_ok=True)
        else:
            delete_set_files(history, UUID(name))


def write_set_files(folder: Path, track: Track | None, key_images: Mapping[int, NDArray[np.uint8]],
                    video: Path | None) -> None:
    """Write the files of a set into its folder.

    Raises
    ------
    HistoryError
        A file cannot be written, or the video cannot be read.
    """
    from pose.drawing.key_image import to_jpeg

    try:
        if track is not None:
            (folder / TRACK).write_bytes(pack(track))
        for number, image in key_images.items():
            (folder / f"rep-{number}.jpg").write_bytes(to_jpeg(image))
        if video is not None:
            shutil.copyfile(video, folder / VIDEO)
    except OSError as error:
        raise HistoryError(f"cannot save the files of the set in {folder}: {error.strerror or error}. Free some disk "
                           "space, or check that you may write to the folder.") from error


def load_track(history: History, set_id: UUID) -> Track | None:
    """Return the time series of a set; None where this computer has no file of it, or a damaged one."""
    require_set(history, set_id)
    try:
        return unpack((folder_of(history, set_id) / TRACK).read_bytes())
    except (OSError, ValueError):
        return None


def key_image_paths(history: History, set_id: UUID) -> dict[int, Path]:
    """Return the key image (JPEG) of each rep that has one, by the rep's index."""
    require_set(history, set_id)
    paths = {}
    for path in folder_of(history, set_id).glob("rep-*.jpg"):
        number = path.stem.removeprefix("rep-")
        if number.isdigit():
            paths[int(number)] = path
    return dict(sorted(paths.items()))


def load_key_images(history: History, set_id: UUID) -> dict[int, NDArray[np.uint8]]:
    """Return the key images as RGB arrays, as `html_report.render` takes them."""
    import cv2

    images = {}
    for number, path in key_image_paths(history, set_id).items():
        image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if image is not None:
            images[number] = np.ascontiguousarray(image[:, :, ::-1], dtype=np.uint8)
    return images


def video_path(history: History, set_id: UUID) -> Path | None:
    """Return the annotated video, or None where none was saved."""
    require_set(history, set_id)
    path = folder_of(history, set_id) / VIDEO
    return path if path.is_file() else None


def save_video(history: History, set_id: UUID, video: Path) -> None:
    """Save the annotated video of a set that is in the history; a failed copy leaves no file.

    Raises
    ------
    HistoryError
        The set's files are not on this computer (any more), or the video cannot be copied.
    """
    require_set(history, set_id, own=True)
    folder = folder_of(history, set_id)
    if not folder.is_dir():
        raise HistoryError("the files of this set are not on this computer (any more). Its video cannot be saved here.")
    part = folder / f".{VIDEO}"
    with _write_errors(history):
        try:
            shutil.copyfile(video, part)
            part.replace(folder / VIDEO)
        finally:
            part.unlink(missing_ok=True)


def delete_video(history: History, set_id: UUID) -> None:
    """Delete the saved annotated video of a set, if there is one."""
    require_set(history, set_id, own=True)
    with _write_errors(history):
        (folder_of(history, set_id) / VIDEO).unlink(missing_ok=True)


def _write_mark(history: History, set_id: UUID) -> None:
    mark = _mark(history, set_id)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(history.database_id, encoding="utf-8")


@contextmanager
def _write_errors(history: History) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise HistoryError(f"cannot write to the data folder {history.folder}: {error.strerror or error}. Free some "
                           "disk space, or choose another folder with HINGECHECK_DATA_DIR.") from error
