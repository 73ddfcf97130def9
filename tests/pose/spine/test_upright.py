"""The upright intervals of a clip against each other, in rows whose intervals are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pose.frame.measure import Measurer, Row
from pose.spine.neutral import find_neutral, normalised_pose
from pose.spine.upright import select_upright, split_intervals
from tests.helpers.fixture_types import SightingsOf

LENGTHS = ("thigh_px", "shank_px", "trunk_px", "hip_over_ankle_px", "reach_px")


@pytest.fixture
def quiet(recorded: SightingsOf) -> list[Row]:
    """Somebody standing still for a second."""
    measure = Measurer()
    return [measure(sighting) for sighting in recorded("hinge_mixed") if sighting.time_s < 1.0]


def at(rows: list[Row], start_s: float, **changes: float) -> list[Row]:
    """Return the same frames at another time, with some quantities changed."""
    return [replace(row, time_s=row.time_s + start_s, **changes) for row in rows]  # type: ignore[arg-type]


def test_intervals_are_split_where_the_person_was_not_upright(quiet: list[Row]) -> None:
    intervals = split_intervals([*quiet, *at(quiet, 5.0), *at(quiet, 9.0)])
    assert [round(run[0].time_s) for run in intervals] == [0, 5, 9]


def test_an_interval_that_differs_is_excluded(quiet: list[Row]) -> None:
    """A plate over the hips: the outline lies a fifth of the leg behind the back from there to the waist."""
    bulge = np.where((np.arange(24) >= 5) & (np.arange(24) < 14), 35.0, 0.0)
    covered = [replace(row, time_s=row.time_s + 10, reach_px=row.reach_px + bulge) for row in quiet]
    good = [*quiet, *at(quiet, 5.0), *at(quiet, 15.0)]
    selection = select_upright(sorted([*good, *covered], key=lambda row: row.time_s), normalised_pose)
    assert [round(begin) for begin in selection.excluded_s] == [10]
    assert normalised_pose(selection.rows).reach_px == pytest.approx(normalised_pose(good).reach_px)
    assert selection.uncertainty_deg < 1


def test_intervals_that_disagree_widen_the_band(quiet: list[Row]) -> None:
    other = [replace(row, time_s=row.time_s + 10, reach_px=row.reach_px + np.linspace(-12, 12, 24)) for row in quiet]
    same = select_upright([*quiet, *at(quiet, 5.0)], normalised_pose)
    different = select_upright([*quiet, *other], normalised_pose)
    assert same.uncertainty_deg == pytest.approx(0, abs=0.3)
    assert different.uncertainty_deg > 2
    assert not different.excluded_s, "of two intervals either may be wrong"


@pytest.mark.parametrize("size", [0.5, 0.8, 1.5])
def test_a_person_who_came_nearer_has_the_same_neutral_pose(quiet: list[Row], size: float) -> None:
    near = [replace(row, time_s=row.time_s + 10, **{name: getattr(row, name) * size for name in LENGTHS})
            for row in quiet]
    both = find_neutral([*quiet, *near])
    assert both is not None
    assert both.uncertainty_deg == pytest.approx(0, abs=0.3)
    alone = find_neutral(quiet)
    assert alone is not None
    in_legs, as_alone = (neutral.pose.reach_px / neutral.pose.leg_px for neutral in (both, alone))
    assert in_legs == pytest.approx(as_alone, abs=1e-3)


@pytest.mark.parametrize("scale_px", [4, 6, 8])
def test_one_interval_that_nothing_confirms_is_not_used_alone(quiet: list[Row], scale_px: float) -> None:
    """The formula reads a pose against another one a little differently than the other way round."""
    for seed in range(60):
        rng = np.random.default_rng(seed)
        bulges = rng.normal(0, scale_px, (3, 1)) * np.linspace(-1, 1, 24) + rng.normal(0, scale_px / 2, (3, 24))
        rows = [replace(row, time_s=row.time_s + start_s, reach_px=row.reach_px + bulge)
                for start_s, bulge in zip((0.0, 0.97, 5.0, 10.0), bulges[[0, 0, 1, 2]], strict=True)
                for row in quiet if start_s < 5 or row.time_s < 0.5]
        assert len(select_upright(rows, normalised_pose).excluded_s) < 2
