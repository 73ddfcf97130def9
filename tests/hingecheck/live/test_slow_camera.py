"""Pictures that come slowly and unevenly, as from a browser on a busy machine: every rep is still judged, and right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from exercises.load import load
from hingecheck.live.set_plan import plan
from pose.frames import Sighting
from tests.helpers.live_replay import lived

Recorded = Callable[[str], tuple[Sighting, ...]]
LABELS = {"hinge_mixed": ["neutral", "neutral", "rounded", "neutral", "rounded"], "hinge_squatted": ["squatted"] * 3,
          "hinge_neutral": ["neutral"] * 4}


def slowly(sightings: tuple[Sighting, ...], per_s: float, seed: int) -> Iterator[Sighting]:
    """About so many pictures a second, at uneven times."""
    rng, next_s = np.random.default_rng(seed), 0.0
    for one in sightings:
        if one.time_s >= next_s:
            next_s = one.time_s + rng.gamma(4, 1 / per_s / 4)
            yield one


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", LABELS)
def test_five_uneven_pictures_a_second_are_enough(recorded: Recorded, name: str, seed: int) -> None:
    pictures = tuple(slowly(recorded(name), 5.0, seed))
    assert len(pictures) / pictures[-1].time_s < 4.5
    came = lived(pictures, plan(load("hip_hinge"), set_up=False))
    assert [rep.verdict for rep in came.live.conclude("slow").report.reps] == LABELS[name]
    assert [event.rep.verdict for event in came.counted] == LABELS[name]
