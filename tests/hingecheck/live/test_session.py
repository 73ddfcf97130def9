"""A live set against the truth of the samples, and against `analyse`: replayed poses, no model, no threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from exercises.load import load
from hingecheck.analysis.pipeline import DetectedFrame, SetAnalysis, measure_and_judge
from hingecheck.live.events import Phase, PhaseChanged, SetOver
from hingecheck.live.session import Live
from hingecheck.live.set_plan import plan
from pose.frames import Sighting
from tests.helpers.live_replay import Came, later, lived, waiting_first

Recorded = Callable[[str], tuple[Sighting, ...]]
Truth = Callable[[str], dict[str, Any]]
HINGES = ("hinge_mixed", "toe_touch_rounded", "hinge_neutral", "hinge_squatted", "hinge_hands_on_hips")
ROUNDING = "Rounding: push your hips back"


@pytest.fixture(scope="module")
def hinges(recorded: Recorded) -> dict[str, Came]:
    """Name of a sample -> its live set, all of the clip, without a set-up."""
    chosen = plan(load("hip_hinge"), set_up=False)
    return {name: lived(recorded(name), chosen) for name in HINGES}


@pytest.fixture(scope="module")
def doorway(recorded: Recorded) -> Came:
    return lived(recorded("doorway_90"), plan(load("doorway_hamstring_stretch"), set_up=False))


# --- one path ---

def analysed(sightings: tuple[Sighting, ...], exercise: str) -> SetAnalysis:
    *_, last = measure_and_judge(map(DetectedFrame, sightings), load(exercise), "clip.mp4")
    assert isinstance(last, SetAnalysis)
    return last


@pytest.mark.parametrize("name", HINGES)
def test_live_and_analyse_give_identical_reports(hinges: dict[str, Came], recorded: Recorded, name: str) -> None:
    report = hinges[name].live.conclude("clip.mp4").report
    assert report == analysed(recorded(name), "hip_hinge").report
    assert len(report.reps) == len(hinges[name].counted) > 0


def test_a_hold_too(doorway: Came, recorded: Recorded) -> None:
    assert doorway.live.conclude("clip.mp4").report == \
        analysed(recorded("doorway_90"), "doorway_hamstring_stretch").report


# --- counting ---

@pytest.mark.parametrize("name", HINGES)
def test_each_rep_is_counted_once_on_the_way_up_and_settled_soon_after(
        hinges: dict[str, Came], truth: Truth, name: str) -> None:
    came, true = hinges[name], truth(name)["reps"]
    assert [event.rep.index for event in came.counted] == list(range(1, len(true) + 1))
    for event, rep in zip(came.counted, true, strict=True):
        assert rep["leave"] < event.at_s < rep["end"] + 0.2
        assert event.rep.verdict == rep["label"]
    # The last rep of a clip ends with it: nobody sees its rest.
    for event, rep in zip(came.settled, true[:-1], strict=True):
        assert event.at_s < rep["end"] + 2.5
        assert event.rep.verdict == rep["label"]


def test_what_was_settled_is_what_the_report_says(hinges: dict[str, Came]) -> None:
    for came in hinges.values():
        for event, rep in zip(came.settled, came.live.conclude("x").report.reps, strict=False):
            assert (event.rep.index, event.rep.verdict) == (rep.index, rep.verdict)
            assert event.rep.bottom_s == pytest.approx(rep.bottom_s, abs=0.15)
            assert event.rep.spine_flexion_deg == pytest.approx(rep.spine_flexion_deg, abs=4)


# --- cues ---

@pytest.mark.parametrize("name", ["hinge_mixed", "toe_touch_rounded", "hinge_hands_on_hips"])
def test_rounding_is_cued_while_the_person_still_bends_and_only_then(
        hinges: dict[str, Came], truth: Truth, name: str) -> None:
    rounded = [rep for rep in truth(name)["reps"] if rep["label"] == "rounded"]
    times = hinges[name].when(ROUNDING)
    assert len(times) == len(rounded), "once in each rounded rep, never in another"
    for at_s, rep in zip(times, rounded, strict=True):
        assert rep["start"] < at_s < rep["bottom"]


def test_a_fault_that_shows_at_the_bottom_is_cued_when_the_rep_is_counted(hinges: dict[str, Came]) -> None:
    squats = hinges["hinge_squatted"]
    assert squats.when("Less knee, more hip") == [event.at_s for event in squats.counted]
    assert squats.texts("praise") == []


def test_praise_is_earned_and_never_comes_with_every_rep(hinges: dict[str, Came]) -> None:
    assert hinges["hinge_neutral"].texts("praise") == ["Good", "Very good, keep it up"]
    assert hinges["hinge_mixed"].texts("praise") == ["Good", "Better, just like that"]
    assert hinges["toe_touch_rounded"].texts("praise") == []


def test_one_thing_at_a_time_in_six_words(hinges: dict[str, Came], doorway: Came) -> None:
    for came in (*hinges.values(), doorway):
        for one, then in zip(came.said, came.said[1:], strict=False):
            assert len(one.text.split()) <= 6
            assert then.at_s - one.at_s >= (3.0 if one.kind == then.kind == "cue" else 0.5)
        assert len({said.id for said in came.said}) == len(came.said)


# --- holds ---

def test_a_hold_is_counted_aloud_by_its_own_clock(doorway: Came, truth: Truth) -> None:
    (true,) = truth("doorway_90")["reps"]
    begun = true["bottom"]
    for text, seconds in (("Half-way", 15), ("Ten", 20), ("Five", 25), ("Done. Now switch sides", 30)):
        (at_s,) = doorway.when(text)
        assert at_s - begun == pytest.approx(seconds, abs=1.0), text
    (settled,) = doorway.settled
    assert settled.rep.held is not None
    assert settled.rep.held.seconds == pytest.approx(true["leave"] - true["bottom"], abs=1.0)
    assert settled.rep.side == "left"


def test_one_side_alone_needs_no_other(recorded: Recorded) -> None:
    left = lived(recorded("doorway_90"), plan(load("doorway_hamstring_stretch"), "left", set_up=False))
    assert left.texts("count")[-1] == "Done. Come back slowly"


def test_a_fault_of_a_hold_is_named_while_there_is_time_to_mend_it(recorded: Recorded, truth: Truth) -> None:
    bent = lived(recorded("doorway_70_bent_knee"), plan(load("doorway_hamstring_stretch"), set_up=False))
    (true,) = truth("doorway_70_bent_knee")["reps"]
    first, *more = bent.when("Straighten the raised knee")
    assert true["bottom"] < first < true["bottom"] + 5
    assert all(late - early >= 9.9 for early, late in zip([first, *more], more, strict=False))


# --- set-up and the end ---

def phases(came: Came) -> list[Phase]:
    return [event.phase for event in came.events if isinstance(event, PhaseChanged)]


def test_set_up_then_the_set(recorded: Recorded, truth: Truth) -> None:
    came = lived(waiting_first(recorded("hinge_mixed"), 5.0), plan(load("hip_hinge"), reps=5))
    assert phases(came) == [Phase.RESTING, Phase.READY, Phase.GOING]
    assert came.texts("setup") == ["Stand tall and still"]
    assert came.texts("count") == ["Three", "Two", "One", "Go"]
    assert came.when("Go")[0] < 5.0 + truth("hinge_mixed")["reps"][0]["start"]
    report = came.live.conclude("live").report
    assert [rep.verdict for rep in report.reps] == [rep["label"] for rep in truth("hinge_mixed")["reps"]]
    assert report.reps[0].start_s == pytest.approx(1.5 + 5.0 - 1.0, abs=1.2), "the set's time begins with its rest"


def test_lying_begins_with_the_flat_line(recorded: Recorded) -> None:
    came = lived(waiting_first(recorded("doorway_90"), 5.0), plan(load("doorway_hamstring_stretch")))
    assert came.texts("setup") == ["Both legs flat, lie still"]
    assert came.when("Done. Now switch sides")[0] == pytest.approx(5.0 + 4.5 + 30, abs=1.0)


def test_set_up_says_what_to_change(recorded: Recorded) -> None:
    turned = lived(recorded("turned45")[:30], plan(load("hip_hinge")))
    assert turned.texts("setup")[0] in ("Turn your left side to camera", "Turn your right side to camera")
    lying = lived(recorded("doorway_90")[:30], plan(load("hip_hinge")))
    assert lying.texts("setup")[0] == "Please stand up"
    nobody = lived([Sighting(n, n / 10, (640, 480), None) for n in range(30)], plan(load("hip_hinge")))
    assert nobody.texts("setup")[0] == "Step into the picture"
    far = lived(waiting_first(tuple(Sighting(one.index, one.time_s, (6400, 4800), one.pose) for one in
                                    recorded("hinge_mixed")[:5]), 3.0), plan(load("hip_hinge")))
    assert far.texts("setup")[0] == "Come closer"
    for came in (turned, lying, nobody, far):
        assert came.live.phase is Phase.PLACING
        assert came.live.reps == ()


def test_the_set_ends_after_its_reps_and_counts_no_more(recorded: Recorded) -> None:
    """A clip that begins anew, as a looping camera: only the first pass counts."""
    clip = recorded("hinge_mixed")
    came = lived((*clip, *later(clip, 24.1, 1000)), plan(load("hip_hinge"), reps=5, set_up=False))
    assert [event.why for event in came.events if isinstance(event, SetOver)] == ["goal"]
    assert [rep.verdict for rep in came.live.conclude("x").report.reps] == \
        ["neutral", "neutral", "rounded", "neutral", "rounded"]


def test_a_long_rest_ends_the_set(recorded: Recorded) -> None:
    clip = recorded("hinge_squatted")
    still = [one for number in range(50) for one in later(clip[-1:], 1.0 + number)]
    came = lived((*clip, *still), plan(load("hip_hinge"), set_up=False))
    assert [event.why for event in came.events if isinstance(event, SetOver)] == ["rest"]


def test_stopping_keeps_what_was_done(recorded: Recorded) -> None:
    came = lived([one for one in recorded("hinge_mixed") if one.time_s < 8.2], plan(load("hip_hinge"), set_up=False))
    assert [type(event) for event in came.live.stop()][-1] is PhaseChanged
    assert came.live.stop() == []
    assert len(came.live.conclude("x").report.reps) == 2, "one whole, one that was left at its bottom"


# --- what goes wrong ---

def test_leaving_and_coming_back_is_told_and_counts_nothing_twice(recorded: Recorded) -> None:
    """Out of the picture between reps 2 and 3 for 8 s."""
    clip = recorded("hinge_mixed")
    first, rest = [s for s in clip if s.time_s < 10.2], [s for s in clip if s.time_s >= 10.2]
    away = [Sighting(5000 + n, 10.2 + n / 10, (640, 480), None) for n in range(80)]
    came = lived([*first, *away, *later(rest, 8.0, 10000)], plan(load("hip_hinge"), set_up=False))
    assert came.when("Come back into the picture")[0] == pytest.approx(11.7, abs=0.3)
    assert len(came.when("Come back into the picture")) == 2, "and again after five seconds"
    assert [event.rep.verdict for event in came.counted] == ["neutral", "neutral", "rounded", "neutral", "rounded"]
    assert came.live.trouble == ""


def test_a_second_person_is_told_and_spoils_no_count(recorded: Recorded) -> None:
    two = [Sighting(s.index, s.time_s, s.size_px, s.pose, 2 if 5.4 < s.time_s < 10 else 1)
           for s in recorded("hinge_mixed")]
    came = lived(two, plan(load("hip_hinge"), set_up=False))
    assert came.texts("trouble") == ["One person only, please"]
    assert [event.rep.verdict for event in came.counted] == ["neutral", "unseen", "rounded", "neutral", "rounded"]


def test_a_break_in_the_pictures_is_no_rep(recorded: Recorded) -> None:
    """The connection drops while the person is bent and is back when they stand."""
    kept = [s for s in recorded("hinge_mixed") if not 3.3 < s.time_s < 5.6]
    came = lived(kept, plan(load("hip_hinge"), set_up=False))
    assert [event.rep.index for event in came.counted] == [1, 2, 3, 4, 5]


def test_a_long_set_keeps_fewer_rows_and_the_same_reps(recorded: Recorded) -> None:
    clip = recorded("hinge_neutral")
    often = [replace(one, index=3 * number + part, time_s=one.time_s + part / 25)
             for number, one in enumerate(clip) for part in range(3)]
    every = [*often, *later(often, clip[-1].time_s + 0.2, len(often))]
    few, all_ = (Live(plan(load("hip_hinge"), set_up=False), most_rows=most) for most in (300, 10_000))
    for one in every:
        few(DetectedFrame(one))
        all_(DetectedFrame(one))
    assert len(every) == len(all_._rows) > 800
    assert len(few._rows) < 600
    fewer, whole = (live.conclude("long").report.reps for live in (few, all_))
    assert [rep.verdict for rep in fewer] == [rep.verdict for rep in whole] == ["neutral"] * 8
    for one, other in zip(fewer, whole, strict=True):
        assert one.bottom_s == pytest.approx(other.bottom_s, abs=0.1)
        assert one.spine_flexion_deg == pytest.approx(other.spine_flexion_deg, abs=1.0)
