"""Raw measurements of rendered people -> bench/spine_pairs.npz, the table that the spine formula is fitted on.

    python bench/spine_table.py ROWS... --base bench/spine_pairs.npz

ROWS are folders of `.npz` files, a row a picture: `person`, `kind` ("stand" and "own" are stands, the others bends),
what `pose.frame.measure` read in it (`thigh_pitch_deg`, `reach_px`, ...) and the truth (`true_spine_flexion`,
                                                                                         ...). The rows
of --base stay as they are, but for those of an earlier run of this script.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from pose.geometry import turn_deg
from pose.spine.hinge_terms import LEAST_STATIONS, USED, HingeTerms, visible_stations

TABLE = Path(__file__).with_name("spine_pairs.npz")
_STANDS = ("stand", "own")
_MEASURED = ("thigh_pitch_deg", "shank_pitch_deg", "trunk_pitch_deg", "neck_pitch_deg", "thigh_px", "shank_px",
             "trunk_px", "hip_over_ankle_px", "reach_px")
_TRUE = ("true_spine_flexion", "true_hip_flexion", "true_knee_flexion")
_USED = (*_MEASURED, *_TRUE, "person", "kind", "found", "facing", "true_facing", "view_problem", "view_turned_deg",
         "softness_px")
_COLUMNS = ("terms", "truth", "person", "hidden", "blur", "yaw")
#: Upright and bent, as in `pose.frame.yaw`.
_UPRIGHT_DEG, _BENT_DEG = 25.0, 50.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the rows and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", nargs="+", type=Path, help="folders of raw rows")
    parser.add_argument("--base", type=Path, default=TABLE, help="table to add the rows to (%(default)s)")
    parser.add_argument("--out", type=Path, default=TABLE, help="where to (%(default)s)")
    options = parser.parse_args(arguments)
    with np.load(options.base) as data:
        base = {name: data[name] for name in data.files}
    tables = [base]
    first = int(base["person"].max()) + 1
    for folder in options.rows:
        rows = read_rows(folder)
        rows["person"] = first + np.unique(rows["person"], return_inverse=True)[1]
        tables.append(table_of(rows))
        first = int(rows["person"].max()) + 1
    whole = {name: np.concatenate([one[name] for one in tables]) for name in _COLUMNS}
    kinds = {"terms": np.float32, "truth": np.float32, "person": np.int32, "hidden": np.int16, "blur": np.float16,
             "yaw": np.float16}
    np.savez_compressed(options.out, typical=base["typical"], seeds=base["seeds"],
                        **{name: whole[name].astype(kinds[name]) for name in _COLUMNS})
    print(f"{options.out.name}: {len(whole['person'])} rows of {len(np.unique(whole['person']))} people, "
          f"{options.out.stat().st_size // 1024} KiB")
    return 0


def read_rows(folder: Path) -> dict[str, Any]:
    """Read all files of a folder, the columns that are needed."""
    parts: dict[str, list[Any]] = {name: [] for name in _USED}
    for file in sorted(folder.glob("*.npz")):
        with np.load(file) as data:
            for name in _USED:
                parts[name].append(data[name])
    return {name: np.concatenate(part) for name, part in parts.items()}


def table_of(rows: Mapping[str, Any]) -> dict[str, Any]:
    """Pair every bend of a person with each of the person's stands.

    A picture in which the model saw nobody, or the person facing the other way, is left out: in a clip the frames
    around it put that right.
    """
    good = rows["found"] & (rows["facing"] == rows["true_facing"]) & (rows["view_problem"] == "")
    parts: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for person in np.unique(rows["person"]):
        own = np.flatnonzero(good & (rows["person"] == person))
        frames = {row: SimpleNamespace(**{name: rows[name][row].astype(float) for name in _MEASURED}) for row in own}
        seen = [row for row in own if visible_stations(frames[row]) >= LEAST_STATIONS]
        yaw = _yaw_deg(rows, own)
        for stand in (row for row in seen if rows["kind"][row] in _STANDS):
            bends = [row for row in seen if row != stand and rows["kind"][row] != "stand"]
            if not bends:
                continue
            leg = frames[stand].thigh_px + frames[stand].shank_px
            truth = np.stack([rows[name][bends] - rows[name][stand] for name in _TRUE], axis=1)
            hidden = [2 * (USED.stop - USED.start) - visible_stations(frames[row]) - visible_stations(frames[stand])
                      for row in bends]
            for name, values in zip(_COLUMNS, (
                    HingeTerms(frames[stand], yaw).table([frames[row] for row in bends]), truth,
                    np.full(len(bends), person), hidden, rows["softness_px"][bends] / leg,
                    np.full(len(bends), yaw)), strict=True):
                parts[name].append(values)
    return {name: np.concatenate(part) for name, part in parts.items()}


def _yaw_deg(rows: Mapping[str, Any], own: Any) -> float:
    """The person's turn as `pose.frame.yaw` measures it: the mean of the medians of upright and bent pictures."""
    bend = np.abs(turn_deg(rows["thigh_pitch_deg"][own], rows["trunk_pitch_deg"][own]))
    turned = rows["view_turned_deg"][own]
    parts = [turned[which] for which in (bend < _UPRIGHT_DEG, bend > _BENT_DEG) if which.any()]
    return float(np.mean([np.median(part) for part in parts])) if parts else 0.0


if __name__ == "__main__":
    sys.exit(main())
