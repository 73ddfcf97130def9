"""Samples turned by quarters: turned like a video, and never judged as another exercise without a word of doubt."""

from __future__ import annotations

import numpy as np
import pytest

from bench.turned import FALSE, WRONG, result, turned
from hingecheck.analysis.pipeline import conclude
from pose.frame.measure import Measurer
from pose.landmarks import INDEX
from tests.helpers.fixture_types import SightingsOf, TruthOf


def test_a_quarter_clockwise_lays_the_head_to_the_right(recorded: SightingsOf) -> None:
    upright = recorded("hinge_neutral")[0]
    lying = turned(upright, 1)
    assert upright.pose is not None
    assert lying.pose is not None
    assert lying.size_px == upright.size_px[::-1]
    nose, ankle = (lying.pose.landmarks_px[INDEX[name]] for name in ("nose", "left_ankle"))
    assert nose[0] > ankle[0] + 100
    assert lying.pose.mask.shape == upright.pose.mask.shape[::-1]
    column, row = np.round(nose).astype(int)
    seen = upright.pose.landmarks_px[INDEX["nose"]]
    assert lying.pose.mask[row, column] == upright.pose.mask[round(float(seen[1])), round(float(seen[0]))]


def test_four_quarters_are_none(recorded: SightingsOf) -> None:
    before = recorded("hinge_neutral")[3]
    after = before
    for _ in range(4):
        after = turned(after, 1)
    assert before.pose is not None
    assert after.pose is not None
    assert np.allclose(after.pose.landmarks_px, before.pose.landmarks_px, atol=1e-3)
    assert np.allclose(after.pose.world_m, before.pose.world_m)
    assert np.array_equal(after.pose.mask, before.pose.mask)


@pytest.mark.parametrize("name", ["calf_raise", "chair_stretch", "hinge_squatted", "turned45"])
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_no_turned_sample_is_judged_as_another_exercise_for_sure(
        recorded: SightingsOf, truth: TruthOf, name: str, quarters: int) -> None:
    measurer = Measurer()
    rows = [measurer(turned(sighting, quarters)) for sighting in recorded(name)]
    may_be = ["hip_hinge"] if name == "turned45" else [truth(name)["exercise"]]
    assert result(conclude(rows, None, name), 90 * quarters, may_be) not in (FALSE, WRONG)
