"""Test slow, uneven frames, as from a browser on a busy machine: every rep is still judged, and correctly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from exercises.load import load
from hingecheck.live.set_plan import make_plan
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import replay_live

# The third rep of hinge_mixed rounds by 35°: between the warning and the fault.
LABELS = {"hinge_mixed": ["neutral", "neutral", "neutral", "neutral", "rounded"], "hinge_squatted": ["squatted"] * 3,
          "hinge_neutral": ["neutral"] * 4}


def uneven(sightings: tuple[Sighting, ...], per_s: float, seed: int) -> Iterator[Sighting]:
    """Yield about so many frames per second, at uneven times."""
    rng, next_s = np.random.default_rng(seed), 0.0
    for sighting in sightings:
        if sighting.time_s >= next_s:
            next_s = sighting.time_s + rng.gamma(4, 1 / per_s / 4)
            yield sighting


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", LABELS)
def test_five_uneven_frames_per_second_are_enough(recorded: SightingsOf, name: str, seed: int) -> None:
    frames = tuple(uneven(recorded(name), 5.0, seed))
    assert len(frames) / frames[-1].time_s < 4.5
    replay = replay_live(frames, make_plan(load("hip_hinge"), set_up=False))
    assert [rep.verdict for rep in replay.live.conclude("slow").report.reps] == LABELS[name]
    assert [event.rep.verdict for event in replay.counted] == LABELS[name]
