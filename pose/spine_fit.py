"""Terms of a frame -> flexion of spine, hip and knee, by a formula fitted on rendered pairs.

The formula has two parts. The first is a plain weighted sum of the named terms of `spine_features`; anyone can read its
weights (docs/measurement.md). The second corrects it where rendered people in similar postures showed it to be off, and
fades to nothing for a posture or build unlike any of them: there the plain sum stands alone.

    flexion = mean + sum(weight * term) + sum(height_k * exp(-narrowness * |terms - centre_k|^2))

with the terms standardised. `bench/fit_spine.py` fits it anew from `bench/spine_pairs.npz` and prints its error on
people it has not seen.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from pose.geometry import FloatArray
from pose.spine_features import NAMES

#: The columns of the formula's result.
TARGETS = ("spine_flexion_deg", "hip_flexion_deg", "knee_flexion_deg")


class Fit(NamedTuple):
    """The fitted numbers; shapes with t terms, c centres and three targets."""

    term_mean: FloatArray  # (t,)
    term_scale: FloatArray  # (t,)
    mean: FloatArray  # (3,)
    weights: FloatArray  # (t, 3)
    centres: FloatArray  # (c, t)
    heights: FloatArray  # (c, 3)
    narrowness: float
    typical: FloatArray  # (8 + stations,): the average stand, see `typical_stand`
    width_knots_deg: FloatArray  # (k,): estimated spine flexion ...
    widths_deg: FloatArray  # (k, 3): ... and the half-width of the 90 % band of each target there
    width_by_hidden: FloatArray  # (3, 2): stations of the outline that were hidden, what they multiply the width by
    about: dict[str, Any]


@cache
def fit() -> Fit:
    """Load the fitted numbers that come with the program."""
    with resources.files("pose").joinpath("spine_fit.npz").open("rb") as file, np.load(file) as data:
        about = json.loads(str(data["about"]))
        arrays = {name: data[name].astype(float) for name in Fit._fields if name not in ("about", "narrowness")}
        narrowness = float(data["narrowness"])
    if tuple(about["terms"]) != NAMES:
        raise ValueError("pose/spine_fit.npz was fitted on other terms; run bench/fit_spine.py")
    return Fit(**arrays, narrowness=narrowness, about=about)


def flexions(terms: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Apply the formula.

    Parameters
    ----------
    terms : ndarray, shape (n, len(NAMES))
        From `spine_features.Terms`; a row of NaN gives NaN.

    Returns
    -------
    flexion_deg : ndarray, shape (n, 3)
        In the order of `TARGETS`: spine (0 = own neutral, positive = rounded), hip, knee.
    likeness : ndarray, shape (n,)
        0 to 1: how like the nearest rendered posture this one is. 0 = unlike all, the plain sum stands alone.
    """
    numbers = fit()
    standard = (terms - numbers.term_mean) / numbers.term_scale
    square = (standard**2).sum(axis=1)[:, None] + (numbers.centres**2).sum(axis=1)[None]
    near = np.exp(-numbers.narrowness * np.maximum(square - 2 * standard @ numbers.centres.T, 0.0))
    return numbers.mean + standard @ numbers.weights + near @ numbers.heights, near.max(axis=1)


def half_widths(spine_flexion_deg: FloatArray, hidden: FloatArray) -> FloatArray:
    """Half-width of the 90 % band on people whom the fit has not seen.

    Parameters
    ----------
    spine_flexion_deg : ndarray, shape (n,)
        As estimated: the middle of the range is the least sure.
    hidden : ndarray, shape (n,)
        Stations of the outline that had to be bridged, in the frame and in the stand together.

    Returns
    -------
    ndarray, shape (n, 3)
        Degrees, in the order of `TARGETS`.
    """
    numbers = fit()
    at_knots = [np.interp(spine_flexion_deg, numbers.width_knots_deg, column) for column in numbers.widths_deg.T]
    return np.stack(at_knots, axis=1) * np.interp(hidden, *numbers.width_by_hidden.T)[:, None]


def typical_stand(leg_px: float) -> dict[str, Any]:
    """The average stand of the people of the fit, for a person with legs of this length: fields of `neutral.Stand`."""
    typical = fit().typical
    pitches = ("trunk_pitch_deg", "thigh_pitch_deg", "shank_pitch_deg", "neck_pitch_deg")
    lengths = ("trunk_px", "thigh_px", "shank_px", "hip_over_ankle_px")
    return {
        **dict(zip(pitches, typical[:4].tolist(), strict=True)),
        **dict(zip(lengths, (leg_px * typical[4:8]).tolist(), strict=True)),
        "reach_px": leg_px * typical[8:],
    }
