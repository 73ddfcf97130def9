"""Rows of a clip with several exercises in it -> its parts; `judged_parts` judges each by its own rules.

A clip is cut where the person's position changes (standing, lying, sitting; from the side or from the front), and
within a position where another exercise begins. Where the image jumps near it, two clips were joined: the cut lies
there; else it lies in the middle between the last rep before and the first after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from exercises.exercise_model import Exercise
from exercises.exercise_runs import exercise_runs
from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.landmarks import NAMES
from pose.positions.assemble import assemble
from pose.positions.position import classify_position, faces_camera
from pose.quantity import Position
from pose.track import Track

#: The position is classified in windows of this length, so often; a change is one of at least two windows.
_WINDOW_S, _EVERY_S = 3.0, 0.5
#: Shorter, nothing can be judged: it is the way from one exercise to the next.
_SHORTEST_S = 4.0
#: A jump moves the middle landmark further than this many times the usual step of the frames around it, and further
#: than the share of the body's height: joined clips of one lying person jump by 0.011 and 0.020, other steps there are
#: 0.001 to 0.002.
_JUMP, _LEAST_JUMP = 4.0, 0.008
#: A change of position is known to so many seconds: half a window.
_REACH_S = 1.5
#: So near to a rep the person still moves.
_SETTLE_S = 0.3
#: A part holds the frames before its end: that of the last one lies behind the last frame.
_PAST_S = 1e-6

Place = tuple[Position | None, bool]


@dataclass(frozen=True)
class ClipPart:
    """A part of a clip.

    Attributes
    ----------
    start_s, end_s : float
        Seconds of the clip.
    exercise : Exercise or None
        What its reps fit best; None where no exercise's reps were found: it is then detected as in a whole clip.
    """

    start_s: float
    end_s: float
    exercise: Exercise | None = None

    def rows_of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return its rows among those of the clip."""
        return _between(rows, self.start_s, self.end_s)


def find_parts(rows: Sequence[Row], known: Mapping[str, Exercise], track: Track | None = None) -> tuple[ClipPart, ...]:
    """Return the parts of a clip in order of time; ways from one exercise to the next belong to none.

    Parameters
    ----------
    rows : sequence of Row
    known : mapping of str to Exercise
        The exercises that may be in it.
    track : Track, optional
        Of all rows, where it was assembled before: half of the work on a clip of one position.
    """
    if not rows:
        return ()
    steps = _Steps(rows)
    places = [_between(rows, start_s, end_s) for start_s, end_s in _places(rows, steps)]
    return tuple(part for place in places for part in _of_place(
        place, track if track is not None and len(place) == len(rows) else assemble(place)[0], steps, known))


def _places(rows: Sequence[Row], steps: _Steps) -> list[tuple[float, float]]:
    """Return the stretches of one position each, in seconds."""
    first_s, last_s = rows[0].time_s, rows[-1].time_s
    at_s: list[float] = np.arange(first_s, last_s + _EVERY_S, _EVERY_S).tolist()
    labels = _without_single([_place(_between(rows, time_s - _WINDOW_S / 2, time_s + _WINDOW_S / 2))
                              for time_s in at_s])
    runs = [(label, [number for number, _ in group])
            for label, group in groupby(enumerate(labels), key=lambda item: item[1])]
    known = [(label, at_s[numbers[0]], at_s[numbers[-1]]) for label, numbers in runs if label[0] is not None]
    merged: list[tuple[Place, float, float]] = []
    for label, start_s, end_s in known:
        if merged and merged[-1][0] == label:
            merged[-1] = (label, merged[-1][1], end_s)
        else:
            merged.append((label, start_s, end_s))
    cuts = [steps.jump_s(before[2] - _REACH_S, after[1] + _REACH_S) or (before[2] + after[1]) / 2
            for before, after in pairwise(merged)]
    edges = [first_s, *cuts, last_s + _PAST_S]
    return [(start_s, end_s) for start_s, end_s in pairwise(edges) if end_s - start_s >= _SHORTEST_S]


def _place(rows: Sequence[Row]) -> Place:
    position = classify_position(rows)
    return position, position is not None and faces_camera(rows)


def _without_single(labels: Sequence[Place]) -> list[Place]:
    """Give a single window amid others the label of its neighbours."""
    places = list(labels)
    for number in range(1, len(places) - 1):
        if places[number] not in (places[number - 1], labels[number + 1]):
            places[number] = places[number - 1]
    return places


def _of_place(rows: Sequence[Row], track: Track, steps: _Steps, known: Mapping[str, Exercise]) -> list[ClipPart]:
    """Return the parts of a stretch of one position."""
    start_s, end_s = rows[0].time_s, rows[-1].time_s
    runs = exercise_runs(track, known.values())
    if not runs:
        return [ClipPart(start_s, end_s)]
    cuts = [steps.jump_s(before.end_s + _SETTLE_S, after.start_s - _SETTLE_S) or (before.end_s + after.start_s) / 2
            for before, after in pairwise(runs)]
    edges = [start_s, *cuts, end_s + _PAST_S]
    return [ClipPart(first_s, last_s, run.exercise)
            for run, (first_s, last_s) in zip(runs, pairwise(edges), strict=True)]


def _between(rows: Sequence[Row], start_s: float, end_s: float) -> Sequence[Row]:
    first, past = (bisect_left(rows, time_s, key=lambda row: row.time_s) for time_s in (start_s, end_s))
    return rows[first:past]


class _Steps:
    """How far the landmarks move from frame to frame, in shares of the body's height."""

    def __init__(self, rows: Sequence[Row]) -> None:
        seen = [row for row in rows if row.landmarks_px is not None]
        self._time_s = np.array([row.time_s for row in seen])
        heights = np.array([row.view.height_px for row in seen], dtype=float)
        height_px = float(np.nanmedian(heights)) if np.isfinite(heights).any() else np.nan
        points = np.array([row.landmarks_px for row in seen], dtype=float).reshape(len(seen), len(NAMES), 2)
        moved_px = np.linalg.norm(np.diff(points, axis=0), axis=2)
        self._steps: FloatArray = np.zeros(len(seen))
        self._steps[1:] = np.median(moved_px, axis=1) / height_px

    def jump_s(self, start_s: float, end_s: float) -> float | None:
        """Return the time of the first frame after a jump between two times; None where the image does not jump."""
        inside = np.flatnonzero((self._time_s >= start_s) & (self._time_s <= end_s))
        if not len(inside):
            return None
        steps = self._steps[inside]
        largest = int(np.nanargmax(steps))
        usual = float(np.nanmedian(steps))
        is_jump = steps[largest] >= max(_JUMP * usual, _LEAST_JUMP)
        return float(self._time_s[inside[largest]]) if is_jump else None
