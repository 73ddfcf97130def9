"""The annotated video of a set for some days after its analysis, so that it outlives the window.

It lies in the set's folder under a hidden name: no row knows it, no archive takes it, and it goes with its set. Half of
one that a killed program left goes at the next start, as every unfinished change does (`file_changes`).
`files.save_video` keeps one for good.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from hingecheck.history.connection import History, read_transaction
from hingecheck.history.file_changes import file_change, folder_of
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.history.tables import SetRow
from language.translate import _

#: Days until a video that nobody asked to keep is deleted: two weeks, between one visit to a therapist and the next.
RECENT_DAYS = 14
_NAME = ".recent.mp4"
_DAY_S = 86_400.0


def put(history: History, set_id: UUID, video: Path) -> Path:
    """Move a video into the set's folder; return where it is.

    Raises
    ------
    HistoryError
        The set is not in the history (any more), or the video cannot be written. The given file stays then.
    """
    require_set(history, set_id, own=True)
    with read_transaction(history) as session:
        if session.get(SetRow, set_id) is None:
            raise HistoryError(_("this set is not in the history (any more)."))
    target = folder_of(history, set_id) / _NAME
    try:
        with file_change(replace(history, viewer=None)) as change:
            part = change.staged(set_id, "recent")
            shutil.copyfile(video, part)
            os.replace(part, target)
    except OSError as error:
        raise HistoryError(_("cannot keep the video for {count} days: {reason}. Free some disk space, or save "
                             "the video now.").format(
                               count=RECENT_DAYS, reason=error.strerror or error)) from error
    with suppress(OSError):
        video.unlink()
    return target


def path(history: History, set_id: UUID) -> Path | None:
    """Return the video, or None where there is none (any more)."""
    require_set(history, set_id)
    video = folder_of(history, set_id) / _NAME
    return video if video.is_file() else None


def days_left(video: Path) -> int:
    """Return the days until a video is deleted, at least 0."""
    age_s = time.time() - video.stat().st_mtime
    return max(0, round(RECENT_DAYS - age_s / _DAY_S))


def delete(history: History, set_id: UUID) -> None:
    """Delete the video, if there is one."""
    require_set(history, set_id, own=True)
    (folder_of(history, set_id) / _NAME).unlink(missing_ok=True)


def sweep(history: History) -> int:
    """Delete each video whose days have gone; return how many."""
    count = 0
    oldest_s = time.time() - RECENT_DAYS * _DAY_S
    for video in (history.folder / "sets").glob(f"*/{_NAME}"):
        with suppress(OSError):
            if video.stat().st_mtime < oldest_s:
                video.unlink()
                count += 1
                video.parent.rmdir()  # of a set that was deleted meanwhile; one with files stays
    return count
