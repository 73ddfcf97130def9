"""Test the engine: frames in and out, reps saved as they are done, and everything that goes wrong."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from exercises.load import load
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import conclude
from hingecheck.history import files, people, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.live import frame_clock
from hingecheck.live.autosave import Autosave
from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_analysis import SetAnalyser
from hingecheck.live.set_plan import SetPlan, make_plan
from pose.frame.measure import Measurer
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import RecordedDetector
from tests.helpers.waiting import until

GREY = np.full((480, 640, 3), 128, np.uint8)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as history:
        yield history


@pytest.fixture
def squats(recorded: SightingsOf) -> tuple[Sighting, ...]:
    """Two squats and the rest after them."""
    return before(recorded("hinge_squatted"), 10.4)


def before(sightings: tuple[Sighting, ...], end_s: float) -> tuple[Sighting, ...]:
    return tuple(sighting for sighting in sightings if sighting.time_s < end_s)


def engine_of(sightings: tuple[Sighting, ...], folder: Path, person: str | None = None,
              plan: SetPlan | None = None) -> Engine:
    return Engine(plan or make_plan(load("hip_hinge"), set_up=False),
                  Autosave(person, lambda: open_history(folder, "")), make_detector=lambda: RecordedDetector(sightings))


def play(engine: Engine, sightings: tuple[Sighting, ...], image: np.ndarray = GREY, start_s: float = 0.0) -> None:
    for sighting in sightings:
        engine.process(image, start_s + sighting.time_s)


def test_each_programme_is_a_session_with_its_name(squats: tuple[Sighting, ...], history: History) -> None:
    exercise = load("hip_hinge")
    report = conclude([Measurer()(sighting) for sighting in squats], exercise, "live").report
    autosave = Autosave(None, lambda: open_history(history.folder, ""))
    for name in ("Desk break", "Doorway"):
        autosave.begin_session(name)
        autosave.new_set().save_reps(report, exercise)
        autosave.new_set().save_reps(report, exercise)
    autosave.close()
    sets_of_session = {session.note: len(queries.sets_of(history, session.id)) for session in queries.sessions(history)}
    assert sets_of_session == {"Desk break": 2, "Doorway": 2}


def test_each_rep_is_in_the_history_before_the_set_is_over(
        squats: tuple[Sighting, ...], history: History) -> None:
    engine = engine_of(squats, history.folder, "Ana")
    play(engine, before(squats, 6.0))
    engine.snapshot()
    until(lambda: len(queries.lines(history)) == 1)
    (line,) = queries.lines(history)
    assert (line.reps, line.exercise) == (1, "hip_hinge")
    assert "broke off" in sets.load(history, line.id).report.reasons[0]
    play(engine, tuple(sighting for sighting in squats if sighting.time_s >= 6.0))
    engine.close()
    (line,) = queries.lines(history)
    assert line.reps == 2, "one set, updated"
    saved = sets.load(history, line.id)
    assert saved.person.name == "Ana"
    assert saved.report == engine.snapshot().report
    assert saved.report.reasons == ()
    assert sorted(files.key_image_paths(history, line.id)) == [1, 2]
    assert engine.snapshot().set_id == line.id


def test_frames_come_back_drawn_and_the_snapshot_has_the_state(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = engine_of(squats, tmp_path)
    play(engine, before(squats, 5.2))
    drawn = engine.process(GREY, 5.3)
    assert drawn.shape == GREY.shape
    assert (drawn != GREY).any(axis=2).mean() > 0.05
    now = engine.snapshot()
    assert (now.phase, now.counter, len(now.reps)) == (Phase.GOING, "1", 1)
    assert [gauge.name for gauge in now.gauges] == ["hip", "spine"]
    assert now.headline.text == "Less knee, more hip"
    assert now.utterances[-1].text == now.headline.text
    engine.count_dropped(3)
    assert engine.snapshot().dropped == 3
    engine.close()


def test_the_longest_time_without_a_frame_is_measured(squats: tuple[Sighting, ...], tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = [100.0]
    # The computer's clock would count what other programs hold this one up.
    monkeypatch.setattr(frame_clock, "time", SimpleNamespace(monotonic=lambda: now_s[0]))
    engine = engine_of(squats, tmp_path)
    assert engine.snapshot().gap_s == 0.0
    play(engine, squats[:3])
    now_s[0] += 0.5
    assert engine.snapshot().gap_s == 0.5, "none since the last"
    play(engine, squats[3:20])
    assert engine.snapshot().gap_s == 0.5, "between two frames"
    engine.end_stream()
    assert engine.snapshot().gap_s == 0.0, "no camera, no wait for one"
    engine.close()


def test_a_frame_that_fails_is_reported_and_the_video_goes_on(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = Engine(make_plan(load("hip_hinge"), set_up=False), make_detector=lambda: RecordedDetector(squats[:3]))
    play(engine, squats[:3])
    assert engine.process(GREY, 1.0) is GREY, "the recorded poses have come to their end"
    assert "This frame could not be analysed" in engine.snapshot().problem


def test_an_analysis_of_the_window_that_fails_is_reported_and_the_camera_goes_on(recorded: SightingsOf) -> None:
    """It fails because the words have no praise, which only the first good rep needs."""
    hinges = before(recorded("hinge_neutral"), 8.0)
    plan = make_plan(load("hip_hinge"), set_up=False)
    without_praise = replace(plan, words=plan.words.model_copy(update={"praise": None}))
    engine = Engine(without_praise, make_detector=lambda: RecordedDetector(hinges))
    problems = set()
    for sighting in hinges:
        drawn = engine.process(GREY, sighting.time_s)
        problems.add(engine.snapshot().problem)
        assert (drawn != GREY).any()
    (problem,) = problems - {""}
    assert problem.startswith("The last seconds could not be analysed ('NoneType'")
    assert engine.snapshot().problem == "", "the next analysis went well"
    assert len(engine.snapshot().reps) == 1
    engine.close()


def test_a_set_that_cannot_be_judged_is_reported(squats: tuple[Sighting, ...]) -> None:
    live = LiveSet(make_plan(load("hip_hinge"), set_up=False))
    for sighting in squats:
        live.advance(DetectedFrame(sighting))
    live.plan = replace(live.plan, exercise="hip_hinge")  # type: ignore[arg-type]
    analyser = SetAnalyser()
    analyser.submit(live, None)
    analyser.close()
    assert analyser.problem.startswith("The last set could not be judged as a whole (")
    assert (analyser.report, analyser.is_running) == (None, False)


def test_a_set_that_begins_before_the_last_one_is_judged_is_a_set_of_its_own(
        recorded: SightingsOf, history: History) -> None:
    exercise = load("hip_hinge")
    first, second = (conclude([Measurer()(sighting) for sighting in recorded(name)], exercise, name)
                     for name in ("hinge_squatted", "hinge_neutral"))
    autosave = Autosave(None, lambda: open_history(history.folder, ""))
    first_set, second_set = autosave.new_set(), autosave.new_set()
    first_set.save_reps(first.report, exercise)
    second_set.save_reps(second.report, exercise)
    first_set.save_analysis(first, exercise, {})
    autosave.close()
    reports = [sets.load(history, line.id).report for line in queries.lines(history)]
    assert sorted(report.video for report in reports) == ["hinge_neutral", "hinge_squatted"]
    assert None not in (first_set.id, second_set.id)
    assert autosave.set_id(first.report) == first_set.id != second_set.id
    assert autosave.set_id(second.report) is None, "not over"


def test_the_next_set_begins_without_the_reps_of_the_last(squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    engine = engine_of(squats, tmp_path)
    play(engine, squats)
    engine.stop()
    assert len(engine.snapshot().reps) == 2
    until(lambda: not engine.snapshot().is_analysing)
    engine.start(make_plan(load("hip_hinge")))
    assert engine.snapshot().reps == ()
    engine.close()


def test_a_report_is_let_go_when_the_next_set_is_judged(squats: tuple[Sighting, ...]) -> None:
    """63 kB a set otherwise: a page that is left open for days repeats sets without end."""
    engine = Engine(make_plan(load("hip_hinge"), set_up=False), make_detector=lambda: RecordedDetector(squats))
    reports = []
    for _ in range(2):
        play(engine, squats)
        engine.end_stream()
        until(lambda: not engine.snapshot().is_analysing)
        reports.append(weakref.ref(engine.snapshot().report))
    gc.collect()
    first, second = (report() for report in reports)
    engine.close()
    assert first is None
    assert second is not None


def test_a_camera_that_stops_and_starts_begins_another_set_and_repeats_nothing(
        squats: tuple[Sighting, ...], history: History) -> None:
    detectors: list[RecordedDetector] = []

    def make_detector() -> RecordedDetector:
        detectors.append(RecordedDetector(squats))
        return detectors[-1]

    engine = Engine(make_plan(load("hip_hinge"), set_up=False),
                    Autosave(None, lambda: open_history(history.folder, "")), make_detector=make_detector)
    first = before(squats, 6.0)
    play(engine, first)
    engine.end_stream()
    assert detectors[0].is_closed
    assert engine.snapshot().phase is Phase.GOING
    play(engine, first)  # the new stream's times begin at 0 again
    engine.close()
    assert [line.reps for line in queries.lines(history)] == [1, 1]
    ids = [utterance.id for utterance in engine.snapshot().utterances]
    assert len(ids) > 2
    assert ids == sorted(set(ids))


def test_a_set_without_a_rep_is_not_saved(recorded: SightingsOf, history: History) -> None:
    standing = recorded("hinge_squatted")[:12]
    engine = engine_of(standing, history.folder)
    play(engine, standing)
    engine.close()
    assert queries.lines(history) == ()
    assert engine.snapshot().report is None


def test_a_history_that_cannot_be_written_is_reported_and_the_set_goes_on(squats: tuple[Sighting, ...]) -> None:
    def refuse() -> History:
        raise HistoryError("the disk is full: make room.")

    engine = Engine(make_plan(load("hip_hinge"), set_up=False), Autosave(None, refuse),
                    make_detector=lambda: RecordedDetector(squats))
    play(engine, squats)
    engine.close()
    now = engine.snapshot()
    assert now.problem == "Not saved: the disk is full: make room."
    assert now.report is not None
    assert len(now.report.reps) == 2


def test_another_frame_size_in_the_middle_of_a_set_changes_nothing(
        squats: tuple[Sighting, ...], tmp_path: Path) -> None:
    """A browser sends smaller frames when the connection is slow."""
    engine = engine_of(squats, tmp_path)
    play(engine, before(squats, 3.0))
    drawn = engine.process(GREY[::2, ::2], 3.05)
    assert drawn.shape == GREY.shape
    assert engine.snapshot().phase is Phase.GOING
    engine.close()


def test_a_moved_camera_ends_the_set_and_begins_another_set_up(squats: tuple[Sighting, ...], history: History) -> None:
    generator = np.random.default_rng(7)
    room = np.repeat(np.repeat(generator.integers(0, 255, (12, 16, 3), dtype=np.uint8), 40, axis=0), 40, axis=1)
    waiting = tuple(Sighting(n, n / 10, squats[0].size_px, squats[0].pose) for n in range(70))
    clip = (*waiting, *squats, *waiting)
    engine = engine_of(clip, history.folder, plan=make_plan(load("hip_hinge"), reps=5))
    play(engine, waiting, room)
    assert engine.snapshot().phase is Phase.GOING
    play(engine, squats, room, 7.0)
    play(engine, waiting[:18], np.ascontiguousarray(room[::-1]), 20.0)
    now = engine.snapshot()
    assert now.phase is not Phase.GOING
    assert "Camera moved. Set up again" in [utterance.text for utterance in now.utterances]
    engine.close()
    assert [line.reps for line in queries.lines(history)] == [2]


def test_the_person_must_be_chosen_where_there_are_several(squats: tuple[Sighting, ...], history: History) -> None:
    people.add(history, "Ana")
    people.add(history, "Ben")
    engine = engine_of(squats, history.folder)
    play(engine, before(squats, 6.0))
    engine.close()
    assert "(Ana, Ben). Choose whose set this is." in engine.snapshot().problem
    assert queries.lines(history) == ()
