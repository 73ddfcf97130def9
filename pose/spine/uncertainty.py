"""What is known about a clip -> how far each value may be off: the half-width of its 90 % band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pose.frame.measure import Row
from pose.frame.yaw import clip_yaw_deg
from pose.geometry import FloatArray
from pose.smooth import running_median
from pose.spine import fit
from pose.spine.hinge_terms import USED, in_view
from pose.spine.neutral import Neutral

#: A back compared with a typical stand instead of the person's own may be off by this much more (added in squares):
#: the spread of rendered people's stands, put through the formula.
_TYPICAL_STAND_DEG = {"spine_flexion_deg": 15.0, "hip_flexion_deg": 12.0, "knee_flexion_deg": 4.0}
#: Stations of the outline that count.
_COUNTED = USED.stop - USED.start
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
    hidden = np.array([_COUNTED - in_view(row) for row in rows], dtype=float)
    blur = np.array([row.softness_px for row in rows], dtype=float)
    if neutral is not None:
        hidden += _COUNTED - in_view(neutral.stand)
        blur /= neutral.stand.leg_px
    hidden, likeness, blur = (np.nan_to_num(running_median(time_s, values, _HALF_WINDOW_S))
                              for values in (hidden, likeness, blur))
    flexion = np.stack([columns[name] for name in fit.TARGETS], axis=1)
    yaw = clip_yaw_deg(rows, np.array([not row.view.problem for row in rows]))
    terms = fit.width_terms(flexion, hidden, likeness, blur, np.full(len(rows), np.nan_to_num(yaw)))
    widths = {}
    for name, width in zip(fit.TARGETS, fit.half_widths(terms).T, strict=True):
        if neutral is not None and name != "knee_flexion_deg":  # the stands' disagreement is about the back
            width = np.hypot(width, neutral.uncertainty_deg)
        if neutral is not None and not neutral.own:
            width = np.hypot(width, _TYPICAL_STAND_DEG[name])
        widths[name] = np.where(np.isfinite(columns[name]), width, np.nan)
    return widths
