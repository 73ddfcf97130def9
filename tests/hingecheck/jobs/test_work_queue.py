"""Videos in worker processes: a bad file, a stop, a crash and a closed window."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.load import load
from hingecheck.history import people, queries
from hingecheck.history.connection import FOLDER_VARIABLE, URL_VARIABLE
from hingecheck.history.store import open_history
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.video_states import VideoState
from hingecheck.jobs.work_queue import Batch
from hingecheck.jobs.workspace import Workspace
from tests.helpers.waiting import until

TIMEOUT_S = 240.0


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    with open_history() as history:
        yield people.default(history).id


def request_for(folder: Path, person: object, content: bytes, name: str = "mine.mp4") -> AnalysisRequest:
    folder.mkdir()
    video = folder / "video.mp4"
    video.write_bytes(content)
    return AnalysisRequest(video=video, name=name, folder=folder, exercise=load("hip_hinge"), known={}, person=person)


def final_states(batch: Batch) -> tuple[VideoState, ...]:
    until(lambda: batch.is_over, within_s=TIMEOUT_S)
    return batch.states


def test_a_video_that_is_added_is_analysed_after_the_others(tmp_path: Path, person: object) -> None:
    batch = Batch([request_for(tmp_path / "a", person, b"no video" * 50, "first.mp4")])
    batch.add(request_for(tmp_path / "b", person, b"none either" * 50, "second.mp4"))
    assert [state.response is not None and state.response.report.video for state in final_states(batch)] == [
        "first.mp4", "second.mp4"]


def test_a_bad_file_has_the_person_s_name_for_it_and_the_next_video_is_analysed(tmp_path: Path, person: object) -> None:
    batch = Batch([request_for(tmp_path / "a", person, b"no video" * 50, "<b>holiday.mp4"),
                   request_for(tmp_path / "b", person, b"none either" * 50, "second.mp4")])
    first, second = (state.response for state in final_states(batch))
    assert first is not None
    assert second is not None
    assert first.report.status == "error"
    assert first.report.video == "<b>holiday.mp4"
    assert any("<b>holiday.mp4" in reason for reason in first.report.reasons)
    assert str(tmp_path) not in " ".join(first.report.reasons)
    assert second.report.video == "second.mp4"
    assert first.set_id is None
    with open_history() as history:
        assert queries.count(history) == 0


def test_a_stop_ends_the_running_and_the_waiting_video(tmp_path: Path, person: object, samples: Path) -> None:
    content = (samples / "hinge_neutral.mp4").read_bytes()
    batch = Batch([request_for(tmp_path / name, person, content) for name in ("a", "b")])
    until(lambda: batch.states[0].step is not None, within_s=TIMEOUT_S)
    batch.cancel()
    assert [state.phase for state in batch.states] == ["stopped", "stopped"]
    time.sleep(0.5)
    assert [state.phase for state in batch.states] == ["stopped", "stopped"]
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["video.mp4"]


def test_a_worker_that_cannot_start_is_reported(tmp_path: Path, person: object) -> None:
    request = request_for(tmp_path / "a", person, b"no video")
    batch = Batch([request.model_copy(update={"folder": tmp_path / "gone"})])
    response = final_states(batch)[0].response
    assert response is not None
    assert response.report.status == "error"
    assert response.report.reasons[0].startswith("HingeCheck itself failed on this video (no worker could be started (")
    assert "Traceback" not in response.report.reasons[0]


def test_the_folder_of_a_window_is_deleted_with_it() -> None:
    workspace = Workspace()
    inside = workspace.make()
    (inside / "video.mp4").write_bytes(b"x")
    folder = workspace.folder
    assert inside.parent == folder
    del workspace
    gc.collect()
    assert not folder.exists()
