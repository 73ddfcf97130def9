"""Terms of a sitting person against the own tall sit -> flexion of the spine and tilt of the pelvis: one weighted sum.

Fitted by bench/fit_sitting.py on rendered people on chairs and on the floor; `about` in the file says on how many, and
how far it is off on people whom the fit had not seen.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from pose.geometry import FloatArray
from pose.spine.sitting_terms import NAMES

TARGETS = ("spine_flexion_deg", "pelvis_tilt_deg")
#: Of the spine formula's terms all that are changes and leave the legs out: those move on their own in sitting.
TERMS = tuple(name for name in NAMES[:NAMES.index("outline length") + 1]
              if not name.startswith(("thigh ", "shank ", "hip over")))
_WHICH = np.array([NAMES.index(name) for name in TERMS])


class SittingFit(NamedTuple):
    """The fitted numbers, t terms and two targets."""

    weights: FloatArray  # (t, 2)
    widths_deg: FloatArray  # (2, 2): half-width of the 90 % band on a chair and on the floor, of each target
    about: dict[str, Any]


@cache
def fit() -> SittingFit:
    """Load the fitted numbers that come with the program."""
    with resources.files("pose.positions").joinpath("sitting_fit.npz").open("rb") as file, np.load(file) as data:
        about = json.loads(str(data["about"]))
        found = SittingFit(data["weights"].astype(float), data["widths_deg"].astype(float), about)
    if tuple(about["terms"]) != TERMS:
        raise ValueError("pose/positions/sitting_fit.npz was fitted on other terms; run bench/fit_sitting.py")
    return found


def chosen(terms: FloatArray) -> FloatArray:
    """Of the spine formula's terms (n, len(NAMES)) those that are used here (n, len(TERMS))."""
    return terms[..., _WHICH]


def flexions(terms: FloatArray) -> FloatArray:
    """Spine flexion and pelvis tilt (n, 2), degrees, positive = rounded and tipped forward.

    Parameters
    ----------
    terms : ndarray, shape (n, len(NAMES))
        From `sitting_terms.SittingTerms` against the tall sit; a row of NaN gives NaN.
    """
    return np.asarray(chosen(terms) @ fit().weights)
