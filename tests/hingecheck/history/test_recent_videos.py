"""A video that nobody asked to keep stays for its days, no longer, and goes with its set."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hingecheck.history import archive_export, files, people, recent_videos, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from tests.helpers import saved_sets

_DAY_S = 86_400
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def set_id(history: History) -> UUID:
    new = NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track())
    return sets.save(history, new, people.add(history, "Ana").id)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"film")
    return path


def test_a_video_is_found_by_its_set_and_goes_with_it(history: History, set_id: UUID, video: Path,
                                                      tmp_path: Path) -> None:
    assert recent_videos.path(history, set_id) is None
    recent = recent_videos.put(history, set_id, video)
    assert (recent_videos.path(history, set_id), recent.read_bytes(), video.exists()) == (recent, b"film", False)
    assert recent_videos.days_left(recent) == recent_videos.RECENT_DAYS
    # It is no file of the set: nothing kept, nothing exported.
    assert files.video_path(history, set_id) is None
    names = archive_export.export_archive(history, tmp_path / "all.zip")
    assert names["files"] == len([path for path in recent.parent.iterdir() if not path.name.startswith(".")])
    sets.delete(history, set_id)
    assert not recent.parent.exists()


def test_it_is_deleted_after_its_days(history: History, set_id: UUID, video: Path) -> None:
    recent = recent_videos.put(history, set_id, video)
    days = recent_videos.RECENT_DAYS
    os.utime(recent, (time.time() - (days - 0.1) * _DAY_S,) * 2)
    assert recent_videos.sweep(history) == 0
    os.utime(recent, (time.time() - (days + 0.1) * _DAY_S,) * 2)
    assert recent_videos.sweep(history) == 1
    assert recent_videos.path(history, set_id) is None
    assert recent.parent.is_dir()  # the set's own files stay
    files.load_track(history, set_id)


def test_what_a_killed_copy_left_goes_at_the_next_start(history: History, url_of: Callable[[History], str],
                                                        set_id: UUID, video: Path) -> None:
    folder = history.folder / "sets" / str(set_id)
    before = sorted(folder.iterdir())
    video.write_bytes(bytes(5_000_000))
    code = """
import sys
from pathlib import Path
from uuid import UUID
from hingecheck.history import recent_videos
from hingecheck.history.store import open_history
from tests.helpers.file_limit import die_beyond
history = open_history(Path(sys.argv[1]), sys.argv[2])
die_beyond(3_000_000)
recent_videos.put(history, UUID(sys.argv[3]), Path(sys.argv[4]))
"""
    killed = subprocess.run([sys.executable, "-c", code, str(history.folder), url_of(history), str(set_id), str(video)],
                            timeout=240, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert killed.returncode == -signal.SIGXFSZ
    assert len(list(folder.iterdir())) == len(before) + 1
    open_history(history.folder, url_of(history)).close()
    assert sorted(folder.iterdir()) == before
    assert list((history.folder / "unsettled").iterdir()) == []


def test_a_video_of_no_set_stays_where_it_is(history: History, video: Path) -> None:
    with pytest.raises(HistoryError, match="not in the history"):
        recent_videos.put(history, uuid4(), video)
    assert video.read_bytes() == b"film"


def test_a_video_that_cannot_be_written_stays_where_it_is(history: History, set_id: UUID, tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="cannot keep the video for 14 days"):
        recent_videos.put(history, set_id, tmp_path / "gone.mp4")
    assert recent_videos.path(history, set_id) is None
