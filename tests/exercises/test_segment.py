"""Segmentation against random truth: times, counts, frame rates, edges of the clip, growing recordings."""

from __future__ import annotations

import numpy as np
import pytest

from exercises.exercise_model import Signal
from exercises.results import Span
from exercises.segment import finished_reps, rep_under_way, segment
from pose.arrays import FloatArray
from tests.helpers.rep_truth import SIGNAL, TrueRep, as_track, camera_times, eased, random_set, set_keys

TIMES = ("start_s", "bottom_s", "leave_s", "end_s")
SEEDS = range(60)


def filmed(
    seed: int, fps: float | None = None, noise: float | None = None
) -> tuple[FloatArray, FloatArray, list[TrueRep]]:
    rng = np.random.default_rng(seed)
    keys, truth = random_set(rng)
    fps = float(rng.choice([15, 24, 30, 60])) if fps is None else fps
    times = camera_times(rng, keys[-1][0], fps, uneven=bool(rng.random() < 0.3))
    return times, eased(times, keys) + rng.normal(0, rng.uniform(1, 3) if noise is None else noise, len(times)), truth


def times_of(rep: Span | TrueRep) -> list[float]:
    return [getattr(rep, name) for name in TIMES]


def spans_of(times: FloatArray, values: FloatArray, signal: Signal = SIGNAL) -> tuple[Span, ...]:
    return segment(as_track(times, **{signal.quantity: values}), signal)


def spans_between(keys: list[tuple[float, float]], start: float, end: float, noise: float = 2.0) -> tuple[Span, ...]:
    """Return the spans of a part of the clip, in its own time."""
    rng = np.random.default_rng(1)
    times = np.arange(start, end, 1 / 30)
    return spans_of(times - start, eased(times, keys) + rng.normal(0, noise, len(times)))


@pytest.mark.parametrize(("fps", "noise"), [(None, None), (15.0, 3.0), (30.0, 2.0)])
def test_times_against_random_truth(fps: float | None, noise: float | None) -> None:
    errors: dict[str, list[float]] = {name: [] for name in TIMES}
    for seed in SEEDS:
        times, values, truth = filmed(seed, fps, noise)
        spans = spans_of(times, values)
        assert len(spans) == len(truth), f"seed {seed}"
        for span, true in zip(spans, truth, strict=True):
            assert span.whole, f"seed {seed}"
            for name in TIMES:
                errors[name].append(abs(getattr(span, name) - getattr(true, name)))
    for name in TIMES:
        assert np.median(errors[name]) < 0.06, name
        assert np.percentile(errors[name], 95) < 0.15, name
    assert max(errors["start_s"] + errors["bottom_s"]) < 0.3
    assert max(errors["leave_s"] + errors["end_s"]) < 0.4


def test_without_noise_there_is_almost_no_error() -> None:
    for seed in range(20):
        times, values, truth = filmed(seed, 30.0, 0.0)
        for span, true in zip(spans_of(times, values), truth, strict=True):
            assert times_of(span) == pytest.approx(times_of(true), abs=0.1)


def test_frame_rate_changes_nothing() -> None:
    for seed in range(10):
        slow, fast = (spans_of(*filmed(seed, fps, 0.0)[:2]) for fps in (15.0, 60.0))
        assert len(slow) == len(fast)
        for a, b in zip(slow, fast, strict=True):
            assert times_of(a) == pytest.approx(times_of(b), abs=0.07)


def test_a_growing_recording_never_changes_a_finished_rep() -> None:
    for seed in (2, 3, 5, 8):
        times, values, truth = filmed(seed, 20.0, 3.0)
        whole = spans_of(times, values)
        earlier: tuple[Span, ...] = ()
        for n in range(10, len(times), 9):
            now = finished_reps(spans_of(times[:n], values[:n]), float(times[n - 1]))
            assert now[: len(earlier)] == earlier
            earlier = now
        assert len(earlier) >= len(truth) - 1
        for early, late in zip(earlier, whole, strict=False):
            assert times_of(early) == pytest.approx(times_of(late), abs=1e-6)


def test_under_way_from_early_in_the_descent_to_the_return() -> None:
    keys, (rep,) = set_keys([(80, 1.6, 0.8, 1.4, 2.0, 0)])
    times = camera_times(np.random.default_rng(0), keys[-1][0], 30)
    track = as_track(times, bend_deg=eased(times, keys))

    def at(now: float) -> Span | None:
        n = int(np.searchsorted(times, now))
        return rep_under_way(as_track(times[:n], bend_deg=track.columns["bend_deg"][:n]), SIGNAL)

    assert at(rep.start_s) is None
    going_down = at(rep.start_s + 0.75)
    assert going_down is not None
    assert going_down.start_s == pytest.approx(rep.start_s, abs=0.3)
    assert at(rep.leave_s) is not None
    assert at(rep.end_s) is None


@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_standing_still_fidgeting_and_drifting_are_not_reps(noise: float) -> None:
    rng = np.random.default_rng(4)
    times = np.arange(0, 180, 1 / 15)
    still = rng.normal(0, noise, len(times))
    fidget = eased(times, [(0, 0), (20, 0), (20.5, 14), (21, 0), (60, 0), (61, 14), (63, 0), (180, 0)])
    drift = eased(times, [(0, -6), (90, 8), (180, -2)])
    spike = np.where(np.isin(np.arange(len(times)), [300, 1200]), 70.0, 0.0)
    for movement in (still, still + fidget, still + drift, still + spike):
        assert spans_of(times, movement) == ()


def test_an_adjustment_on_the_way_and_at_the_bottom_does_not_split_a_rep() -> None:
    way = [(3.0, 60.0), (3.4, 55.0), (4.2, 80.0), (5.0, 80.0), (5.4, 75.0), (5.8, 80.0), (8.0, 80.0)]
    keys = [(0.0, 0.0), (2.0, 0.0), *way, (9.5, 0.0), (12.0, 0.0)]
    (span,) = spans_between(keys, 0, 12)
    assert span.start_s == pytest.approx(2.0, abs=0.3)
    assert span.bottom_s == pytest.approx(4.2, abs=0.3)
    assert span.leave_s == pytest.approx(8.0, abs=0.3)


def test_lifters_who_stay_bent_at_lockout() -> None:
    keys, truth = set_keys([(95, 1.2, 0.3, 1.0, 0.2, 24)] * 5)
    assert len(spans_between(keys, 0, keys[-1][0])) == len(truth) == 5


def test_clip_that_begins_or_ends_inside_a_rep() -> None:
    keys, (rep,) = set_keys([(80, 2.0, 1.0, 2.0, 2.0, 0)])
    end = keys[-1][0]
    half = (rep.start_s + rep.bottom_s) / 2

    def count(start: float, stop: float) -> int:
        spans = spans_between(keys, start, stop)
        assert not any(span.whole for span in spans)
        return len(spans)

    assert count(rep.bottom_s + 0.2, end) == 1, "begins at the bottom"
    assert count(half, rep.leave_s + 1.0) == 1, "half bent at both ends, deeper between"
    assert count(rep.leave_s + 0.5, end) == 1, "begins on the way up, with most of it to come"
    assert not spans_between(keys, rep.leave_s + 0.5, end)[0].bottom_seen
    assert spans_between(keys, rep.bottom_s + 0.2, end)[0].bottom_seen
    assert count(rep.leave_s + 1.0, end) == 0, "begins on the way up, without the bottom"
    assert count(0, half + 0.1) == 0, "ends on the way down"
    assert count(0, rep.bottom_s + 0.9) == 1, "ends at the bottom, after a while there"
    assert count(0, rep.leave_s + 0.8) == 1, "ends on the way up"
    assert count(0, rep.leave_s + 1.2) == 1, "ends on the way up, past half"


def test_gaps() -> None:
    keys, (rep,) = set_keys([(80, 1.5, 4.0, 1.5, 2.0, 0)])
    times = camera_times(np.random.default_rng(0), keys[-1][0], 30)
    values = eased(times, keys)

    def without(start: float, stop: float) -> tuple[Span, ...]:
        return spans_of(times, np.where((times > start) & (times < stop), np.nan, values))

    (bridged,) = without(rep.start_s + 0.5, rep.start_s + 0.9)
    assert bridged.whole
    assert bridged.start_s == pytest.approx(rep.start_s, abs=0.15)
    (blind,) = without(rep.bottom_s + 1, rep.leave_s - 1)
    assert not blind.whole, "counted once, and known to be incomplete"
    assert spans_of(times, np.full(len(times), np.nan)) == ()
    assert spans_of(times[:3], values[:3]) == ()


def test_a_quantity_that_falls() -> None:
    keys, (rep,) = set_keys([(80, 1.5, 1.0, 1.5, 1.0, 0)])
    times = camera_times(np.random.default_rng(0), keys[-1][0], 30)
    signal = Signal(quantity="knee_flexion_deg", enter=40, rest=90, falls=True)
    (span,) = spans_of(times, 90 - eased(times, keys), signal)
    assert times_of(span) == pytest.approx(times_of(rep), abs=0.1)
