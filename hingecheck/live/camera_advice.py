"""The rows of the last second -> the one thing to change so that the camera sees what it needs, or nothing."""

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
from pose.positions.position import FRONT_DEG, position_of
from pose.quantity import Position
from pose.reason import ReasonKind, is_kind

#: A problem that most frames of the look have.
_MOST = 0.5
#: Smaller than this share of the picture's longer side, the person should come closer.
_SMALL_SHARE = 0.25
_LYING = (Position.SUPINE, Position.PRONE)
#: A stand leans and bends less than this; a leg lies flat within it.
_UPRIGHT_DEG = 22.0


def to_change(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, scene: Scene | None = None,
              size_px: tuple[int, int] | None = None, side: Side | None = None,
              limits: ViewLimits | None = None) -> str:
    """Return what the person should change first, in six words at most; "" where they can be judged.

    Parameters
    ----------
    rows : sequence of Row
        Of about the last second.
    exercise : Exercise
    words : SetUpWords
    scene : Scene, optional
        None in a replay of poses.
    size_px : (int, int), optional
        Of the picture.
    side : "left" or "right", optional
        The side that must be toward the camera.
    limits : ViewLimits, optional
    """
    limits = limits or ViewLimits()
    if scene is not None and scene.is_dark:
        return words.light
    seen = [row for row in rows if row.landmarks_px is not None]
    if len(seen) < _MOST * max(len(rows), 1):
        return _said(words, ReasonKind.NO_PERSON)
    lying = exercise.position in _LYING
    return (_in_the_picture(seen, words, lying, size_px) or _placed(seen, exercise, words)
            or _turned(seen, exercise, words, side, limits) or _level(seen, exercise, words, limits))


def _in_the_picture(rows: Sequence[Row], words: SetUpWords, lying: bool, size_px: tuple[int, int] | None) -> str:
    if np.mean([is_kind(row.view.doubt, ReasonKind.OTHER_PEOPLE) for row in rows]) > _MOST:
        return _said(words, ReasonKind.OTHER_PEOPLE)
    if np.mean([bool(row.view.problem) for row in rows]) > _MOST:
        return words.camera_back if lying else _said(words, ReasonKind.CUT_OFF)
    small = [bool(row.view.doubt) or (size_px is not None and row.view.height_px < _SMALL_SHARE * max(size_px))
             for row in rows]
    return _said(words, ReasonKind.TOO_SMALL) if np.mean(small) > _MOST else ""


def _said(words: SetUpWords, kind: ReasonKind) -> str:
    return str(getattr(words, reasons.voice(kind)))


def _placed(rows: Sequence[Row], exercise: Exercise, words: SetUpWords) -> str:
    """Ask for the exercise's own position where another one is seen for certain."""
    if exercise.camera == "front" and np.median([row.view.turned_deg for row in rows]) <= FRONT_DEG:
        return ""  # the turn comes first: from the side a seat looks different
    found = position_of(rows)
    if found is None or found is exercise.position:
        return ""
    return str(getattr(words, exercise.position.value))


def _turned(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, side: Side | None, limits: ViewLimits) -> str:
    turned = float(np.median([row.view.turned_deg for row in rows]))
    if exercise.camera == "front":
        return _said(words, ReasonKind.NOT_IN_FRONT) if turned < FRONT_DEG else ""
    if turned > limits.turned_deg:
        # Whoever is turned a little to the left shows the right side, and has the shorter way to it.
        to_left = float(np.median([row.shoulders_turned_deg for row in rows])) > 0
        wanted = side or ("right" if to_left else "left")
        return words.left_side if wanted == "left" else words.right_side
    facing = Counter(row.facing for row in rows).most_common(1)[0][0]
    if side is not None and exercise.position not in _LYING and facing == (1 if side == "left" else -1):
        return words.other_side
    return ""


def _level(rows: Sequence[Row], exercise: Exercise, words: SetUpWords, limits: ViewLimits) -> str:
    if exercise.position is not Position.STANDING or exercise.camera == "front":
        return ""
    down = float(np.median([row.view.looking_down_deg for row in rows]))
    return _said(words, ReasonKind.NOT_LEVEL) if abs(down) > limits.looking_down_deg else ""


def is_resting(rows: Sequence[Row], position: Position) -> bool:
    """Whether the person rests as the neutral asks for it: tall or flat, and still."""
    seen = [row for row in rows if not row.view.problem]
    if len(seen) < 0.8 * max(len(rows), 1) or not seen:
        return False
    trunk, thigh = (np.array([getattr(row, name) for row in seen]) for name in ("trunk_pitch_deg", "thigh_pitch_deg"))
    still = max(float(np.ptp(np.quantile(turn_deg(float(part[0]), part), [0.1, 0.9]))) for part in (trunk, thigh))
    if still > _STILL_DEG:
        return False
    if position is Position.STANDING:
        return bool(np.median(np.abs(trunk)) < _UPRIGHT_DEG and abs(np.median(turn_deg(thigh, trunk))) < _UPRIGHT_DEG)
    if position in _LYING:
        flat = np.abs(turn_deg(trunk, thigh))
        return bool(np.median(flat) < _UPRIGHT_DEG + 10)
    return position is Position.KNEELING or bool(np.median(np.abs(trunk)) < _UPRIGHT_DEG + 8)


#: Quiet standing sways by about 2 deg, and the model's own noise on a still person is as much.
_STILL_DEG = 6.0
