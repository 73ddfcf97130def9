"""Test what stands on a live frame: counter, headline, gauges, the strip of verdicts, and the mirrored frame."""

from __future__ import annotations

import math

import numpy as np
import pytest

from exercises.load import load
from hingecheck.live.frame_marks import live_marks
from hingecheck.live.live_overlay import Headline, counter_text, draw_live, gauges, mirrored
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_plan import make_plan
from pose.arrays import Image
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import replay_live

GREY = np.full((480, 640, 3), 128, np.uint8)
ORANGE, YELLOW, BLUE, WHITE = (230, 110, 20), (240, 228, 66), (86, 180, 233), (255, 255, 255)
#: Regions of a frame of 640 x 480: (rows, columns).
COUNTER, HEADLINE = np.s_[:85, :160], np.s_[400:, :]


def live_at(recorded: SightingsOf, name: str, end_s: float, set_up: bool = False) -> LiveSet:
    sightings = [sighting for sighting in recorded(name) if sighting.time_s <= end_s]
    return replay_live(sightings, make_plan(load("hip_hinge"), set_up=set_up)).live


@pytest.fixture
def one_squat(recorded: SightingsOf) -> LiveSet:
    """A live set after its first rep, the person upright."""
    return live_at(recorded, "hinge_squatted", 6.0)


def count(image: Image, colour: tuple[int, int, int]) -> int:
    return int((np.asarray(image) == colour).all(axis=-1).sum())


def test_the_counter_is_drawn_large_during_the_set(one_squat: LiveSet, recorded: SightingsOf) -> None:
    assert counter_text(one_squat) == "1"
    assert count(draw_live(GREY, one_squat, Headline())[COUNTER], WHITE) > 300
    set_up = live_at(recorded, "hinge_squatted", 0.5, set_up=True)
    assert counter_text(set_up) == ""
    assert count(draw_live(GREY, set_up, Headline())[COUNTER], WHITE) == 0


def test_a_goal_is_counted_towards(recorded: SightingsOf) -> None:
    sightings = [sighting for sighting in recorded("hinge_squatted") if sighting.time_s <= 6.0]
    live = replay_live(sightings, make_plan(load("hip_hinge"), reps=5, set_up=False)).live
    assert counter_text(live) == "1 of 5"
    assert count(draw_live(GREY, live, Headline())[COUNTER], WHITE) > 300


def test_a_hold_counts_the_seconds_that_are_left_in_a_ring(recorded: SightingsOf) -> None:
    sightings = [sighting for sighting in recorded("doorway_90") if sighting.time_s < 20.0]
    live = replay_live(sightings, make_plan(load("doorway_hamstring_stretch"), set_up=False)).live
    assert live.hold is not None
    assert live.hold.seconds == pytest.approx(20.0 - 4.5, abs=1.0)
    assert counter_text(live) == f"{math.ceil(30 - live.hold.seconds)} s"
    ring = draw_live(GREY, live, Headline())[:170, :170]
    done, left = (count(ring, colour) for colour in (BLUE, (84, 92, 100)))
    assert done / (done + left) == pytest.approx(live.hold.seconds / 30, abs=0.05)
    over = [sighting for sighting in recorded("doorway_90") if sighting.time_s < 36.0]
    longer = replay_live(over, make_plan(load("doorway_hamstring_stretch"), set_up=False)).live
    assert longer.hold is not None
    assert longer.hold.seconds > 30
    assert counter_text(longer) == f"{longer.hold.seconds:.0f} s"


def test_the_headline_stands_at_the_foot_in_its_tone(one_squat: LiveSet) -> None:
    without = draw_live(GREY, one_squat, Headline())
    fault = draw_live(GREY, one_squat, Headline("Less knee, more hip", "fault"))
    good = draw_live(GREY, one_squat, Headline("Good", "good"))
    assert (without[:380] == fault[:380]).all()
    assert count(without[HEADLINE], ORANGE) == 0
    assert count(fault[HEADLINE], ORANGE) >= 640 * 3
    assert count(good[HEADLINE], BLUE) >= 640 * 3
    assert count(fault[HEADLINE], WHITE) > count(good[HEADLINE], WHITE) + 300 > 400, "more words, more letters"


def test_a_gauge_shows_its_value_and_warns_past_its_limit(recorded: SightingsOf) -> None:
    upright, rounded = (live_at(recorded, "toe_touch_rounded", end_s) for end_s in (1.0, 3.4))
    hip, spine = gauges(rounded)
    assert (hip.name, spine.name) == ("hip", "spine")
    assert spine.limit == load("hip_hinge").rule("rounding").bound.at_most
    assert spine.warns
    assert not hip.warns
    assert spine.value is not None
    assert spine.value > spine.limit
    right = np.s_[:, 480:]
    assert count(draw_live(GREY, rounded, Headline())[right], ORANGE) > 500
    assert count(draw_live(GREY, upright, Headline())[right], ORANGE) == 0


def test_the_strip_shows_the_verdict_of_each_rep(one_squat: LiveSet, recorded: SightingsOf) -> None:
    strip = np.s_[95:160, :200]
    squatted = draw_live(GREY, one_squat, Headline())[strip]
    neutral = draw_live(GREY, live_at(recorded, "hinge_neutral", 6.5), Headline())[strip]
    assert count(squatted, YELLOW) > 300
    assert count(neutral, YELLOW) == 0
    assert count(neutral, BLUE) > 300


def test_a_mirrored_frame_has_the_body_mirrored_and_the_text_readable(one_squat: LiveSet) -> None:
    image = np.repeat(np.linspace(0, 255, 640, dtype=np.uint8)[None, :, None], 480, axis=0).repeat(3, axis=2)
    headline = Headline("Less knee, more hip", "fault")
    plain, mirror = draw_live(image, one_squat, headline), draw_live(image, one_squat, headline, mirror=True)
    assert (plain[240, 330:470] != mirror[240, 330:470]).any()
    letters = [(frame[410:] == WHITE).all(axis=-1) for frame in (plain, mirror)]
    assert letters[0].sum() > 300
    assert (letters[0] == letters[1]).mean() > 0.99
    marks = live_marks(one_squat)
    assert marks.landmarks_px is not None
    there = mirrored(marks, 640)
    assert there.landmarks_px is not None
    np.testing.assert_allclose(there.landmarks_px[:, 0], 639 - marks.landmarks_px[:, 0])
    np.testing.assert_allclose(there.landmarks_px[:, 1], marks.landmarks_px[:, 1])
    assert there.facing == -marks.facing != 0
