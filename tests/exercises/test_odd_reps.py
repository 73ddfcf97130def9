"""Synthetic sets with another movement at their end: what is marked, and how it is reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from exercises.load import catalogue, load
from exercises.odd_reps import mark_outside
from exercises.results import Rep
from exercises.rules import judge_set
from hingecheck.analysis import set_report
from hingecheck.report import set_sentences, verdict_words
from pose.quantity import Position
from pose.track import Track
from tests.exercises.test_recognise import synthetic_track, wave

HINGE, DEEPER, PICKED_UP, PUT_DOWN = (76.0, 13.0, 55.0), (109.0, 15.0, 87.0), (139.0, 44.0, 100.0), (128.0, 120.0, 35.0)


def track_of(*reps: tuple[float, float, float]) -> Track:
    """A standing set of (bend, knee, trunk lean) at the bottoms."""
    bend, knee, lean = (wave(*((rep[place], 0.8) for rep in reps)) for place in range(3))
    return synthetic_track(Position.STANDING, bend_deg=bend, knee_flexion_deg=knee, trunk_lean_deg=lean, lean_deg=lean,
                hip_flexion_deg=bend - 5, spine_flexion_deg=np.full_like(bend, 5.0))


def judged(*reps: tuple[float, float, float], exercise: str = "hip_hinge") -> tuple[Rep, ...]:
    chosen, track = load(exercise), track_of(*reps)
    return mark_outside(chosen, track, judge_set(chosen, track))


@pytest.mark.parametrize(("reps", "outside"), [
    ([HINGE] * 3 + [PICKED_UP], [4]),
    ([PICKED_UP] + [HINGE] * 3, [1]),
    ([PICKED_UP] + [HINGE] * 4 + [PUT_DOWN], [1, 6]),
    ([(125.0, 95.0, 42.0)] * 5 + [PUT_DOWN], []),  # lifts like squats: a weight put down bends as they do
    ([(100.0, 80.0, 60.0)] * 5 + [PUT_DOWN], [6]),
    ([HINGE] * 3 + [DEEPER], []),  # the same movement, rounded further: that is what is judged
    ([HINGE, HINGE, PICKED_UP], []),  # two others are too few
    ([HINGE, HINGE, PICKED_UP, HINGE], []),  # in the middle of a set it is a rep
    ([HINGE, PICKED_UP, HINGE, PICKED_UP], []),  # a set with a large scatter
    ([HINGE] * 4, []),
])
def test_the_odd_one_at_an_end_is_marked(reps: Sequence[tuple[float, float, float]], outside: list[int]) -> None:
    assert [rep.index for rep in judged(*reps) if rep.outside] == outside


def test_unmeasured_knees_mark_nothing() -> None:
    track = track_of(*[HINGE] * 3, PICKED_UP)
    columns = dict(track.columns) | {"knee_flexion_deg": np.full(len(track), np.nan)}
    blind = synthetic_track(Position.STANDING, **columns)
    exercise = load("hip_hinge")
    assert not any(rep.outside for rep in mark_outside(exercise, blind, judge_set(exercise, blind)))


@pytest.mark.parametrize("exercise", sorted(set(catalogue()) - {"hip_hinge", "squat_lift", "forward_bend"}))
def test_only_sets_of_bends_have_odd_ones(exercise: str) -> None:
    chosen = load(exercise)
    reps = judged(*[HINGE] * 3, PICKED_UP)
    assert mark_outside(chosen, track_of(HINGE), reps) is reps


def test_an_odd_rep_is_not_counted_and_named() -> None:
    exercise, track = load("hip_hinge"), track_of(*[HINGE] * 3, PICKED_UP)
    report = set_report.report(exercise, "clip.mp4", track, judged(*[HINGE] * 3, PICKED_UP), ())
    assert [rep.verdict for rep in report.reps] == ["neutral", "neutral", "neutral", "unseen"]
    assert set_sentences.headline(report) == "3 of 3 reps neutral, 1 perhaps not part of the set"
    assert report.summary[0].startswith("All 3 reps")
    assert "Rep 4 may not be part of the set: knee flexion about 44\u00b0, the others about 13\u00b0" in (
        report.summary[1])
    assert verdict_words.look_of(report.reps[-1]).word == "Not part of the set?"
