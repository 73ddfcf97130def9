"""A judged clip -> what is drawn on each of its frames: by position and by what its exercise measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from exercises.exercise_model import Exercise
from exercises.hold_timing import hold_goal_s
from exercises.reason_words import clause
from exercises.results import Rep, SetReport
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.overlay.fault_marks import FaultMark, fault_of, is_seen, mark_of
from hingecheck.overlay.mark_lines import line_of, straighter_leg, trusted_visibility
from hingecheck.report import display, verdict_words, wording
from language.translate import _
from pose.arrays import FloatArray
from pose.drawing.overlay import Marks, clear_side
from pose.frame.measure import Row
from pose.geometry import to_frame
from pose.landmarks import PAIRS
from pose.quantity import Position, position_phrase
from pose.spine.neutral import Neutral
from pose.spine.outline import outline_points
from pose.track import Track

_BACK, _KNEE = "spine_flexion_deg", "knee_flexion_deg"
_BACK_POSITIONS = {Position.STANDING, Position.SITTING, Position.LONG_SITTING, None}
#: A leg nearer to the floor than this is not drawn as raised.
_LEAST_DRAWN_DEG = {"leg_raise_deg": 15.0}


class Marker:
    """Frame index -> Marks; call it.

    Parameters
    ----------
    exercise : Exercise or None
        For what is shown, and the limits from which the back's line is drawn otherwise.
    report, track, rows, neutral :
        Of the same clip.
    """

    def __init__(self, exercise: Exercise | None, report: SetReport, track: Track, rows: Sequence[Row],
                 neutral: Neutral | None) -> None:
        self._exercise, self._report, self._track, self._neutral = exercise, report, track, neutral
        self._hold_s = None if exercise is None else hold_goal_s(exercise)
        self._rows = {row.index: (number, row) for number, row in enumerate(rows)}
        self._front = track.facing_camera
        self._backs = track.position in _BACK_POSITIONS and not self._front and display.judges_back(exercise)
        self._names = display.quantities(exercise) if exercise is not None or self._backs else _of_position(track)
        rules = exercise.rules if exercise is not None else ()
        bounds = [rule.bound for rule in rules if rule.measure == _BACK and rule.bound.at_most is not None]
        self._bound = bounds[0] if bounds else None
        seen = [row.landmarks_px for row in rows if row.landmarks_px is not None]
        size = max((np.nanmax(points, axis=0) for points in seen), key=lambda corner: float(corner[0]), default=None)
        self._side: Literal["left", "right"] = "left" if size is None else clear_side(
            (int(size[0]), int(size[1])), seen)

    def __call__(self, index: int) -> Marks:
        """Marks of the frame with this index; nothing for a frame that was not measured."""
        if index not in self._rows:
            return Marks()
        number, row = self._rows[index]
        values = tuple((name, self._value(name, number)) for name in self._names)
        back_deg = self._value(_BACK, number) if self._backs else None
        name, line = self._line(values, row)
        fault = self._fault(row, number)
        number_there = f"{display.short(name)} {wording.amount(dict(values)[name])}" if name else ""
        return Marks(
            landmarks_px=row.landmarks_px,
            visibility=trusted_visibility(self._track.position, row, shanks=name != _KNEE),
            facing=row.facing,
            back_px=_finite(row.back_px) if self._backs else None,
            neutral_back_px=self._ghost(row) if self._backs else None,
            hip_flexion_deg=dict(values).get("hip_flexion_deg") if self._backs else None,
            spine_flexion_deg=back_deg,
            knee_flexion_deg=dict(values).get(_KNEE),
            back_state=self._state(back_deg) if self._backs else "met",
            title="" if self._backs else self._position_words(),
            values=tuple((display.short(name), value) for name, value in values),
            line_px=line,
            line_text=number_there,
            line_side=0 if self._front else row.facing or 1,
            line_hidden=self._backs and name == "lean_deg",
            front=self._front,
            headline=self._headline(row.time_s),
            counter=self._counter(row.time_s),
            unseen_reason=self._why_unseen(values, row.time_s),
            panel_side=self._side,
            fault_px=None if fault is None else fault.line_px,
            fault_joint_px=None if fault is None else fault.joint_px,
            fault_text="" if fault is None else fault.text,
        )

    def _fault(self, row: Row, number: int) -> FaultMark | None:
        """The fault of the rep that shows in a frame, where it sits."""
        rep = self._rep(row.time_s)
        broken_rule = None if rep is None or self._exercise is None else fault_of(rep, self._exercise)
        if rep is None or broken_rule is None or self._exercise is None:
            return None
        finding, rule = broken_rule
        value = self._value(rule.measure, number) if rule.measure in self._track.columns else None
        if not is_seen(rep, rule, value, row.time_s):
            return None
        return mark_of(finding, rule, value, self._exercise, row.landmarks_px, row.facing)

    def _position_words(self) -> str:
        if self._front:
            return _("facing the camera")
        return position_phrase(self._track.position) if self._track.position is not None else ""

    def _line(self, values: Sequence[tuple[str, float | None]], row: Row) -> tuple[str, FloatArray | None]:
        """The first quantity that has a line and was measured in this frame, and that line."""
        for name, value in values:
            if name == "hip_flexion_deg" and self._backs:
                continue  # the arc at the hip shows it
            if value is not None and value >= _LEAST_DRAWN_DEG.get(name, -np.inf):
                line = self._line_of(name, value, row)
                if line is not None:
                    return name, line
        return "", None

    def _line_of(self, name: str, value: float, row: Row) -> FloatArray | None:
        if name == _KNEE and self._track.position in (Position.SITTING, Position.LONG_SITTING):
            return None if row.landmarks_px is None else straighter_leg(row.landmarks_px, value, row.facing)
        return line_of(name, row.landmarks_px)

    def _why_unseen(self, values: Sequence[tuple[str, float | None]], time_s: float) -> str:
        """Why the back, or what drives the exercise, was not measured in a frame; "" where it was."""
        missing = dict(values)
        asked = (_BACK,) if self._backs and _BACK in missing else self._names[:1]
        why = next((self._track.why_unmeasured(name, time_s, time_s) for name in asked if missing[name] is None), None)
        return "" if why is None else clause(why)

    def scaled(self, index: int, scale: float) -> Marks:
        """Marks of a frame for an image of it that is `scale` times as large."""
        return self(index).transformed(scale)

    def _value(self, name: str, number: int) -> float | None:
        value = float(self._track.columns[name][number])
        return value if np.isfinite(value) else None

    def _state(self, spine_deg: float | None) -> Literal["met", "watch", "broken", "unseen"]:
        if spine_deg is None:
            return "unseen"
        if self._bound is None:  # a measurement, or an exercise that asks nothing of the back
            return "met"
        if spine_deg > self._bound.limit:
            return "broken"
        return "watch" if self._bound.watch is not None and spine_deg > self._bound.watch else "met"

    def _ghost(self, row: Row) -> FloatArray | None:
        """The outline that the person's own neutral back would have between the same hip and shoulder."""
        if self._neutral is None or not self._neutral.personal or row.landmarks_px is None:
            return None
        left, right = PAIRS["hip"]
        hip = (row.landmarks_px[left] + row.landmarks_px[right]) / 2
        outline = outline_points(row, self._neutral.pose.reach_px)
        return _finite(hip + to_frame(outline, row.facing))

    def _rep(self, time_s: float) -> Rep | None:
        return next((rep for rep in self._report.reps if rep.start_s <= time_s <= rep.end_s), None)

    def _headline(self, time_s: float) -> str:
        rep = self._rep(time_s)
        return "" if rep is None or time_s < rep.bottom_s else verdict_words.look_of(rep).word

    def _counter(self, time_s: float) -> str:
        done = sum(rep.bottom_s <= time_s for rep in self._report.reps)
        every = len(self._report.reps)
        if not every:
            return ""
        count = _("{name} {done} of {count}").format(name=wording.one_of_many(self._report), done=done, count=every)
        return f"{count}{self._held(time_s)}"

    def _held(self, time_s: float) -> str:
        """The seconds held so far of the seconds asked; "" outside a hold."""
        rep = self._rep(time_s)
        if self._hold_s is None or rep is None or rep.held is None or time_s < rep.bottom_s:
            return ""
        return _(", {held:.0f} of {goal:.0f} s").format(
            held=min(time_s - rep.bottom_s, rep.held.seconds), goal=self._hold_s)


def _of_position(track: Track) -> tuple[str, ...]:
    """What is shown where the exercise is not known and the back cannot be judged."""
    if track.facing_camera:
        return ("turn_deg", "side_lean_deg")
    names = {Position.SUPINE: ("leg_raise_deg", "knee_flexion_deg"), Position.PRONE: ("trunk_raise_deg",),
             Position.KNEELING: ("hip_flexion_deg",)}
    return names.get(track.position, ()) if track.position is not None else ()


def _finite(points: FloatArray | None) -> FloatArray | None:
    """Leave out points that were not seen; None where too few are left for a line."""
    if points is None:
        return None
    points = points[np.isfinite(points).all(axis=1)]
    return points if len(points) > 1 else None


def marker_of(analysis: SetAnalysis) -> Marker:
    """Return what is drawn on each frame of a judged set."""
    assert analysis.track is not None
    return Marker(analysis.exercise, analysis.report, analysis.track, analysis.rows, analysis.neutral)
