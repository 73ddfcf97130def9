"""Drawn people in each position, facing either way: classified and measured as drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from exercises.reason_words import clause
from pose.landmarks import PAIRS
from pose.positions.assemble import assemble
from pose.positions.position import classify_position
from pose.positions.prone import NEVER_FLAT
from pose.quantity import Position
from pose.reason import Reason, ReasonKind
from tests.helpers.posed_people import Shape, between, rows_of

STANDING = Shape()
HINGE = Shape(trunk=10, thighs=(-100, -100))
SQUAT = Shape(trunk=60, thighs=(-20, -20), shanks=(-110, -110))
SITTING = Shape(thighs=(0, 0))
ONE_LEG_UP = Shape(thighs=(0, 0), shanks=(0, -90))
ON_FLOOR = Shape(thighs=(0, 0), shanks=(0, 0))
FOLDED_ON_FLOOR = Shape(trunk=25, thighs=(0, 0), shanks=(0, 0))
ON_HEELS = Shape(thighs=(0, 0), shanks=(170, 170))
BOWED = Shape(trunk=5, thighs=(10, 10), shanks=(170, 170))
ON_ALL_FOURS = Shape(trunk=10, thighs=(-90, -90), shanks=(180, 180))
PRONE = Shape(trunk=180, thighs=(0, 0), shanks=(0, 0), face_up=False)
SUPINE = Shape(trunk=180, thighs=(0, 0), shanks=(0, 0), face_up=True)
IN_FRONT = Shape(thighs=(-90, -90), shoulder_px=40, from_front=True)


LIFT_BOTTOM = Shape(trunk=20, thighs=(-155, -150), shanks=(-70, -75))
COBRA = Shape(trunk=130, thighs=(15, 15), shanks=(5, 5), face_right=False)
PLANK = Shape(trunk=150, thighs=(-28, -28), shanks=(-25, -25), face_up=False)
BRIDGE_ON_HANDS = Shape(trunk=-40, thighs=(-120, -120), shanks=(-120, -120), face_up=False)
CHILDS_POSE = Shape(trunk=-12, thighs=(-45, -42), shanks=(172, 173), face_up=False)
KNEE_UP = Shape(thighs=(40, 3), shanks=(-75, -4))
LEG_ON_A_CHAIR = Shape(thighs=(0, 0), shanks=(-5, -90))
HALF_KNEELING = Shape(trunk=10, thighs=(-83, -24), shanks=(165, -35))


def mirrored(shape: Shape) -> Shape:
    """Return the same person facing the other way."""
    return replace(shape, face_right=not shape.face_right, trunk=180 - shape.trunk,
                   thighs=tuple(180 - a for a in shape.thighs), shanks=tuple(180 - a for a in shape.shanks))


@pytest.mark.parametrize(("shape", "expected"), [
    (STANDING, Position.STANDING), (SITTING, Position.SITTING), (ONE_LEG_UP, Position.SITTING),
    (ON_FLOOR, Position.LONG_SITTING), (FOLDED_ON_FLOOR, Position.LONG_SITTING), (ON_HEELS, Position.KNEELING),
    (BOWED, Position.KNEELING), (PRONE, Position.PRONE), (SUPINE, Position.SUPINE),
])
@pytest.mark.parametrize("mirror", [False, True])
def test_each_position_is_classified(shape: Shape, expected: Position, mirror: bool) -> None:
    assert classify_position(rows_of((mirrored(shape) if mirror else shape, 2))) is expected


@pytest.mark.parametrize(("parts", "expected"), [
    (((LIFT_BOTTOM, 4), (STANDING, 0.5)), Position.STANDING),
    (((LIFT_BOTTOM, 4),), Position.STANDING),
    (((PLANK, 2), (PRONE, 1), (COBRA, 4)), Position.PRONE),
    (((CHILDS_POSE, 3),), Position.KNEELING),
    (((KNEE_UP, 3),), Position.LONG_SITTING),
    (((STANDING, 1), (SITTING, 6)), Position.SITTING),
    (((LEG_ON_A_CHAIR, 3),), Position.SITTING),
    (((HALF_KNEELING, 3),), None),
])
@pytest.mark.parametrize("mirror", [False, True])
def test_positions_that_votes_of_frames_alone_confuse(parts: tuple[tuple[Shape, float], ...], expected: Position | None,
                                           mirror: bool) -> None:
    """Drawn after real clips in which a count of frames was wrong."""
    assert classify_position(rows_of(*((mirrored(shape) if mirror else shape, s) for shape, s in parts))) is expected


def test_a_body_between_hands_and_feet_does_not_stand() -> None:
    shapes = rows_of((BRIDGE_ON_HANDS, 2))
    for row in shapes:
        row.landmarks_px[list(PAIRS["wrist"])] = row.landmarks_px[list(PAIRS["ankle"])] + (240, 5)
    assert classify_position(shapes) is None


def test_frames_cut_off_below_the_chest_do_not_decide() -> None:
    """A cut-off body has guessed legs: they point straight down."""
    talking = [replace(row, view=replace(row.view, problem=Reason.of(ReasonKind.CUT_OFF, parts=("hips",))))
               for row in rows_of((STANDING, 6))]
    assert classify_position([*talking, *rows_of((ON_FLOOR, 3))]) is Position.LONG_SITTING


@pytest.mark.parametrize(("deep", "expected"), [(SQUAT, Position.STANDING), (HINGE, Position.STANDING)])
def test_the_bottom_of_a_squat_is_not_a_seat(deep: Shape, expected: Position) -> None:
    assert classify_position(rows_of((STANDING, 1), (deep, 2))) is expected


def test_no_frames_have_no_position() -> None:
    assert classify_position([]) is None


def test_a_camera_in_front_is_detected_and_measures_no_back() -> None:
    track, _ = assemble(rows_of((IN_FRONT, 3)))
    assert track.facing_camera
    assert np.isnan(track.columns["spine_flexion_deg"]).all()
    side, _ = assemble(rows_of((SITTING, 3)))
    assert not side.facing_camera
    assert side.why_unmeasured("turn_deg", 0, 9) == Reason(ReasonKind.NOT_IN_FRONT)


@pytest.mark.parametrize("turn", [-50.0, -25.0, 25.0, 50.0])
def test_a_turn_of_the_shoulders_has_size_and_side(turn: float) -> None:
    turned = replace(IN_FRONT, shoulders_turned=turn)
    rows = rows_of((IN_FRONT, 3), *between(IN_FRONT, turned, 1), (turned, 3))
    track, _ = assemble(rows)
    end = track.between(5, 6.5)
    assert np.median(track.columns["turn_deg"][end]) == pytest.approx(abs(turn), abs=3)
    working, idle = ("left", "right") if turn > 0 else ("right", "left")
    assert np.median(track.columns[f"{working}_turn_deg"][end]) == pytest.approx(abs(turn), abs=3)
    assert np.median(track.columns[f"{idle}_turn_deg"][end]) == pytest.approx(0, abs=1)
    assert np.nanmedian(track.columns["turn_deg"][track.between(0.5, 2.5)]) == pytest.approx(0, abs=2)


@pytest.mark.parametrize("raised", [15.0, 35.0])
@pytest.mark.parametrize("mirror", [False, True])
def test_a_press_up_lifts_the_chest_and_not_the_pelvis(raised: float, mirror: bool) -> None:
    up = replace(PRONE, trunk=180 - raised)
    shapes = [mirrored(PRONE), mirrored(up)] if mirror else [PRONE, up]
    track, _ = assemble(rows_of((shapes[0], 2), *between(*shapes, 1), (shapes[1], 2)))
    assert track.position is Position.PRONE
    held = track.between(3.5, 5)
    assert np.median(track.columns["trunk_raise_deg"][held]) == pytest.approx(raised, abs=1)
    assert np.median(track.columns["pelvis_lift_deg"][held]) == pytest.approx(0, abs=1)


def test_never_flat_face_down_adds_a_note() -> None:
    flat, _ = assemble(rows_of((PRONE, 3), (replace(PRONE, trunk=150), 2)))
    lifted, _ = assemble(rows_of((replace(PRONE, trunk=150), 5)))
    assert (flat.position, flat.notes) == (Position.PRONE, ())
    assert (lifted.position, lifted.notes) == (Position.PRONE, (NEVER_FLAT,))


def test_a_lifted_pelvis_is_measured() -> None:
    plank = replace(PRONE, trunk=160, thighs=(-20, -20))
    track, _ = assemble(rows_of((PRONE, 2), *between(PRONE, plank, 1), (plank, 2)))
    held = track.between(3.5, 5)
    assert np.median(track.columns["pelvis_lift_deg"][held]) == pytest.approx(20, abs=1)


@pytest.mark.parametrize("start", [ON_HEELS, ON_ALL_FOURS])
def test_a_fold_counts_from_the_heels_and_from_all_fours(start: Shape) -> None:
    track, _ = assemble(rows_of((start, 2), *between(start, BOWED, 1), (BOWED, 3)))
    flexion = track.columns["hip_flexion_deg"]
    assert np.median(flexion[track.between(0.5, 1.5)]) == pytest.approx(90 if start is ON_HEELS else 80, abs=2)
    assert np.median(flexion[track.between(3.5, 6)]) == pytest.approx(175, abs=2)


def test_a_kneeling_frame_with_confused_legs_is_unmeasured() -> None:
    lost = Shape(trunk=5, thighs=(-150, 30), shanks=(170, 170))
    track, _ = assemble(rows_of((ON_HEELS, 3), (BOWED, 3), (lost, 1), (BOWED, 2)))
    assert np.isnan(track.columns["hip_flexion_deg"][track.between(6.3, 6.7)]).all()


def test_a_lean_from_the_upright_sit() -> None:
    leaned = replace(SITTING, trunk=60)
    track, _ = assemble(rows_of((SITTING, 2), *between(SITTING, leaned, 1), (leaned, 2)))
    assert np.median(track.columns["lean_deg"][track.between(0.3, 1.7)]) == pytest.approx(0, abs=1)
    assert np.median(track.columns["lean_deg"][track.between(3.5, 5)]) == pytest.approx(30, abs=1)


@pytest.mark.parametrize(("name", "shape", "expected"), [
    ("leg_raise_deg", SITTING, "nobody was seen lying on the back"),
    ("trunk_raise_deg", STANDING, "nobody was seen lying face down"),
    ("seat_lift_ratio", SITTING, "nobody was seen kneeling"),
    ("heel_lift_deg", SITTING, "the person was sitting"),
    ("bend_deg", PRONE, "the person was lying face down"),
])
def test_a_quantity_of_another_position_has_a_reason(name: str, shape: Shape, expected: str) -> None:
    track, _ = assemble(rows_of((shape, 2)))
    assert np.isnan(track.columns[name]).all()
    reason = track.why_unmeasured(name, 0, 9)
    assert reason is not None
    assert clause(reason) == expected
