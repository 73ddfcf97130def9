"""Write and read the files of a set: `sets/<id>/` with time series, key images and annotated video.

`file_changes` keeps them in step with the rows of their set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO
from uuid import UUID

from sqlalchemy import delete

from hingecheck.history import file_rows
from hingecheck.history.connection import History, write_transaction
from hingecheck.history.file_changes import current_path, file_change, folder_of, write_errors
from hingecheck.history.file_rows import FileState, digest_of
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.history.tables import FileRow, SetRow
from hingecheck.history.track_file import pack, unpack
from language.translate import _
from pose.track import Track

TRACK, VIDEO = "track.npz", "annotated.mp4"


def write_set_files(place: Callable[[str], Path], track: Track | None, key_images: Mapping[int, bytes],
                    video: Path | None) -> dict[str, FileState]:
    """Write the files of a set; return them by name.

    Parameters
    ----------
    place : callable
        Name -> where the file of this name is written.
    track : Track or None
    key_images : mapping of int to bytes
        JPEG, by the rep's index.
    video : Path or None
        Is copied.

    Raises
    ------
    HistoryError
        A file cannot be written, or the video cannot be read.
    """
    contents: dict[str, bytes] = {} if track is None else {TRACK: pack(track)}
    contents |= {f"rep-{number}.jpg": image for number, image in key_images.items()}
    states = {}
    try:
        for name, content in contents.items():
            path = place(name)
            with path.open("wb") as file:
                file.write(content)
                _flush(file)
            states[name] = digest_of(path)
        if video is not None:
            states[VIDEO] = _copy(video, place(VIDEO))
    except OSError as error:
        raise HistoryError(_("cannot save the files of the set: {reason}. Free some disk space, or check that you may "
                             "write to the data folder.").format(reason=error.strerror or error)) from error
    return states


def _copy(video: Path, target: Path) -> FileState:
    with video.open("rb") as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        _flush(file)
    return digest_of(target)


def _flush(file: IO[bytes]) -> None:
    """See to it that a file is on the disk before rows say so."""
    file.flush()
    os.fsync(file.fileno())


def load_track(history: History, set_id: UUID) -> Track | None:
    """Return the time series of a set; None where this computer has no file of it, or a damaged one."""
    require_set(history, set_id)
    try:
        return unpack(current_path(history, set_id, TRACK).read_bytes())
    except (OSError, ValueError):
        return None


def key_image_paths(history: History, set_id: UUID) -> dict[int, Path]:
    """Return the key image (JPEG) of each rep that has one, by the rep's index."""
    require_set(history, set_id)
    paths = {}
    for path in folder_of(history, set_id).glob("rep-*.jpg"):
        number = path.stem.removeprefix("rep-")
        if number.isdigit():
            paths[int(number)] = current_path(history, set_id, path.name)
    return dict(sorted(paths.items()))


def load_key_images(history: History, set_id: UUID) -> dict[int, bytes]:
    """Return the key images (JPEG) that are not damaged, as `html_report.render` takes them."""
    from pose.io.image_codec import decode_image

    contents = {number: path.read_bytes() for number, path in key_image_paths(history, set_id).items()}
    return {number: content for number, content in contents.items() if decode_image(content) is not None}


def video_path(history: History, set_id: UUID) -> Path | None:
    """Return the annotated video, or None where none was saved."""
    require_set(history, set_id)
    path = current_path(history, set_id, VIDEO)
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
        raise HistoryError(_("the files of this set are not on this computer (any more). Its video cannot be saved "
                             "here."))
    own = replace(history, viewer=None)
    with file_change(own) as change, write_transaction(own) as session:
        if session.get(SetRow, set_id) is None:
            raise HistoryError(_("this set is not in the history (any more)."))
        file_rows.record_existing(session, set_id, folder)
        with write_errors(history):
            state = _copy(video, change.staged(set_id, VIDEO))
        file_rows.write(session, set_id, {VIDEO: state})


def delete_video(history: History, set_id: UUID) -> None:
    """Delete the saved annotated video of a set, if there is one."""
    require_set(history, set_id, own=True)
    folder = folder_of(history, set_id)
    own = replace(history, viewer=None)
    with write_errors(history), file_change(own) as change:
        change.drop_files(set_id)
        with write_transaction(own) as session:
            file_rows.record_existing(session, set_id, folder)
            session.execute(delete(FileRow).where(FileRow.set_id == set_id, FileRow.name == VIDEO))
        (folder / VIDEO).unlink(missing_ok=True)
