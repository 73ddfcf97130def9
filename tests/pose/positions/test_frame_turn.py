"""The turn of recorded samples as filmed and turned by quarters; balance of drawn bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from pose.frame.measure import Measurer, Row
from pose.positions.balance import assess_balance, share_leaning_back
from pose.positions.frame_turn import FrameTurn, estimate_turn
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.posed_people import Shape, drawn

MOVED = ("hinge_neutral", "hinge_mixed", "toe_touch_rounded", "squat_neutral", "squat_rounded", "forward_bend",
         "standing_stretch_hold", "hinge_hands_on_hips")
OTHERS = ("calf_raise", "chair_stretch", "doorway_70_bent_knee", "doorway_90", "doorway_other_leg_lifts",
          "hinge_squatted", "knee_to_chest", "lumbar_rotation", "prone_press_up", "seated_extension_good",
          "seated_extension_slump", "seated_floor_stretch", "sitting_slump", "standing_posture", "towel_80",
          "turned45", "wall_both_legs")


def turned(rows: Sequence[Row], quarters: int) -> list[Row]:
    """Return the same rows with their frames turned clockwise."""
    def around(points: np.ndarray) -> np.ndarray:
        for _ in range(quarters):
            points = np.stack([-points[:, 1], points[:, 0]], axis=1)
        return points

    return [row if row.landmarks_px is None else replace(row, landmarks_px=around(row.landmarks_px)) for row in rows]


@pytest.fixture(scope="module")
def rows_of(recorded: SightingsOf) -> Callable[[str], list[Row]]:
    def measured(name: str) -> list[Row]:
        measurer = Measurer()
        return [measurer(sighting) for sighting in recorded(name)]

    return measured


@pytest.mark.parametrize("name", [*MOVED, *OTHERS])
def test_frames_as_filmed_are_never_turned_and_never_turned_wrong(rows_of: Callable[[str], list[Row]],
                                                                  name: str) -> None:
    rows = rows_of(name)
    assert estimate_turn(rows) == FrameTurn()
    for quarters in (1, 2, 3):
        turn = estimate_turn(turned(rows, quarters))
        assert turn.turn_deg in (0, 360 - 90 * quarters) or not turn.sure


@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_bend_in_turned_frames_is_turned_back(rows_of: Callable[[str], list[Row]], name: str, quarters: int) -> None:
    assert estimate_turn(turned(rows_of(name), quarters)) == FrameTurn(360 - 90 * quarters)


def test_no_frames_are_not_turned() -> None:
    assert estimate_turn([]) == FrameTurn()


def points(*shapes: Shape) -> np.ndarray:
    return np.stack([drawn(shape).landmarks_px for shape in shapes]).astype(float)


def test_standing_is_supported_and_falling_is_not() -> None:
    assert assess_balance(points(Shape(), Shape()), upright=True).supported == 1
    fallen = Shape(trunk=150, thighs=(-60, -60), shanks=(-60, -60), face_right=True)
    assert assess_balance(points(fallen), upright=True).supported == 0


def test_the_floor_moves_where_the_hips_sink_into_it() -> None:
    flat = Shape(trunk=180, thighs=(0, 0), shanks=(0, 0))
    sunk = Shape(trunk=90, thighs=(25, 25), shanks=(-5, -5))
    still = assess_balance(points(*[flat] * 5), upright=False)
    sinking = np.concatenate([points(*[flat] * 5), points(*[sunk] * 5) + np.array([0, 60])])
    moved = assess_balance(sinking, upright=False)
    assert still.floor_travel == 0
    assert moved.floor_travel > 0.2


@pytest.mark.parametrize(("trunk", "share"), [(90, 0), (78, 0), (102, 0), (125, 1), (45, 0)])
def test_nobody_leans_back_that_far(trunk: float, share: float) -> None:
    assert share_leaning_back(points(Shape(trunk=trunk))) == share
