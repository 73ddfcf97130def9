"""The latest frame of a live set and the latest look at its window -> what is drawn on that frame."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coach.live.live import Live
from coach.marks import SHOWN_FROM_DEG, back_bound, back_state, finite, raised_leg
from pose.overlay import Marks
from pose.track import Track

_BACK = "spine_flexion_deg"


def live_marks(live: Live) -> Marks:
    """Return the marks of the latest frame; its body is of this moment, its numbers up to 0.3 s old."""
    row, track = live.row, live.track
    if row is None:
        return Marks()
    value = _reader(track)
    leg = value("leg_raise_deg")
    body = {"landmarks_px": row.landmarks_px, "visibility": row.visibility}
    if leg is not None:
        return Marks(**body, facing=row.facing, back_state="met", leg_raise_deg=leg,  # type: ignore[arg-type]
                     knee_flexion_deg=value("knee_flexion_deg"),
                     leg_px=raised_leg(row.landmarks_px) if leg > SHOWN_FROM_DEG else None)
    spine = value(_BACK)
    bound = back_bound(live.plan.exercise.rules)
    return Marks(**body, facing=row.facing, back_px=finite(row.back_px),  # type: ignore[arg-type]
                 hip_flexion_deg=value("hip_flexion_deg"), spine_flexion_deg=spine,
                 knee_flexion_deg=value("knee_flexion_deg"), back_state=back_state(bound, spine))


def _reader(track: Track | None) -> Callable[[str], float | None]:
    def value(name: str) -> float | None:
        if track is None or name not in track.columns or not len(track):
            return None
        last = float(track.columns[name][-1])
        return last if np.isfinite(last) else None

    return value
