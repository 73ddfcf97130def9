"""A Track and angles measured by hand -> how well they agree: bias, limits of agreement, the pairs for a picture.

Bland JM, Altman DG: Statistical methods for assessing agreement between two methods of clinical measurement. Lancet
1986; i: 307-310. Differences of neighbouring moments are not independent, so nothing is said about the precision of the
limits themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.reason_words import clause
from exercises.report_parts import Agreement
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.validation.hand_measurements import HandMeasured
from pose.quantity import QUANTITIES
from pose.track import Track

FloatArray = NDArray[np.float64]

#: Fewer pairs say nothing about spread.
FEWEST = 3
#: A moment lies between two measured ones so near, or this near to one (times are often rounded).
_REACH_S, _SAME_S = 0.15, 0.02
#: 95 % of a normal distribution lie within so many standard deviations.
_Z95 = 1.96


@dataclass(frozen=True, eq=False)
class Compared:
    """One quantity, compared moment by moment.

    Attributes
    ----------
    agreement : Agreement
    time_s, hand, ours : ndarray, shape (n,)
        Moments that both have, in seconds and degrees.
    """

    agreement: Agreement
    time_s: FloatArray
    hand: FloatArray
    ours: FloatArray


def added(report: SetReport, track: Track | None, measured: HandMeasured) -> tuple[SetReport, tuple[Compared, ...]]:
    """Return the report with its `agreement`, or with the reasons why there is none, and the pairs."""
    found, missing = [], []
    for name in measured.columns:
        compared = compare(track, measured, name) if track is not None and len(track) else "nothing was measured"
        if isinstance(compared, Compared):
            found.append(compared)
        else:
            missing.append(f"No comparison of the {QUANTITIES[name].label} with {measured.source}: {compared}.")
    if measured.ignored:
        columns = ", ".join(map(repr, measured.ignored))
        missing.append(f"Left out of {measured.source}, as their names say nothing known: {columns}.")
    agreement = tuple(one.agreement for one in found)
    return reasons.added(report, reasons.notes(missing), agreement=agreement), tuple(found)


def compare(track: Track, measured: HandMeasured, quantity: str) -> Compared | str:
    """Compare one quantity.

    Parameters
    ----------
    track : Track
    measured : HandMeasured
    quantity : str
        One of `measured.columns`.

    Returns
    -------
    Compared or str
        The reason where fewer than 3 moments can be compared.
    """
    hand = measured.columns[quantity]
    given = np.isfinite(hand)
    fps = 1 / float(np.median(np.diff(track.time_s))) if len(track) > 1 else None
    time_s, hand = measured.times.seconds(fps)[given], hand[given]
    ours = _at(track, quantity, time_s)
    both = np.isfinite(ours)
    if both.sum() < FEWEST:
        why = track.why_unmeasured(quantity, -np.inf, np.inf)
        return (f"{both.sum()} of {len(hand)} moments could be compared, at least {FEWEST} are needed"
                f"{'' if why is None else f'; {clause(why)}'}")
    differences = ours[both] - hand[both]
    bias, sd = float(differences.mean()), float(differences.std(ddof=1))
    agreement = Agreement(
        quantity=quantity, n=int(both.sum()), unmatched=int((~both).sum()), bias_deg=round(bias, 3),
        sd_deg=round(sd, 3), limits_deg=(round(bias - _Z95 * sd, 3), round(bias + _Z95 * sd, 3)),
        mean_absolute_error_deg=round(float(np.abs(differences).mean()), 3), inner=measured.inner,
        note=_note(hand[both], ours[both], measured.inner))
    return Compared(agreement, time_s[both], hand[both], ours[both])


def _at(track: Track, quantity: str, time_s: FloatArray) -> FloatArray:
    """The track's value at each time, straight between neighbouring frames; NaN where it was not measured there."""
    column = track.columns.get(quantity, np.full(len(track), np.nan))
    seen = np.isfinite(column)
    if not seen.any():
        return np.full(len(time_s), np.nan)
    at, values = track.time_s[seen], column[seen]
    after = np.clip(np.searchsorted(at, time_s), 1, max(len(at) - 1, 1))
    before_s, after_s = time_s - at[after - 1], at[np.minimum(after, len(at) - 1)] - time_s
    between = (np.abs(before_s) <= _REACH_S) & (np.abs(after_s) <= _REACH_S)
    same = np.minimum(np.abs(before_s), np.abs(after_s)) <= _SAME_S
    return np.where(between | same, np.interp(time_s, at, values), np.nan)


def _note(hand: FloatArray, ours: FloatArray, inner: bool) -> str:
    """A hint where 180 minus the hand's angle would fit far better than the angle itself."""
    as_given, turned = np.abs(ours - hand).mean(), np.abs(ours - (180 - hand)).mean()
    if turned > as_given / 2 or np.ptp(hand) == 0:
        return ""
    if inner:
        return "The hand's values look like flexions already: try without --truth-inner."
    return "The hand's values look like inner angles (180 = straight): try --truth-inner."
