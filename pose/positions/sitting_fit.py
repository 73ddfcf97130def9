"""Terms of a sitting person against the own upright sit -> flexion of the spine and tilt of the pelvis: a weighted sum.

Fitted by bench/fit_sitting.py on rendered people on chairs and on the floor; `about` in the file has their number, and
the error on people who are not in the fit.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from pose.arrays import FloatArray
from pose.spine.sitting_terms import NAMES

TARGETS = ("spine_flexion_deg", "pelvis_tilt_deg")
#: The terms that are changes, without those of the legs: sitting people move their legs independently.
TERMS = tuple(name for name in NAMES[:NAMES.index("outline length") + 1]
              if not name.startswith(("thigh ", "shank ", "hip over")))
_COLUMNS = np.array([NAMES.index(name) for name in TERMS])


class SittingFit(NamedTuple):
    """The fitted numbers, t terms and two targets."""

    weights: FloatArray  # (t, 2)
    widths_deg: FloatArray  # (2, 2): half-width of the 90 % band on a chair and on the floor, of each target
    about: dict[str, Any]


@cache
def fit() -> SittingFit:
    """Load the fitted numbers from the package."""
    with resources.files("pose.positions").joinpath("sitting_fit.npz").open("rb") as file, np.load(file) as data:
        about = json.loads(str(data["about"]))
        numbers = SittingFit(data["weights"].astype(float), data["widths_deg"].astype(float), about)
    if tuple(about["terms"]) != TERMS:
        raise ValueError("pose/positions/sitting_fit.npz was fitted on other terms; run bench/fit_sitting.py")
    return numbers


def select_terms(terms: FloatArray) -> FloatArray:
    """Select, from all terms (n, len(NAMES)), those of this formula (n, len(TERMS))."""
    return terms[..., _COLUMNS]


def flexions(terms: FloatArray) -> FloatArray:
    """Apply the formula: spine flexion and pelvis tilt (n, 2), degrees, positive = rounded and tilted forward.

    Parameters
    ----------
    terms : ndarray, shape (n, len(NAMES))
        From `sitting_terms.SittingTerms` against the upright sit; a row of NaN gives NaN.
    """
    return np.asarray(select_terms(terms) @ fit().weights)
