"""The session object: pictures in and out, reps kept as they happen, and everything that goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from exercises.load import load
from hingecheck.analysis.pipeline import DetectedFrame, conclude
from hingecheck.history import files, people, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.live.autosave import Keeper
from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase
from hingecheck.live.session import Live
from hingecheck.live.set_analysis import Judge
from hingecheck.live.set_plan import Plan, plan
from pose.frame.measure import Measurer
from pose.frames import Frame, Sighting

Recorded = Callable[[str], tuple[Sighting, ...]]
GREY = np.full((480, 640, 3), 128, np.uint8)


class Eyes:
    """What the model saw in a clip, frame by frame, in place of the model."""

    def __init__(self, sightings: tuple[Sighting, ...]) -> None:
        self._coming = iter(sightings)
        self.closed = False

    def look(self, frame: Frame) -> Sighting:
        seen = next(self._coming)
        return Sighting(frame.index, frame.time_s, seen.size_px, seen.pose, seen.people)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as found:
        yield found


@pytest.fixture
def squats(recorded: Recorded) -> tuple[Sighting, ...]:
    """Two squats and the rest after them."""
    return tuple(one for one in recorded("hinge_squatted") if one.time_s < 10.4)


def engine_of(sightings: tuple[Sighting, ...], folder: Path, whose: str | None = None,
              chosen: Plan | None = None) -> Engine:
    return Engine(chosen or plan(load("hip_hinge"), set_up=False), Keeper(whose, lambda: open_history(folder, "")),
                  eyes=lambda: Eyes(sightings))


def shown(engine: Engine, sightings: tuple[Sighting, ...], image: np.ndarray = GREY, since_s: float = 0.0) -> None:
    for one in sightings:
        engine.frame(image, since_s + one.time_s)


def test_each_rep_is_in_the_history_before_the_set_is_over(
        squats: tuple[Sighting, ...], history: History) -> None:
    engine = engine_of(squats, history.folder, "Ana")
    shown(engine, tuple(one for one in squats if one.time_s < 6.0))
    engine.snapshot()
    wait_until(lambda: len(queries.lines(history)) == 1)
    (line,) = queries.lines(history)
    assert (line.reps, line.exercise) == (1, "hip_hinge")
    assert "broke off" in sets.load(history, line.id).report.reasons[0]
    shown(engine, tuple(one for one in squats if one.time_s >= 6.0))
    engine.close()
    (line,) = queries.lines(history)
    assert line.reps == 2, "one set, brought up to date"
    saved = sets.load(history, line.id)
    assert saved.person.name == "Ana"
    assert saved.report == engine.snapshot().report
    assert saved.report.reasons == ()
    assert sorted(files.key_image_paths(history, line.id)) == [1, 2]
    assert engine.snapshot().set_id == line.id


def wait_until(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(600):
        if is_so():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen within 30 s")


def test_pictures_come_back_drawn_and_the_snapshot_tells_all(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = engine_of(squats, tmp_path)
    shown(engine, tuple(one for one in squats if one.time_s < 5.2))
    drawn = engine.frame(GREY, 5.3)
    assert drawn.shape == GREY.shape
    assert (drawn != GREY).any(axis=2).mean() > 0.05
    now = engine.snapshot()
    assert (now.phase, now.counter, len(now.reps)) == (Phase.GOING, "1", 1)
    assert [gauge.name for gauge in now.gauges] == ["hip", "spine"]
    assert now.headline.text == "Less knee, more hip"
    assert now.said[-1].text == now.headline.text
    engine.dropped(3)
    assert engine.snapshot().dropped == 3
    engine.close()


def test_the_longest_time_without_a_picture_is_known(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = engine_of(squats, tmp_path)
    assert engine.snapshot().gap_s == 0.0
    shown(engine, squats[:3])
    time.sleep(0.5)
    assert engine.snapshot().gap_s == pytest.approx(0.5, abs=0.2), "none since"
    shown(engine, squats[3:20])
    assert engine.snapshot().gap_s == pytest.approx(0.5, abs=0.2), "between two"
    engine.ended()
    assert engine.snapshot().gap_s == 0.0, "no camera, no wait for one"
    engine.close()


def test_what_cannot_be_looked_at_is_told_and_the_picture_goes_on(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = Engine(plan(load("hip_hinge"), set_up=False), eyes=lambda: Eyes(squats[:3]))
    shown(engine, squats[:3])
    assert engine.frame(GREY, 1.0) is GREY, "no more is known: the eyes have come to their end"
    assert "could not be looked at" in engine.snapshot().problem


def test_a_look_that_fails_is_told_and_the_camera_goes_on(recorded: Recorded) -> None:
    """Here by words without praise, which nothing but a first good rep needs."""
    hinges = tuple(one for one in recorded("hinge_neutral") if one.time_s < 8.0)
    chosen = plan(load("hip_hinge"), set_up=False)
    speechless = replace(chosen, words=chosen.words.model_copy(update={"praise": None}))
    engine = Engine(speechless, eyes=lambda: Eyes(hinges))
    told = set()
    for one in hinges:
        drawn = engine.frame(GREY, one.time_s)
        told.add(engine.snapshot().problem)
        assert (drawn != GREY).any()
    (problem,) = told - {""}
    assert problem.startswith("The last seconds could not be looked at ('NoneType'")
    assert engine.snapshot().problem == "", "the next look went well"
    assert len(engine.snapshot().reps) == 1
    engine.close()


def test_a_set_that_cannot_be_judged_is_told(squats: tuple[Sighting, ...]) -> None:
    live = Live(plan(load("hip_hinge"), set_up=False))
    for one in squats:
        live.advance(DetectedFrame(one))
    live.plan = replace(live.plan, exercise="hip_hinge")  # type: ignore[arg-type]
    judge = Judge()
    judge.over(live, None)
    judge.close()
    assert judge.problem.startswith("The last set could not be judged as a whole (")
    assert (judge.report, judge.is_judging) == (None, False)


def test_a_set_that_begins_before_the_last_one_is_judged_is_a_set_of_its_own(
        recorded: Recorded, history: History) -> None:
    exercise = load("hip_hinge")
    first, second = (conclude([Measurer()(one) for one in recorded(name)], exercise, name)
                     for name in ("hinge_squatted", "hinge_neutral"))
    keeper = Keeper(None, lambda: open_history(history.folder, ""))
    one, other = keeper.another(), keeper.another()
    one.so_far(first.report, exercise)
    other.so_far(second.report, exercise)
    one.finished(first, exercise, {})
    keeper.close()
    kept = [sets.load(history, line.id).report for line in queries.lines(history)]
    assert sorted(report.video for report in kept) == ["hinge_neutral", "hinge_squatted"]
    assert other.id is not None
    assert keeper.id_of(first.report) == one.id
    assert keeper.id_of(second.report) is None, "not over"


def test_the_next_set_begins_without_the_reps_of_the_last(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = engine_of(squats, tmp_path)
    shown(engine, squats)
    engine.stop()
    assert len(engine.snapshot().reps) == 2
    wait_until(lambda: not engine.snapshot().judging)
    engine.start(plan(load("hip_hinge")))
    assert engine.snapshot().reps == ()
    engine.close()


def test_a_camera_that_goes_and_comes_begins_another_set_and_repeats_nothing(
        squats: tuple[Sighting, ...], history: History) -> None:
    every: list[Eyes] = []

    def eyes() -> Eyes:
        every.append(Eyes(squats))
        return every[-1]

    engine = Engine(plan(load("hip_hinge"), set_up=False), Keeper(None, lambda: open_history(history.folder, "")),
                    eyes=eyes)
    first = tuple(one for one in squats if one.time_s < 6.0)
    shown(engine, first)
    engine.ended()
    assert every[0].closed
    assert engine.snapshot().phase is Phase.GOING
    shown(engine, first)  # the new stream's times begin at 0 again
    engine.close()
    assert [line.reps for line in queries.lines(history)] == [1, 1]
    ids = [said.id for said in engine.snapshot().said]
    assert ids == sorted(set(ids))


def test_a_set_without_a_rep_is_not_kept(recorded: Recorded, history: History) -> None:
    standing = recorded("hinge_squatted")[:12]
    engine = engine_of(standing, history.folder)
    shown(engine, standing)
    engine.close()
    assert queries.lines(history) == ()
    assert engine.snapshot().report is None


def test_a_history_that_cannot_be_written_is_told_and_the_set_goes_on(squats: tuple[Sighting, ...]) -> None:
    def refused() -> History:
        raise HistoryError("the disk is full: make room.")

    engine = Engine(plan(load("hip_hinge"), set_up=False), Keeper(None, refused), eyes=lambda: Eyes(squats))
    shown(engine, squats)
    engine.close()
    now = engine.snapshot()
    assert now.problem == "Not kept: the disk is full: make room."
    assert now.report is not None
    assert len(now.report.reps) == 2


def test_another_size_of_picture_in_the_middle_of_a_set_changes_nothing(
        squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    """A browser sends smaller pictures when the connection is slow."""
    engine = engine_of(squats, tmp_path)
    shown(engine, tuple(one for one in squats if one.time_s < 3.0))
    drawn = engine.frame(GREY[::2, ::2], 3.05)
    assert drawn.shape == GREY.shape
    assert engine.snapshot().phase is Phase.GOING
    engine.close()


def test_a_moved_camera_ends_the_set_and_sets_up_anew(squats: tuple[Sighting, ...], history: History) -> None:
    generator = np.random.default_rng(7)
    room = np.repeat(np.repeat(generator.integers(0, 255, (12, 16, 3), dtype=np.uint8), 40, axis=0), 40, axis=1)
    waiting = tuple(Sighting(n, n / 10, squats[0].size_px, squats[0].pose) for n in range(70))
    clip = (*waiting, *squats, *waiting)
    engine = engine_of(clip, history.folder, chosen=plan(load("hip_hinge"), reps=5))
    shown(engine, waiting, room)
    assert engine.snapshot().phase is Phase.GOING
    shown(engine, squats, room, 7.0)
    shown(engine, waiting[:18], np.ascontiguousarray(room[::-1]), 20.0)
    now = engine.snapshot()
    assert now.phase is not Phase.GOING
    assert "Camera moved. Set up again" in [said.text for said in now.said]
    engine.close()
    assert [line.reps for line in queries.lines(history)] == [2]


def test_whose_set_it_is_must_be_said_where_there_are_several(squats: tuple[Sighting, ...], history: History) -> None:
    people.add(history, "Ana")
    people.add(history, "Ben")
    engine = engine_of(squats, history.folder)
    shown(engine, tuple(one for one in squats if one.time_s < 6.0))
    engine.close()
    assert "(Ana, Ben). Choose whose set this is." in engine.snapshot().problem
    assert queries.lines(history) == ()
