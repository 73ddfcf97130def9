"""The fault of a rep and the landmarks of a frame -> which line and joint to colour, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Rule, Severity
from hingecheck.overlay.mark_lines import other_leg, raised_leg, straighter_leg
from hingecheck.report import wording
from pose.arrays import FloatArray
from pose.landmarks import PAIRS

#: The back has a line, a colour and a word of its own.
_BACK = "spine_flexion_deg"
#: A level is past its limit in a frame from this close on: the rule's own value is a median, which swings about it.
_SLACK = 0.85
#: Measure -> joints of the line of the fault; the fault sits at the one in the middle of three, at the last of two.
_JOINTS: dict[str, tuple[str, ...]] = {
    "knee_flexion_deg": ("hip", "knee", "ankle"),
    "hip_flexion_deg": ("shoulder", "hip", "knee"), "hips_back_ratio": ("shoulder", "hip", "knee"),
    "pelvis_lift_deg": ("shoulder", "hip", "knee"), "seat_lift_ratio": ("shoulder", "hip", "knee"),
    "lean_deg": ("hip", "shoulder"), "trunk_lean_deg": ("hip", "shoulder"), "side_lean_deg": ("hip", "shoulder"),
    "heel_lift_deg": ("foot_index", "heel"), "head_forward_deg": ("shoulder", "ear"),
    "head_lift_deg": ("shoulder", "ear"), "trunk_raise_deg": ("hip", "shoulder"), "turn_deg": ("hip", "shoulder"),
}
_LEGS = ("raised leg", "other leg", "straighter leg")
#: What moves while it should be still is what drives the exercise.
_OF_THE_HOLD = ("hold_swing_deg", "hold_speed_deg_per_s")


@dataclass(frozen=True)
class FaultMark:
    """A fault in one frame: points (k, 2) of its line, the joint (1, 2) where it sits, and its name with the value."""

    line_px: FloatArray
    joint_px: FloatArray
    text: str


def fault_of(rep: Rep, exercise: Exercise) -> tuple[Finding, Rule] | None:
    """Return the worst fault of a rep that sits at a joint; None where it has none."""
    rules = {rule.id: rule for rule in exercise.rules}
    for finding in rep.findings:
        rule = rules.get(finding.rule)
        if finding.verdict is Verdict.BROKEN and finding.severity is Severity.FAULT and rule is not None \
                and rule.measure != _BACK and _has_joint(rule.measure, exercise):
            return finding, rule
    return None


def is_seen(rep: Rep, rule: Rule, value: float | None, time_s: float) -> bool:
    """Return whether the fault shows in a frame.

    Parameters
    ----------
    rep : Rep
    rule : Rule
    value : float or None
        Of the rule's measure in this frame; None where it is a value of the whole hold, or was not seen.
    time_s : float
    """
    start_s, end_s = (rep.bottom_s, rep.leave_s) if rule.during == "bottom" else (rep.start_s, rep.end_s)
    if not start_s <= time_s <= end_s:
        return False
    if rule.measure in _OF_THE_HOLD:
        return True
    return value is not None and rule.bound.sign * (value - rule.bound.limit * _SLACK) > 0


def mark_of(finding: Finding, rule: Rule, value: float | None, exercise: Exercise, landmarks_px: FloatArray | None,
            facing: int) -> FaultMark | None:
    """Return the mark of a fault in a frame; None where its joints were not seen."""
    if landmarks_px is None:
        return None
    line = _line_of(_place_of(rule.measure, exercise), landmarks_px, facing, value)
    if line is None or not np.isfinite(line).all():
        return None
    joint = line[1:2] if len(line) == 3 and rule.measure not in _OF_THE_HOLD else line[-1:]
    number = finding.value if value is None else value
    text = f"{label_of(rule.measure)} {wording.amount(number, unit=finding.unit)}, {wording.limit(finding, rule)}"
    return FaultMark(line, joint, text)


def _has_joint(measure: str, exercise: Exercise) -> bool:
    place = _place_of(measure, exercise)
    return place in _JOINTS or place in _LEGS


def _place_of(measure: str, exercise: Exercise) -> str:
    """Return where a measure is taken: a key of `_JOINTS`, or one of `_LEGS`."""
    if measure in _OF_THE_HOLD:
        measure = exercise.signal.quantity
    if measure in ("raised_knee_flexion_deg", "leg_raise_deg"):
        return "raised leg"
    if measure == "straighter_knee_flexion_deg":
        return "straighter leg"
    return "other leg" if measure == "resting_leg_lift_deg" else measure


def _line_of(place: str, landmarks_px: FloatArray, facing: int, value: float | None) -> FloatArray | None:
    if place == "straighter leg":
        return None if value is None else straighter_leg(landmarks_px, value, facing)
    if place == "raised leg":
        return raised_leg(landmarks_px)
    if place == "other leg":
        return other_leg(landmarks_px)
    near = 1 if facing > 0 else 0
    return np.array([landmarks_px[PAIRS[joint][near]] for joint in _JOINTS[place]], dtype=float)
