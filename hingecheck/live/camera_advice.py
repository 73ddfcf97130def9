"""The measured frames of the last second -> the one thing to change before the set can be judged, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from hingecheck import reasons
from hingecheck.live.phrases import SetUpWords
from hingecheck.live.scene import Scene
from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.geometry import turn_deg
from pose.positions.position import FRONT_DEG, classify_position
from pose.quantity import Position
from pose.reason import ReasonKind, is_kind

#: A set is judged up to 48° from side-on, but is measured best side-on, and live it costs nothing to turn: people who
#: stand side-on read up to 29°, turned ones from 31° (labelled clips of real people, bench/real.py).
_ADVISED_YAW_DEG = 30.0
#: A problem counts when more than this share of the frames has it.
_MOST = 0.5
#: Smaller than this share of the frame's longer side, the person should come closer.
_MIN_HEIGHT_SHARE = 0.25
_LYING = (Position.SUPINE, Position.PRONE)
#: A person who stands upright leans and bends less than this.
_UPRIGHT_DEG = 22.0
#: Quiet standing sways by about 2 degrees, and the model's own noise on a still person is as much.
_STILL_DEG = 6.0


def advice(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, scene: Scene | None = None,
           size_px: tuple[int, int] | None = None, side: Side | None = None,
           limits: ViewLimits | None = None) -> str:
    """Return what the person should change first, in six words at most; "" where a set can be judged.

    Parameters
    ----------
    rows : sequence of Row
        The measured frames of about the last second.
    exercise : Exercise
    words : SetUpWords
    scene : Scene, optional
        The surroundings; None in a replay of poses.
    size_px : (int, int), optional
        Of the frame.
    side : "left" or "right", optional
        The side that must be towards the camera.
    limits : ViewLimits, optional
    """
    limits = limits or ViewLimits()
    if scene is not None and scene.is_dark:
        return words.light
    with_person = [row for row in rows if row.landmarks_px is not None]
    if len(with_person) < _MOST * max(len(rows), 1):
        return _cue(words, ReasonKind.NO_PERSON)
    lying = exercise.position in _LYING
    return (_framing(with_person, words, lying, size_px) or _position(with_person, exercise, words)
            or _orientation(with_person, exercise, words, side, limits)
            or _camera_height(with_person, exercise, words, limits))


def _framing(rows: Sequence[Row], words: SetUpWords, lying: bool, size_px: tuple[int, int] | None) -> str:
    if np.mean([is_kind(row.view.doubt, ReasonKind.OTHER_PEOPLE) for row in rows]) > _MOST:
        return _cue(words, ReasonKind.OTHER_PEOPLE)
    if np.mean([bool(row.view.problem) for row in rows]) > _MOST:
        return words.camera_back if lying else _cue(words, ReasonKind.CUT_OFF)
    small = [bool(row.view.doubt) or (size_px is not None and row.view.height_px < _MIN_HEIGHT_SHARE * max(size_px))
             for row in rows]
    return _cue(words, ReasonKind.TOO_SMALL) if np.mean(small) > _MOST else ""


def _cue(words: SetUpWords, kind: ReasonKind) -> str:
    return str(getattr(words, reasons.voice(kind)))


def _position(rows: Sequence[Row], exercise: Exercise, words: SetUpWords) -> str:
    """Return the exercise's own position where the person is certainly in another one."""
    if exercise.camera == "front" and np.median([row.view.turned_deg for row in rows]) <= FRONT_DEG:
        return ""  # orientation comes first: from the side a sitting person looks different
    position = classify_position(rows)
    if position is None or position is exercise.position:
        return ""
    return str(getattr(words, exercise.position.value))


def _orientation(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, side: Side | None,
                 limits: ViewLimits) -> str:
    yaw_deg = float(np.median([row.view.turned_deg for row in rows]))
    if exercise.camera == "front":
        return _cue(words, ReasonKind.NOT_IN_FRONT) if yaw_deg < FRONT_DEG else ""
    if yaw_deg > min(limits.turned_deg, _ADVISED_YAW_DEG):
        # A person turned a little to the left shows the right side, which is the shorter way to a side view.
        to_left = float(np.median([row.shoulders_turned_deg for row in rows])) > 0
        wanted = side or ("right" if to_left else "left")
        return words.left_side if wanted == "left" else words.right_side
    facing = Counter(row.facing for row in rows).most_common(1)[0][0]
    if side is not None and exercise.position not in _LYING and facing == (1 if side == "left" else -1):
        return words.other_side
    return ""


def _camera_height(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, limits: ViewLimits) -> str:
    if exercise.position is not Position.STANDING or exercise.camera == "front":
        return ""
    tilt_deg = float(np.median([row.view.looking_down_deg for row in rows]))
    return _cue(words, ReasonKind.NOT_LEVEL) if abs(tilt_deg) > limits.looking_down_deg else ""


def is_resting(rows: Sequence[Row], position: Position) -> bool:
    """Return whether the person rests as the neutral pose needs it: tall or flat, and still."""
    clear = [row for row in rows if not row.view.problem]
    if len(clear) < 0.8 * max(len(rows), 1) or not clear:
        return False
    trunk, thigh = (np.array([getattr(row, name) for row in clear]) for name in ("trunk_pitch_deg", "thigh_pitch_deg"))
    sway_deg = max(float(np.ptp(np.quantile(turn_deg(float(pitch[0]), pitch), [0.1, 0.9]))) for pitch in (trunk, thigh))
    if sway_deg > _STILL_DEG:
        return False
    if position is Position.STANDING:
        return bool(np.median(np.abs(trunk)) < _UPRIGHT_DEG and abs(np.median(turn_deg(thigh, trunk))) < _UPRIGHT_DEG)
    if position in _LYING:
        bend_deg = np.abs(turn_deg(trunk, thigh))
        return bool(np.median(bend_deg) < _UPRIGHT_DEG + 10)
    return position is Position.KNEELING or bool(np.median(np.abs(trunk)) < _UPRIGHT_DEG + 8)
