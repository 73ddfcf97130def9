"""Smoothing in seconds: peaks stay, noise decreases, gaps are bridged by their length."""

from __future__ import annotations

import numpy as np
import pytest

from pose.smooth import MAX_GAP_S, Smoother, bridge_gaps, running_median

RATES = [15.0, 30.0, 60.0]


def times(fps: float, seconds: float = 4.0, uneven: bool = False) -> np.ndarray:
    steps = np.full(int(seconds * fps), 1 / fps)
    if uneven:
        steps *= np.random.default_rng(3).uniform(0.5, 1.5, len(steps))
    return np.cumsum(steps) - steps[0]


@pytest.mark.parametrize("uneven", [False, True])
@pytest.mark.parametrize("fps", RATES)
def test_a_parabola_keeps_its_peak(fps: float, uneven: bool) -> None:
    t = times(fps, uneven=uneven)
    peak = 80 - 60 * (t - 2) ** 2
    assert Smoother(t)(peak) == pytest.approx(peak, abs=1e-5)


@pytest.mark.parametrize("fps", RATES)
def test_the_bottom_of_a_quick_rep_is_preserved(fps: float) -> None:
    """Down and up in 0.8 s each without a pause: no more than 2 deg of 80 are lost."""
    t = times(fps)
    bend = 40 - 40 * np.cos(2 * np.pi * t / 1.6)
    assert Smoother(t)(bend).max() == pytest.approx(80, abs=2)


@pytest.mark.parametrize("fps", RATES)
def test_noise_shrinks(fps: float) -> None:
    t = times(fps, 40)
    remainder = Smoother(t)(np.random.default_rng(5).normal(0, 3, len(t)))
    assert remainder.std() < 3 * {15.0: 0.75, 30.0: 0.55, 60.0: 0.42}[fps]


def test_time_not_frames() -> None:
    """The same movement at 15 and 60 frames per second gives the same values."""
    slow, fast = times(15), times(60)
    bend = [Smoother(t)(40 - 40 * np.cos(2 * np.pi * t / 2)) for t in (slow, fast)]
    assert np.interp(slow[3:-3], fast, bend[1]) == pytest.approx(bend[0][3:-3], abs=1.0)


def test_unmeasured_values_stay_unmeasured_and_change_no_others() -> None:
    t = times(30)
    line = 10 + 5 * t
    gaps = line.copy()
    gaps[40:55] = np.nan
    smoothed = Smoother(t)(gaps)
    assert np.isnan(smoothed[40:55]).all()
    assert np.delete(smoothed, range(40, 55)) == pytest.approx(np.delete(line, range(40, 55)), abs=1e-5)


@pytest.mark.parametrize("few", [0, 1, 3])
def test_too_few_to_smooth(few: int) -> None:
    t = times(30)[:few]
    assert Smoother(t)(t + 1).tolist() == (t + 1).tolist()


@pytest.mark.parametrize("fps", RATES)
def test_gaps_are_bridged_by_their_length_in_seconds(fps: float) -> None:
    t = times(fps)
    line = 20 * t
    short = np.where((t > 1) & (t < 1 + 0.8 * MAX_GAP_S), np.nan, line)
    long = np.where((t > 1) & (t < 1 + 1.5 * MAX_GAP_S), np.nan, line)
    assert np.isnan(short).sum() > 2
    assert bridge_gaps(t, short) == pytest.approx(line), "linearly"
    assert np.array_equal(bridge_gaps(t, long), long, equal_nan=True), "stays a gap"


def test_nothing_is_extrapolated_at_the_ends() -> None:
    t = times(30)
    ends = np.where((t < 0.2) | (t > 3.8), np.nan, t)
    assert np.array_equal(bridge_gaps(t, ends), ends, equal_nan=True)
    nothing = np.full(len(t), np.nan)
    assert np.isnan(bridge_gaps(t, nothing)).all()


def test_running_median_ignores_outliers_and_covers_gaps() -> None:
    t = times(30)
    values = np.where(np.arange(len(t)) == 50, 90.0, 20.0)
    values[60:70] = np.nan
    assert running_median(t, values, 0.5) == pytest.approx(20)
    gap = np.where((t > 1) & (t < 3), np.nan, 5.0)
    middle = running_median(t, gap, 0.5)
    assert np.isnan(middle[(t > 1.6) & (t < 2.4)]).all()
    assert middle[t <= 1] == pytest.approx(5)
