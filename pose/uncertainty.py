"""What is known about a clip -> how far each value may be off: the half-width of its 90 % band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pose import spine_fit
from pose.geometry import FloatArray
from pose.measure import Row
from pose.neutral import Neutral
from pose.smooth import running_median

#: A back compared with a typical stand instead of the person's own may be off by this much more (added in squares):
#: the spread of rendered people's stands, put through the formula.
_TYPICAL_STAND_DEG = {"spine_flexion_deg": 15.0, "hip_flexion_deg": 12.0, "knee_flexion_deg": 4.0}
#: How much larger errors are where no rendered posture is like this one: (likeness, factor).
_BY_LIKENESS = np.array([(0.0, 2.0), (0.45, 1.5), (0.7, 1.2), (0.9, 1.0)])
#: Below this height in the picture the outline's own steps begin to count.
_ENOUGH_PX = 200.0
#: How long before and after a moment its likeness and hidden stations count.
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
    if neutral is not None:
        hidden += np.isnan(neutral.stand.reach_px).sum()
    like = np.nan_to_num(running_median(time_s, likeness, _HALF_WINDOW_S))
    height = np.array([row.view.height_px for row in rows])
    factor = np.interp(like, *_BY_LIKENESS.T) * np.maximum(1.0, _ENOUGH_PX / np.maximum(height, 1.0))
    base = spine_fit.half_widths(columns["spine_flexion_deg"], running_median(time_s, hidden, _HALF_WINDOW_S))
    widths = {}
    for name, width in zip(spine_fit.TARGETS, (base * factor[:, None]).T, strict=True):
        if neutral is not None and not neutral.own:
            width = np.hypot(width, _TYPICAL_STAND_DEG[name])
        widths[name] = np.where(np.isfinite(columns[name]), width, np.nan)
    return widths
