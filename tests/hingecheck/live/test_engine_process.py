"""Test the engine in a separate process, with the real model: the same counts, and nothing lost however it ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from exercises.load import load
from exercises.programme import Programme
from exercises.results import SetReport
from hingecheck.history import queries, sets
from hingecheck.history.store import open_history
from hingecheck.live import engine_process
from hingecheck.live.engine import Engine
from hingecheck.live.engine_process import EngineProcess, WorkerConnection
from hingecheck.live.events import Phase
from hingecheck.live.live_programme import make_live_programme
from hingecheck.live.programme_lead import Stage
from hingecheck.live.set_plan import make_plan
from language.current import use
from pose.frames import Frame
from pose.io.video import VideoReader

CLIP = Path(__file__).resolve().parents[3] / "samples" / "hinge_squatted.mp4"
PLAN = make_plan(load("hip_hinge"), set_up=False)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the worker's history: the worker inherits this environment. It may be slow: every state counts."""
    monkeypatch.setattr(engine_process, "_FRAME_TIMEOUT_S", 240.0)
    monkeypatch.setattr(engine_process, "_SNAPSHOT_TIMEOUT_S", 60.0)
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("HINGECHECK_DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def engine(data: Path) -> Iterator[EngineProcess]:
    engine = EngineProcess(PLAN)
    yield engine
    engine.close()


def frames(end_s: float = 99.0) -> Iterator[Frame]:
    """Yield ten frames per second, as on a slow machine."""
    return (frame for frame in VideoReader(CLIP, end_s=end_s) if frame.index % 3 == 0)


def saved_reports(data: Path) -> list[SetReport]:
    with open_history(data, "") as history:
        return [sets.load(history, line.id).report for line in reversed(queries.lines(history))]


def worker_of(engine: EngineProcess) -> int:
    return engine._connection._worker.process.pid


def test_it_counts_and_draws_what_the_engine_does(engine: EngineProcess, data: Path) -> None:
    reference = Engine(PLAN)
    for frame in frames(6.0):
        drawn, expected = (each.process(frame.image, frame.time_s) for each in (engine, reference))
        assert (drawn == expected).all(), frame.time_s
    engine.count_dropped(2)
    now, expected_state = engine.snapshot(), reference.snapshot()
    assert now.reps == expected_state.reps
    assert len(now.reps) == 1
    assert (now.counter, now.dropped, now.problem) == ("1", 2, "")
    assert [each.text for each in now.utterances] == [each.text for each in expected_state.utterances] != []
    engine.stop()
    reference.close()
    engine.close()  # as when the server ends: the set that goes on is judged and saved
    (report,) = saved_reports(data)
    assert report.model_dump(exclude={"video"}) == reference.snapshot().report.model_dump(exclude={"video"})


def test_a_worker_that_ends_is_reported_and_replaced_and_its_reps_are_saved(engine: EngineProcess, data: Path) -> None:
    for frame in frames(6.0):
        engine.process(frame.image, frame.time_s)
    before = engine.snapshot()
    assert len(before.reps) == 1
    first = worker_of(engine)
    engine._connection.started_s -= 60  # as if it had run for a while
    os.kill(first, signal.SIGKILL)
    engine._connection.wait()
    assert engine.snapshot().reps == before.reps, "the last state is still shown"
    for frame in frames(6.0):
        drawn = engine.process(frame.image, frame.time_s)
    assert worker_of(engine) != first
    assert (drawn != frame.image).any()
    now = engine.snapshot()
    assert "started again" in now.problem
    assert now.phase is Phase.GOING
    assert min(each.id for each in now.utterances) > max(each.id for each in before.utterances), "none is spoken twice"
    engine.close()
    broken_off, judged = saved_reports(data)
    assert [rep.verdict for rep in broken_off.reps] == [rep.verdict for rep in judged.reps] == ["squatted"]
    assert "broke off" in broken_off.reasons[0]
    assert judged.reasons == ()


def name_of_the_hip(engine: EngineProcess) -> str:
    """The worker's word for it, on a thread that has no language of its own."""
    for frame in frames(0.3):
        engine.process(frame.image, frame.time_s)
    return engine.snapshot().gauges[0].name


def test_a_worker_speaks_the_page_s_language_whoever_starts_it(data: Path) -> None:
    with use("de"):
        engine = EngineProcess(PLAN)
    try:
        first = worker_of(engine)
        assert name_of_the_hip(engine) == "Hüfte"
        engine._connection.started_s -= 60  # as if it had run for a while
        os.kill(first, signal.SIGKILL)
        engine._connection.wait()
        assert name_of_the_hip(engine) == "Hüfte"
        assert worker_of(engine) != first
        with use("fr"):
            engine.start(PLAN)
        assert name_of_the_hip(engine) == "hanche"
    finally:
        engine.close()


def test_a_programme_is_steered_and_another_worker_goes_on_with_its_set(data: Path) -> None:
    steps = [{"exercise": name, "source": "test"} for name in ("hip_hinge", "towel_hamstring_stretch")]
    programme = Programme.model_validate({"id": "two", "name": "Two", "summary": "For a test.", "per_week": 1,
                                          "steps": steps})
    engine, numbers = EngineProcess(make_live_programme(programme, load)), iter(frames())

    def steer(command: Callable[[], None], stage: Stage, index: int) -> None:
        """Give a command, and expect this stage within a few frames: commands and states do not wait for each other."""
        command()
        seen = []
        for frame in islice(numbers, 8):
            engine.process(frame.image, frame.time_s)
            now = engine.snapshot().programme
            assert now is not None
            seen.append((now.stage, now.index))
            if seen[-1] == (stage, index):
                return
        raise AssertionError(f"expected {stage} of {index}, got {seen}")

    steer(engine.skip, Stage.SET, 0)
    steer(engine.pause, Stage.PAUSED, 0)
    steer(engine.resume, Stage.SET, 0)
    steer(engine.skip, Stage.REST, 1)
    steer(engine.skip, Stage.SET, 1)
    engine._connection.started_s -= 60  # as if it had run for a while
    os.kill(worker_of(engine), signal.SIGKILL)
    engine._connection.wait()
    steer(lambda: None, Stage.REST, 1)
    assert "started again" in engine.snapshot().problem
    steer(engine.stop, Stage.OVER, 1)
    steer(lambda: engine.start(make_live_programme(programme, load)), Stage.REST, 0)
    engine.close()


def die(*_: object) -> None:
    """Be a worker that cannot be."""
    os._exit(3)


def test_a_worker_that_never_starts_is_reported(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Python alone may take the usual five seconds to start.
    monkeypatch.setattr(engine_process, "_TOO_SOON_S", 600.0)
    engine = EngineProcess(PLAN, connect=partial(WorkerConnection, work=die))
    engine._connection.wait()
    (frame, *_) = frames(0.2)
    assert engine.process(frame.image, 0.0) is frame.image
    assert "does not start" in engine.snapshot().problem
    engine.close()
