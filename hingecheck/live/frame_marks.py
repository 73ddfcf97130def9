"""The latest frame of a live set and the latest analysis of its window -> the marks to draw on that frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from exercises.results import SetReport
from hingecheck.live.live_set import LiveSet
from hingecheck.overlay.marks import Marker
from pose.drawing.overlay import Marks
from pose.track import Track

#: Counter and verdict have their own places on a live frame.
_NO_REPS = SetReport(video="", exercise="", status="judged")


def live_marks(live: LiveSet) -> Marks:
    """Return the marks of the latest frame, by the rules of an analysed clip.

    The body is that of this frame; the numbers are up to 0.3 s old.
    """
    row = live.row
    if row is None:
        return Marks()
    if live.track is None or not len(live.track):
        return Marks(landmarks_px=row.landmarks_px, visibility=row.visibility, facing=row.facing)
    exercise = live.plan.exercise
    now = last_sample(live.track)
    marks = Marker(exercise, _NO_REPS, now, [replace(row, time_s=float(now.time_s[0]))], None)(row.index)
    return replace(marks, headline="", counter="")


def last_sample(track: Track) -> Track:
    """Return a track of the last sample alone."""
    return Track(track.time_s[-1:], {name: values[-1:] for name, values in track.columns.items()},
                 {name: values[-1:] for name, values in track.uncertainty.items()},
                 {name: values[-1:] for name, values in track.reasons.items()}, (), track.position, track.facing_camera)


def latest_value(track: Track | None, name: str) -> float | None:
    """Return a quantity at the track's end; None where it is unmeasured."""
    if track is None or name not in track.columns or not len(track):
        return None
    last = float(track.columns[name][-1])
    return last if np.isfinite(last) else None
