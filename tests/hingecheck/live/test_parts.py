"""Test the small parts of a live session, each against its contract."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from pydantic import ValidationError

from exercises.hold_timing import hold_goal_s
from exercises.load import ExerciseError, catalogue, load
from hingecheck.live import phrases
from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.hold_clock import HoldCounter, HoldState
from hingecheck.live.latest_frame import LatestFrame
from hingecheck.live.scene import Scene
from pose.frames import Frame
from pose.io.video import VideoError
from tests.helpers.waiting import until

# --- words ---


@pytest.mark.parametrize("language", phrases.languages())
def test_every_language_has_everything_in_six_words(language: str) -> None:
    words = phrases.load_words(language)
    assert words.language == language
    for part in (words.setup, words.rest, words.ready, words.hold, words.praise, words.going):
        assert all(len(text.split()) <= 6 for text in part.model_dump().values())


@pytest.mark.parametrize("text", ["", "one two three four five six seven"])
def test_a_sentence_without_words_or_with_seven_is_refused(text: str) -> None:
    praise = phrases.load_words().praise.model_dump()
    with pytest.raises(ValidationError, match="expected one to 6 words"):
        phrases.PraiseWords.model_validate({**praise, "good": text})


def test_a_sentence_between_sets_has_no_field_that_nobody_fills() -> None:
    programme = phrases.load_words().programme.model_dump()
    with pytest.raises(ValidationError, match=r"but seconds, got 'Rest \{minutes\}'"):
        phrases.ProgrammeWords.model_validate({**programme, "rest": "Rest {minutes}"})


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ExerciseError, match="known: en"):
        phrases.load_words("xx")


def test_a_language_may_translate_the_exercises_cues() -> None:
    words = phrases.load_words().model_copy(update={"cues": {"hip_hinge": {"rounding": "Lang im Ruecken"}}})
    hinge = load("hip_hinge")
    assert words.cue(hinge, "rounding", watch=False) == "Lang im Ruecken"
    assert words.cue(hinge, "rounding", watch=True) == hinge.rule("rounding").watch_cue


# --- cue queue ---

def test_cues_are_three_seconds_apart_and_take_precedence_over_praise() -> None:
    queue = CueQueue()
    assert queue.offer("Good", "praise", 0.0) is not None
    assert queue.offer("Rounding: push your hips back", "cue", 0.3) is not None, "praise is interrupted"
    assert queue.offer("Less knee, more hip", "cue", 2.9) is None
    assert queue.offer("Good", "praise", 3.0) is None
    assert queue.offer("Less knee, more hip", "cue", 3.4) is not None
    assert queue.offer("Ten", "count", 3.5) is not None, "a count comes at its second"


def test_a_trouble_is_repeated_every_five_seconds() -> None:
    queue = CueQueue()
    utterances = [queue.offer("One person only, please", "trouble", n / 10) for n in range(120)]
    assert [each.at_s for each in utterances if each is not None] == [0.0, 5.0, 10.0]


# --- holds ---

def test_every_hold_of_the_catalogue_has_a_goal() -> None:
    for exercise in catalogue().values():
        if exercise.hold is not None:
            goal = hold_goal_s(exercise)
            assert goal is not None
            assert 2 <= goal <= 60
        else:
            assert hold_goal_s(exercise) is None


@pytest.mark.parametrize(("goal_s", "expected"), [
    (30.0, ["there", "half", "ten", "five", "done"]), (20.0, ["there", "ten", "five", "done"]),
    (10.0, ["there", "five", "done"]), (4.0, ["done"])])
def test_each_announcement_of_a_hold_comes_once(goal_s: float, expected: list[str]) -> None:
    counter, spoken = HoldCounter(phrases.load_words().hold, goal_s), []
    for second in np.arange(1.0, goal_s + 5, 0.3):
        due = counter.due(HoldState(float(second), goal_s, None), "Done")
        if due is not None:
            spoken.append(due[0])
            counter.mark_spoken(due[0])
    assert spoken == expected



# --- scene ---

def room(seed: int) -> np.ndarray:
    cells = np.random.default_rng(seed).integers(40, 220, (9, 12, 3), dtype=np.uint8)
    return np.repeat(np.repeat(cells, 40, axis=0), 40, axis=1)


def scene(image: np.ndarray) -> Scene:
    return Scene.of(Frame(0, 0.0, np.ascontiguousarray(image)), None)


def test_a_moved_camera_is_detected_and_a_dimmed_lamp_is_not() -> None:
    here = scene(room(1))
    assert scene(room(2)).differs_from(here)
    assert scene(np.roll(room(1), 160, axis=1)).differs_from(here)
    assert not scene((room(1) * 0.6).astype(np.uint8)).differs_from(here)
    noisy = room(1).astype(int) + np.random.default_rng(3).normal(0, 12, room(1).shape)
    assert not scene(np.clip(noisy, 0, 255).astype(np.uint8)).differs_from(here)


def test_a_bare_wall_shows_nothing_about_the_camera() -> None:
    wall = np.full((360, 480, 3), 120, np.uint8)
    assert not scene(room(1)).differs_from(scene(wall))


def test_the_dark_is_dark() -> None:
    assert scene(np.full((360, 480, 3), 12, np.uint8)).is_dark
    assert not scene(np.full((360, 480, 3), 90, np.uint8)).is_dark


# --- latest frame ---

def frames(count: int) -> Iterator[Frame]:
    for number in range(count):
        yield Frame(number, number * 0.005, np.zeros((2, 2, 3), np.uint8))


class Camera:
    """Sends frames only when told to, so that none comes early or late on a busy machine."""

    def __init__(self) -> None:
        self._let, self._asked = threading.Semaphore(0), queue.Queue[int]()

    def frames(self, count: int) -> Iterator[Frame]:
        for frame in frames(count):
            self._asked.put(frame.index)
            self._let.acquire()
            yield frame
        self._asked.put(count)

    def send_until(self, end: int, count: int) -> None:
        """Send so many frames, and wait until all before this one have been read."""
        for _ in range(count):
            self._let.release()
        while self._asked.get(timeout=60) != end:
            pass


def test_only_the_newest_frame_is_returned_and_dropped_frames_are_counted() -> None:
    camera = Camera()
    latest = LatestFrame(camera.frames(40))
    indices = []
    for end in range(4, 41, 4):
        camera.send_until(end, 4)
        frame = latest.take()
        assert frame is not None
        indices.append(frame.index)
    assert indices == list(range(3, 40, 4))
    assert latest.dropped == 30
    until(lambda: latest.is_over)
    assert latest.take() is None


def test_a_camera_that_stops_is_an_error() -> None:
    def broken_camera() -> Iterator[Frame]:
        yield from frames(2)
        raise VideoError("Camera 0: it stopped sending pictures after 2.")

    latest = LatestFrame(broken_camera())
    latest._thread.join(60)
    assert latest.take() is not None
    with pytest.raises(VideoError, match="stopped"):
        latest.take()
