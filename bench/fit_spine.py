"""Fit the spine formula anew: bench/spine_pairs.npz -> pose/spine_fit.npz, with its error on people it has not seen.

    python bench/fit_spine.py             # fit, check on unseen people, write
    python bench/fit_spine.py --check     # only print the error on unseen people

The table holds one row a bent picture of a rendered person, measured by this program's own `measure` (terms as in
`pose.spine_features.NAMES`), with the true angles.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from pose.spine_features import NAMES
from pose.spine_fit import TARGETS

HERE = Path(__file__).parent
TABLE = HERE / "spine_pairs.npz"
RESULT = HERE.parent / "pose" / "spine_fit.npz"

CENTRES = 800
RIDGE = 30.0  # of the plain sum; anything from 10 to 100 gives the same error within 0.05 deg
SMOOTHNESS = 0.1  # of the correction; chosen on unseen people, with NARROWNESS
NARROWNESS = 0.6  # per term; wider bumps reach postures that nobody rendered
KNOTS_DEG = np.array([5.0, 15.0, 25.0, 35.0, 45.0, 55.0])  # of estimated spine flexion, for the width of the error
KNOT_REACH_DEG = 7.5  # errors of rows this near to a knot make its width
BAND = 90  # per cent of the errors that the width holds


def with_stands(terms, truth, person):
    """Add each person's own stand to the rows: no change is no flexion, whatever the build."""
    _, first = np.unique(person, return_index=True)
    stands = terms[first].copy()
    stands[:, :NAMES.index("outline length") + 1] = 0.0
    return np.concatenate([terms, stands]), np.concatenate([truth, np.zeros((len(stands), truth.shape[1]))])


def fit(terms, truth, person, seed=0):
    """Two ridge regressions, the second on what the first leaves over."""
    terms, truth = with_stands(terms, truth, person)
    term_mean, term_scale = terms.mean(axis=0), terms.std(axis=0) + 1e-9
    standard = (terms - term_mean) / term_scale
    mean = truth.mean(axis=0)
    weights = np.linalg.solve(standard.T @ standard + RIDGE * np.eye(standard.shape[1]), standard.T @ (truth - mean))
    left_over = truth - mean - standard @ weights
    centres = standard[np.random.default_rng(seed).choice(len(standard), min(CENTRES, len(standard)), replace=False)]
    centres = centres.astype(np.float16).astype(float)
    narrowness = NARROWNESS / standard.shape[1]
    near = bumps(standard, centres, narrowness)
    heights = np.linalg.solve(near.T @ near + SMOOTHNESS * bumps(centres, centres, narrowness), near.T @ left_over)
    return dict(term_mean=term_mean, term_scale=term_scale, mean=mean, weights=weights, centres=centres,
                heights=heights, narrowness=narrowness)


def bumps(points, centres, narrowness):
    square = (points**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)[None] - 2 * points @ centres.T
    return np.exp(-narrowness * np.maximum(square, 0.0))


def predict(numbers, terms):
    standard = (terms - numbers["term_mean"]) / numbers["term_scale"]
    plain = numbers["mean"] + standard @ numbers["weights"]
    return plain, plain + bumps(standard, numbers["centres"], numbers["narrowness"]) @ numbers["heights"]


def check(terms, truth, person, folds=4):
    """Mean absolute error (deg) on people left out, of the plain sum and of the whole formula: two (n, 3) arrays."""
    plain, whole = np.zeros_like(truth), np.zeros_like(truth)
    for fold in range(folds):
        out = person % folds == fold
        plain[out], whole[out] = predict(fit(terms[~out], truth[~out], person[~out]), terms[out])
    return plain - truth, whole - truth


def widths(whole, estimate, hidden):
    """Half-width of the 90 % band of each target at each knot (k, 3), and what hidden stations multiply it by."""
    clear = hidden < 4
    near = [clear & (np.abs(estimate[:, 0] - knot) < KNOT_REACH_DEG) for knot in KNOTS_DEG]
    table = np.array([np.percentile(np.abs(whole[rows]), BAND, axis=0) for rows in near])
    ratio = np.abs(whole) / np.stack([np.interp(estimate[:, 0], KNOTS_DEG, column) for column in table.T], axis=1)
    groups = [(0, clear), (8, (hidden >= 4) & (hidden < 12)), (15, hidden >= 12)]
    return table, np.array([(number, max(1.0, np.percentile(ratio[group, 0], BAND))) for number, group in groups])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only print the error on unseen people")
    args = parser.parse_args()
    with np.load(TABLE) as data:
        terms, truth, person = data["terms"].astype(float), data["truth"].astype(float), data["person"]
        typical, seeds, hidden = data["typical"].astype(float), data["seeds"].tolist(), data["hidden"]
    plain, whole = check(terms, truth, person)
    errors = {}
    for name, error in (("plain sum", plain), ("whole formula", whole)):
        errors[name] = {target: dict(mae=round(float(np.abs(error[:, i]).mean()), 2),
                                     p95=round(float(np.percentile(np.abs(error[:, i]), 95)), 1))
                        for i, target in enumerate(TARGETS)}
        print(f"{name:14s}", "  ".join(f"{target}: MAE {e['mae']:.2f}, p95 {e['p95']:.1f}"
                                       for target, e in errors[name].items()))
    table, by_hidden = widths(whole, whole + truth, hidden)
    print("half-width of the 90 % band at an estimated spine flexion of",
          "  ".join(f"{knot:.0f}: {row[0]:.1f}/{row[1]:.1f}/{row[2]:.1f}"
                    for knot, row in zip(KNOTS_DEG, table, strict=True)))
    print("times, with hidden stations:", "  ".join(f"{number:.0f}: {factor:.2f}" for number, factor in by_hidden))
    if args.check:
        return
    numbers = fit(terms, truth, person)
    about = dict(terms=NAMES, targets=TARGETS, rows=len(terms), people=len(np.unique(person)), seeds=seeds,
                 error_on_unseen_people_deg=errors)
    narrow = {name: value.astype(np.float16 if name == "centres" else np.float32)
              for name, value in numbers.items() if name != "narrowness"}
    np.savez_compressed(RESULT, **narrow, narrowness=numbers["narrowness"], typical=typical.astype(np.float32),
                        width_knots_deg=KNOTS_DEG, widths_deg=table, width_by_hidden=by_hidden,
                        about=json.dumps(about))
    print(f"{RESULT.name}: {len(terms)} rows of {about['people']} people, {RESULT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
