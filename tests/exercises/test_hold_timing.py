"""Holds in synthetic tracks: the clock, dips, bounces, creep, sides, the distance to the target."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from exercises import sides
from exercises.exercise_model import Exercise
from exercises.hold_model import Sides
from exercises.hold_timing import clock_s
from exercises.load import load
from exercises.results import Rep, Verdict
from exercises.rules import judge_set
from pose.arrays import FloatArray
from pose.track import Track
from tests.helpers.rep_truth import as_track, eased

DOORWAY = load("doorway_hamstring_stretch")
KNEE, OTHER = "raised_knee_flexion_deg", "resting_leg_lift_deg"


def times_until(seconds: float, fps: float = 30.0) -> FloatArray:
    return np.arange(0, seconds, 1 / fps)


def hold_keys(raise_deg: float, seconds: float, start_s: float = 1.5) -> list[tuple[float, float]]:
    """Return the keys of one hold: 3 s up, `seconds` held, 2 s down."""
    return [(0.0, 0.0), (start_s, 0.0), (start_s + 3, raise_deg), (start_s + 3 + seconds, raise_deg),
            (start_s + 5 + seconds, 0.0), (start_s + 8 + seconds, 0.0)]


def filmed(raise_deg: FloatArray, time_s: FloatArray, knee: float = 3.0, other: float = 2.0, side: str = "left",
           noise: float = 0.5) -> Track:
    values = raise_deg + np.random.default_rng(3).normal(0, noise, len(time_s))
    rest = np.full(len(time_s), other)
    left, right = (values, rest) if side == "left" else (rest, values)
    return as_track(time_s, leg_raise_deg=values, left_leg_raise_deg=left, right_leg_raise_deg=right,
                    raised_knee_flexion_deg=np.full(len(time_s), knee), resting_leg_lift_deg=rest,
                    knee_flexion_deg=np.full(len(time_s), knee))


def single_rep(track: Track, exercise: Exercise = DOORWAY) -> Rep:
    (rep,) = judge_set(exercise, track)
    return rep


def broken(rep: Rep) -> set[str]:
    return {finding.rule for finding in rep.findings if finding.verdict is Verdict.BROKEN}


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
@pytest.mark.parametrize("seconds", [8.0, 34.0])
def test_seconds_held(seconds: float, fps: float) -> None:
    keys = hold_keys(75, seconds)
    times = times_until(keys[-1][0], fps)
    rep = single_rep(filmed(eased(times, keys), times))
    assert rep.hold_s == pytest.approx(seconds, abs=0.4)
    assert broken(rep) == ({"hold_short"} if seconds < 30 else set())
    assert rep.verdict == ("fault" if seconds < 30 else "good")
    assert rep.leg_raise_deg == pytest.approx(75, abs=1)


def dipped(seconds: float, dip_s: float, dip_deg: float) -> Track:
    keys = hold_keys(75, seconds)
    times = times_until(keys[-1][0])
    middle = 4.5 + seconds / 2
    dip = dip_deg * ((times > middle - dip_s / 2) & (times < middle + dip_s / 2))
    return filmed(eased(times, keys) - dip, times)


def test_a_short_dip_does_not_stop_the_clock_and_a_long_one_does() -> None:
    assert single_rep(dipped(32, 0.7, 20)).hold_s == pytest.approx(32, abs=0.5)
    long = single_rep(dipped(32, 3.0, 20))
    assert long.hold_s == pytest.approx(29, abs=0.6)
    assert "hold_short" in broken(long)


def test_a_deep_dip_does_not_split_a_hold() -> None:
    rep = single_rep(dipped(32, 2.0, 30))
    assert rep.hold_s == pytest.approx(30, abs=0.6)


def test_clock() -> None:
    zone = np.repeat([False, True, False, True, False], [30, 120, 59, 60, 90])
    assert clock_s(zone, 1.0) == pytest.approx(239 / 60)
    assert clock_s(zone, 0.5) == 3.0
    assert clock_s(np.zeros(10, dtype=bool), 1.0) == 0.0


def moving(wave: str) -> Rep:
    keys = hold_keys(70, 32)
    times = times_until(keys[-1][0])
    on = (times > 5.5) & (times < 35.5)
    shapes = {
        "still": np.zeros(len(times)),
        "creeping": 12 * np.clip((times - 4.5) / 32, 0, 1) * (times < 36.5),
        "shifted": -5 + 10 * eased(times, [(0.0, 0.0), (18.0, 0.0), (20.2, 1.0), (60.0, 1.0)]),
        "bouncing": 6 * np.sin(2 * np.pi * 0.5 * times) * on,
        "pulsing": 3 * np.sin(2 * np.pi * 1.0 * times) * on,
    }
    return single_rep(filmed(eased(times, keys) + shapes[wave], times))


def test_steadiness() -> None:
    assert broken(moving("still")) == set()
    assert broken(moving("shifted")) == set(), "one slow movement to another place, not a bounce"
    assert "bouncing" in broken(moving("bouncing"))
    assert broken(moving("pulsing")) == {"pulsing"}, "fast, though within 8 deg"


@pytest.mark.parametrize(("lost_s", "depth"), [(0.3, 25.0), (0.6, 20.0), (0.6, 65.0), (1.0, 65.0)])
def test_a_leg_that_the_model_loses_once_is_one_hold_and_not_a_bounce(lost_s: float, depth: float) -> None:
    keys = hold_keys(75, 34)
    times = times_until(keys[-1][0])
    dip = depth * ((times > 20) & (times < 20 + lost_s))
    rep = single_rep(filmed(eased(times, keys) - dip, times))
    assert broken(rep) == set()
    assert rep.hold_s == pytest.approx(34, abs=0.2 + lost_s)


def test_two_holds_with_the_leg_put_down_are_two() -> None:
    first = hold_keys(75, 12)
    keys = [*first[:-1], *((first[-2][0] + at_s, value) for at_s, value in hold_keys(75, 12, 0.5)[1:])]
    times = times_until(keys[-1][0])
    assert len(judge_set(DOORWAY, filmed(eased(times, keys), times))) == 2


def test_creep_is_not_a_bounce_and_is_reported() -> None:
    rep = moving("creeping")
    assert broken(rep) == set()
    assert rep.held is not None
    assert rep.held.crept == pytest.approx(9, abs=1.5)
    assert rep.hold_s == pytest.approx(32, abs=1)
    still = moving("still").held
    assert still is not None
    assert still.crept == pytest.approx(0, abs=0.5)


def test_knee_and_other_leg() -> None:
    keys = hold_keys(70, 32)
    times = times_until(keys[-1][0])
    values = eased(times, keys)
    assert broken(single_rep(filmed(values, times, knee=28))) == {"knee_bent"}
    assert broken(single_rep(filmed(values, times, other=40))) == {"other_leg_lifted"}
    track = filmed(values, times)
    hidden = replace(track, columns={**track.columns, KNEE: np.full(len(times), np.nan)})
    assert single_rep(hidden).verdict == "unseen"
    assert OTHER in track.columns


def both_sides(left_deg: float, right_deg: float) -> tuple[Rep, ...]:
    first, second = hold_keys(left_deg, 31), hold_keys(right_deg, 31)
    times = times_until(first[-1][0])
    later = times_until(second[-1][0])
    parts = filmed(eased(times, first), times), filmed(eased(later, second), later, side="right")
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    return judge_set(DOORWAY, as_track(np.concatenate([times, later + times[-1] + 1 / 30]), **columns))


def test_two_sides() -> None:
    reps = both_sides(80, 62)
    assert [rep.side for rep in reps] == ["left", "right"]
    left, right = sides.side_results(DOORWAY, reps)
    assert (left.side, left.reps, right.side) == ("left", 1, "right")
    assert left.best == pytest.approx(80, abs=1)
    assert right.best == pytest.approx(62, abs=1)
    assert left.hold_s == pytest.approx(31, abs=0.5)
    assert sides.skipped_side(DOORWAY, reps) is None
    assert "left side is about 18\u00b0 ahead" in sides.sentences(DOORWAY, reps)[0]
    assert "no clear difference" in sides.sentences(DOORWAY, both_sides(75, 71))[0]


def test_the_skipped_side_is_named_and_is_not_a_fault() -> None:
    keys = hold_keys(70, 32)
    times = times_until(keys[-1][0])
    rep = single_rep(filmed(eased(times, keys), times, side="right"))
    assert rep.side == "right"
    assert rep.verdict == "good"
    assert sides.skipped_side(DOORWAY, [rep]) == "left"
    assert "the left one" in sides.sentences(DOORWAY, [rep])[0]
    assert sides.skipped_side(load("hip_hinge"), [rep]) is None


def test_both_legs_up_have_no_side() -> None:
    keys = hold_keys(70, 32)
    times = times_until(keys[-1][0])
    track = filmed(eased(times, keys), times)
    together = replace(track, columns={**track.columns, "right_leg_raise_deg": track.columns["leg_raise_deg"] - 8})
    assert single_rep(together).side is None


@pytest.mark.parametrize(("raise_deg", "expected"), [(62, "About 28\u00b0 to go"), (90, "no need to go further")])
def test_distance_to_the_target_is_progress(raise_deg: float, expected: str) -> None:
    keys = hold_keys(raise_deg, 32)
    times = times_until(keys[-1][0])
    rep = single_rep(filmed(eased(times, keys), times))
    assert rep.target_gap_deg == pytest.approx(90 - raise_deg, abs=1)
    assert rep.verdict == "good"
    assert expected in rep.sentence


def test_a_hold_at_the_end_of_the_clip_counts_once_it_is_long_enough() -> None:
    times = times_until(60)
    values = eased(times, hold_keys(70, 100))
    long = single_rep(filmed(values, times))
    assert not long.whole
    assert next(finding for finding in long.findings if finding.rule == "hold_short").verdict is Verdict.MET
    assert long.hold_s == pytest.approx(55.5, abs=0.5)
    short = single_rep(filmed(values[: 20 * 30], times[: 20 * 30]))
    finding = next(finding for finding in short.findings if finding.rule == "hold_short")
    assert finding.verdict is Verdict.UNSEEN, "it may have gone on"


def test_inconsistent_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="for both sides"):
        Sides(left="leg_raise_deg", right="leg_raise_deg")
    data = DOORWAY.model_dump()
    with pytest.raises(ValidationError, match=r"add a \[hold\] table"):
        Exercise.model_validate(data | {"hold": None})
    with pytest.raises(ValidationError, match="did you mean 'leg_raise_deg'"):
        Exercise.model_validate(data | {"target": {"measure": "leg_rais_deg", "at": 90}})


def swung(raised_deg: float, resting_deg: float) -> Rep:
    """Build a hold of 34 s in which the raised leg dips every 2.5 s, and the resting one moves at the same time."""
    keys = hold_keys(75, 34)
    times = times_until(keys[-1][0])
    inside = (times > 8) & (times < 34)
    wave = np.where(inside, np.clip(np.sin(2 * np.pi * times / 2.5), 0, None), 0.0)
    track = filmed(eased(times, keys) - raised_deg * wave, times)
    return single_rep(replace(track, columns=dict(track.columns) | {"resting_leg_raise_deg": 1.0 + resting_deg * wave}))


def test_legs_that_the_model_confuses_are_not_bouncing() -> None:
    assert "bouncing" in broken(swung(20, 0))
    assert not {"bouncing", "pulsing"} & broken(swung(20, 13))


def test_a_leg_that_bounces_with_the_other_is_bouncing() -> None:
    assert "bouncing" in broken(swung(20, -6))
    assert "bouncing" in broken(swung(20, 2))
