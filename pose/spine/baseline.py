"""Upright frames of a clip -> those that belong together, and how well the person's stands agree.

A clip holds many stands: the quiet one before the set, a lock-out after every rep. Each must read 0 against the others.
One that does not (a wave of the hand, a plate over the hips, leaning back) is left out; how far the rest disagree goes
into the band of everything that is measured against them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray
from pose.spine.fit import flexions
from pose.spine.hinge_terms import LEAST_STATIONS, HingeTerms, in_view
from pose.spine.terms import Measured

#: The person left the stand if not upright for so long; shorter than `_LEAST_S` is a passing moment.
_APART_S, _LEAST_S = 0.5, 0.1
#: A stand counts by its seconds, up to so many: a quiet stand for more than a lock-out, a pause not for everything.
_MOST_S = 2.0
#: A stand whose back or hips read further than this from the others is none. Stands of real people (12 clips of 6
#: sources) read 3 to 6 deg from each other, 90 % within 10; a hand wave, a lean and a person half bent read 14 to 36.
_FARTHEST_DEG = 12.0
#: More stands than this are thinned out evenly: the comparison grows with their square.
_MOST_STANDS = 12


@dataclass(frozen=True, eq=False)
class Agreement:
    """What the stands of a clip agree on.

    Attributes
    ----------
    rows : list of Row
        The frames of the stands that belong together, no stand for more than two seconds.
    uncertainty_deg : float
        Half-width of the 90 % band of the zero they make; 0 where there is only one stand to go by.
    left_out_s : tuple of float
        When the stands began that do not belong to them.
    """

    rows: list[Row]
    uncertainty_deg: float = 0.0
    left_out_s: tuple[float, ...] = field(default=())


def agreement(upright: Sequence[Row], stand_of: Callable[[Sequence[Row]], Measured]) -> Agreement:
    """Compare the stands of a clip with each other.

    Parameters
    ----------
    upright : sequence of Row
        The upright frames, in order of time.
    stand_of : callable
        Frames of one stand -> that stand.
    """
    runs = _thinned([run for run in stands(upright) if run[-1].time_s - run[0].time_s >= _LEAST_S])
    middles = [stand_of(run) for run in runs]
    usable = [number for number, middle in enumerate(middles) if in_view(middle) >= LEAST_STATIONS]
    if len(usable) < 2:
        return Agreement([row for run in stands(upright) for row in _first_seconds(run)])
    runs, middles = [runs[number] for number in usable], [middles[number] for number in usable]
    seconds = np.array([min(run[-1].time_s - run[0].time_s, _MOST_S) for run in runs])
    read = np.array([flexions(HingeTerms(middle).table(middles))[0][:, :2] for middle in middles])  # spine and hip
    read -= np.einsum("iij->ij", read)[:, None]  # what the formula makes of no change at all
    kept = _kept(read, seconds)
    spine = _against(read[np.ix_(kept, kept)], seconds[kept])[:, 0]
    spread = float(np.sqrt(np.average(spine**2, weights=seconds[kept])))
    count = int(kept.sum())
    # The error of the stands' mean, from how far each reads from the others.
    return Agreement([row for run, keep in zip(runs, kept, strict=True) if keep for row in _first_seconds(run)],
                     1.64 * spread * float(np.sqrt(count - 1)) / count,
                     tuple(run[0].time_s for run, keep in zip(runs, kept, strict=True) if not keep))


def stands(upright: Sequence[Row]) -> list[list[Row]]:
    """Split upright frames where the person left the stand between them."""
    runs: list[list[Row]] = []
    for row in upright:
        if runs and row.time_s - runs[-1][-1].time_s <= _APART_S:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _kept(read: FloatArray, seconds: FloatArray) -> NDArray[np.bool_]:
    """Which stands belong together; all of them where most of the time would be left out."""
    kept = np.asarray((np.abs(_against(read, seconds)) <= _FARTHEST_DEG).all(axis=1))
    enough = len(read) > 2 and seconds[kept].sum() >= 0.5 * seconds.sum()
    return kept if enough else np.ones(len(read), dtype=bool)


def _against(read: FloatArray, seconds: FloatArray) -> FloatArray:
    """How each stand reads against the usual one of the others, degrees: spine and hip (n, 2)."""
    others = [np.arange(len(read)) != number for number in range(len(read))]
    return np.array([[_weighted_median(read[other, number, part], seconds[other]) for part in (0, 1)]
                     for number, other in enumerate(others)])


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(share, 0.5)])


def _first_seconds(run: Sequence[Row]) -> list[Row]:
    return [row for row in run if row.time_s - run[0].time_s <= _MOST_S]


def _thinned(runs: list[list[Row]]) -> list[list[Row]]:
    if len(runs) <= _MOST_STANDS:
        return runs
    return [runs[number] for number in np.linspace(0, len(runs) - 1, _MOST_STANDS).round().astype(int)]
