"""Rows of a clip -> what its upright frames say: the back must read 0 there, whichever stand the baseline came from.

Truth that needs no label. A frame counts as upright by its landmarks alone: hip, knee and shoulder in line, trunk
vertical.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.positions.standing import StandingColumns
from pose.spine.neutral import find_neutral
from pose.track import Track

SPINE = "spine_flexion_deg"
#: Upright: within so many degrees of the straightest frames of the clip, and leaning no more than this.
_STRAIGHT_DEG, _LEAN_DEG = 6.0, 15.0
#: The straightest frames are this share of a clip.
_SHARE = 0.04
#: Two stands are apart if the person was not upright for so long between them; a shorter stand is a passing moment.
_GAP_S, _LEAST_S = 0.5, 0.2


@dataclass(frozen=True)
class Uprights:
    """Upright frames of a clip.

    Attributes
    ----------
    spine_deg : float
        Median over them of the spine flexion; NaN where there is none.
    inside : float
        Share of them whose value is within its own 90 % band of 0.
    frames : int
        How many there are.
    """

    spine_deg: float
    inside: float
    frames: int = 0


def uprights(rows: Sequence[Row], track: Track) -> Uprights:
    """Read the spine in a judged clip's upright frames."""
    spine, width = track.columns[SPINE], track.uncertainty.get(SPINE)
    at = is_upright(rows) & np.isfinite(spine)
    if not at.any() or width is None:
        return Uprights(np.nan, np.nan)
    return Uprights(float(np.median(spine[at])), float((np.abs(spine[at]) <= width[at]).mean()),
                    int(at.sum()))


def is_upright(rows: Sequence[Row]) -> BoolArray:
    """Which frames show the person upright, by the landmarks."""
    lean = np.array([row.trunk_pitch_deg for row in rows])
    bend = np.abs(np.array([turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg) for row in rows]))
    whole = np.array([not row.view.problem for row in rows]) & np.isfinite(bend)
    if not whole.any():
        return whole
    straight = bend <= min(float(np.quantile(bend[whole], _SHARE)), 15.0) + _STRAIGHT_DEG
    return whole & straight & (np.abs(lean) <= _LEAN_DEG)


def stands(rows: Sequence[Row]) -> list[list[Row]]:
    """The upright frames, a list for each time the person stood."""
    runs: list[list[Row]] = []
    for row, upright in zip(rows, is_upright(rows), strict=True):
        if upright and runs and row.time_s - runs[-1][-1].time_s <= _GAP_S:
            runs[-1].append(row)
        elif upright:
            runs.append([row])
    return [run for run in runs if run[-1].time_s - run[0].time_s >= _LEAST_S]


def against_other_stands(rows: Sequence[Row]) -> FloatArray:
    """The spine of every stand of a clip read against every other one, degrees; 0 is right."""
    runs = stands(rows)
    values = []
    for number, run in enumerate(runs):
        neutral = find_neutral(run)
        if neutral is not None and neutral.personal:
            values += [float(np.nanmedian(StandingColumns.of(other, neutral).columns[SPINE]))
                       for place, other in enumerate(runs) if place != number]
    return np.array(values)


def by_part_of_stands(rows: Sequence[Row], moments_s: Sequence[float]) -> FloatArray:
    """How much the spine at some moments changes if the stand is the last instead of the first second of standing.

    Returns
    -------
    ndarray, shape (len(moments_s),)
        Degrees; empty where the person stood for less than two seconds.
    """
    upright = [row for row, is_up in zip(rows, is_upright(rows), strict=True) if is_up]
    if len(upright) < 10:
        return np.array([])
    first = [row for row in upright if row.time_s - upright[0].time_s <= 1.0]
    last = [row for row in upright if upright[-1].time_s - row.time_s <= 1.0]
    if last[0].time_s <= first[-1].time_s:
        return np.array([])
    spines = []
    for part in (first, last):
        neutral = find_neutral(part)
        if neutral is None or not neutral.personal:
            return np.array([])
        spines.append([_near(rows, neutral, time_s) for time_s in moments_s])
    return np.diff(np.array(spines), axis=0)[0]


def _near(rows: Sequence[Row], neutral: object, time_s: float) -> float:
    near = [row for row in rows if abs(row.time_s - time_s) <= 0.15 and not row.view.problem]
    spine = StandingColumns.of(near, neutral).columns[SPINE] if near else np.array([np.nan])  # type: ignore[arg-type]
    return float(np.nanmedian(spine)) if np.isfinite(spine).any() else np.nan
