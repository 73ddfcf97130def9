"""Deletion, refusal, crash and autosave: nothing is left behind, incomplete or doubled."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from exercises.load import load
from exercises.results import SetReport
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import measure_and_judge
from hingecheck.history import files, hand_angles, people, queries, remarks, sets
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.track_file import pack, unpack
from tests.helpers import saved_sets
from tests.helpers.new_sets import NOON, RIGHT_ANGLE, files_on_disk, new_set, row_counts


def test_deleting_a_set_deletes_all_of_its_data_and_nothing_else(history):
    person = people.add(history, "Ana")
    other = sets.save(history, new_set(), person.id)
    before = row_counts(history)
    set_id = sets.save(history, new_set(NOON + timedelta(days=1)), person.id)
    remarks.relabel(history, set_id, 3, "neutral")
    remarks.answer(history, set_id, 2)
    remarks.add_note(history, person.id, "tired", set_id=set_id)
    hand_angles.add(history, set_id, RIGHT_ANGLE)
    assert row_counts(history)["findings"] == 2 * before["findings"]
    sets.delete(history, set_id)
    assert row_counts(history) == before
    assert [path.name for path in (history.folder / "sets").iterdir()] == [str(other)]
    assert files_on_disk(history) == ["track.npz"]
    with pytest.raises(HistoryError, match="any more"):
        sets.load(history, set_id)
    with pytest.raises(HistoryError, match="any more"):
        sets.delete(history, set_id)
    with pytest.raises(HistoryError, match="any more"):
        remarks.answer(history, set_id, 1)


@pytest.mark.parametrize("how", ["person", "session"])
def test_deleting_a_person_or_session_deletes_the_files_of_its_sets(history, how):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    sets.save(history, new_set(), other.id)
    before = row_counts(history)
    sets.save(history, new_set(), person.id)
    sets.save(history, new_set(), person.id)
    assert (people.delete(history, person.id) if how == "person" else
            sets.delete_session(history, queries.sessions(history, person.id)[0].id)) == 2
    assert row_counts(history) == {**before, "people": before["people"] - (how == "person")}
    assert files_on_disk(history) == ["track.npz"]


def test_a_set_that_cannot_be_saved_leaves_nothing_behind(history, tmp_path):
    person = people.add(history, "Ana")
    before = row_counts(history)
    report = saved_sets.report()
    same_rep_twice = report.model_copy(update={"reps": (*report.reps, report.reps[0])})
    failed = SetReport(video="a.mp4", exercise="hip_hinge", status="error", reasons=("Not a video.",))
    nul = saved_sets.report(video="a\x00.mp4")
    for bad, message in ((same_rep_twice, "same number"), (failed, "Not a video"), (nul, "holds an invalid character")):
        with pytest.raises(HistoryError, match=message):
            sets.save(history, NewSet(bad, saved_sets.EXERCISE), person.id)
    with pytest.raises(HistoryError, match="cannot save the files"):
        sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(),
                                  video=tmp_path / "none.mp4"), person.id)
    with pytest.raises(HistoryError, match="any more"):
        sets.save(history, new_set(), uuid4())
    assert row_counts(history) == before
    assert files_on_disk(history) == []


def test_a_time_without_a_time_zone_is_refused(history):
    person = people.add(history, "Ana")
    with pytest.raises(HistoryError, match="needs its time zone"):
        sets.save(history, new_set(datetime(2026, 3, 2, 12)), person.id)
    assert files_on_disk(history) == []


@pytest.mark.parametrize("deleted", [False, True])
def test_files_left_by_a_crash_are_deleted_at_a_later_start(url, tmp_path, deleted):
    """A process killed between files and rows leaves no row without files; a later start deletes the files."""
    code = """
import os, sys
sys.path[:0] = sys.argv[3].split(os.pathsep)
from pathlib import Path
from tests.helpers import saved_sets
from hingecheck.history import files, people, sets
from hingecheck.history.connection import write_transaction
from hingecheck.history.file_changes import file_change
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
history = open_history(Path(sys.argv[1]), sys.argv[2])
person = people.add(history, "Ana")
new = NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track())
if sys.argv[4] == "True":
    set_id = sets.save(history, new, person.id)
    from sqlalchemy import text
    with file_change(history) as change:
        with write_transaction(history) as session:
            change.delete(set_id)
            session.execute(text("DELETE FROM sets"))
        os._exit(9)
from uuid import uuid4
with file_change(history) as change:
    folder = change.new_folder(uuid4())
    files.write_set_files(lambda name: folder / name, new.track, {}, None)
    os._exit(9)
"""
    tests = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.run([sys.executable, "-c", code, str(tmp_path), url, tests, str(deleted)], timeout=240)
    assert process.returncode == 9
    assert [path.name for path in (tmp_path / "sets").rglob("*.*")] == ["track.npz"]
    with open_history(tmp_path, url) as history:
        assert files_on_disk(history) == []
        assert queries.lines(history) == ()
        person = people.find(history, "Ana")
        complete = sets.save(history, new_set(), person.id)
        # Marks of a version before, which had no locks: the name is a set's, and only age tells that it is left behind.
        (history.folder / "unsettled" / str(complete)).write_text(history.database_id)
        (history.folder / "unsettled" / "of another").write_text("another database")
        long_ago = time.time() - 3600
        for mark in (history.folder / "unsettled").iterdir():
            os.utime(mark, (long_ago, long_ago))
    with open_history(tmp_path, url) as history:
        assert files_on_disk(history) == ["of another", "track.npz"]
        assert files.load_track(history, complete) is not None


def test_every_frame_has_its_own_reason_after_packing():
    track = saved_sets.track(unseen=4)
    back = unpack(pack(track))
    assert set(back.reasons["spine_flexion_deg"]) == {None, saved_sets.WHY_LATE}
    assert list(back.reasons["spine_flexion_deg"]) == list(track.reasons["spine_flexion_deg"])
    assert back.why_unmeasured("spine_flexion_deg", 15, 19) == saved_sets.WHY_LATE


def test_a_damaged_time_series_is_none(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, new_set(), person.id)
    path = files.folder_of(history, set_id) / files.TRACK
    intact = path.read_bytes()
    for damaged in (b"", b"not a zip", intact[:200], intact[:-40]):
        path.write_bytes(damaged)
        assert files.load_track(history, set_id) is None


# --- a live set, autosaved while it goes on ---

def test_an_autosaved_set_is_one_set(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, new_set(kinds="N", made_at=NOON), person.id)
    remarks.add_note(history, person.id, "warm today", set_id=set_id)
    clicked = hand_angles.add(history, set_id, RIGHT_ANGLE)
    later = new_set(kinds="NRN", made_at=NOON + timedelta(minutes=5))
    sets.update(history, set_id, NewSet(later.report, later.exercise, later.track, {2: saved_sets.KEY_IMAGE}))
    back = sets.load(history, set_id)
    assert back.report == later.report
    assert (back.line.reps, back.line.good_reps, back.line.made_at) == (3, 2, NOON)
    assert [note.text for note in back.notes] == ["warm today"]
    assert hand_angles.of_set(history, set_id) == (clicked,)
    assert len(queries.lines(history)) == 1
    assert len(queries.reps(history, person.id)) == 3
    assert sorted(files.key_image_paths(history, set_id)) == [2]
    assert len(files.load_track(history, set_id)) == len(later.track)


def test_a_measured_full_bend_is_saved_once_however_often_the_set_is_saved(history, recorded):
    *_, result = measure_and_judge(map(DetectedFrame, recorded("forward_bend")), load("forward_bend"), "live")
    person = people.add(history, "Ana")
    new_set = NewSet(result.report, load("forward_bend"))
    set_id = sets.save(history, new_set, person.id)
    sets.update(history, set_id, new_set)
    assert row_counts(history)["full_bends"] == 1


def test_a_deleted_set_is_not_restored_by_an_update(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, new_set(), person.id)
    sets.delete(history, set_id)
    with pytest.raises(HistoryError, match="not in the history"):
        sets.update(history, set_id, new_set())
    assert files_on_disk(history) == []


def test_a_report_that_cannot_be_saved_leaves_the_saved_one(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, new_set(kinds="N"), person.id)
    with pytest.raises(HistoryError, match="could not be read"):
        sets.update(history, set_id, NewSet(SetReport(video="x", exercise="", status="error"), saved_sets.EXERCISE))
    assert sets.load(history, set_id).line.reps == 1


def test_a_video_can_be_saved_later_and_deleted_again(history, tmp_path):
    set_id = sets.save(history, new_set(), people.default(history).id)
    video = tmp_path / "annotated.mp4"
    video.write_bytes(b"film")
    files.save_video(history, set_id, video)
    saved = files.video_path(history, set_id)
    assert saved is not None
    assert saved.read_bytes() == b"film"
    assert video.exists()
    files.delete_video(history, set_id)
    files.delete_video(history, set_id)
    assert files.video_path(history, set_id) is None
    with pytest.raises(HistoryError, match="cannot write"):
        files.save_video(history, set_id, tmp_path / "gone.mp4")
    assert files_on_disk(history) == ["track.npz"]
    with pytest.raises(HistoryError, match="not on this computer"):
        files.save_video(history, uuid4(), video)
