"""Test a live set against the truth of the samples, and against `analyse`: replayed poses, no model, no threads."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from exercises.load import load
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.live.events import Phase, PhaseChanged, SetOver
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_plan import make_plan
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf, TruthOf
from tests.helpers.live_replay import LiveReplay, replay_live, shifted, with_wait
from tests.helpers.rep_labels import right_verdicts

HINGES = ("hinge_mixed", "toe_touch_rounded", "hinge_neutral", "hinge_squatted", "hinge_hands_on_hips")
ROUNDING = "Rounding: push your hips back"


@pytest.fixture(scope="module")
def hinges(recorded: SightingsOf) -> dict[str, LiveReplay]:
    """Name of a sample -> its live set: the whole clip, without a set-up."""
    plan = make_plan(load("hip_hinge"), set_up=False)
    return {name: replay_live(recorded(name), plan) for name in HINGES}


@pytest.fixture(scope="module")
def doorway(recorded: SightingsOf) -> LiveReplay:
    return replay_live(recorded("doorway_90"), make_plan(load("doorway_hamstring_stretch"), set_up=False))


# --- one path ---

def analysed(sightings: tuple[Sighting, ...], exercise: str) -> SetAnalysis:
    *_, last = measure_and_judge(map(DetectedFrame, sightings), load(exercise), "clip.mp4")
    assert isinstance(last, SetAnalysis)
    return last


@pytest.mark.parametrize("name", HINGES)
def test_live_and_analyse_give_identical_reports(
        hinges: dict[str, LiveReplay], recorded: SightingsOf, name: str) -> None:
    report = hinges[name].live.conclude("clip.mp4").report
    assert report == analysed(recorded(name), "hip_hinge").report
    assert len(report.reps) == len(hinges[name].counted) > 0


def test_live_and_analyse_give_identical_reports_of_a_hold(doorway: LiveReplay, recorded: SightingsOf) -> None:
    assert doorway.live.conclude("clip.mp4").report == \
        analysed(recorded("doorway_90"), "doorway_hamstring_stretch").report


# --- counting ---

@pytest.mark.parametrize("name", HINGES)
def test_each_rep_is_counted_once_on_the_way_up_and_settled_soon_after(
        hinges: dict[str, LiveReplay], truth: TruthOf, name: str) -> None:
    replay, true = hinges[name], truth(name)["reps"]
    assert [event.rep.index for event in replay.counted] == list(range(1, len(true) + 1))
    right = right_verdicts(truth(name))
    for event, rep, verdicts in zip(replay.counted, true, right, strict=True):
        assert rep["leave"] < event.at_s < rep["end"] + 0.2
        assert event.rep.verdict in verdicts
    # The last rep of a clip ends with the clip: the rest after it is missing.
    for event, rep, verdicts in zip(replay.settled, true[:-1], right[:-1], strict=True):
        assert event.at_s < rep["end"] + 2.5
        assert event.rep.verdict in verdicts


def test_settled_reps_are_those_of_the_report(hinges: dict[str, LiveReplay]) -> None:
    for replay in hinges.values():
        reps = replay.live.conclude("x").report.reps
        for event, rep in zip(replay.settled, reps[:-1], strict=True):
            assert (event.rep.index, event.rep.verdict) == (rep.index, rep.verdict)
            assert event.rep.bottom_s == pytest.approx(rep.bottom_s, abs=0.15)
            assert event.rep.spine_flexion_deg == pytest.approx(rep.spine_flexion_deg, abs=4)


# --- cues ---

@pytest.mark.parametrize("name", ["hinge_mixed", "toe_touch_rounded", "hinge_hands_on_hips"])
def test_rounding_is_cued_while_the_person_still_bends_and_only_then(
        hinges: dict[str, LiveReplay], truth: TruthOf, name: str) -> None:
    of_clip = truth(name)
    times = hinges[name].when(ROUNDING)
    for rep, right in zip(of_clip["reps"], right_verdicts(of_clip), strict=True):
        cues = sum(rep["start"] < at_s < rep["end"] for at_s in times)
        assert cues in {frozenset({"rounded"}): (1,), frozenset({"neutral"}): (0,)}.get(frozenset(right), (0, 1))
        assert cues == sum(rep["start"] < at_s < rep["bottom"] for at_s in times), "before the bottom"


def test_a_fault_that_shows_at_the_bottom_is_cued_when_the_rep_is_counted(hinges: dict[str, LiveReplay]) -> None:
    squats = hinges["hinge_squatted"]
    assert squats.when("Less knee, more hip") == [event.at_s for event in squats.counted]
    assert squats.sentences("praise") == []


def test_praise_is_earned_and_never_comes_with_every_rep(hinges: dict[str, LiveReplay]) -> None:
    assert hinges["hinge_neutral"].sentences("praise") == ["Good", "Very good, keep it up"]
    assert hinges["hinge_mixed"].sentences("praise") == ["Good"]
    assert hinges["toe_touch_rounded"].sentences("praise") == []


def test_one_utterance_at_a_time_of_six_words_at_most(hinges: dict[str, LiveReplay], doorway: LiveReplay) -> None:
    for replay in (*hinges.values(), doorway):
        assert len(replay.utterances) > 1
        assert all(1 <= len(utterance.text.split()) <= 6 for utterance in replay.utterances)
        for before, after in pairwise(replay.utterances):
            assert after.at_s - before.at_s >= (3.0 if before.kind == after.kind == "cue" else 0.5)
        assert len({utterance.id for utterance in replay.utterances}) == len(replay.utterances)


# --- holds ---

def test_a_hold_is_announced_by_its_own_clock(doorway: LiveReplay, truth: TruthOf) -> None:
    (true,) = truth("doorway_90")["reps"]
    start_s = true["bottom"]
    for text, seconds in (("Half-way", 15), ("Ten", 20), ("Five", 25), ("Done. Now switch sides", 30)):
        (at_s,) = doorway.when(text)
        assert at_s - start_s == pytest.approx(seconds, abs=1.0), text
    (settled,) = doorway.settled
    assert settled.rep.held is not None
    assert settled.rep.held.seconds == pytest.approx(true["leave"] - true["bottom"], abs=1.0)
    assert settled.rep.side == "left"


def test_a_set_of_one_side_needs_no_other(recorded: SightingsOf) -> None:
    left = replay_live(recorded("doorway_90"), make_plan(load("doorway_hamstring_stretch"), "left", set_up=False))
    assert left.sentences("count")[-1] == "Done. Come back slowly"


def test_a_fault_of_a_hold_is_cued_while_there_is_time_to_correct_it(recorded: SightingsOf, truth: TruthOf) -> None:
    bent = replay_live(recorded("doorway_70_bent_knee"), make_plan(load("doorway_hamstring_stretch"), set_up=False))
    (true,) = truth("doorway_70_bent_knee")["reps"]
    (at_s,) = bent.when("Straighten the raised knee")
    assert true["bottom"] < at_s < true["bottom"] + 5


def test_a_fault_of_a_long_hold_is_cued_again_after_ten_seconds(recorded: SightingsOf) -> None:
    """The same clip, its hold 20 s longer: two seconds of it repeat ten times."""
    clip = recorded("doorway_70_bent_knee")
    start, middle, end = ([sighting for sighting in clip if from_s <= sighting.time_s < until_s]
                          for from_s, until_s in ((0.0, 10.0), (8.0, 10.0), (10.0, 99.0)))
    repeats = [sighting for number in range(1, 11) for sighting in shifted(middle, 2.0 * number, 1000 * number)]
    replay = replay_live([*start, *repeats, *shifted(end, 20.0, 20_000)],
                   make_plan(load("doorway_hamstring_stretch"), set_up=False))
    times = replay.when("Straighten the raised knee")
    assert len(times) == 3
    assert all(10.0 <= after - before < 10.5 for before, after in pairwise(times))


# --- set-up and the end ---

def phases(replay: LiveReplay) -> list[Phase]:
    return [event.phase for event in replay.events if isinstance(event, PhaseChanged)]


def test_the_set_up_comes_before_the_set(recorded: SightingsOf, truth: TruthOf) -> None:
    replay = replay_live(with_wait(recorded("hinge_mixed"), 5.0), make_plan(load("hip_hinge"), reps=5))
    assert phases(replay) == [Phase.RESTING, Phase.READY, Phase.GOING]
    assert replay.sentences("setup") == ["Stand tall and still"]
    assert replay.sentences("count") == ["Three", "Two", "One", "Go"]
    assert replay.when("Go")[0] < 5.0 + truth("hinge_mixed")["reps"][0]["start"]
    report = replay.live.conclude("live").report
    assert [rep.verdict for rep in report.reps] == ["neutral", "neutral", "neutral", "neutral", "rounded"]
    assert report.reps[0].start_s == pytest.approx(1.5 + 5.0 - 1.0, abs=1.2), "the set's time begins with its rest"


def test_lying_begins_with_a_flat_rest(recorded: SightingsOf) -> None:
    replay = replay_live(with_wait(recorded("doorway_90"), 5.0), make_plan(load("doorway_hamstring_stretch")))
    assert replay.sentences("setup") == ["Both legs flat, lie still"]
    assert replay.when("Done. Now switch sides")[0] == pytest.approx(5.0 + 4.5 + 30, abs=1.0)


def test_the_set_up_advises_what_to_change(recorded: SightingsOf) -> None:
    turned = replay_live(recorded("turned45")[:30], make_plan(load("hip_hinge")))
    assert turned.sentences("setup")[0] in ("Turn your left side to camera", "Turn your right side to camera")
    lying = replay_live(recorded("doorway_90")[:30], make_plan(load("hip_hinge")))
    assert lying.sentences("setup")[0] == "Please stand up"
    nobody = replay_live([Sighting(n, n / 10, (640, 480), None) for n in range(30)], make_plan(load("hip_hinge")))
    assert nobody.sentences("setup")[0] == "Step into the picture"
    far = replay_live(with_wait(tuple(replace(sighting, size_px=(6400, 4800))
                                    for sighting in recorded("hinge_mixed")[:5]), 3.0), make_plan(load("hip_hinge")))
    assert far.sentences("setup")[0] == "Come closer"
    for replay in (turned, lying, nobody, far):
        assert replay.live.phase is Phase.PLACING
        assert replay.live.reps == ()


def test_the_set_ends_after_its_reps_and_counts_no_more(recorded: SightingsOf) -> None:
    """A clip that plays twice, as from a looping camera: only the first pass counts."""
    clip = recorded("hinge_mixed")
    replay = replay_live((*clip, *shifted(clip, 24.1, 1000)), make_plan(load("hip_hinge"), reps=5, set_up=False))
    assert [event.cause for event in replay.events if isinstance(event, SetOver)] == ["goal"]
    assert [rep.verdict for rep in replay.live.conclude("x").report.reps] == \
        ["neutral", "neutral", "neutral", "neutral", "rounded"], "35° in the third: warned, not yet a fault"


def test_a_long_rest_ends_the_set(recorded: SightingsOf) -> None:
    clip = recorded("hinge_squatted")
    still = [sighting for number in range(50) for sighting in shifted(clip[-1:], 1.0 + number)]
    replay = replay_live((*clip, *still), make_plan(load("hip_hinge"), set_up=False))
    assert [event.cause for event in replay.events if isinstance(event, SetOver)] == ["rest"]


def test_a_stopped_set_has_the_reps_that_were_done(recorded: SightingsOf) -> None:
    replay = replay_live([sighting for sighting in recorded("hinge_mixed") if sighting.time_s < 8.2],
                   make_plan(load("hip_hinge"), set_up=False))
    assert [type(event) for event in replay.live.stop()][-1] is PhaseChanged
    assert replay.live.stop() == []
    assert len(replay.live.conclude("x").report.reps) == 2, "one whole, one that ended at its bottom"


# --- troubles ---

def test_leaving_and_coming_back_is_reported_and_counts_nothing_twice(recorded: SightingsOf) -> None:
    """The person is out of the frame between reps 2 and 3 for 8 s."""
    clip = recorded("hinge_mixed")
    first, rest = [s for s in clip if s.time_s < 10.2], [s for s in clip if s.time_s >= 10.2]
    away = [Sighting(5000 + n, 10.2 + n / 10, (640, 480), None) for n in range(80)]
    replay = replay_live([*first, *away, *shifted(rest, 8.0, 10000)], make_plan(load("hip_hinge"), set_up=False))
    assert replay.when("Come back into the picture")[0] == pytest.approx(11.7, abs=0.3)
    assert len(replay.when("Come back into the picture")) == 2, "and again after five seconds"
    assert [event.rep.verdict for event in replay.counted] == ["neutral", "neutral", "neutral", "neutral", "rounded"]
    assert replay.live.trouble == ""


def test_a_second_person_is_reported_and_changes_no_count(recorded: SightingsOf) -> None:
    two = [Sighting(s.index, s.time_s, s.size_px, s.pose, 2 if 5.4 < s.time_s < 10 else 1)
           for s in recorded("hinge_mixed")]
    replay = replay_live(two, make_plan(load("hip_hinge"), set_up=False))
    assert replay.sentences("trouble") == ["One person only, please"]
    assert [event.rep.verdict for event in replay.counted] == ["neutral", "unseen", "neutral", "neutral", "rounded"]


def test_a_gap_in_the_frames_is_no_rep(recorded: SightingsOf) -> None:
    """The connection drops while the person is bent and is back when they stand."""
    remaining = [s for s in recorded("hinge_mixed") if not 3.3 < s.time_s < 5.6]
    replay = replay_live(remaining, make_plan(load("hip_hinge"), set_up=False))
    assert [event.rep.index for event in replay.counted] == [1, 2, 3, 4, 5]


def test_a_long_set_has_fewer_rows_and_the_same_reps(recorded: SightingsOf) -> None:
    clip = recorded("hinge_neutral")
    dense = [replace(sighting, index=3 * number + part, time_s=sighting.time_s + part / 25)
             for number, sighting in enumerate(clip) for part in range(3)]
    sightings = [*dense, *shifted(dense, clip[-1].time_s + 0.2, len(dense))]
    thinned, complete = (LiveSet(make_plan(load("hip_hinge"), set_up=False), max_rows=count) for count in (300, 10_000))
    for sighting in sightings:
        thinned(DetectedFrame(sighting))
        complete(DetectedFrame(sighting))
    assert len(sightings) == len(complete._rows.all) > 800
    assert len(thinned._rows.all) < 600
    reps, expected = (live.conclude("long").report.reps for live in (thinned, complete))
    assert [rep.verdict for rep in reps] == [rep.verdict for rep in expected] == ["neutral"] * 8
    for rep, true in zip(reps, expected, strict=True):
        assert rep.bottom_s == pytest.approx(true.bottom_s, abs=0.1)
        assert rep.spine_flexion_deg == pytest.approx(true.spine_flexion_deg, abs=1.0)
