"""Fit the formula for sitting people anew: bench/sitting_pairs.npz -> pose/positions/sitting_fit.npz, with its error.

    python bench/fit_sitting.py             # fit, check on unseen people, write
    python bench/fit_sitting.py --check     # only print the error on unseen people

The table holds one row a picture of a rendered person who sits on a chair, with a leg on a second chair, or on the
floor: the terms of `pose.positions.sitting_fit` against the same person's tall sit, and the true flexion of the spine
and tilt of the pelvis. One weighted sum, so that anybody can follow it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from pose.positions.sitting_fit import TARGETS, TERMS

HERE = Path(__file__).parent
TABLE = HERE / "sitting_pairs.npz"
RESULT = HERE.parent / "pose" / "positions" / "sitting_fit.npz"

RIDGE = 50.0  # anything from 10 to 100 gives the same error within 0.1 deg
BAND = 90  # per cent of the errors that the width holds
PLACES = ("chair", "floor")


def fit(terms, truth):
    """One ridge regression through zero: no change is no flexion."""
    scale = terms.std(axis=0) + 1e-9
    standard = terms / scale
    weights = np.linalg.solve(standard.T @ standard + RIDGE * np.eye(standard.shape[1]), standard.T @ truth)
    return weights / scale[:, None]


def check(terms, truth, person, folds=6):
    """Error (n, 2) on people left out."""
    error = np.zeros_like(truth)
    for fold in range(folds):
        out = person % folds == fold
        error[out] = terms[out] @ fit(terms[~out], truth[~out]) - truth[out]
    return error


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only print the error on unseen people")
    args = parser.parse_args()
    with np.load(TABLE) as data:
        terms, truth, person = data["terms"].astype(float), data["truth"].astype(float), data["person"]
        on_floor, seeds = data["on_floor"], data["seeds"].tolist()
    error = np.abs(check(terms, truth, person))
    about = dict(terms=TERMS, targets=TARGETS, rows=len(terms), people=len(np.unique(person)), seeds=seeds, error={})
    widths = []
    for place, here in zip(PLACES, (~on_floor, on_floor), strict=True):
        widths.append(np.percentile(error[here], BAND, axis=0))
        about["error"][place] = {name: dict(mae=round(float(error[here, i].mean()), 1),
                                            p90=round(float(widths[-1][i]), 1)) for i, name in enumerate(TARGETS)}
        print(f"{place:6s}", "  ".join(f"{name}: MAE {e['mae']}, p90 {e['p90']}"
                                       for name, e in about["error"][place].items()))
    if args.check:
        return
    np.savez_compressed(RESULT, weights=fit(terms, truth).astype(np.float32), widths_deg=np.array(widths, np.float32),
                        about=json.dumps(about))
    print(f"{RESULT.name}: {len(terms)} rows of {about['people']} people")


if __name__ == "__main__":
    main()
