"""Errors -> the figures that describe them: MAE, bias, 95th percentile, coverage, AUC. Arithmetic only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata


@dataclass(frozen=True)
class Errors:
    """A set of errors described; NaN where there is none.

    Attributes
    ----------
    n : int
        How many were measured.
    mae, bias, p95, largest : float
        Mean of the absolute error, mean error (positive = measured too large), 95th percentile and maximum of the
        absolute error.
    unmeasured : float
        Share of all values that were not measured, 0 to 1.
    """

    n: int
    mae: float
    bias: float
    p95: float
    largest: float
    unmeasured: float


def describe(errors: ArrayLike) -> Errors:
    """Describe errors; NaN = unmeasured."""
    every = np.asarray(errors, dtype=float).ravel()
    seen = every[np.isfinite(every)]
    missing = 1 - len(seen) / len(every) if len(every) else np.nan
    if not len(seen):
        return Errors(0, np.nan, np.nan, np.nan, np.nan, missing)
    off = np.abs(seen)
    return Errors(len(seen), float(off.mean()), float(seen.mean()), float(np.percentile(off, 95)), float(off.max()),
                  missing)


def coverage(errors: ArrayLike, half_widths: ArrayLike) -> float:
    """Share of measured values whose error lies within the stated band, 0 to 1; NaN where no band was stated."""
    off, width = np.abs(np.asarray(errors, dtype=float)), np.asarray(half_widths, dtype=float)
    stated = np.isfinite(off) & np.isfinite(width)
    return float((off[stated] <= width[stated]).mean()) if stated.any() else np.nan


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a random positive lies above a random negative, ties half; NaN where a side is empty."""
    above, below = (np.asarray(side, dtype=float) for side in (positive, negative))
    above, below = above[np.isfinite(above)], below[np.isfinite(below)]
    if not len(above) or not len(below):
        return np.nan
    ranks = rankdata(np.concatenate([above, below]))[: len(above)]
    return float((ranks.sum() - len(above) * (len(above) + 1) / 2) / (len(above) * len(below)))
