"""What is known about a clip -> how far each value may be off: the half-width of its 90 % band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pose.geometry import FloatArray
from pose.measure import Row
from pose.neutral import Neutral
from pose.smooth import running_median

#: 90 % of the errors on rendered people whom the fit has not seen (bench/fit_spine.py) are within this, degrees.
BASE_DEG = {"spine_flexion_deg": 11.0, "hip_flexion_deg": 10.0, "knee_flexion_deg": 4.5}
#: A back compared with a typical stand instead of the person's own may be off by this much more (added in squares).
_TYPICAL_STAND_DEG = {"spine_flexion_deg": 15.0, "hip_flexion_deg": 12.0, "knee_flexion_deg": 4.0}
#: Away from all rendered postures the plain sum stands alone: its errors are this much larger.
_UNLIKE = 1.5
#: Below this height in the picture the outline's own steps begin to count.
_ENOUGH_PX = 220.0


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
    height = np.array([row.view.height_px for row in rows])
    strange = 1 + (_UNLIKE - 1) * (1 - np.clip(running_median(time_s, likeness, 0.25) / 0.5, 0, 1))
    small = np.maximum(1.0, _ENOUGH_PX / np.maximum(height, 1.0))
    widths = {}
    for name, base in BASE_DEG.items():
        width = base * np.nan_to_num(strange, nan=_UNLIKE) * small
        if neutral is not None and not neutral.own:
            width = np.hypot(width, _TYPICAL_STAND_DEG[name])
        widths[name] = np.where(np.isfinite(columns[name]), width, np.nan)
    return widths
