"""Fit the leg formula anew: bench/leg_stills.npz -> the constants of pose/positions/leg_raise.py, with their error.

    python bench/fit_legs.py

The table holds one row a picture of a rendered person on the back (random bodies, clothes, cameras; one leg raised 0 to
105 deg, its knee bent 0 to 50, the other leg flat, raised or bent): directions of the raised leg against the same
person's flat legs as the pose model saw them, and the true angles. The constants are printed, not written: they stand
by name in `pose.positions.leg_raise`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

TABLE = Path(__file__).parent / "leg_stills.npz"
#: Errors beyond this are a leg taken for the other one, and count less and less.
ORDINARY_DEG = 4.0


def terms(table):
    """The terms of the raise and of the knee, in the order of the constants."""
    thigh, knee, near = table["thigh_deg"], table["thigh_deg"] - table["shank_deg"], table["near"]
    moved = np.sin(np.radians(thigh))
    return {
        "raise": (np.stack([thigh, moved, near * moved, knee], axis=1), table["true_raise_deg"],
                  ("STRAIGHT", "CURVED", "NEAR", "BENT")),
        "knee": (np.stack([knee + table["flat_knee_deg"], table["flat_knee_deg"]], axis=1), table["true_knee_deg"],
                 ("KNEE", "KNEE_FLAT")),
    }


def fitted(rows, truth):
    return least_squares(lambda c: rows @ c - truth, np.zeros(rows.shape[1]), loss="soft_l1", f_scale=ORDINARY_DEG).x


def unseen_errors(rows, truth, person, parts=10):
    """Errors on people the fit has not seen: every tenth person in turn."""
    errors = np.empty(len(truth))
    for part in range(parts):
        out = person % parts == part
        errors[out] = rows[out] @ fitted(rows[~out], truth[~out]) - truth[out]
    return errors


def main():
    with np.load(TABLE) as file:
        table = {name: file[name].astype(float) for name in file.files}
    people = len(np.unique(table["person"]))
    print(f"{len(table['person'])} pictures of {people} people")
    for name, (rows, truth, names) in terms(table).items():
        constants = ", ".join(f"{key} = {value:.3f}" for key, value in zip(names, fitted(rows, truth), strict=True))
        errors = unseen_errors(rows, truth, table["person"])
        size = np.abs(errors)
        print(f"{name}: {constants}")
        print(f"   unseen people: MAE {size.mean():.2f}, bias {errors.mean():+.2f}, "
              f"90 % within {np.quantile(size, 0.9):.1f}")
    below, flat = table["flat_from_trunk_deg"], table["flat_knee_deg"]
    print(f"flat thighs against the trunk {np.mean(below):.1f} +- {np.std(below):.1f}, flat knees {np.mean(flat):.1f}")


if __name__ == "__main__":
    main()
