"""Truth of a rendered clip -> the correct verdicts of each rep."""

from __future__ import annotations

from typing import Any

import numpy as np

#: Spine flexion, degrees, between the watch limit and a certain fault: for a rep there both verdicts are accepted (the
#: limits of exercises/catalogue/hip_hinge.toml, 30 and 40, and the error at the upper one).
NEITHER_DEG = (30.0, 42.0)


def right_verdicts(truth: dict[str, Any]) -> list[set[str]]:
    """Return, for each rep, its label, or both labels of the back where it is between the limits."""
    time_s = np.arange(truth["frame_count"]) / truth["fps"]
    # A constant quantity is one number.
    spine = np.broadcast_to(truth["angles"]["spine_flexion_deg"], time_s.shape)
    verdicts = []
    for rep in truth["reps"]:
        deg = float(np.interp((rep["bottom"] + rep["leave"]) / 2, time_s, spine))
        between = rep["label"] in ("neutral", "rounded") and NEITHER_DEG[0] < deg < NEITHER_DEG[1]
        verdicts.append({"neutral", "rounded"} if between else {rep["label"]})
    return verdicts
