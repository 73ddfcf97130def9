"""Videos in processes of their own: how a bad file, a stop, a crash and a closed window end."""

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
from hingecheck.jobs.work_queue import Batch, State, Workspace

PATIENCE_S = 240.0


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    with open_history() as history:
        yield people.default(history).id


def ordered(folder: Path, person: object, content: bytes, name: str = "mine.mp4") -> AnalysisRequest:
    folder.mkdir()
    video = folder / "video.mp4"
    video.write_bytes(content)
    return AnalysisRequest(video=video, name=name, folder=folder, exercise=load("hip_hinge"), known={}, person=person)


def ended(batch: Batch) -> tuple[State, ...]:
    until = time.monotonic() + PATIENCE_S
    while not batch.over and time.monotonic() < until:
        time.sleep(0.05)
    assert batch.over
    return batch.states


def test_a_bad_file_is_named_as_the_person_knows_it_and_the_next_one_goes_on(tmp_path: Path, person: object) -> None:
    batch = Batch([ordered(tmp_path / "a", person, b"no video" * 50, "<b>holiday.mp4"),
                   ordered(tmp_path / "b", person, b"none either" * 50, "second.mp4")])
    first, second = (state.outcome for state in ended(batch))
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


def test_a_stop_ends_what_runs_and_what_waits(tmp_path: Path, person: object, samples: Path) -> None:
    content = (samples / "hinge_neutral.mp4").read_bytes()
    batch = Batch([ordered(tmp_path / name, person, content) for name in ("a", "b")])
    until = time.monotonic() + PATIENCE_S
    while batch.states[0].step is None and time.monotonic() < until:
        time.sleep(0.02)
    assert batch.states[0].step is not None
    batch.cancel()
    assert [state.phase for state in batch.states] == ["stopped", "stopped"]
    time.sleep(0.5)
    assert [state.phase for state in batch.states] == ["stopped", "stopped"]
    assert not (tmp_path / "b" / "order.json").exists()


def test_a_worker_that_breaks_down_is_reported_in_words(tmp_path: Path, person: object) -> None:
    order = ordered(tmp_path / "a", person, b"no video")
    batch = Batch([order.model_copy(update={"folder": tmp_path / "gone"})])
    outcome = ended(batch)[0].outcome
    assert outcome is not None
    assert outcome.report.status == "error"
    assert "HingeCheck itself failed" in outcome.report.reasons[0]
    assert "Traceback" not in outcome.report.reasons[0]


def test_the_folder_of_a_window_goes_with_it() -> None:
    workspace = Workspace()
    kept = workspace.make()
    (kept / "video.mp4").write_bytes(b"x")
    folder = workspace.folder
    assert kept.is_dir()
    del workspace
    gc.collect()
    assert not folder.exists()
