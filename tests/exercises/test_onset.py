"""The rounding onset against reps whose path through (hip, spine) is built."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exercises.exercise_model import Exercise
from exercises.load import load
from exercises.onset import hip_share, onset_sentence, set_onset
from exercises.results import Rep
from exercises.rules import judge_set
from pose.arrays import FloatArray
from pose.track import Track
from tests.helpers.rep_truth import as_track, camera_times, eased, set_keys

HINGE = load("hip_hinge")
WATCH = HINGE.onset_limit
assert HINGE.onset is not None
#: The measured curve when the true one reaches the limit.
AS_READ = WATCH - HINGE.onset.reads_low


def rounds_late(hip: FloatArray, from_deg: float, per_deg: float) -> FloatArray:
    """Return a back that stays neutral up to a hip angle and then bends `per_deg` degrees per degree of hip flexion."""
    return per_deg * np.maximum(hip - from_deg, 0.0)


def filmed(tops: list[float], from_deg: float = 45.0, per_deg: float = 2.0, noise: float = 0.0, fps: float = 30.0,
           widths: tuple[float, float] | None = (6.0, 8.0), rest: float = 0.0) -> Track:
    """Build the track of reps with these hip angles at the bottom."""
    rng = np.random.default_rng(3)
    keys, _ = set_keys([(top, 1.8, 0.8, 1.5, 0.8, rest) for top in tops], rest=rest)
    times = camera_times(rng, keys[-1][0], fps)
    hip = eased(times, keys)
    spine = rounds_late(hip, from_deg, per_deg)
    columns = {"hip_flexion_deg": hip, "spine_flexion_deg": spine, "bend_deg": hip + 0.6 * spine}
    track = as_track(times, **{name: values + rng.normal(0, noise, len(times)) for name, values in columns.items()})
    if widths is None:
        return track
    names = ("hip_flexion_deg", "spine_flexion_deg")
    return replace(track, uncertainty={name: np.full(len(times), width) for name, width in zip(names, widths,
                                                                                            strict=True)})


def reps_of(track: Track, exercise: Exercise = HINGE) -> tuple[Rep, ...]:
    return judge_set(exercise, track)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize(("from_deg", "per_deg"), [(30.0, 1.0), (45.0, 2.0), (10.0, 0.6)])
def test_onset_is_where_the_path_crosses(fps: float, from_deg: float, per_deg: float) -> None:
    assert (WATCH, AS_READ) == (30, 28)
    (rep,) = reps_of(filmed([70], from_deg, per_deg, fps=fps))
    assert rep.rounding_onset_deg == pytest.approx(from_deg + AS_READ / per_deg, abs=1.5)


def test_noise_moves_it_little() -> None:
    (rep,) = reps_of(filmed([70], 45, 2.0, noise=2.0))
    assert rep.rounding_onset_deg == pytest.approx(45 + AS_READ / 2, abs=3)


def test_a_back_that_never_rounds_has_no_onset() -> None:
    (rep,) = reps_of(filmed([70], 62, 2.0))
    assert rep.spine_flexion_deg == pytest.approx(16, abs=1)
    assert rep.rounding_onset_deg is None
    assert rep.rounding_onset_uncertainty_deg is None


def test_the_last_crossing_counts() -> None:
    """A back that rounds, straightens and rounds again: only the second onset lasts to the bottom."""
    track = filmed([80], 100, 1.0)
    hip, time_s = track.columns["hip_flexion_deg"], track.time_s
    rising = time_s < 3.3
    path = np.interp(hip, [0, 15, 25, 35, 45, 60, 70, 80], [0, 0, 30, 30, 0, 0, 30, 45])
    spine = np.where(rising, path, 45 * hip / 80)
    (rep,) = reps_of(replace(track, columns={**track.columns, "spine_flexion_deg": spine}))
    assert rep.rounding_onset_deg == pytest.approx(60 + 10 * AS_READ / 30, abs=2.5)


def test_the_way_up_does_not_count() -> None:
    track = filmed([70], 45, 2.0)
    late = np.where(track.time_s > 4.1, 50.0, track.columns["spine_flexion_deg"])
    (rep,) = reps_of(replace(track, columns={**track.columns, "spine_flexion_deg": late}))
    assert rep.rounding_onset_deg == pytest.approx(45 + AS_READ / 2, abs=1.5)


def test_a_twitch_at_the_end_of_the_bottom_is_not_an_onset() -> None:
    track = filmed([70], 62, 2.0)
    twitch = np.where(track.time_s > 3.75, 40.0, track.columns["spine_flexion_deg"])
    (rep,) = reps_of(replace(track, columns={**track.columns, "spine_flexion_deg": twitch}))
    assert rep.spine_flexion_deg == pytest.approx(16, abs=1)
    assert rep.rounding_onset_deg is None


@pytest.mark.parametrize("name", ["spine_flexion_deg", "hip_flexion_deg"])
def test_unmeasured_on_the_way_down_is_none(name: str) -> None:
    track = filmed([70], 45, 2.0)
    values = track.columns[name].copy()
    values[track.between(1.6, 3.2)] = np.nan
    (rep,) = reps_of(replace(track, columns={**track.columns, name: values}))
    assert rep.rounding_onset_deg is None


def test_a_back_round_from_the_start_has_no_onset() -> None:
    track = filmed([70], 45, 2.0)
    (rep,) = reps_of(replace(track, columns={**track.columns, "spine_flexion_deg": np.full(len(track), 40.0)}))
    assert rep.rounding_onset_deg is None


def test_uncertainty_combines_hip_and_spine() -> None:
    """Twice as many degrees of back as of hip: an error of the back counts half."""
    (rep,) = reps_of(filmed([70], 45, 2.0, widths=(6.0, 8.0)))
    assert rep.rounding_onset_uncertainty_deg == pytest.approx(np.hypot(6, 8 / 2), abs=0.7)
    (flat,) = reps_of(filmed([90], 20, 0.5, widths=(6.0, 8.0)))
    assert flat.rounding_onset_uncertainty_deg == pytest.approx(np.hypot(6, 8 / 0.5), abs=1.5)
    (unknown,) = reps_of(filmed([70], 45, 2.0, widths=None))
    assert unknown.rounding_onset_uncertainty_deg is None


def test_set_takes_the_median_of_the_reps_that_have_one() -> None:
    reps = reps_of(filmed([70, 50, 80], 45, 2.0))
    assert [rep.rounding_onset_deg is None for rep in reps] == [False, True, False]
    first, without, third = reps
    late = third.model_copy(update={"rounding_onset_deg": 75.0, "rounding_onset_uncertainty_deg": 20.0})
    later = late.model_copy(update={"rounding_onset_deg": 77.0})
    assert set_onset((first, without, late, later)) == (75, 20)
    value, width = set_onset(reps)
    assert value == pytest.approx(45 + AS_READ / 2, abs=1.5)
    assert width is not None
    assert "up to a hip flexion of about 59\u00b0; deeper, your back bends." in onset_sentence(HINGE, value)
    assert "up to a hip flexion of about 59\u00b0, give or take 16; deeper" in onset_sentence(HINGE, value, 16.2)
    assert set_onset(reps[1:2]) == (None, None)
    assert onset_sentence(HINGE, value, 20.5) == "", "nobody can go by a number that may be 20 less or 20 more"
    assert onset_sentence(HINGE, None) == ""


def test_it_is_data_of_the_exercise() -> None:
    """An exercise has an onset if it names two quantities, and none otherwise."""
    track = filmed([70], 45, 2.0)
    none = HINGE.model_copy(update={"onset": None})
    assert reps_of(track, none)[0].rounding_onset_deg is None
    assert HINGE.onset is not None
    other = HINGE.model_copy(update={"onset": HINGE.onset.model_copy(update={"along": "bend_deg"})})
    assert reps_of(track, other)[0].rounding_onset_deg == pytest.approx(45 + AS_READ / 2 + 0.6 * AS_READ, abs=2)


@pytest.mark.parametrize(("hip", "spine", "share"), [
    (60.0, 20.0, 0.75), (30.0, 30.0, 0.5), (70.0, -5.0, 1.0), (10.0, 9.9, None), (None, 40.0, None),
    (40.0, None, None), (-4.0, 40.0, 0.0),
])
def test_share_of_the_hips(hip: float | None, spine: float | None, share: float | None) -> None:
    assert hip_share(hip, spine) == share


def test_share_is_taken_at_the_bottom() -> None:
    (rep,) = reps_of(filmed([70], 45, 2.0))
    assert rep.hip_share == pytest.approx(70 / (70 + 50), abs=0.02)
