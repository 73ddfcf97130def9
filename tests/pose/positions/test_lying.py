"""Drawn people on their backs with known legs: mirrored, tilted, swapped, on their side, never flat, face down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pose.arrays import FloatArray
from pose.frame.measure import Measurer, Row
from pose.frames import Pose, Sighting
from pose.landmarks import PAIRS
from pose.positions.assemble import assemble
from pose.positions.leg_raise import LEG_UNCLEAR, NEVER_FLAT, measure_supine
from pose.reason import Reason, ReasonKind
from pose.track import Track
from tests.helpers import stick_figure

Leg = tuple[float, float]  # raise, knee flexion
FLAT: Leg = (0.0, 0.0)
FPS = 15.0
#: Error of the formula, which is fitted to the model's biased hip point, on a drawn skeleton.
CLOSE_DEG = 4.0


def lying(left: Leg, right: Leg, feet: int = 1, turn_deg: float = 0.0, face_up: bool = True) -> Pose:
    """Build a person on the back in exact side view, the feet to the right (1) or left (-1), the frame turned."""
    front = 1.0 if face_up else -1.0

    def step(raised_deg: float, length: float) -> FloatArray:
        angle = np.radians(raised_deg)
        return np.array([feet * np.cos(angle), -front * np.sin(angle)]) * length

    hip = np.array([320.0, 260.0])
    shoulder = hip - step(0, 110)
    ear = shoulder - step(0, 30)
    points = np.tile(ear - (0, front * 15), (33, 1))  # nose, eyes and mouth look away from the floor
    points[list(PAIRS["ear"])] = ear
    for joint in ("shoulder", "elbow", "wrist", "hip"):
        points[list(PAIRS[joint])] = hip if joint == "hip" else shoulder
    for side, (raised, knee) in enumerate((left, right)):
        bent = hip + step(raised, 90)
        ankle = bent + step(raised - knee, 90)
        for joint, place in (("knee", bent), ("ankle", ankle), ("heel", ankle), ("foot_index", ankle)):
            points[PAIRS[joint][side]] = place
    turn = np.radians(turn_deg)
    around = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = hip + (points - hip) @ around.T
    return Pose(points.astype(np.float32), np.zeros(33, np.float32), np.ones(33, np.float32),
                stick_figure.side_on_world().astype(np.float32), np.zeros((48, 64), np.uint8), 0.1)


def swapped(pose: Pose) -> Pose:
    """Return the same pose with the names of the two legs exchanged."""
    points = pose.landmarks_px.copy()
    for joint in ("hip", "knee", "ankle", "heel", "foot_index"):
        left, right = PAIRS[joint]
        points[[left, right]] = points[[right, left]]
    return Pose(points, pose.depth_px, pose.visibility, pose.world_m, pose.mask, pose.mask_scale)


def rows_of(poses: Sequence[Pose]) -> list[Row]:
    measurer = Measurer()
    return [measurer(Sighting(number, number / FPS, stick_figure.SIZE_PX, pose)) for number, pose in enumerate(poses)]


def filmed(left: Leg, right: Leg, flat_s: float = 2.0, hold_s: float = 4.0, **how: float | bool) -> list[Pose]:
    """Build poses: flat, a rise of one second, a hold."""
    share = np.concatenate([np.zeros(round(flat_s * FPS)), np.linspace(0, 1, round(FPS) if flat_s else 0),
                            np.ones(round(hold_s * FPS))])
    return [lying((left[0] * part, left[1] * part), (right[0] * part, right[1] * part), **how)  # type: ignore[arg-type]
            for part in share]


def held(track: Track, name: str) -> float:
    """Return the value half-way through the hold."""
    return float(track.columns[name][-round(2 * FPS)])


@pytest.mark.parametrize("feet", [1, -1])
@pytest.mark.parametrize("turn_deg", [-12.0, 0.0, 8.0])
@pytest.mark.parametrize("raised", [30.0, 60.0, 90.0])
def test_raise_against_the_persons_flat_line(raised: float, turn_deg: float, feet: int) -> None:
    track, neutral = assemble(rows_of(filmed((raised, 25.0), FLAT, feet=feet, turn_deg=turn_deg)))
    assert neutral is None
    assert held(track, "leg_raise_deg") == pytest.approx(raised, abs=CLOSE_DEG)
    assert held(track, "left_leg_raise_deg") == held(track, "leg_raise_deg")
    assert held(track, "right_leg_raise_deg") == pytest.approx(0, abs=1)
    assert held(track, "resting_leg_lift_deg") == pytest.approx(0, abs=1)
    assert held(track, "raised_knee_flexion_deg") == pytest.approx(25, abs=2)
    assert held(track, "knee_flexion_deg") == held(track, "raised_knee_flexion_deg")
    assert held(track, "resting_knee_flexion_deg") == pytest.approx(0, abs=1)
    assert np.abs(track.columns["leg_raise_deg"][: round(1.5 * FPS)]).max() < 1, "flat is zero"


def test_other_leg() -> None:
    track, _ = assemble(rows_of(filmed(FLAT, (85.0, 0.0))))
    assert held(track, "right_leg_raise_deg") == pytest.approx(85, abs=CLOSE_DEG)
    bent, _ = assemble(rows_of(filmed((28.0, 50.0), (85.0, 0.0))))
    assert held(bent, "resting_leg_raise_deg") == pytest.approx(28, abs=CLOSE_DEG)
    assert held(bent, "resting_leg_lift_deg") == pytest.approx(50, abs=3), "the knee counts as well as the thigh"
    assert held(bent, "leg_raise_deg") == pytest.approx(85, abs=CLOSE_DEG)


def test_swapped_legs_are_undone() -> None:
    poses = filmed((70.0, 10.0), FLAT)
    plain, _ = assemble(rows_of(poses))
    flipped, _ = assemble(rows_of([swapped(pose) if number % 4 == 0 else pose for number, pose in enumerate(poses)]))
    for name in ("leg_raise_deg", "left_leg_raise_deg", "right_leg_raise_deg", "raised_knee_flexion_deg"):
        late = slice(round(2.5 * FPS), None)
        np.testing.assert_allclose(flipped.columns[name][late], plain.columns[name][late], atol=0.5, err_msg=name)


def test_a_leg_of_unclear_side_has_no_side() -> None:
    poses = filmed((70.0, 0.0), FLAT)
    track, _ = assemble(rows_of([swapped(pose) if number % 2 else pose for number, pose in enumerate(poses)]))
    assert np.isnan(held(track, "left_leg_raise_deg"))
    assert track.why_unmeasured("left_leg_raise_deg", 4, 6) == LEG_UNCLEAR
    assert held(track, "leg_raise_deg") == pytest.approx(70, abs=CLOSE_DEG), "its height is measured all the same"


def test_one_side_after_the_other() -> None:
    poses = filmed((70.0, 0.0), FLAT) + filmed(FLAT, (50.0, 0.0))
    track, _ = assemble(rows_of(poses))
    assert track.columns["left_leg_raise_deg"][round(5 * FPS)] == pytest.approx(70, abs=CLOSE_DEG)
    assert held(track, "right_leg_raise_deg") == pytest.approx(50, abs=CLOSE_DEG)
    assert held(track, "left_leg_raise_deg") == pytest.approx(0, abs=1)


@pytest.mark.parametrize("turn_deg", [90.0, -90.0])
def test_frames_on_their_side(turn_deg: float) -> None:
    track, _ = assemble(rows_of(filmed((80.0, 5.0), FLAT, turn_deg=turn_deg)))
    assert held(track, "left_leg_raise_deg") == pytest.approx(80, abs=CLOSE_DEG)
    assert held(track, "resting_leg_lift_deg") == pytest.approx(0, abs=1)


def test_never_flat_widens_the_band_and_adds_a_note() -> None:
    flat, _ = assemble(rows_of(filmed((80.0, 0.0), (80.0, 0.0))))
    track, _ = assemble(rows_of(filmed((80.0, 0.0), (80.0, 0.0), flat_s=0.0)))
    assert held(track, "leg_raise_deg") == pytest.approx(80, abs=CLOSE_DEG + 4)
    assert track.notes == (NEVER_FLAT,)
    assert flat.notes == ()
    assert track.uncertainty["leg_raise_deg"][-5] > flat.uncertainty["leg_raise_deg"][-5]


def test_face_down_is_not_on_the_back() -> None:
    assert measure_supine(rows_of(filmed(FLAT, FLAT, face_up=False))) is None
    assert measure_supine(rows_of(filmed(FLAT, FLAT))) is not None
    assert measure_supine([]) is None


def test_standing_has_no_leg_raise_and_lying_no_spine() -> None:
    upright = [stick_figure.pose(stick_figure.joints(trunk=trunk)) for trunk in np.linspace(0, 95, 40)]
    standing, neutral = assemble(rows_of(upright))
    assert neutral is not None
    assert np.isnan(standing.columns["leg_raise_deg"]).all()
    assert standing.why_unmeasured("leg_raise_deg", 0, 9) == Reason.of(ReasonKind.NEVER_IN_POSITION, position="supine")
    track, _ = assemble(rows_of(filmed((60.0, 0.0), FLAT)))
    for name in ("spine_flexion_deg", "hip_flexion_deg", "bend_deg"):
        assert np.isnan(track.columns[name]).all()
        assert track.why_unmeasured(name, 0, 9) == Reason.of(ReasonKind.OTHER_POSITION, position="supine")


def test_frames_without_a_person_are_gaps() -> None:
    poses = filmed((60.0, 0.0), FLAT)
    rows = rows_of(poses)
    measurer = Measurer()
    with_gap = [measurer(Sighting(row.index, row.time_s, stick_figure.SIZE_PX, None)) if 4 < row.time_s < 5 else row
            for row in rows]
    track, _ = assemble(with_gap)
    assert np.isnan(track.columns["leg_raise_deg"][round(4.5 * FPS)])
    assert held(track, "leg_raise_deg") == pytest.approx(60, abs=CLOSE_DEG)
