"""What a set has on disk beside its rows: `sets/<id>/` with the time series, the key pictures and the wanted video.

Files come before their rows and go after them, so no row points at nothing. While that goes on, `unsettled/<id>` says
so; what a crash left there is swept at a later open. A folder without such a mark is never touched: another database
(or a backup that was put back) may know it.
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
from hingecheck.history.track_file import pack, unpack
from pose.track import Track

TRACK, VIDEO = "track.npz", "annotated.mp4"
#: A save or a delete that began longer ago is over; the largest part of one is copying a video.
_SETTLED_S = 600.0


def folder_of(history: History, set_id: UUID) -> Path:
    """Return the folder of a set's files; it need not exist."""
    return history.folder / "sets" / str(set_id)


def _mark(history: History, set_id: UUID) -> Path:
    return history.folder / "unsettled" / str(set_id)


@contextmanager
def arriving(history: History, set_id: UUID) -> Iterator[Path]:
    """Give the empty folder of a new set; where its rows do not make it, the files go too."""
    with _told(history):
        _set_mark(history, set_id)
        folder = folder_of(history, set_id)
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        discard(history, set_id)
        raise
    _mark(history, set_id).unlink(missing_ok=True)


@contextmanager
def leaving(history: History) -> Iterator[Callable[[Iterable[UUID]], None]]:
    """Give a function that is told which sets lose their rows; their files go when the rows are gone.

    Where the rows stay after all, so do the files.
    """
    told: list[UUID] = []

    def goes(set_ids: Iterable[UUID]) -> None:
        with _told(history):
            for set_id in set_ids:
                told.append(set_id)
                _set_mark(history, set_id)

    try:
        yield goes
    except BaseException:
        for set_id in told:
            _mark(history, set_id).unlink(missing_ok=True)
        raise
    for set_id in told:
        discard(history, set_id)


def discard(history: History, set_id: UUID) -> None:
    """Delete the files of a set; what cannot be deleted now (open in another program) stays marked for later."""
    folder = folder_of(history, set_id)
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        with suppress(OSError):
            _mark(history, set_id).unlink(missing_ok=True)


def sweep(history: History, present: Callable[[set[str]], set[str]]) -> None:
    """Finish what a crash left half done; `present` says which ids have rows."""
    marks = history.folder / "unsettled"
    if not marks.is_dir():
        return
    now = time.time()
    old = set()
    for mark in marks.iterdir():
        with suppress(OSError, UnicodeDecodeError):  # another program may be settling it this very moment
            if now - mark.stat().st_mtime > _SETTLED_S and mark.read_text(encoding="utf-8") == history.database_id:
                old.add(mark.name)
    kept = present(old) if old else set()
    for name in old:
        if name in kept:
            (marks / name).unlink(missing_ok=True)
        else:
            discard(history, UUID(name))


def put(folder: Path, track: Track | None, key_images: Mapping[int, NDArray[np.uint8]], video: Path | None) -> None:
    """Write the files of a set into its folder.

    Raises
    ------
    HistoryError
        When something cannot be written or the video cannot be read.
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
        raise HistoryError(f"cannot keep the files of the set in {folder}: {error.strerror or error}. Make room, or "
                           "see whether the folder may be written.") from error


def track(history: History, set_id: UUID) -> Track | None:
    """Return the time series of a set; None where there is none on this computer, or its file is damaged."""
    try:
        return unpack((folder_of(history, set_id) / TRACK).read_bytes())
    except (OSError, ValueError):
        return None


def key_pictures(history: History, set_id: UUID) -> dict[int, Path]:
    """Return the key picture (JPEG) of each rep by the rep's index; only those that are there."""
    found = {}
    for path in folder_of(history, set_id).glob("rep-*.jpg"):
        number = path.stem.removeprefix("rep-")
        if number.isdigit():
            found[int(number)] = path
    return dict(sorted(found.items()))


def key_images(history: History, set_id: UUID) -> dict[int, NDArray[np.uint8]]:
    """Return the key pictures unpacked (RGB), as `html.render` takes them."""
    import cv2

    images = {}
    for number, path in key_pictures(history, set_id).items():
        image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if image is not None:
            images[number] = np.ascontiguousarray(image[:, :, ::-1], dtype=np.uint8)
    return images


def video(history: History, set_id: UUID) -> Path | None:
    """Return the annotated video, or None where it was not kept."""
    path = folder_of(history, set_id) / VIDEO
    return path if path.is_file() else None


def keep_video(history: History, set_id: UUID, video: Path) -> None:
    """Keep the annotated video of a set that is kept already; it appears whole or not at all.

    Raises
    ------
    HistoryError
        The set's files are not on this computer (any more), or the video cannot be copied.
    """
    folder = folder_of(history, set_id)
    if not folder.is_dir():
        raise HistoryError("the files of this set are not on this computer (any more): its video cannot be kept.")
    part = folder / f".{VIDEO}"
    with _told(history):
        try:
            shutil.copyfile(video, part)
            part.replace(folder / VIDEO)
        finally:
            part.unlink(missing_ok=True)


def drop_video(history: History, set_id: UUID) -> None:
    """Delete the kept annotated video of a set; one that is gone already is no mistake."""
    with _told(history):
        (folder_of(history, set_id) / VIDEO).unlink(missing_ok=True)


def _set_mark(history: History, set_id: UUID) -> None:
    mark = _mark(history, set_id)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(history.database_id, encoding="utf-8")


@contextmanager
def _told(history: History) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise HistoryError(f"cannot write to the data folder {history.folder}: {error.strerror or error}. Make room, "
                           "or choose another with HINGECHECK_DATA_DIR.") from error
