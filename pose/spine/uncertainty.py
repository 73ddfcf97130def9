"""What is known about a clip -> how far each value may be off: the half-width of its 90 % band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pose.frame.measure import Row
from pose.geometry import FloatArray
from pose.smooth import running_median
from pose.spine import fit
from pose.spine.neutral import Neutral

#: A back compared with a typical stand instead of the person's own may be off by this much more (added in squares):
#: the spread of rendered people's stands, put through the formula.
_TYPICAL_STAND_DEG = {"spine_flexion_deg": 15.0, "hip_flexion_deg": 12.0, "knee_flexion_deg": 4.0}
#: How long before and after a moment its likeness, blur and hidden stations count.
_HALF_WINDOW_S = 0.25


def half_widths(columns: Mapping[str, FloatArray], rows: Sequence[Row], likeness: FloatArray,
                neutral: Neutral | None) -> dict[str, FloatArray]:
    """Half-width of the 90 % band of the angles a person is shown.

    Parameters
    ----------
    columns : mapping
        The cleaned columns of the track.
    rows : sequence of Row
    likeness : ndarray, shape (n,)
        From `spine_fit.flexions`.
    neutral : Neutral or None

    Returns
    -------
    dict of ndarray, shape (n,)
        Degrees; NaN where the value is unmeasured.
    """
    time_s = np.array([row.time_s for row in rows])
    hidden = np.array([np.isnan(row.reach_px).sum() for row in rows], dtype=float)
    blur = np.array([row.softness_px for row in rows], dtype=float)
    if neutral is not None:
        hidden += np.isnan(neutral.stand.reach_px).sum()
        blur /= neutral.stand.leg_px
    around = (running_median(time_s, values, _HALF_WINDOW_S) for values in (hidden, likeness, blur))
    flexion = np.stack([columns[name] for name in fit.TARGETS], axis=1)
    terms = fit.width_terms(flexion, *(np.nan_to_num(values) for values in around))
    widths = {}
    for name, width in zip(fit.TARGETS, fit.half_widths(terms).T, strict=True):
        if neutral is not None and not neutral.own:
            width = np.hypot(width, _TYPICAL_STAND_DEG[name])
        widths[name] = np.where(np.isfinite(columns[name]), width, np.nan)
    return widths
