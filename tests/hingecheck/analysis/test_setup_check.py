"""The ticks of the set-up check against recorded poses whose view is known, and made pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import BAD, GOOD
from pose.frame.view import ViewLimits
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf

GREY = np.random.default_rng(1).integers(60, 180, (48, 64, 3), np.uint8)


def looks(seen: list[Sighting], image: np.ndarray = GREY) -> dict[str, object]:
    return {tick.name: tick.state for tick in setup_check.of_sightings(seen, [image])}


def test_a_person_side_on_and_whole_is_ready(recorded: SightingsOf) -> None:
    assert set(looks(list(recorded("hinge_neutral")[:5])).values()) == {GOOD}


def test_forty_five_degrees_off_is_judged_and_side_on_is_better(recorded: SightingsOf) -> None:
    side_on, turned = (setup_check.of_sightings(list(recorded(name)[:5]), [GREY])
                       for name in ("hinge_neutral", "turned45"))
    assert {tick.name: tick.state for tick in turned}["Side-on"] is GOOD
    assert "exactly side-on is more accurate" in " ".join(tick.message for tick in turned)
    assert "more accurate" not in " ".join(tick.message for tick in side_on)


def test_turned_beyond_what_can_be_judged_is_named(recorded: SightingsOf) -> None:
    ticks = setup_check.of_sightings(list(recorded("turned45")[:5]), [GREY], ViewLimits(turned_deg=30))
    by_name = {tick.name: tick for tick in ticks}
    assert by_name["Side-on"].state is BAD
    assert "one side to the camera" in by_name["Side-on"].message
    assert by_name["Whole body"].state is GOOD


def test_feet_outside_the_picture_are_named(recorded: SightingsOf) -> None:
    seen = recorded("hinge_neutral")[0]
    assert seen.pose is not None
    wide, high = seen.size_px
    cut = replace(seen, size_px=(wide, int(high * 0.6)))
    ticks = {tick.name: tick for tick in setup_check.of_sightings([cut], [GREY])}
    assert ticks["Whole body"].state is BAD
    assert "feet" in ticks["Whole body"].message


def test_two_people_are_named(recorded: SightingsOf) -> None:
    assert looks([replace(recorded("hinge_neutral")[0], people=2)])["One person"] is BAD


@pytest.mark.parametrize("level", [10, 250])
def test_dark_and_glaring_pictures_are_named(recorded: SightingsOf, level: int) -> None:
    image = np.full((48, 64, 3), level, np.uint8)
    assert looks(list(recorded("hinge_neutral")[:1]), image)["Light"] is BAD


def test_nobody_in_the_picture_is_said_first(recorded: SightingsOf) -> None:
    empty = replace(recorded("hinge_neutral")[0], pose=None)
    ticks = setup_check.of_sightings([empty], [GREY])
    assert ticks[0].state is BAD
    assert "Nobody" in ticks[0].message
