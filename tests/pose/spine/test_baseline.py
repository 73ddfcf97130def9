"""Stands of a clip against each other, made of rows whose stands are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pose.frame.measure import Measurer, Row
from pose.frames import Sighting
from pose.spine.baseline import agreement, stands
from pose.spine.neutral import find_neutral, stand_of_one_size

LENGTHS = ("thigh_px", "shank_px", "trunk_px", "hip_over_ankle_px", "reach_px")


@pytest.fixture
def quiet(recorded: Callable[[str], tuple[Sighting, ...]]) -> list[Row]:
    """Somebody standing still for a second."""
    measure = Measurer()
    return [measure(one) for one in recorded("hinge_mixed") if one.time_s < 1.0]


def at(rows: list[Row], start_s: float, **changes: float) -> list[Row]:
    """The same stand at another time, with something about it changed."""
    return [replace(row, time_s=row.time_s + start_s, **changes) for row in rows]  # type: ignore[arg-type]


def test_stands_are_split_where_the_person_left_them(quiet: list[Row]) -> None:
    runs = stands([*quiet, *at(quiet, 5.0), *at(quiet, 9.0)])
    assert [round(run[0].time_s) for run in runs] == [0, 5, 9]


def test_a_stand_that_reads_otherwise_is_left_out(quiet: list[Row]) -> None:
    """A plate over the hips: the outline lies far behind the back from there to the waist."""
    bulge = np.where((np.arange(24) >= 5) & (np.arange(24) < 14), 20.0, 0.0)
    covered = [replace(row, time_s=row.time_s + 10, reach_px=row.reach_px + bulge) for row in quiet]
    good = [*quiet, *at(quiet, 5.0), *at(quiet, 15.0)]
    found = agreement(sorted([*good, *covered], key=lambda row: row.time_s), stand_of_one_size)
    assert [round(begin) for begin in found.left_out_s] == [10]
    assert stand_of_one_size(found.rows).reach_px == pytest.approx(stand_of_one_size(good).reach_px)
    assert found.uncertainty_deg < 1


def test_stands_that_disagree_make_the_zero_less_sure(quiet: list[Row]) -> None:
    other = [replace(row, time_s=row.time_s + 10, reach_px=row.reach_px + np.linspace(-12, 12, 24)) for row in quiet]
    one = agreement([*quiet, *at(quiet, 5.0)], stand_of_one_size)
    two = agreement([*quiet, *other], stand_of_one_size)
    assert one.uncertainty_deg == pytest.approx(0, abs=0.3)
    assert two.uncertainty_deg > 2
    assert not two.left_out_s, "of two nobody knows which"


@pytest.mark.parametrize("size", [0.5, 0.8, 1.5])
def test_a_person_who_came_nearer_has_the_same_stand(quiet: list[Row], size: float) -> None:
    near = [replace(row, time_s=row.time_s + 10, **{name: getattr(row, name) * size for name in LENGTHS})
            for row in quiet]
    found = find_neutral([*quiet, *near])
    assert found is not None
    assert found.uncertainty_deg == pytest.approx(0, abs=0.3)
    alone = find_neutral(quiet)
    assert alone is not None
    in_legs, as_alone = (one.stand.reach_px / one.stand.leg_px for one in (found, alone))
    assert in_legs == pytest.approx(as_alone, abs=1e-3)
