"""The latest frame of a live set and the latest look at its window -> what is drawn on that frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from exercises.results import SetReport
from hingecheck.live.session import Live
from hingecheck.overlay.marks import Marker
from pose.drawing.overlay import Marks
from pose.track import Track

#: Counter and verdict have their own places in a live picture.
_NO_REPS = SetReport(video="", exercise="", status="judged")


def live_marks(live: Live) -> Marks:
    """Return the marks of the latest frame, by the rules of an analysed clip.

    Its body is of this moment, its numbers up to 0.3 s old.
    """
    row = live.row
    if row is None:
        return Marks()
    if live.track is None or not len(live.track):
        return Marks(landmarks_px=row.landmarks_px, visibility=row.visibility, facing=row.facing)
    exercise = live.plan.exercise
    now = latest(live.track)
    marks = Marker(exercise, _NO_REPS, now, [replace(row, time_s=float(now.time_s[0]))], None)(row.index)
    return replace(marks, headline="", counter="")


def latest(track: Track) -> Track:
    """Return the track's last moment alone."""
    return Track(track.time_s[-1:], {name: part[-1:] for name, part in track.columns.items()},
                 {name: part[-1:] for name, part in track.uncertainty.items()},
                 {name: part[-1:] for name, part in track.reasons.items()}, (), track.position, track.facing_camera)


def value_now(track: Track | None, name: str) -> float | None:
    """Return a quantity at the track's end; None where it was not seen."""
    if track is None or name not in track.columns or not len(track):
        return None
    last = float(track.columns[name][-1])
    return last if np.isfinite(last) else None
