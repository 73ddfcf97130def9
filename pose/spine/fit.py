"""Terms of a frame -> flexion of spine, hip and knee, by a formula fitted on rendered pairs.

The formula has two parts. The first is a weighted sum of the named terms of `hinge_terms`; its weights are in
docs/measurement.md. The second corrects it by the errors on rendered people in similar postures, and fades to nothing
for a posture or build unlike any of them: there the weighted sum alone is used.

    flexion = mean + sum(weight * term) + sum(height_k * exp(-narrowness * |terms - centre_k|^2))

with the terms standardised. `bench/fit_spine.py` fits it anew from `bench/spine_pairs.npz` and prints its error on
people it was not fitted on.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from pose.arrays import FloatArray
from pose.spine.hinge_terms import NAMES

#: The columns of the formula's output.
TARGETS = ("spine_flexion_deg", "hip_flexion_deg", "knee_flexion_deg")
#: Knots of the linear interpolation of the error's width over the estimated spine flexion, degrees.
WIDTH_KNOTS_DEG = (5.0, 15.0, 25.0, 35.0, 45.0, 55.0)
#: The same over the whole bend, degrees. On 539 rendered people unseen by the fit the band holds
#: 90 % of the errors upright and 86 to 88 % of those bent by 10 to 140 deg; with one line from 0 to 100 deg, 97 % and
#: 83 to 89. Of the upright frames of real people, 28 clips, it holds 93 %.
BEND_KNOTS_DEG = (0.0, 20.0, 60.0, 100.0)
#: Half of the rendered people's outlines are softer than this, in per cent of the leg.
USUAL_BLUR_PERCENT = 1.0
#: Keeps the logarithm of a likeness finite; so unlike that the band is wider than any bend.
_LEAST_LIKENESS = 1e-9
#: Frames that the formula is applied to at once: the distances from five minutes of frames to all postures would fill
#: 216 MB and take five times as long.
_AT_ONCE = 1024
#: The names of the terms of the error's width, in the order of `width_terms`, as stored with the fitted numbers.
WIDTH_NAMES = (*(f"spinal curve of {knot:.0f} deg" for knot in WIDTH_KNOTS_DEG),
               *(f"whole bend of {knot:.0f} deg" for knot in BEND_KNOTS_DEG[1:]),
               "hidden stations (10)", "unlike every rendered posture (likeness 1 to 0.37)",
               f"softer outline ({USUAL_BLUR_PERCENT:g} to {USUAL_BLUR_PERCENT + 1:g} % of the leg)",
               "turned (0 to 45 deg from side-on)")


class Fit(NamedTuple):
    """The fitted numbers; shapes with t terms, c centres and three targets."""

    term_mean: FloatArray  # (t,)
    term_scale: FloatArray  # (t,)
    mean: FloatArray  # (3,)
    weights: FloatArray  # (t, 3)
    centres: FloatArray  # (c, t)
    heights: FloatArray  # (c, 3)
    narrowness: float
    typical: FloatArray  # (8 + stations,): the average neutral pose, see `typical_pose`
    width_weights: FloatArray  # (len(WIDTH_NAMES), 3): of the logarithm of the 90 % band's half-width
    about: dict[str, Any]


@cache
def fit() -> Fit:
    """Load the fitted numbers from the package."""
    with resources.files("pose.spine").joinpath("fit.npz").open("rb") as file, np.load(file) as data:
        about = json.loads(str(data["about"]))
        arrays = {name: data[name].astype(float) for name in Fit._fields if name not in ("about", "narrowness")}
        narrowness = float(data["narrowness"])
    if (tuple(about["terms"]), tuple(about["width_terms"])) != (NAMES, WIDTH_NAMES):
        raise ValueError("pose/spine/fit.npz was fitted on other terms; run bench/fit_spine.py")
    return Fit(**arrays, narrowness=narrowness, about=about)


def flexions(terms: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Apply the formula.

    Parameters
    ----------
    terms : ndarray, shape (n, len(NAMES))
        From `hinge_terms.HingeTerms`; a row of NaN gives NaN.

    Returns
    -------
    flexion_deg : ndarray, shape (n, 3)
        In the order of `TARGETS`: spine (0 = own neutral, positive = rounded), hip, knee.
    likeness : ndarray, shape (n,)
        0 to 1: similarity to the nearest rendered posture. 0 = unlike all, the weighted sum alone is used.
    """
    numbers = fit()
    standard = (terms - numbers.term_mean) / numbers.term_scale
    # Also for no frame at all, so that the shapes are right.
    pieces = [_apply(numbers, standard[first:first + _AT_ONCE]) for first in range(0, max(len(standard), 1), _AT_ONCE)]
    flexion, likeness = zip(*pieces, strict=True)
    return np.concatenate(flexion), np.concatenate(likeness)


def _apply(numbers: Fit, standard: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Apply the formula to standardised terms."""
    # Minus the squared distances, in place: a live session computes this many times a second.
    kernel = standard @ numbers.centres.T
    kernel *= 2
    kernel -= (standard**2).sum(axis=1)[:, None]
    kernel -= (numbers.centres**2).sum(axis=1)
    np.minimum(kernel, 0.0, out=kernel)
    kernel *= numbers.narrowness
    np.exp(kernel, out=kernel)
    return numbers.mean + standard @ numbers.weights + kernel @ numbers.heights, kernel.max(axis=1)


def width_terms(flexion_deg: FloatArray, hidden: FloatArray, likeness: FloatArray, blur: FloatArray,
                yaw_deg: FloatArray) -> FloatArray:
    """Compute the terms of the error's width.

    Parameters
    ----------
    flexion_deg : ndarray, shape (n, 3)
        As estimated, in the order of `TARGETS`.
    hidden : ndarray, shape (n,)
        Stations of the outline that are hidden, in the frame and in the neutral pose together.
    likeness : ndarray, shape (n,)
        From `flexions`.
    blur : ndarray, shape (n,)
        Softness of the outline over the leg length in the neutral pose: loose clothes, noise, a person far away.
    yaw_deg : ndarray, shape (n,)
        Yaw of the camera from side-on, from `yaw.clip_yaw_deg`.

    Returns
    -------
    ndarray, shape (n, len(WIDTH_NAMES))
    """
    knots, bend_knots = np.eye(len(WIDTH_KNOTS_DEG)), np.eye(len(BEND_KNOTS_DEG))[1:]  # upright is the reference
    bend = flexion_deg[:, 0] + flexion_deg[:, 1]
    return np.stack([
        *(np.interp(flexion_deg[:, 0], WIDTH_KNOTS_DEG, knot) for knot in knots),
        *(np.interp(bend, BEND_KNOTS_DEG, knot) for knot in bend_knots),
        np.minimum(hidden, 15.0) / 10,
        np.sqrt(-np.log(np.maximum(likeness, _LEAST_LIKENESS))),  # the distance to the nearest rendered posture
        np.clip(100 * blur - USUAL_BLUR_PERCENT, 0.0, 1.0),
        np.maximum(yaw_deg, 0.0) / 45.0,
    ], axis=1)


def half_widths(terms: FloatArray) -> FloatArray:
    """Compute the half-width of the 90 % band on people who are not in the fit: exp(terms @ weights).

    Parameters
    ----------
    terms : ndarray, shape (n, len(WIDTH_NAMES))
        From `width_terms`.

    Returns
    -------
    ndarray, shape (n, 3)
        Degrees, in the order of `TARGETS`.
    """
    return np.asarray(np.exp(terms @ fit().width_weights))


def typical_pose(leg_px: float) -> dict[str, Any]:
    """Return the average neutral pose of the fit for this leg length: the fields of `neutral.NeutralPose`."""
    typical = fit().typical
    pitches = ("trunk_pitch_deg", "thigh_pitch_deg", "shank_pitch_deg", "neck_pitch_deg")
    lengths = ("trunk_px", "thigh_px", "shank_px", "hip_over_ankle_px")
    return {
        **dict(zip(pitches, typical[:4].tolist(), strict=True)),
        **dict(zip(lengths, (leg_px * typical[4:8]).tolist(), strict=True)),
        "reach_px": leg_px * typical[8:],
    }
