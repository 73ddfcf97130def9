"""Programs that are killed, files that are damaged: nothing half is taken for whole, and archives restore."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select, text

from hingecheck.history import archive_export, archive_import, files, history_check, people, queries, sets, writers
from hingecheck.history.connection import History
from hingecheck.history.file_changes import file_change, folder_of, settle_leftovers
from hingecheck.history.history_check import Kind
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base, FileRow, SetRow
from pose.mark import new_mark
from tests.helpers import killed
from tests.helpers.new_sets import new_set

#: Moments between the beginning of a change and some hundredths of a second later, when several have ended.
AFTER_S = (0.0, 0.013, 0.037, 0.071)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with three sets of Ana's, of which each takes some time to unpack."""
    with open_history(tmp_path / "source", "") as source:
        ana = people.add(source, "Ana").id
        video = tmp_path / "a.mp4"
        video.write_bytes(os.urandom(3_000_000))
        for _ in range(3):
            sets.save(source, replace(new_set(), video=video), ana)
        archive_export.export_archive(source, tmp_path / "all.zip")
    return tmp_path / "all.zip"


@pytest.mark.parametrize("what", ["save", "update", "import"])
def test_a_killed_change_is_whole_or_not_there(url: str, tmp_path: Path, archive: Path, what: str) -> None:
    home = tmp_path / "home"
    for seconds in AFTER_S:
        saved = killed.kill_after(seconds, home, url, what, archive)
        assert list(killed.not_whole(home, url, saved)) == [], f"killed after {seconds} s"


def test_a_half_folder_is_not_taken_for_whole(history: History, archive: Path) -> None:
    with open_history(archive.parent / "source", "") as source:
        folders = sorted((source.folder / "sets").iterdir())
    # As a version before left it: the folder is there, the track cut, one file not yet written.
    half = history.folder / "sets" / folders[0].name
    shutil.copytree(folders[0], half)
    (half / "track.npz").write_bytes((half / "track.npz").read_bytes()[:100])
    (half / "annotated.mp4").unlink()
    counts = archive_import.import_archive(history, archive)
    assert (counts.new["sets"], counts.restored_files) == (3, 0)
    for folder in folders:
        for path in folder.iterdir():
            assert (history.folder / "sets" / folder.name / path.name).read_bytes() == path.read_bytes()
    assert history_check.check(history).problems == ()


def test_a_check_finds_what_is_damaged_and_an_archive_restores_it(history: History, archive: Path) -> None:
    archive_import.import_archive(history, archive)
    first, second, third = sorted((history.folder / "sets").iterdir())
    whole = (first / "track.npz").read_bytes()
    (first / "track.npz").write_bytes(whole[:-20])
    (second / "annotated.mp4").unlink()
    shutil.rmtree(third)
    problems = history_check.check(history).problems
    assert [(problem.kind, str(problem.set_id), problem.detail) for problem in problems] == [
        (Kind.FILE_DAMAGED, first.name, "track.npz"), (Kind.FILE_MISSING, second.name, "annotated.mp4"),
        (Kind.FOLDER_MISSING, third.name, "")]
    counts = archive_import.import_archive(history, archive)
    assert (counts.known_sets, counts.new["sets"]) == (3, 0)
    assert counts.restored_files == 2 + len(list(third.iterdir()))
    assert (first / "track.npz").read_bytes() == whole
    assert history_check.check(history).problems == ()


def test_a_video_that_was_deleted_does_not_come_back(history: History, archive: Path) -> None:
    archive_import.import_archive(history, archive)
    set_id = queries.lines(history)[0].id
    files.delete_video(history, set_id)
    assert archive_import.import_archive(history, archive).restored_files == 0
    assert files.video_path(history, set_id) is None


def test_a_change_that_goes_on_is_left_alone_however_long_it_takes(history: History) -> None:
    with file_change(history) as change:
        folder = change.new_folder(set_id := uuid4())
        (folder / "track.npz").write_bytes(b"half")
        long_ago = time.time() - 86_400
        os.utime(change.mark.path, (long_ago, long_ago))
        code = "import sys; from pathlib import Path; from hingecheck.history.store import open_history; " \
               "open_history(Path(sys.argv[1]), sys.argv[2]).close()"
        address = "" if history.engine.dialect.name == "sqlite" else history.engine.url.render_as_string(False)
        subprocess.run([sys.executable, "-c", code, str(history.folder), address], check=True, timeout=240,
                       env={**os.environ, "PYTHONPATH": str(killed.ROOT)})
        assert (folder / "track.npz").read_bytes() == b"half"
    assert not folder_of(history, set_id).exists(), "without rows it goes when the change ends"
    assert settle_leftovers(history) == 0


@pytest.mark.parametrize("ends_in_time", [True, False])
def test_a_commit_that_outlives_its_program_is_waited_for(history: History, url_of: Callable[[History], str],
                                                          monkeypatch: pytest.MonkeyPatch, ends_in_time: bool) -> None:
    if history.engine.dialect.name != "postgresql":
        pytest.skip("SQLite commits in the program itself")
    monkeypatch.setattr(writers, "_LONGEST_S", 60 if ends_in_time else 2)
    set_id = sets.save(history, new_set(), people.add(history, "Ana").id)
    # As after a kill: the folder and the mark are there, the rows are what the server is about to commit.
    mark = new_mark(history.folder / "unsettled", uuid4().hex)
    mark.write(f"{history.database_id}\n{set_id} new")
    mark.leave()
    rows = {table: values_of(history, table, set_id) for table in (SetRow, FileRow)}
    with history.engine.begin() as connection:
        connection.execute(delete(SetRow).where(SetRow.id == set_id))
    connection = history.engine.connect()
    for table, values in rows.items():
        connection.execute(insert(table), values)

    is_opened = threading.Event()

    def commit() -> None:
        is_opened.wait(0.5 if ends_in_time else 120)
        connection.commit()
        connection.close()

    committing = threading.Thread(target=commit)
    committing.start()
    open_history(history.folder, url_of(history)).close()
    is_left = mark.path.exists()
    is_opened.set()
    committing.join()
    assert is_left == (not ends_in_time), "a start does not wait for ever"
    open_history(history.folder, url_of(history)).close()
    assert not mark.path.exists()
    assert files.load_track(history, set_id) is not None


def values_of(history: History, table: type[Base], set_id: UUID) -> list[dict[str, Any]]:
    of_set = table.__table__.c["id" if table is SetRow else "set_id"]
    with history.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table.__table__).where(of_set == set_id))]


def test_sets_from_before_files_had_rows_get_theirs(history: History) -> None:
    ana = people.add(history, "Ana").id
    set_id = sets.save(history, new_set(), ana)
    with history.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DELETE FROM files"))
    checked = history_check.check(history)
    assert (checked.recorded, checked.problems) == (1, ())
    (folder_of(history, set_id) / "track.npz").write_bytes(b"x")
    assert [problem.kind for problem in history_check.check(history).problems] == [Kind.FILE_DAMAGED]
