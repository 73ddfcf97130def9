"""Test a programme that is led through live: recorded poses, the whole engine, and a history of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from exercises.load import load
from exercises.programme import Programme
from hingecheck.history import queries, sets
from hingecheck.history.connection import History
from hingecheck.history.store import open_history
from hingecheck.live.autosave import Autosave
from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.engine import Engine
from hingecheck.live.live_programme import LiveProgramme, make_live_programme
from hingecheck.live.programme_lead import ProgrammeLead, Stage
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import RecordedDetector

GREY = np.full((480, 640, 3), 128, np.uint8)
#: What the camera sees of each activity.
CLIPS = ("doorway_90", "doorway_other_leg_lifts", "seated_extension_good", "hinge_neutral")
#: For the warm-up or rest, the announcements, the set-up and the count; and for the last rep to be settled.
WAIT_BEFORE_S, WAIT_AFTER_S = 24.0, 8.0


def programme(**changes: object) -> LiveProgramme:
    """Three exercises in three positions, the first on both sides."""
    steps = [{"exercise": "doorway_hamstring_stretch", "rest_s": 6, "source": "test"},
             {"exercise": "seated_hamstring_stretch", "reps": 3, "rest_s": 8, "note": "Set the back first.",
              "source": "test"},
             {"exercise": "hip_hinge", "reps": 4, "source": "test"}]
    data = {"id": "three", "name": "Three exercises", "summary": "For a test.", "per_week": 3, "steps": steps,
            "warm_up": {"seconds": 5, "do": ["Walk on the spot."], "source": "test"}, **changes}
    return make_live_programme(Programme.model_validate(data), load)


def waiting(sighting: Sighting, seconds: float) -> list[Sighting]:
    """The same pose for a while, ten times per second."""
    return [replace(sighting, time_s=number / 10) for number in range(round(seconds * 10))]


def after_each_other(*parts: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return the parts as one stream of frames."""
    stream: list[Sighting] = []
    for part in parts:
        start_s = stream[-1].time_s + 0.1 if stream else 0.0
        stream += [replace(sighting, index=len(stream) + number, time_s=start_s + sighting.time_s)
                   for number, sighting in enumerate(part)]
    return tuple(stream)


def clip(recorded: SightingsOf, name: str) -> list[tuple[Sighting, ...] | list[Sighting]]:
    """The parts of one activity: the wait before it, its sample at ten frames per second, the wait after it."""
    sample = recorded(name)[::3]
    return [waiting(sample[0], WAIT_BEFORE_S), sample, waiting(sample[-1], WAIT_AFTER_S)]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as history:
        yield history


@dataclass(frozen=True)
class Led:
    """A programme that was led through, its sightings' stages, and everything that was spoken."""

    engine: Engine
    stages: tuple[tuple[Stage, int], ...]
    spoken: tuple[str, ...]


def lead(engine: Engine, stream: Iterable[Sighting]) -> Led:
    stages, spoken = [], {}
    for sighting in stream:
        engine.process(GREY, sighting.time_s)
        now = engine.snapshot()
        assert now.programme is not None
        assert now.problem == ""
        stages.append((now.programme.stage, now.programme.index))
        spoken |= {utterance.id: utterance.text for utterance in now.utterances if utterance.text}
    return Led(engine, tuple(dict.fromkeys(stages)), tuple(spoken.values()))


def engine_of(stream: tuple[Sighting, ...], folder: Path, plan: LiveProgramme | None = None) -> Engine:
    return Engine(plan or programme(), Autosave("Ana", lambda: open_history(folder, "")),
                  make_detector=lambda: RecordedDetector(stream))


def test_three_exercises_end_in_one_session_with_the_right_sets_sides_and_holds(
        recorded: SightingsOf, history: History) -> None:
    stream = after_each_other(*(part for name in CLIPS for part in clip(recorded, name)))
    led = lead(engine_of(stream, history.folder), stream)
    led.engine.close()
    assert led.stages == ((Stage.WARM_UP, 0), *((stage, index) for index in range(4)
                                                for stage in (Stage.REST, Stage.SET)), (Stage.OVER, 4))
    (session,) = queries.sessions(history)
    assert session.note == "Three exercises"
    saved = [sets.load(history, line.id) for line in queries.sets_of(history, session.id)]
    assert [one.report.exercise for one in saved] == [
        "doorway_hamstring_stretch", "doorway_hamstring_stretch", "seated_hamstring_stretch", "hip_hinge"]
    assert [[rep.side for rep in one.report.reps] for one in saved] == [["left"], ["right"], [None] * 3, [None] * 4]
    holds = [rep.held.seconds for one in saved for rep in one.report.reps if rep.held is not None]
    assert holds[:2] == pytest.approx([32, 12], abs=1.0)
    assert all(one.report.reasons == () for one in saved)
    now = led.engine.snapshot()
    assert [(part.exercise, part.side, part.done, part.of) for part in now.done] == [
        ("doorway_hamstring_stretch", "left", 1, 1), ("doorway_hamstring_stretch", "right", 0, 1),
        ("seated_hamstring_stretch", None, 3, 3), ("hip_hinge", None, 4, 4)], "the right hold was too short"
    assert now.set_id == saved[-1].line.id
    _announced_once_and_in_order(led.spoken)


def _announced_once_and_in_order(spoken: tuple[str, ...]) -> None:
    assert all(1 <= len(text.split()) <= 6 for text in spoken)
    between = [text for text in spoken if text in (
        "Warm up first", "Rest 6 seconds", "Rest 8 seconds", "Rest 15 seconds", "Next: Doorway hamstring stretch",
        "Next: Seated leg extension", "Next: Hip hinge", "Now the left side", "Now the right side",
        "Programme finished, well done", "Answer on the screen, please") or text.startswith("Put the camera")]
    assert between == [
        "Warm up first",
        "Next: Doorway hamstring stretch", "Put the camera on the floor", "Now the left side",
        "Rest 6 seconds", "Now the right side",
        "Rest 6 seconds", "Next: Seated leg extension", "Put the camera at seat height",
        "Rest 8 seconds", "Next: Hip hinge", "Put the camera at hip height",
        "Programme finished, well done", "Answer on the screen, please"]


def test_a_skip_that_comes_too_late_skips_nothing(recorded: SightingsOf, history: History) -> None:
    stream = waiting(recorded("hinge_neutral")[0], 15.0)
    plan = programme(warm_up=None, steps=[{"exercise": "hip_hinge", "reps": 4, "source": "test"}])
    engine = engine_of(tuple(stream), history.folder, plan)
    for sighting in stream:
        engine.process(GREY, sighting.time_s)
    for seen, stage in (((Stage.REST, 0), Stage.SET), ((Stage.SET, 1), Stage.SET), ((Stage.SET, 0), Stage.OVER)):
        engine.skip(seen)
        now = engine.snapshot().programme
        assert now is not None
        assert now.stage is stage
    engine.close()


def test_a_programme_that_another_engine_takes_over_stays_one_session_and_one_summary(
        recorded: SightingsOf, history: History) -> None:
    whole = programme(warm_up=None, steps=[{"exercise": "hip_hinge", "sets": 2, "reps": 4, "source": "test"}])
    stream = after_each_other(*clip(recorded, "hinge_neutral"))
    first = lead(engine_of(stream, history.folder, whole), stream).engine
    first.close()
    now = first.snapshot()
    assert now.programme is not None
    second = lead(engine_of(stream, history.folder, whole.going_on(now.programme.index, now.done)), stream)
    second.engine.close()
    assert [(part.done, part.of) for part in second.engine.snapshot().done] == [(8, 8)]
    assert second.spoken[-1] == "Answer on the screen, please"
    (session,) = queries.sessions(history)
    assert (session.note, len(queries.sets_of(history, session.id))) == ("Three exercises", 2)


# --- the lead alone: times in, plans out ---

def advanced(lead: ProgrammeLead, from_s: float, to_s: float) -> list[tuple[float, str]]:
    """Advance ten times per second; return when each set was to begin, and its exercise."""
    begun = []
    for tenth in range(round(from_s * 10), round(to_s * 10)):
        _, plan = lead.advance(tenth / 10)
        if plan is not None:
            begun.append((tenth / 10, plan.exercise.id))
    return begun


def test_a_rest_lasts_as_long_as_the_programme_asks() -> None:
    lead = ProgrammeLead(programme(warm_up=None), CueQueue())
    ((first_s, _),) = advanced(lead, 0.0, 30.0)
    assert 5.0 < first_s < 15.0, "as long as four announcements"
    lead.end_set("goal", 1)
    lead.skip()
    advanced(lead, 30.0, 30.5)
    lead.end_set("goal", 1)
    assert advanced(lead, 40.0, 60.0)[0][1] == "seated_hamstring_stretch"
    lead.end_set("goal", 3)
    ((begins_s, exercise),) = advanced(lead, 70.0, 100.0)
    assert exercise == "hip_hinge"
    assert begins_s - 70.0 == pytest.approx(8.0, abs=0.15)


def test_a_pause_stops_the_rest_and_goes_on_with_what_is_missing_of_a_set() -> None:
    lead = ProgrammeLead(programme(warm_up={"seconds": 20, "do": ["Walk."], "source": "test"}), CueQueue())
    advanced(lead, 0.0, 5.0)
    lead.pause()
    assert lead.state.stage is Stage.PAUSED
    assert advanced(lead, 5.0, 60.0) == []
    lead.resume()
    advanced(lead, 60.0, 61.0)
    assert lead.state.remaining_s == pytest.approx(14.0, abs=0.3)
    begun = []
    for number in range(6):  # the warm-up, the rest before the first set, that set; the other side; the next rest
        lead.skip()
        begun += [exercise for _, exercise in advanced(lead, 61.0 + number / 5, 61.2 + number / 5)]
    assert begun == ["doorway_hamstring_stretch", "doorway_hamstring_stretch", "seated_hamstring_stretch"]
    lead.end_set("stopped", 2)  # as the engine does first
    lead.pause()
    assert advanced(lead, 63.0, 70.0) == []
    lead.resume()
    _, plan = lead.advance(70.0)
    assert plan is not None
    assert (plan.exercise.id, plan.reps) == ("seated_hamstring_stretch", 1), "two of three are done"


def test_a_set_that_its_last_rep_completed_is_neither_skipped_nor_is_its_rest() -> None:
    for command in (lambda lead: lead.skip(Stage.SET), lambda lead: lead.take_sign(Stage.SET)):
        lead = ProgrammeLead(programme(warm_up=None), CueQueue())
        lead.skip()
        advanced(lead, 0.0, 1.0)
        assert lead.stage is Stage.SET
        lead.end_set("stopped", 1)  # as the engine does first: the rep under way was the one that was missing
        command(lead)
        lead.resume()
        advanced(lead, 1.0, 2.0)
        assert (lead.stage, lead.state.index) == (Stage.REST, 1)
        assert lead.state.remaining_s == pytest.approx(5.0, abs=0.3)


def test_a_moved_camera_or_one_that_stops_goes_on_with_the_same_set() -> None:
    lead = ProgrammeLead(programme(warm_up=None), CueQueue())
    lead.skip()
    advanced(lead, 0.0, 1.0)
    lead.end_set("moved", 0)
    assert [exercise for _, exercise in advanced(lead, 1.0, 2.0)] == ["doorway_hamstring_stretch"]
    assert lead.state.index == 0
    lead.end_set("stopped", 1)
    assert lead.state.index == 1, "its one hold was done"


def test_without_anything_done_no_question_follows() -> None:
    lead = ProgrammeLead(programme(), CueQueue())
    lead.finish()
    spoken = [utterance.text for tenth in range(100) for utterance in lead.advance(tenth / 10)[0]]
    assert spoken == ["Programme finished, well done"]
    assert (lead.state.stage, lead.counter, lead.state.is_silent) == (Stage.OVER, "", True)


def test_the_end_waits_until_it_was_heard() -> None:
    lead = ProgrammeLead(programme(), CueQueue())
    lead.finish()
    for tenth in range(20):
        lead.advance(tenth / 10)
        assert not lead.state.is_silent


def test_what_comes_next_is_told_in_words() -> None:
    course = programme(steps=[
        {"exercise": "towel_hamstring_stretch", "sets": 2, "reps": 3, "hold_s": 30, "note": "Breathe.",
         "source": "test"},
        {"exercise": "lumbar_rotation", "reps": 2, "source": "test"}])
    assert [course.announcements(index, 10) for index in range(5)] == [
        ("Rest 10 seconds", "Next: Towel hamstring stretch", "Lie on your back", "Put the camera on the floor",
         "Now the left side"),
        ("Rest 10 seconds", "Now the right side"),
        ("Rest 10 seconds", "Set 2 of 2", "Now the left side"),
        ("Rest 10 seconds", "Now the right side"),
        ("Rest 10 seconds", f"Next: {load('lumbar_rotation').name}", "Sit down on the chair",
         "Put the camera before you", *(["Now the left side"] if load("lumbar_rotation").sides else []))]
    assert course.title(1) == "Towel hamstring stretch, right side"
    assert course.amount(2) == "3 holds of 30 s, set 2 of 2"
    assert course.instructions(0) == (*load("towel_hamstring_stretch").setup, "Breathe.")
    assert course.instructions(1) == ("Breathe.",)
