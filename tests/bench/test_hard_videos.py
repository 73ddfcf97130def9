"""What counts as right, unsure and wrong, and that made videos show what they say; the bench takes an hour."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import hard_videos
from bench.hard import files, timing
from bench.hard.files import FileKind
from bench.hard.kinds import hinge_kinds, sitting_kinds
from bench.hard.shots import NOTHING_S, Shot
from bench.truth import Truth, read_truth
from exercises.results import Recognition, Rep, SetReport
from pose.io.video import VideoReader

ROOT = Path(__file__).resolve().parents[2]
#: The clip is the sample from its first second on.
TIMES_S = [(number / 10, 1 + number / 10) for number in range(140)]


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(ROOT / "samples/hinge_mixed.mp4")


def rep(bottom_s: float, verdict: str, **more: object) -> Rep:
    return Rep(index=1, start_s=bottom_s - 1.5, bottom_s=bottom_s, leave_s=bottom_s + 0.8, end_s=bottom_s + 2,
               verdict=verdict, **more)


def report(*reps: Rep, **more: object) -> SetReport:
    return SetReport(video="v", exercise="hip_hinge", status="judged", reps=reps).model_copy(update=more)


def counts(judged: SetReport, truth: Truth) -> Counter[str]:
    return +hard_videos.tally(judged, ("hip_hinge",), TIMES_S, truth)[0]


def test_reps_are_held_against_what_the_sample_shows_at_their_time(truth: Truth) -> None:
    made = report(rep(2.1, "neutral"), rep(6.6, "rounded"), rep(11.1, "rounded"))
    assert counts(made, truth) == {"right": 2, "wrong and sure": 1}


def test_doubt_is_not_wrong_and_what_is_not_found_is_missed(truth: Truth) -> None:
    made = report(rep(2.1, "rounded", borderline=True), rep(6.6, "unseen"))
    assert counts(made, truth) == {"unsure": 1, "unseen": 1, "missed": 1}


def test_a_rep_that_was_never_done_is_wrong(truth: Truth) -> None:
    still = [(time_s, NOTHING_S) for time_s, _ in TIMES_S]
    assert hard_videos.tally(report(rep(2.1, "neutral")), ("hip_hinge",), still, truth)[0]["wrong and sure"] == 1


def test_another_exercise_is_wrong_unless_it_was_said_to_be_unsure(truth: Truth) -> None:
    judged = report(rep(2.1, "neutral"), exercise="calf_raise",
                    recognised=Recognition(exercise="calf_raise", runner_up=None, sure=True))
    assert counts(judged, truth)["wrong and sure"] == 1
    unsure = Recognition(exercise="calf_raise", runner_up=None, sure=False)
    assert counts(judged.model_copy(update={"recognised": unsure}), truth)["unsure"] == 1


def test_a_refusal_needs_a_reason(truth: Truth) -> None:
    assert counts(report(status="refused", reasons=("Too dark.",)), truth) == {"refused with the reason": 1}
    assert counts(report(status="refused"), truth) == {"no reason": 1}
    assert counts(report(status="error", reasons=("No video.",)), truth) == {"one sentence": 1}


def test_there_are_over_sixty_kinds_each_with_its_own_name() -> None:
    shots = [Shot(0.0, 0.0, np.zeros((48, 64, 3), np.uint8))]
    names = [(kind.group, kind.name) for kind in [*hinge_kinds(shots, shots), *sitting_kinds(shots)]]
    assert len(set(names)) == len(names) > 100


def test_a_made_video_plays_what_its_list_of_times_says(tmp_path: Path) -> None:
    shots = [Shot(number / 30, number / 30, np.full((48, 64, 3), 8 * number, np.uint8)) for number in range(30)]
    times_s = files.write(tmp_path / "back.mp4", timing.backward()(shots), FileKind())
    with VideoReader(tmp_path / "back.mp4") as reader:
        read = [(frame.time_s, frame.image.mean() / 8) for frame in reader]
    assert len(read) == len(times_s) == 30
    for (time_s, number), (frame_s, source_s) in zip(read, times_s, strict=True):
        assert time_s == pytest.approx(frame_s, abs=0.002)
        assert number == pytest.approx(30 * source_s, abs=0.5)


def test_a_cut_clip_counts_only_the_sample_that_is_left(truth: Truth) -> None:
    shots = [Shot(number / 10, number / 10, np.zeros((2, 2, 3), np.uint8)) for number in range(145)]
    left = [(shot.time_s, shot.source_s) for shot in timing.without(6.0, 10.0, 10)(shots)]
    assert [one.source_s for one in timing.repeated(2, 10)(shots[:2])] == [0.0, 0.1, 0.0, 0.1]
    assert hard_videos.tally(report(), ("hip_hinge",), left, truth)[0]["missed"] == 2
    assert replace(shots[0], time_s=1.0).source_s == 0.0
