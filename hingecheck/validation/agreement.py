"""Compute how well a Track agrees with angles measured by hand: bias, limits of agreement, pairs for a plot.

Bland JM, Altman DG: Statistical methods for assessing agreement between two methods of clinical measurement. Lancet
1986; i: 307-310. Differences at neighbouring times are not independent, so the precision of the limits is not given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.measures import label_of
from exercises.reason_words import clause
from exercises.report_parts import Agreement
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.validation.hand_measurements import HandMeasurements
from language.numbers import number
from language.translate import _
from pose.arrays import FloatArray
from pose.track import Track

#: Smallest number of pairs that show a spread.
FEWEST = 3
#: A time is compared if measured frames lie this near on both sides, or one this near (times are often rounded).
_REACH_S, _SAME_S = 0.15, 0.02
#: 95 % of a normal distribution lie within this many standard deviations.
_Z95 = 1.96


@dataclass(frozen=True, eq=False)
class AgreementPairs:
    """The pairs of values of one quantity, measured by hand and by this program.

    Attributes
    ----------
    agreement : Agreement
    time_s, hand, ours : ndarray, shape (n,)
        Times in seconds and both values in degrees, where both exist.
    """

    agreement: Agreement
    time_s: FloatArray
    hand: FloatArray
    ours: FloatArray


def with_agreement(report: SetReport, track: Track | None,
                   by_hand: HandMeasurements) -> tuple[SetReport, tuple[AgreementPairs, ...]]:
    """Return the report with its `agreement`, or with the reasons why there is none, and the pairs."""
    comparisons, missing = [], []
    for name in by_hand.columns:
        pairs = compare(track, by_hand, name) if track is not None and len(track) else _("nothing was measured")
        if isinstance(pairs, AgreementPairs):
            comparisons.append(pairs)
        else:
            missing.append(_("No comparison of the {quantity} with {source}: {reason}.").format(
                quantity=_(label_of(name)), source=by_hand.source, reason=pairs))
    missing += _outside(track, by_hand)
    if by_hand.ignored_columns:
        columns = ", ".join(map(repr, by_hand.ignored_columns))
        missing.append(_("Some columns of {source} were not used, because their names are unknown: {columns}.").format(
            source=by_hand.source, columns=columns))
    agreement = tuple(pairs.agreement for pairs in comparisons)
    return reasons.with_reasons(report, reasons.as_notes(missing), agreement=agreement), tuple(comparisons)


def compare(track: Track, by_hand: HandMeasurements, quantity: str) -> AgreementPairs | str:
    """Compare one quantity.

    Parameters
    ----------
    track : Track
    by_hand : HandMeasurements
    quantity : str
        One of `by_hand.columns`.

    Returns
    -------
    AgreementPairs or str
        The pairs; the reason where fewer than 3 times can be compared.
    """
    hand = by_hand.columns[quantity]
    has_value = np.isfinite(hand)
    time_s, hand = _seconds(track, by_hand)[has_value], hand[has_value]
    ours = value_at(track.time_s, track.columns.get(quantity), time_s)
    both = np.isfinite(ours)
    if both.sum() < FEWEST:
        reason = track.why_unmeasured(quantity, -np.inf, np.inf)
        why = _("{count} of {all} times could be compared, at least {fewest} are needed").format(
            count=both.sum(), all=len(hand), fewest=FEWEST)
        return why if reason is None else f"{why}; {clause(reason)}"
    differences = ours[both] - hand[both]
    bias, sd = float(differences.mean()), float(differences.std(ddof=1))
    agreement = Agreement(
        quantity=quantity, n=int(both.sum()), unmatched=int((~both).sum()), bias_deg=round(bias, 3),
        sd_deg=round(sd, 3), limits_deg=(round(bias - _Z95 * sd, 3), round(bias + _Z95 * sd, 3)),
        mean_absolute_error_deg=round(float(np.abs(differences).mean()), 3), inner=by_hand.inner,
        note=_note(hand[both], ours[both], by_hand.inner))
    return AgreementPairs(agreement, time_s[both], hand[both], ours[both])


def _seconds(track: Track, by_hand: HandMeasurements) -> FloatArray:
    return by_hand.times.seconds(1 / float(np.median(np.diff(track.time_s))) if len(track) > 1 else None)


def _outside(track: Track | None, by_hand: HandMeasurements) -> list[str]:
    """Return a sentence where times lie outside of what was analysed, as they do where their unit is another."""
    if track is None or not len(track):
        return []
    first_s, last_s, time_s = track.time_s[0], track.time_s[-1], _seconds(track, by_hand)
    outside = (time_s < first_s - _REACH_S) | (time_s > last_s + _REACH_S)
    if not outside.any():
        return []
    return [_("{count} of {all} times of {source} lie outside of what was analysed, {first} to {last} s (the table: "
              "{table_first} to {table_last} s). Check the unit of its time, and that it belongs to this "
              "video.").format(count=outside.sum(), all=len(time_s), source=by_hand.source, first=number(first_s, 1),
                               last=number(last_s, 1), table_first=number(time_s.min(), 1),
                               table_last=number(time_s.max(), 1))]


def value_at(frames_s: FloatArray, column: FloatArray | None, time_s: FloatArray) -> FloatArray:
    """Interpolate a column of a track linearly between neighbouring frames.

    Parameters
    ----------
    frames_s : ndarray, shape (n,)
        Times of the frames in seconds.
    column : ndarray, shape (n,), or None
        NaN where unmeasured; None where the track has none.
    time_s : ndarray, shape (m,)

    Returns
    -------
    ndarray, shape (m,)
        NaN where no measured frame is near.
    """
    is_measured = np.zeros(0, bool) if column is None else np.isfinite(column)
    if column is None or not is_measured.any():
        return np.full(len(time_s), np.nan)
    at, values = frames_s[is_measured], column[is_measured]
    after = np.clip(np.searchsorted(at, time_s), 1, max(len(at) - 1, 1))
    before_s, after_s = time_s - at[after - 1], at[np.minimum(after, len(at) - 1)] - time_s
    between = (np.abs(before_s) <= _REACH_S) & (np.abs(after_s) <= _REACH_S)
    same = np.minimum(np.abs(before_s), np.abs(after_s)) <= _SAME_S
    return np.where(between | same, np.interp(time_s, at, values), np.nan)


def _note(hand: FloatArray, ours: FloatArray, inner: bool) -> str:
    """Return a hint where 180 minus the angle by hand fits far better than the angle itself."""
    error, error_of_supplement = np.abs(ours - hand).mean(), np.abs(ours - (180 - hand)).mean()
    if error_of_supplement > error / 2 or np.ptp(hand) == 0:
        return ""
    if inner:
        return _("The angles measured by hand look like flexions already. Compare them without converting inner "
                 "angles.")
    return _("The angles measured by hand look like inner angles (180\u00b0 = straight). Compare them as inner angles.")
