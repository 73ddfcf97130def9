"""A judged clip -> what is drawn on each of its frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from coach import wording
from exercises.model import Exercise
from exercises.outcome import Rep, SetReport
from pose.geometry import FloatArray, picture
from pose.landmarks import PAIRS
from pose.measure import Row
from pose.neutral import Neutral
from pose.overlay import Marks, clear_side
from pose.spine_features import outline_points
from pose.track import Track

_BACK = "spine_flexion_deg"
#: A leg nearer to the floor than this is not drawn as raised.
_SHOWN_FROM_DEG = 15.0


class Marker:
    """Frame index -> Marks; call it.

    Parameters
    ----------
    exercise : Exercise or None
        For the limits at which the back's line changes its look.
    report, track, rows, neutral :
        Of the same clip.
    """

    def __init__(self, exercise: Exercise | None, report: SetReport, track: Track, rows: Sequence[Row],
                 neutral: Neutral | None) -> None:
        self._report, self._track, self._neutral = report, track, neutral
        self._rows = {row.index: (number, row) for number, row in enumerate(rows)}
        self._lying = bool(np.isfinite(track.columns.get("leg_raise_deg", np.array([np.nan]))).any())
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
        if self._lying:
            return self._lying_marks(number, row)
        values = {name: self._value(name, number) for name in ("hip_flexion_deg", _BACK, "knee_flexion_deg")}
        return Marks(
            landmarks_px=row.landmarks_px,
            visibility=row.visibility,
            facing=row.facing,
            back_px=_finite(row.back_px),
            neutral_back_px=self._ghost(row),
            hip_flexion_deg=values["hip_flexion_deg"],
            spine_flexion_deg=values[_BACK],
            knee_flexion_deg=values["knee_flexion_deg"],
            back_state=self._state(values[_BACK]),
            headline=self._headline(row.time_s),
            counter=self._counter(row.time_s),
            unseen_reason="" if values[_BACK] is not None else self._track.why_unmeasured(
                _BACK, row.time_s, row.time_s),
            panel_side=self._side,
        )

    def _lying_marks(self, number: int, row: Row) -> Marks:
        """Marks of a person who lies on the back: the raised leg instead of the back."""
        leg_deg = self._value("leg_raise_deg", number)
        up = leg_deg is not None and leg_deg > _SHOWN_FROM_DEG
        return Marks(
            landmarks_px=row.landmarks_px,
            visibility=row.visibility,
            facing=row.facing,
            knee_flexion_deg=self._value("knee_flexion_deg", number),
            back_state="met",
            leg_raise_deg=leg_deg,
            leg_px=_raised_leg(row.landmarks_px) if up else None,
            headline=self._headline(row.time_s),
            counter=self._counter(row.time_s),
            unseen_reason="" if leg_deg is not None else self._track.why_unmeasured(
                "leg_raise_deg", row.time_s, row.time_s),
            panel_side=self._side,
        )

    def scaled(self, index: int, scale: float) -> Marks:
        """Marks of a frame for a picture of it that is `scale` times as large."""
        return self(index).placed(scale)

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
        if self._neutral is None or not self._neutral.own or row.landmarks_px is None:
            return None
        left, right = PAIRS["hip"]
        hip = (row.landmarks_px[left] + row.landmarks_px[right]) / 2
        outline = outline_points(row, self._neutral.stand.reach_px)
        return _finite(hip + picture(outline, row.facing))

    def _rep(self, time_s: float) -> Rep | None:
        return next((rep for rep in self._report.reps if rep.start_s <= time_s <= rep.end_s), None)

    def _headline(self, time_s: float) -> str:
        rep = self._rep(time_s)
        return "" if rep is None or time_s < rep.bottom_s else wording.look_of(rep).word

    def _counter(self, time_s: float) -> str:
        done = sum(rep.bottom_s <= time_s for rep in self._report.reps)
        return f"rep {done} of {len(self._report.reps)}" if self._report.reps else ""


def _raised_leg(landmarks_px: FloatArray | None) -> FloatArray | None:
    """Hip, knee and ankle (3, 2) of the leg whose ankle is further from the line of the trunk."""
    if landmarks_px is None:
        return None
    shoulder, hip = (landmarks_px[list(PAIRS[joint])].mean(axis=0) for joint in ("shoulder", "hip"))
    along = (hip - shoulder) / max(float(np.hypot(*(hip - shoulder))), 1e-9)
    ankles = landmarks_px[list(PAIRS["ankle"])] - hip
    side = int(np.argmax(np.abs(along[0] * ankles[:, 1] - along[1] * ankles[:, 0])))
    return np.asarray(landmarks_px[[PAIRS[joint][side] for joint in ("hip", "knee", "ankle")]], dtype=float)


def _finite(points: FloatArray | None) -> FloatArray | None:
    """Leave out points that were not seen; None where too few are left for a line."""
    if points is None:
        return None
    points = points[np.isfinite(points).all(axis=1)]
    return points if len(points) > 1 else None
