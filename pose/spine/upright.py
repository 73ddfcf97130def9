"""Upright frames of a clip -> those that are consistent, and how far the upright intervals of the clip disagree.

A clip holds many upright intervals: the quiet one before the set, a lock-out after every rep. Each must read 0 against
the others. One that does not (a wave of the hand, a plate over the hips, leaning back) is excluded; how far the rest
disagree widens the band of everything that is measured against them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.spine.fit import flexions
from pose.spine.hinge_terms import LEAST_STATIONS, HingeTerms, visible_stations
from pose.spine.outline import PoseMeasures

#: Frames further apart than the first belong to different intervals; an interval shorter than the second is noise.
_MAX_GAP_S, _LEAST_S = 0.5, 0.1
#: An interval is weighted by its seconds up to this many: a quiet one weighs more than a lock-out, a pause not all.
_MAX_WEIGHT_S = 2.0
#: An interval whose back or hips read further than this from the others is excluded. Upright intervals of real people
#: (12 clips of 6 sources) read 3 to 6 deg from each other, 90 % within 10; a hand wave, a lean and a person half bent
#: read 14 to 36.
_MAX_DIFFERENCE_DEG = 12.0
#: More intervals than this are thinned out evenly: the comparison grows with their square.
_MAX_INTERVALS = 12


@dataclass(frozen=True, eq=False)
class UprightFrames:
    """The consistent upright frames of a clip.

    Attributes
    ----------
    rows : list of Row
        The frames of the consistent intervals, at most two seconds of each.
    uncertainty_deg : float
        Half-width of the 90 % band of the neutral pose that they give; 0 where there is only one interval.
    excluded_s : tuple of float
        Start times of the intervals that were excluded.
    """

    rows: list[Row]
    uncertainty_deg: float = 0.0
    excluded_s: tuple[float, ...] = field(default=())


def select_upright(upright: Sequence[Row], pose_of: Callable[[Sequence[Row]], PoseMeasures]) -> UprightFrames:
    """Compare the upright intervals of a clip with each other and exclude those that differ.

    Parameters
    ----------
    upright : sequence of Row
        The upright frames, in order of time.
    pose_of : callable
        Frames of one interval -> their common pose.
    """
    intervals = _thinned([run for run in split_intervals(upright) if run[-1].time_s - run[0].time_s >= _LEAST_S])
    poses = [pose_of(run) for run in intervals]
    usable = [number for number, pose in enumerate(poses) if visible_stations(pose) >= LEAST_STATIONS]
    if len(usable) < 2:
        return UprightFrames([row for run in split_intervals(upright) for row in _first_seconds(run)])
    intervals, poses = [intervals[number] for number in usable], [poses[number] for number in usable]
    seconds = np.array([min(run[-1].time_s - run[0].time_s, _MAX_WEIGHT_S) for run in intervals])
    flexion = np.array([flexions(HingeTerms(pose).table(poses))[0][:, :2] for pose in poses])  # spine and hip
    flexion -= np.einsum("iij->ij", flexion)[:, None]  # the formula's value for no change at all
    consistent = _consistent(flexion, seconds)
    spine = _differences(flexion[np.ix_(consistent, consistent)], seconds[consistent])[:, 0]
    spread = float(np.sqrt(np.average(spine**2, weights=seconds[consistent])))
    count = int(consistent.sum())
    selection = list(zip(intervals, consistent, strict=True))
    # The standard error of the intervals' mean, from how far each reads from the others.
    return UprightFrames([row for run, included in selection if included for row in _first_seconds(run)],
                         1.64 * spread * float(np.sqrt(count - 1)) / count,
                         tuple(run[0].time_s for run, included in selection if not included))


def split_intervals(upright: Sequence[Row]) -> list[list[Row]]:
    """Split upright frames where the person was not upright between them."""
    intervals: list[list[Row]] = []
    for row in upright:
        if intervals and row.time_s - intervals[-1][-1].time_s <= _MAX_GAP_S:
            intervals[-1].append(row)
        else:
            intervals.append([row])
    return intervals


def _consistent(flexion: FloatArray, seconds: FloatArray) -> BoolArray:
    """Return which intervals are consistent; all of them where most of the time would be excluded."""
    consistent = np.asarray((np.abs(_differences(flexion, seconds)) <= _MAX_DIFFERENCE_DEG).all(axis=1))
    enough = consistent.sum() > 1 and seconds[consistent].sum() >= 0.5 * seconds.sum()
    return consistent if enough else np.ones(len(flexion), dtype=bool)


def _differences(flexion: FloatArray, seconds: FloatArray) -> FloatArray:
    """Return each interval's flexion of spine and hip against the median of the others, degrees (n, 2)."""
    others = [np.arange(len(flexion)) != number for number in range(len(flexion))]
    return np.array([[_weighted_median(flexion[other, number, part], seconds[other]) for part in (0, 1)]
                     for number, other in enumerate(others)])


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(share, 0.5)])


def _first_seconds(interval: Sequence[Row]) -> list[Row]:
    return [row for row in interval if row.time_s - interval[0].time_s <= _MAX_WEIGHT_S]


def _thinned(intervals: list[list[Row]]) -> list[list[Row]]:
    if len(intervals) <= _MAX_INTERVALS:
        return intervals
    return [intervals[number] for number in np.linspace(0, len(intervals) - 1, _MAX_INTERVALS).round().astype(int)]
