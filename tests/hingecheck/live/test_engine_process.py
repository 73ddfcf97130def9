"""The engine in a process of its own, with the real model: the same counts, and nothing lost however it ends."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.load import load
from exercises.results import SetReport
from hingecheck.history import queries, sets
from hingecheck.history.store import open_history
from hingecheck.live.engine import Engine
from hingecheck.live.engine_process import EngineApart, Line
from hingecheck.live.events import Phase
from hingecheck.live.set_plan import plan
from pose.frames import Frame
from pose.io.video import VideoReader

CLIP = Path(__file__).resolve().parents[3] / "samples" / "hinge_squatted.mp4"
PLAN = plan(load("hip_hinge"), set_up=False)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the worker finds its history: it has the environment of whoever starts it."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("HINGECHECK_DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def engine(data: Path) -> Iterator[EngineApart]:
    made = EngineApart(PLAN)
    yield made
    made.close()


def frames(until_s: float = 99.0) -> Iterator[Frame]:
    """Ten pictures a second: as a slow machine sees it."""
    return (frame for frame in VideoReader(CLIP, end_s=until_s) if frame.index % 3 == 0)


def kept(data: Path) -> list[SetReport]:
    with open_history(data, "") as history:
        return [sets.load(history, line.id).report for line in reversed(queries.lines(history))]


def worker_of(engine: EngineApart) -> int:
    return engine._line._process.pid


def test_it_counts_and_draws_what_the_engine_does(engine: EngineApart, data: Path) -> None:
    beside = Engine(PLAN)
    for frame in frames(6.0):
        there, here = (each.frame(frame.image, frame.time_s) for each in (engine, beside))
        assert (there == here).all(), frame.time_s
    engine.dropped(2)
    now, same = engine.snapshot(), beside.snapshot()
    assert now.reps == same.reps
    assert len(now.reps) == 1
    assert (now.counter, now.dropped, now.problem) == ("1", 2, "")
    assert [said.text for said in now.said] == [said.text for said in same.said]
    engine.stop()
    beside.close()
    engine.close()  # as when the server ends: what was begun is judged and kept
    (report,) = kept(data)
    assert report.model_dump(exclude={"video"}) == beside.snapshot().report.model_dump(exclude={"video"})


def test_a_worker_that_ends_is_told_and_replaced_and_its_reps_are_kept(engine: EngineApart, data: Path) -> None:
    for frame in frames(6.0):
        engine.frame(frame.image, frame.time_s)
    before = engine.snapshot()
    assert len(before.reps) == 1
    first = worker_of(engine)
    engine._line.since_s -= 60  # it had run for a while
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, os.WNOHANG)
    engine._line.wait()
    assert engine.snapshot().reps == before.reps, "what was there stays to be seen"
    for frame in frames(3.0):
        drawn = engine.frame(frame.image, frame.time_s)
    assert worker_of(engine) != first
    assert (drawn != frame.image).any()
    now = engine.snapshot()
    assert "started again" in now.problem
    assert now.phase is Phase.GOING
    assert min((said.id for said in now.said), default=99) > max(said.id for said in before.said)
    (report,) = kept(data)
    assert [rep.verdict for rep in report.reps] == ["squatted"]
    assert "broke off" in report.reasons[0]


def test_one_that_never_starts_is_told(data: Path) -> None:
    engine = EngineApart(PLAN, line=lambda first: Line(first, (sys.executable, "-c", "raise SystemExit(3)")))
    engine._line.wait()
    (frame, *_) = frames(0.2)
    assert engine.frame(frame.image, 0.0) is frame.image
    assert "does not start" in engine.snapshot().problem
    engine.close()
