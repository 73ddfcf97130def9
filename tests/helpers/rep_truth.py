"""Random reps with exact truth: eased (raised-cosine) movements as in the rendered clips, sampled at camera times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.exercise_model import Signal
from pose.arrays import FloatArray
from pose.track import Track

SIGNAL = Signal(quantity="bend_deg", enter=25)


@dataclass(frozen=True)
class TrueRep:
    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float


def eased(time_s: FloatArray, keys: list[tuple[float, float]]) -> FloatArray:
    """Interpolate (time, value) keys by a raised cosine from each to the next."""
    at, value = np.array(keys).T
    k = np.clip(np.searchsorted(at, time_s, side="right") - 1, 0, len(at) - 2)
    share = np.clip((time_s - at[k]) / np.maximum(at[k + 1] - at[k], 1e-9), 0, 1)
    between: FloatArray = value[k] + (0.5 - 0.5 * np.cos(np.pi * share)) * (value[k + 1] - value[k])
    return between


def set_keys(
    reps: list[tuple[float, float, float, float, float, float]], rest: float = 0.0, lead: float = 1.5
) -> tuple[list[tuple[float, float]], list[TrueRep]]:
    """Return keys and truth of reps, each (depth, down, hold, up, gap, rest afterwards)."""
    keys, truth, t = [(0.0, rest), (lead, rest)], [], lead
    for depth, down, hold, up, gap, after in reps:
        truth.append(TrueRep(t, t + down, t + down + hold, t + down + hold + up))
        keys += [(t + down, depth), (t + down + hold, depth), (t + down + hold + up, after)]
        t += down + hold + up + gap
        keys.append((t, after))
    keys.append((t + 1.0, keys[-1][1]))
    return keys, truth


def random_set(rng: np.random.Generator) -> tuple[list[tuple[float, float]], list[TrueRep]]:
    """Return keys and truth of a random person: speeds, plateaus, rests and lockouts are independent."""
    offset = rng.uniform(-5, 5)
    reps = []
    for _ in range(int(rng.integers(1, 6))):
        lockout = rng.uniform(10, 25) if rng.random() < 0.25 else 0.0
        after = offset + lockout
        depth = offset + rng.uniform(70 if lockout else 50, 120)
        hold = rng.choice([0.0, rng.uniform(0, 2), rng.uniform(0, 2), rng.uniform(5, 40)])
        gap = rng.choice([0.0, rng.uniform(0, 0.5), rng.uniform(0.5, 3)])
        reps.append((depth, rng.uniform(0.5, 3), hold, rng.uniform(0.5, 3), gap, after))
    return set_keys(reps, rest=offset, lead=float(rng.uniform(0.5, 3)))


def camera_times(rng: np.random.Generator, until_s: float, fps: float, uneven: bool = False) -> FloatArray:
    times = np.arange(0, until_s, 1 / fps)
    if uneven:
        times = np.sort(times + rng.uniform(-0.4, 0.4, len(times)) / fps)
        times -= times[0]
    return times


def as_track(time_s: FloatArray, **columns: FloatArray) -> Track:
    return Track(time_s=time_s, columns=columns)
