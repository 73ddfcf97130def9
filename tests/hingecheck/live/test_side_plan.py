"""Test the sides of a live set: how many of each are done, and what is spoken about one out of turn."""

from __future__ import annotations

import pytest

from exercises.hold_model import Side
from exercises.load import load
from exercises.results import Rep
from hingecheck.live.live_set import LiveSet
from hingecheck.live.phrases import load_words
from hingecheck.live.set_plan import make_plan
from hingecheck.live.side_plan import counted, side_cue, tally, words_at_end
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import LiveReplay, replay_live, shifted

DOORWAY = load("doorway_hamstring_stretch")
WORDS = load_words().hold


@pytest.fixture(scope="module")
def left_rep(recorded: SightingsOf) -> Rep:
    """A hold on the left."""
    (rep,) = replay_live(recorded("doorway_90"), make_plan(DOORWAY, set_up=False)).live.reps
    assert rep.side == "left"
    return rep


def reps_on(rep: Rep, *sides: Side | None) -> list[Rep]:
    return [rep.model_copy(update={"side": side}) for side in sides]


@pytest.mark.parametrize(("before", "side", "reps", "words"), [
    ((), "left", 1, WORDS.switch), (("left",), "right", 1, WORDS.finished), (("left",), "left", 1, WORDS.switch),
    (("left",), "right", 2, WORDS.switch), (("left", "right", "left"), "right", 2, WORDS.finished),
    ((), None, 1, WORDS.switch), ((), "left", None, WORDS.switch), (("left",), "right", None, WORDS.finished),
    (("right", "right", "left"), "left", 3, WORDS.switch)])
def test_the_end_of_a_hold_says_what_comes_next(left_rep: Rep, before: tuple[Side, ...], side: Side | None,
                                               reps: int | None, words: str) -> None:
    assert words_at_end(make_plan(DOORWAY, "both", reps), reps_on(left_rep, *before), side, WORDS) == words


def test_only_the_sides_asked_for_count_and_only_as_often(left_rep: Rep) -> None:
    both, right = make_plan(DOORWAY, "both", 1), make_plan(DOORWAY, "right", 2)
    assert counted(both, reps_on(left_rep, "left", "left")) == 1
    assert counted(both, reps_on(left_rep, "left", "left", "right")) == 2
    assert counted(right, reps_on(left_rep, "left", "right")) == 1
    assert counted(right, reps_on(left_rep, None, "right")) == 2
    assert counted(make_plan(DOORWAY, "both"), reps_on(left_rep, "left", "left")) == 2


def test_whose_turn_it_is_stands_beside_the_counter(left_rep: Rep) -> None:
    plan = make_plan(DOORWAY, "both", 2)
    assert tally(plan, (), None).part == "left leg, 1 of 2"
    now = tally(plan, reps_on(left_rep, "left", "right", "left"), None)
    assert (now.done, now.of, now.part) == (3, 4, "right leg, 2 of 2")
    assert tally(plan, reps_on(left_rep, "left"), "left").part == "left leg, 2 of 2"
    assert tally(make_plan(load("lumbar_rotation"), "both", 3), (), "right").part == "right side, 1 of 3"
    assert tally(make_plan(load("hip_hinge"), reps=5), (), None).part == ""


def test_a_side_out_of_turn_is_named(left_rep: Rep) -> None:
    both = make_plan(DOORWAY, "both", 1)
    assert side_cue(both, (), "left", WORDS) == ""
    assert side_cue(both, reps_on(left_rep, "left"), "left", WORDS) == "Same side again: now switch sides"
    assert side_cue(both, reps_on(left_rep, "left"), "right", WORDS) == ""
    assert side_cue(make_plan(DOORWAY, "right", 1), (), "left", WORDS) == "Other side: now the right"
    assert side_cue(make_plan(DOORWAY, "right", 1), (), None, WORDS) == ""


def twice(recorded: SightingsOf) -> LiveReplay:
    clip = recorded("doorway_90")
    again = shifted(clip, clip[-1].time_s + 0.1, len(clip))
    return replay_live([*clip, *again], make_plan(DOORWAY, "both", 1, set_up=False))


def test_the_same_leg_again_is_said_once_soon_after_it_is_up(recorded: SightingsOf) -> None:
    replay = twice(recorded)
    length_s = recorded("doorway_90")[-1].time_s + 0.1
    assert len(replay.when("Done. Now switch sides")) == 2
    (at_s,) = replay.when("Same side again: now switch sides")
    assert length_s + 4.5 < at_s < length_s + 8
    assert [rep.side for rep in replay.live.reps] == ["left", "left"]


def test_the_leg_that_a_programme_did_not_ask_for_is_cued_and_ends_no_set(recorded: SightingsOf) -> None:
    clip = recorded("doorway_90")
    replay = replay_live(clip, make_plan(DOORWAY, "right", 1, set_up=False))
    (at_s,) = replay.when("Other side: now the right")
    assert 4.5 < at_s < 8
    live: LiveSet = replay.live
    assert len(live.reps) == 1
    assert not any(type(event).__name__ == "SetOver" for event in replay.events), "the right leg is still to come"
