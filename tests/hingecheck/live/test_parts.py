"""The small parts of a live session, each against what it promises."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from exercises.load import ExerciseError, catalogue, load
from hingecheck.live import phrases
from hingecheck.live.cue_queue import Voice
from hingecheck.live.hold_clock import Counter, Holding, hold_goal_s, next_sides
from hingecheck.live.latest_frame import Latest
from hingecheck.live.scene import Scene
from pose.frames import Frame
from pose.io.video import VideoError

# --- words ---


@pytest.mark.parametrize("language", phrases.languages())
def test_every_language_has_everything_in_six_words(language: str) -> None:
    every = phrases.load(language)
    assert every.language == language
    for part in (every.setup, every.rest, every.ready, every.hold, every.praise, every.going):
        assert all(len(text.split()) <= 6 for text in part.model_dump().values())


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ExerciseError, match="known: en"):
        phrases.load("xx")


def test_a_language_may_give_the_exercises_cues() -> None:
    own = phrases.load().model_copy(update={"cues": {"hip_hinge": {"rounding": "Lang im Ruecken"}}})
    hinge = load("hip_hinge")
    assert own.cue(hinge, "rounding", watch=False) == "Lang im Ruecken"
    assert own.cue(hinge, "rounding", watch=True) == hinge.rule("rounding").watch_cue


# --- voice ---

def test_cues_keep_their_distance_and_go_before_praise() -> None:
    voice = Voice()
    assert voice.say("Good", "praise", 0.0) is not None
    assert voice.say("Rounding: push your hips back", "cue", 0.3) is not None, "praise is cut short"
    assert voice.say("Less knee, more hip", "cue", 2.9) is None
    assert voice.say("Good", "praise", 3.0) is None
    assert voice.say("Less knee, more hip", "cue", 3.4) is not None
    assert voice.say("Ten", "count", 3.5) is not None, "a count comes at its second"


def test_two_people_in_the_picture_are_not_told_all_the_time() -> None:
    voice = Voice()
    told = [voice.say("One person only, please", "trouble", n / 10) for n in range(120)]
    assert sum(one is not None for one in told) == 3


# --- holds ---

def test_every_hold_of_the_catalogue_has_its_length() -> None:
    for exercise in catalogue().values():
        if exercise.hold is not None:
            goal = hold_goal_s(exercise)
            assert goal is not None
            assert 2 <= goal <= 60
        else:
            assert hold_goal_s(exercise) is None


@pytest.mark.parametrize(("of_s", "expected"), [
    (30.0, ["there", "half", "ten", "five", "done"]), (20.0, ["there", "ten", "five", "done"]),
    (10.0, ["there", "five", "done"]), (4.0, ["done"])])
def test_a_hold_is_counted_once_each(of_s: float, expected: list[str]) -> None:
    counter, heard = Counter(phrases.load().hold, of_s), []
    for second in np.arange(1.0, of_s + 5, 0.3):
        due = counter.due(Holding(float(second), of_s, None), "Done")
        if due is not None:
            heard.append(due[0])
            counter.said(due[0])
    assert heard == expected


def test_which_side_is_next() -> None:
    assert next_sides(("left", "right"), (), "left") == ("right",)
    assert next_sides(("left",), (), "left") == ()
    assert next_sides(("left", "right"), (), None) == ("left", "right")


# --- the room ---

def room(seed: int) -> np.ndarray:
    cells = np.random.default_rng(seed).integers(40, 220, (9, 12, 3), dtype=np.uint8)
    return np.repeat(np.repeat(cells, 40, axis=0), 40, axis=1)


def scene(image: np.ndarray) -> Scene:
    return Scene.of(Frame(0, 0.0, np.ascontiguousarray(image)), None)


def test_a_moved_camera_is_seen_and_a_lamp_is_not() -> None:
    here = scene(room(1))
    assert scene(room(2)).is_elsewhere(here)
    assert scene(np.roll(room(1), 160, axis=1)).is_elsewhere(here)
    assert not scene((room(1) * 0.6).astype(np.uint8)).is_elsewhere(here)
    noisy = room(1).astype(int) + np.random.default_rng(3).normal(0, 12, room(1).shape)
    assert not scene(np.clip(noisy, 0, 255).astype(np.uint8)).is_elsewhere(here)


def test_a_bare_wall_says_nothing_about_the_camera() -> None:
    wall = np.full((360, 480, 3), 120, np.uint8)
    assert not scene(room(1)).is_elsewhere(scene(wall))


def test_the_dark_is_dark() -> None:
    assert scene(np.full((360, 480, 3), 12, np.uint8)).is_dark
    assert not scene(np.full((360, 480, 3), 90, np.uint8)).is_dark


# --- frames are never queued ---

def frames(count: int, every_s: float) -> Iterator[Frame]:
    for number in range(count):
        time.sleep(every_s)
        yield Frame(number, number * every_s, np.zeros((2, 2, 3), np.uint8))


def test_only_the_newest_frame_is_handed_out_and_the_others_are_counted() -> None:
    latest = Latest(frames(40, 0.005))
    taken = []
    while not latest.is_over:
        frame = latest.take()
        if frame is not None:
            taken.append(frame.index)
            time.sleep(0.03)
    assert taken == sorted(set(taken))
    assert taken[-1] == 39
    assert len(taken) + latest.dropped == 40
    assert latest.dropped > 10


def test_a_camera_that_stops_is_told() -> None:
    def broken() -> Iterator[Frame]:
        yield from frames(2, 0.0)
        raise VideoError("Camera 0: it stopped sending pictures after 2.")

    latest = Latest(broken())
    time.sleep(0.2)
    assert latest.take() is not None
    with pytest.raises(VideoError, match="stopped"):
        latest.take()
