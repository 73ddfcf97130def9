"""Columns and rows of a clip -> the uncertainty of each value: the half-width of its 90 % band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.frame.yaw import frame_yaw_deg
from pose.smooth import running_median
from pose.spine import fit
from pose.spine.hinge_terms import USED, visible_stations
from pose.spine.neutral import Neutral

#: Added in squares where a typical pose replaces the person's own: the spread of the neutral poses of rendered people,
#: through the formula.
_TYPICAL_POSE_DEG = {"spine_flexion_deg": 15.0, "hip_flexion_deg": 12.0, "knee_flexion_deg": 4.0}
#: Number of stations of the outline that are used.
_STATIONS = USED.stop - USED.start
#: Whole bend, degrees, and the part of the width there. The width is that of single frames; a value of a clip comes
#: from many frames against a neutral pose of many more. In 37 clips of rendered people outside the table the errors at
#: 90 % of the bottoms lay within 0.80 of it (spine; hip 0.80): 0.9 leaves room. Upright, real people need all of it.
_CLIP_BEND_DEG, _CLIP_SHARE = (20.0, 60.0), (1.0, 0.9)
#: Likeness, blur and hidden stations are medians over this long before and after a frame.
_HALF_WINDOW_S = 0.25


def band_half_widths(columns: Mapping[str, FloatArray], rows: Sequence[Row], likeness: FloatArray,
                     neutral: Neutral | None) -> dict[str, FloatArray]:
    """Compute the half-width of the 90 % band of the angles that a person is shown.

    Parameters
    ----------
    columns : mapping
        The cleaned columns of the track.
    rows : sequence of Row
    likeness : ndarray, shape (n,)
        From `fit.flexions`.
    neutral : Neutral or None

    Returns
    -------
    dict of ndarray, shape (n,)
        Degrees; NaN where the value is unmeasured.
    """
    time_s = np.array([row.time_s for row in rows])
    hidden = np.array([_STATIONS - visible_stations(row) for row in rows], dtype=float)
    blur = np.array([row.softness_px for row in rows], dtype=float)
    if neutral is not None:
        hidden += _STATIONS - visible_stations(neutral.pose)
        blur /= neutral.pose.leg_px
    hidden, likeness, blur = (np.nan_to_num(running_median(time_s, values, _HALF_WINDOW_S))
                              for values in (hidden, likeness, blur))
    flexion = np.stack([columns[name] for name in fit.TARGETS], axis=1)
    yaw = frame_yaw_deg(rows, np.array([not row.view.problem for row in rows]))
    terms = fit.width_terms(flexion, hidden, likeness, blur, np.nan_to_num(yaw))
    share = np.interp(np.nan_to_num(flexion[:, 0] + flexion[:, 1]), _CLIP_BEND_DEG, _CLIP_SHARE)
    widths = {}
    for name, width in zip(fit.TARGETS, (fit.half_widths(terms) * share[:, None]).T, strict=True):
        if neutral is not None and name != "knee_flexion_deg":  # the upright intervals disagree about the back
            width = np.hypot(width, neutral.uncertainty_deg)
        if neutral is not None and not neutral.personal:
            width = np.hypot(width, _TYPICAL_POSE_DEG[name])
        widths[name] = np.where(np.isfinite(columns[name]), width, np.nan)
    return widths
