"""Synthetic tracks: which exercise is detected, when the program asks, and how a posture is timed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from exercises.load import catalogue, load, load_file
from exercises.posture import posture_of
from exercises.posture import sentences as posture_sentences
from exercises.recognise import recognise
from exercises.rules import judge_set
from exercises.segment import segment
from pose.quantity import QUANTITIES, Position
from pose.track import Track
from tests.helpers.exercise_files import write

FPS = 30.0


def wave(*peaks: tuple[float, float], rest: float = 0.0, hold_s: float = 0.8, ramp_s: float = 1.5) -> np.ndarray:
    """Build rest, then for each (peak, hold) an eased rise, the hold and the return, with 1.5 s of rest between."""
    parts = [np.full(round(1.5 * FPS), rest)]
    ease = (1 - np.cos(np.linspace(0, np.pi, round(ramp_s * FPS)))) / 2
    for peak, seconds in peaks:
        parts += [rest + (peak - rest) * ease, np.full(round((seconds or hold_s) * FPS), peak),
                  peak + (rest - peak) * ease, np.full(round(1.5 * FPS), rest)]
    return np.concatenate(parts)


def synthetic_track(position: Position, facing_camera: bool = False, **columns: np.ndarray) -> Track:
    """Build a track with these columns, all others unmeasured."""
    n = len(next(iter(columns.values())))
    every = {name: np.full(n, np.nan) for name in QUANTITIES} | columns
    return Track(np.arange(n) / FPS, every, position=position, facing_camera=facing_camera)


def standing(hip: float, knee: float, lean: float, hold_s: float = 0.8, spine: float = 5.0) -> Track:
    peaks = [((value, hold_s),) * 3 for value in (hip + spine, hip, knee, lean, spine)]
    names = ("bend_deg", "hip_flexion_deg", "knee_flexion_deg", "trunk_lean_deg", "spine_flexion_deg")
    return synthetic_track(Position.STANDING, **{name: wave(*peak) for name, peak in zip(names, peaks, strict=True)},
                lean_deg=wave(*peaks[3]), heel_lift_deg=np.zeros_like(wave(*peaks[3])))


@pytest.mark.parametrize(("track", "expected"), [
    (standing(hip=75, knee=15, lean=65), "hip_hinge"),
    (standing(hip=100, knee=75, lean=55), "hip_hinge"),  # a deep hinge with a weight
    (standing(hip=110, knee=100, lean=35), "squat_lift"),
    (standing(hip=80, knee=12, lean=68, hold_s=24), "standing_hamstring_stretch"),
    (standing(hip=75, knee=15, lean=65, hold_s=6), None),  # between a hinge with a pause and a held stretch
])
def test_standing_exercises_are_detected_by_knees_bend_and_hold(track: Track, expected: str | None) -> None:
    recognition = recognise(track, catalogue().values())
    assert recognition.exercise == expected
    assert recognition.sure == (expected is not None)
    assert len(recognition.candidates) > (0 if expected else 1)


@pytest.mark.parametrize(("track", "expected", "offered"), [
    (standing(hip=87, knee=80, lean=22), "hip_hinge", "squat_lift"),  # a squatted hinge
    (standing(hip=105, knee=95, lean=45), "hip_hinge", "squat_lift"),  # half a squat, half a hinge
    (standing(hip=75, knee=8, lean=100, spine=60), "hip_hinge", "forward_bend"),  # a toe touch
])
def test_between_similar_exercises_the_usual_one_is_chosen_and_the_other_offered(
        track: Track, expected: str, offered: str) -> None:
    recognition = recognise(track, catalogue().values())
    assert (recognition.exercise, recognition.sure, recognition.runner_up) == (expected, True, offered)


@pytest.mark.parametrize(("hold_s", "expected", "offered"), [
    (45.0, "doorway_hamstring_stretch", "towel_hamstring_stretch"),
    (23.0, "towel_hamstring_stretch", "doorway_hamstring_stretch"),
    (8.0, "doorway_hamstring_stretch", "towel_hamstring_stretch"),
])
def test_doorway_and_towel_are_distinguished_by_the_hold_time(hold_s: float, expected: str, offered: str) -> None:
    raised = wave((80.0, hold_s))
    zeros = np.zeros_like(raised)
    track = synthetic_track(Position.SUPINE, leg_raise_deg=raised, resting_leg_raise_deg=zeros,
                            raised_knee_flexion_deg=zeros + 5, resting_knee_flexion_deg=zeros,
                            knee_flexion_deg=zeros + 5)
    recognition = recognise(track, catalogue().values())
    assert (recognition.exercise, recognition.sure, recognition.runner_up) == (expected, True, offered)


def test_a_leg_with_its_foot_on_the_floor_is_not_up_the_wall() -> None:
    raised = wave((80.0, 30.0))
    knee = wave((5.0, 30.0), rest=60.0)
    track = synthetic_track(Position.SUPINE, leg_raise_deg=raised, resting_leg_raise_deg=np.full_like(raised, 70.0),
                 raised_knee_flexion_deg=knee, resting_knee_flexion_deg=np.full_like(raised, 120.0),
                 knee_flexion_deg=knee)
    assert recognise(track, catalogue().values()).exercise == "doorway_hamstring_stretch"


def test_a_lift_that_starts_at_the_bottom_is_a_hinge_and_not_a_posture() -> None:
    whole = standing(hip=85, knee=65, lean=70)
    low = round(3.3 * FPS)  # in the first bottom
    track = synthetic_track(Position.STANDING, **{name: values[low:low + 90] for name, values in whole.columns.items()})
    recognition = recognise(track, catalogue().values())
    assert (recognition.exercise, recognition.sure) == ("hip_hinge", True)
    assert "standing_posture" not in recognition.candidates


def test_the_only_exercise_of_a_position_is_chosen_without_movement() -> None:
    still = np.zeros(300)
    recognition = recognise(synthetic_track(Position.LONG_SITTING, lean_deg=still), catalogue().values())
    assert (recognition.exercise, recognition.sure) == ("seated_floor_stretch", True)


def test_the_supporting_measurements_are_reported() -> None:
    recognition = recognise(standing(hip=75, knee=15, lean=65), catalogue().values())
    assert recognition.share == 1
    assert recognition.because == "bend 80\u00b0, 3 times"


def test_a_push_up_is_not_a_press_up() -> None:
    raised = wave((25.0, 1.0), (25.0, 1.0), (25.0, 1.0))
    press_up, push_up = (synthetic_track(Position.PRONE, trunk_raise_deg=raised, pelvis_lift_deg=share * raised)
                         for share in (0.1, 0.95))
    assert recognise(press_up, catalogue().values()).exercise == "prone_press_up"
    assert recognise(push_up, catalogue().values()).exercise is None


def test_the_camera_in_front_is_another_exercise() -> None:
    turn = wave((40.0, 4.0), (40.0, 4.0))
    track = synthetic_track(Position.SITTING, True, turn_deg=turn, side_lean_deg=np.zeros_like(turn))
    assert recognise(track, catalogue().values()).exercise == "lumbar_rotation"
    assert recognise(synthetic_track(Position.SITTING, turn_deg=turn), catalogue().values()).exercise is None


def test_a_small_movement_beside_a_large_one_does_not_decide() -> None:
    """Heels that seem to lift a little between squats are not calf raises."""
    squats = standing(hip=110, knee=100, lean=35)
    n, lift = len(squats), wave((14.0, 0.8))
    still = np.zeros(len(lift))
    track = synthetic_track(Position.STANDING, **{name: np.concatenate([values, *[still] * 3]) for name, values in
                                       squats.columns.items()} | {"heel_lift_deg": np.concatenate(
                                           [np.zeros(n), lift, lift, lift])})
    assert recognise(track, catalogue().values()).exercise == "squat_lift"


def test_an_exercise_that_must_be_chosen_is_never_detected() -> None:
    """A deep bend that is not a hinge might be the measurement, which is never made without being chosen."""
    track = standing(hip=75, knee=8, lean=2, spine=60)
    recognition = recognise(track, catalogue().values())
    assert (recognition.exercise, recognition.candidates) == ("hip_hinge", ("hip_hinge", "forward_bend"))
    recognition = recognise(track, [load("forward_bend")])
    assert (recognition.exercise, recognition.sure) == (None, False)
    assert recognition.candidates == ("forward_bend",)


def test_an_own_exercise_based_on_another_changes_no_detection(tmp_path: Path) -> None:
    for base, track in (
        ("hip_hinge", standing(hip=75, knee=15, lean=65)),
        ("seated_floor_stretch", synthetic_track(Position.LONG_SITTING, lean_deg=np.zeros(300))),
    ):
        own = load_file(write(tmp_path / f"{base}.toml", f'id = "my_own"\nbased_on = "{base}"\n'))
        alone = recognise(track, catalogue().values())
        for exercises in ((*catalogue().values(), own), (own, *catalogue().values())):
            recognition = recognise(track, exercises)
            assert (recognition.exercise, recognition.sure, recognition.share) == (base, True, alone.share)
    assert recognise(standing(hip=75, knee=15, lean=65), [load_file(
        write(tmp_path / "mine.toml", 'id = "mine"\nbased_on = "hip_hinge"\n'))]).exercise == "mine"


def test_without_movement_nothing_is_detected() -> None:
    still = standing(hip=2, knee=1, lean=1, spine=0)
    recognition = recognise(still, catalogue().values())
    assert (recognition.exercise, recognition.candidates) == (None, ())


def test_a_swing_the_other_way_is_not_a_rep() -> None:
    """Leaning back and coming up again rises by as much as a rep, but only to where the person stood."""
    signal = load("hip_hinge").signal
    assert segment(synthetic_track(Position.STANDING, bend_deg=wave((-45.0, 1.0))), signal) == ()
    assert len(segment(synthetic_track(Position.STANDING, bend_deg=wave((45.0, 1.0))), signal)) == 1


@pytest.mark.parametrize(("slumps", "fault_s", "nudges"), [
    ([(30.0, 8.0)], 9.2, 0), ([(30.0, 33.0), (30.0, 5.0)], 40, 1),
])
def test_a_posture_is_timed_and_nudged(slumps: list[tuple[float, float]], fault_s: float, nudges: int) -> None:
    exercise = load("sitting_posture")
    slump = wave(*slumps)
    track = synthetic_track(Position.SITTING, spine_flexion_deg=slump, head_forward_deg=np.zeros_like(slump))
    result = posture_of(exercise, track, judge_set(exercise, track))
    assert result is not None
    assert result.fault_s == pytest.approx(fault_s, abs=0.8)
    assert result.watched_s == pytest.approx(len(slump) / FPS, abs=0.2)
    assert result.nudges == nudges
    assert result.share == pytest.approx(result.fault_s / result.watched_s)
    assert ("30 s and more" in " ".join(posture_sentences(exercise, result))) == bool(nudges)


def test_a_good_posture_is_praised() -> None:
    exercise = load("sitting_posture")
    calm = np.zeros(600)
    track = synthetic_track(Position.SITTING, spine_flexion_deg=calm, head_forward_deg=calm)
    result = posture_of(exercise, track, judge_set(exercise, track))
    assert result is not None
    assert (result.fault_s, result.nudges) == (0, 0)
    assert "you kept your curve" in posture_sentences(exercise, result)[0]


def test_other_exercises_have_no_posture() -> None:
    track = standing(hip=75, knee=15, lean=65)
    assert posture_of(load("hip_hinge"), track, ()) is None
