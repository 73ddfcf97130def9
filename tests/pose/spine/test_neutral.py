"""The person's neutral pose from a clip of rows whose neutral pose is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pose.frame.contour import COUNT
from pose.frame.measure import Row
from pose.frame.view import View
from pose.reason import Reason, ReasonKind
from pose.spine.fit import typical_pose
from pose.spine.neutral import find_neutral

UPRIGHT = Row(0, 0.0, 1, View(), thigh_pitch_deg=-4.0, shank_pitch_deg=3.0, trunk_pitch_deg=2.0, neck_pitch_deg=20.0,
            thigh_px=90.0, shank_px=85.0, trunk_px=110.0, hip_over_ankle_px=-2.0,
            reach_px=np.linspace(20, 40, COUNT), back_px=np.zeros((COUNT, 2)))
BEND = (0.0, 15.0, 40.0, 65.0, 80.0, 80.0, 60.0, 30.0, 10.0)


def clip(bends: list[float], noise: float = 0.0, fps: float = 10.0) -> list[Row]:
    """Build rows of a person who bends by these angles (trunk forward, thighs back a little); the outline follows."""
    rng = np.random.default_rng(2)
    rows = []
    for number, bend in enumerate(bends):
        rows.append(replace(
            UPRIGHT, index=number, time_s=number / fps,
            trunk_pitch_deg=2.0 + 0.9 * bend + rng.normal(0, noise), thigh_pitch_deg=-4.0 - 0.1 * bend,
            trunk_px=110.0 - 0.1 * bend, reach_px=UPRIGHT.reach_px + 0.2 * bend + rng.normal(0, noise, COUNT)))
    return rows


@pytest.mark.parametrize("standing", [4, 20, 100])
@pytest.mark.parametrize("first", [True, False])
def test_the_neutral_pose_is_found_wherever_it_is(standing: int, first: bool) -> None:
    reps = list(BEND) * 3
    neutral = find_neutral(clip([0.0] * standing + reps if first else reps + [0.0] * standing))
    assert neutral is not None
    assert neutral.personal
    assert neutral.note is None
    assert neutral.seconds == pytest.approx(standing / 10, abs=0.6)
    pose = neutral.pose
    assert pose.trunk_pitch_deg == pytest.approx(2.0, abs=1e-6)
    assert (pose.thigh_pitch_deg, pose.trunk_px, pose.leg_px) == pytest.approx((-4.0, 110.0, 175.0))
    assert pose.reach_px == pytest.approx(UPRIGHT.reach_px)


def test_many_noisy_frames_give_a_precise_pose() -> None:
    neutral = find_neutral(clip([0.0] * 60 + list(BEND) * 3, noise=1.5))
    assert neutral is not None
    assert neutral.pose.trunk_pitch_deg == pytest.approx(2.0, abs=1.0)
    assert neutral.pose.reach_px == pytest.approx(UPRIGHT.reach_px, abs=1.2)


def test_an_arm_over_the_back_in_half_of_the_frames_leaves_no_gap() -> None:
    rows = clip([0.0] * 30)
    for row in rows[::2]:
        row.reach_px[8:14] = np.nan
    neutral = find_neutral(rows)
    assert neutral is not None
    assert neutral.pose.reach_px == pytest.approx(UPRIGHT.reach_px)


def test_a_station_that_is_never_visible_is_unmeasured() -> None:
    rows = clip([0.0] * 30)
    for row in rows:
        row.reach_px[5] = np.nan
    neutral = find_neutral(rows)
    assert neutral is not None
    assert np.flatnonzero(np.isnan(neutral.pose.reach_px)).tolist() == [5]


@pytest.mark.parametrize("bends", [[70.0] * 40, [35.0, 50.0, 80.0, 60.0] * 10])
def test_never_upright_gets_a_typical_pose_and_says_so(bends: list[float]) -> None:
    neutral = find_neutral(clip(bends))
    assert neutral is not None
    assert (neutral.personal, neutral.seconds) == (False, 0.0)
    assert neutral.note == Reason(ReasonKind.NEVER_UPRIGHT)
    assert neutral.pose.leg_px == pytest.approx(175, rel=0.15), "in this person's size"


def test_one_upright_frame_is_not_enough() -> None:
    """One upright frame in a clip of bending, a thirtieth of a second long."""
    neutral = find_neutral(clip([60.0] * 90 + [0.0] + [60.0] * 90, fps=30.0))
    assert neutral is not None
    assert not neutral.personal


def test_lying_flat_is_not_standing_tall() -> None:
    """Trunk and thigh in one line, but level."""
    lying = [replace(row, trunk_pitch_deg=88.0, thigh_pitch_deg=86.0) for row in clip([0.0] * 40)]
    neutral = find_neutral(lying)
    assert neutral is not None
    assert not neutral.personal


def test_no_person_gives_no_neutral() -> None:
    unseen = [replace(row, view=View(problem=Reason(ReasonKind.NO_PERSON))) for row in clip([0.0] * 10)]
    hidden = [replace(row, reach_px=np.full(COUNT, np.nan)) for row in clip([0.0] * 10)]
    assert find_neutral([]) is find_neutral(unseen) is find_neutral(hidden) is None


def test_the_typical_pose_grows_with_the_legs() -> None:
    small, large = typical_pose(100.0), typical_pose(250.0)
    assert large["trunk_px"] == pytest.approx(2.5 * small["trunk_px"])
    assert large["reach_px"] == pytest.approx(2.5 * small["reach_px"])
    assert large["trunk_pitch_deg"] == small["trunk_pitch_deg"]
    assert small["thigh_px"] + small["shank_px"] == pytest.approx(100, rel=0.1)
    assert small["reach_px"].shape == (COUNT,)
