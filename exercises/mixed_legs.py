"""Both legs of a lying person during a hold -> the frames in which the pose model confuses the two.

In a side view the legs hide each other, and the model then moves the raised leg down and the resting one up at the same
time. A person who bounces moves one leg: the other stays on the floor. Such frames do not show how steady a hold is.
"""

from __future__ import annotations

import numpy as np

from exercises.curve import GRID_HZ, Curve
from exercises.filters import running_maximum
from pose.arrays import BoolArray, FloatArray
from pose.track import Track

#: The two columns, the raised leg first.
_RAISED, _RESTING = "leg_raise_deg", "resting_leg_raise_deg"
#: Distances from the medians over the hold, in opposite directions, of the raised and of the resting leg, and the least
#: share of the second in the first. Confused legs of rendered people fall by 20 while the other rises by 13; resting
#: legs of steady holds stay within 3.
_AWAY_DEG, _OTHER_DEG, _SHARE = 4.0, 4.0, 0.4
#: The model changes over and back within this time on either side.
_TRANSITION_S = 0.4


def find_confused_legs(track: Track, line: Curve, rows: slice, quantity: str) -> BoolArray:
    """Return the frames of a hold in which the legs are confused.

    Parameters
    ----------
    track : Track
    line : Curve
        Of the raised leg.
    rows : slice
        Steps of the hold.
    quantity : str
        The quantity of the curve; only a raised leg can be confused with another.

    Returns
    -------
    ndarray of bool, shape (steps of the hold,)
    """
    steps = len(line.depth[rows])
    resting = track.columns.get(_RESTING)
    if quantity != _RAISED or resting is None or not steps or np.isfinite(resting).sum() < 2:
        return np.zeros(steps, dtype=bool)
    finite = np.isfinite(resting)
    other = np.interp(line.time_s[rows], track.time_s[finite], resting[finite])
    away, against = _from_middle(line.depth[rows]), _from_middle(other)
    opposite = (away * against < 0) & (np.abs(away) > _AWAY_DEG) & (
        np.abs(against) > np.maximum(_OTHER_DEG, _SHARE * np.abs(away)))
    reach = round(_TRANSITION_S * GRID_HZ)
    return np.asarray(running_maximum(opposite.astype(float), reach, reach) > 0)


def _from_middle(values: FloatArray) -> FloatArray:
    return np.asarray(values - np.median(values))
