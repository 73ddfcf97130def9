"""Yaw, camera pitch, size and completeness of built people turned and tilted by known angles."""

from __future__ import annotations

import numpy as np
import pytest

from pose.frame.measure import Measurer
from pose.frame.skeleton import Skeleton
from pose.frame.view import View, ViewLimits, assess_view, looking_down_deg, turned_deg
from pose.frames import Pose
from pose.positions.assemble import assemble
from pose.reason import Reason, ReasonKind
from tests.helpers.stick_figure import SIZE_PX, joints, pose, side_on_world, sighting, tilted, turned

HIP_AND_BELOW = ("hip", "knee", "ankle", "heel", "foot_index")


def view_of(built: Pose, people: int = 1) -> View:
    return assess_view(sighting(built, people=people), Skeleton.of(built, 1), ViewLimits())


@pytest.mark.parametrize("degrees", [0, 10, 25, 38, 45, 70, 90])
def test_turned_by_a_known_angle(degrees: float) -> None:
    for sign in (1, -1):
        built = pose(joints(), world_m=turned(side_on_world(), sign * degrees))
        assert turned_deg(built) == pytest.approx(degrees, abs=0.01)
        other_side = pose(joints(), world_m=turned(side_on_world(), 180 + sign * degrees))
        assert turned_deg(other_side) == pytest.approx(degrees, abs=0.01), "facing left is side-on too"


def test_shoulders_and_hips_count_together() -> None:
    """Turning the shoulders alone, as in looking round, turns the person less."""
    world = side_on_world()
    twisted = turned(world, 40)
    twisted[23:25] = world[23:25]  # the hips stay
    assert 10 < turned_deg(pose(joints(), world_m=twisted)) < 35


@pytest.mark.parametrize("degrees", [-30, -10, 0, 12, 40])
def test_looking_down_by_a_known_angle(degrees: float) -> None:
    built = pose(joints(), world_m=tilted(side_on_world(), degrees))
    assert looking_down_deg(built) == pytest.approx(degrees, abs=0.01)


def test_turning_is_not_looking_down() -> None:
    for degrees in (20, 60):
        assert looking_down_deg(pose(joints(), world_m=turned(side_on_world(), degrees))) == pytest.approx(0, abs=0.01)
        assert turned_deg(pose(joints(), world_m=tilted(side_on_world(), degrees))) == pytest.approx(0, abs=0.01)


def test_a_whole_person_alone_is_fine() -> None:
    view = view_of(pose(joints()))
    assert (view.problem, view.doubt) == (None, None)
    assert view.height_px == pytest.approx(90 + 90 + 110 + 30, abs=0.01)


def test_bending_does_not_make_a_person_smaller() -> None:
    assert view_of(pose(joints(95, -20))).height_px == pytest.approx(view_of(pose(joints())).height_px, abs=0.01)


@pytest.mark.parametrize(("parts", "moved"), [
    (("feet",), ("ankle", "heel", "foot_index")), (("head",), ("ear",)), (("shoulders",), ("shoulder",)),
    (("hips", "knees", "feet"), HIP_AND_BELOW)])
def test_what_is_cut_off_is_named(parts: tuple[str, ...], moved: tuple[str, ...]) -> None:
    points = joints()
    down = (0, 900) if parts != ("head",) else (0, -900)
    view = view_of(pose({name: place + (down if name in moved else 0) for name, place in points.items()}))
    assert view.problem == Reason.of(ReasonKind.CUT_OFF, parts=parts)


def test_a_joint_just_beyond_the_edge_is_not_cut_off() -> None:
    points = joints()
    low = {name: place + np.array([0, SIZE_PX[1] + 5 - points["ankle"][1]]) for name, place in points.items()}
    assert view_of(pose(low)).problem is None


def test_no_person_other_people_and_far_away() -> None:
    assert assess_view(sighting(None), None, ViewLimits()).problem == Reason(ReasonKind.NO_PERSON)
    assert np.isnan(assess_view(sighting(None), None, ViewLimits()).turned_deg)
    two = view_of(pose(joints()), people=2)
    assert (two.problem, two.doubt) == (None, Reason.of(ReasonKind.OTHER_PEOPLE, people=2)), "tracked, but not judged"
    small = view_of(pose({name: place * 0.2 for name, place in joints().items()}))
    assert small.doubt == Reason.of(ReasonKind.TOO_SMALL, height_px=64)


def clip(degrees: list[float], down: float = 0.0) -> tuple[set[Reason | None], np.ndarray]:
    """Reasons of a clip of a standing person, one entry a tenth of a second; and the spine's column."""
    measure = Measurer()
    worlds = [tilted(turned(side_on_world(), turn), down) for turn in degrees]
    rows = [measure(sighting(pose(joints(2, 0), world_m=world), number, number / 10))
            for number, world in enumerate(worlds)]
    track, _ = assemble(rows)
    return set(track.reasons["spine_flexion_deg"].tolist()), track.columns["spine_flexion_deg"]


def test_side_on_and_half_turned_are_judged_and_further_is_not() -> None:
    for turn in (5.0, 45.0):
        reasons, spine = clip([turn] * 40)
        assert reasons == {None}
        assert np.isfinite(spine).all()
    reasons, spine = clip([55.0] * 40)
    assert reasons == {Reason.of(ReasonKind.TURNED, turned_deg=55)}
    assert np.isnan(spine).all()


def test_a_single_frame_is_no_turn() -> None:
    noisy = [5.0] * 40
    noisy[20] = 80.0
    assert clip(noisy)[0] == {None}


def test_a_person_who_turns_half_way_through_is_judged_until_then() -> None:
    reasons, spine = clip([5.0] * 40 + [70.0] * 30)
    assert len(reasons) == 2
    assert np.isfinite(spine[:30]).all()
    assert np.isnan(spine[50:]).all()


def test_a_camera_from_above_is_refused() -> None:
    assert clip([3.0] * 30, down=45)[0] == {Reason.of(ReasonKind.NOT_LEVEL, looking_down_deg=45)}
