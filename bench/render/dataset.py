"""Raw measurements of rendered stills in chunks: their fields, how they are written, and how they are loaded.

    rows = dataset.load(folder)            # one array a field, all chunks in one
    bends = rows["kind"] == "bend"
    own = dataset.own_stands(rows)         # for every row, the row of its person's own stand
    stand, row = dataset.row(rows, own[i]), dataset.row(rows, i)
    terms = pose.spine.sitting_terms.SittingTerms(stand).of(row)

One row a picture. `dataset.pose(rows, i)` gives back the whole pose with its silhouette, so that the outline can be
measured again without the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import FloatArray, Mask
from pose.frame.measure import Row
from pose.frame.view import View
from pose.frames import Pose
from pose.reason import from_sentence

#: Numbers of `pose.frame.measure.Row`, as measured.
ROW_FIELDS = (
    "thigh_pitch_deg",
    "shank_pitch_deg",
    "trunk_pitch_deg",
    "neck_pitch_deg",
    "thigh_px",
    "shank_px",
    "trunk_px",
    "hip_over_ankle_px",
    "left_knee_flexion_deg",
    "right_knee_flexion_deg",
    "foot_pitch_deg",
    "straighter_knee_deg",
    "shoulders_turned_deg",
    "softness_px",
)
#: Of `pose.frame.view.View`.
VIEW_FIELDS = ("turned_deg", "looking_down_deg", "height_px")
#: Arrays of `pose.frame.measure.Row` and `pose.frames.Pose`.
ARRAY_FIELDS = ("reach_px", "back_px", "landmarks_px", "depth_px", "visibility", "world_m")
#: The person, of whom one in five is held out: person % 5 == HELD_OUT.
HELD_OUT = 4


def load(folder: str | Path, fields: Iterable[str] | None = None) -> dict[str, NDArray[Any]]:
    """Read all chunks of a folder; without `fields`, all but the silhouettes."""
    paths = sorted(Path(folder).glob("chunk_*.npz"))
    parts = []
    for path in paths:
        with np.load(path) as file:
            names = [name for name in file.files if name not in ("masks", "mask_bytes")] if fields is None else fields
            parts.append({name: file[name] for name in names} | {"chunk": np.full(len(file["person"]), path.name)})
    if not parts:
        raise FileNotFoundError(f"{folder}: there are no chunks. Make some with python -m bench.render.make_rows.")
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def own_stands(rows: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """For every row, the number of its person's own stand with empty hands; -1 where the model missed it."""
    stands = {
        int(rows["person"][number]): int(number) for number in np.nonzero((rows["kind"] == "own") & rows["found"])[0]
    }
    return np.array([stands.get(int(person), -1) for person in rows["person"]])


def astray(rows: Mapping[str, NDArray[Any]]) -> FloatArray:
    """Median distance of the model's joints from the true ones, in metres at the person: above 0.2 it is lost.

    True hips and shoulders are the middles of the joints; the model's lie up to 5 cm from them.
    """
    from bench.render.scene import JOINTS
    from pose.landmarks import INDEX

    joints_px = rows["landmarks_px"][:, [INDEX[name] for name in JOINTS]]
    px_per_m = rows["size_px"][:, 1] / 2 / np.tan(np.radians(rows["true_fov_deg"]) / 2) / rows["true_distance_m"]
    return np.asarray(np.median(np.linalg.norm(joints_px - rows["true_joints_px"], axis=2), axis=1) / px_per_m)


def row(rows: Mapping[str, NDArray[Any]], number: int) -> Row:
    """Give back one measured row."""
    turned, down, height = (float(rows[f"view_{name}"][number]) for name in VIEW_FIELDS)
    view = View(turned, down, height, problem=from_sentence(str(rows["view_problem"][number])))
    values: dict[str, Any] = {name: float(rows[name][number]) for name in ROW_FIELDS}
    for name in ("reach_px", "back_px", "landmarks_px", "visibility"):
        values[name] = rows[name][number].astype(float)
    return Row(number, 0.0, int(rows["facing"][number]), view, **values)


def pose(chunk: Mapping[str, NDArray[Any]], number: int) -> Pose | None:
    """Give back the pose of a row of one chunk (an open .npz), with its silhouette; None where nobody was found."""
    if not chunk["found"][number]:
        return None
    past = int(np.cumsum(chunk["mask_bytes"])[number])
    part = cv2.imdecode(chunk["masks"][past - int(chunk["mask_bytes"][number]) : past], cv2.IMREAD_GRAYSCALE)
    mask = np.zeros(chunk["mask_shape"][number], dtype=np.uint8)
    top, left = chunk["mask_corner"][number]
    mask[top : top + part.shape[0], left : left + part.shape[1]] = part
    landmarks, depth, visibility, world = (
        chunk[name][number].astype(np.float32) for name in ("landmarks_px", "depth_px", "visibility", "world_m")
    )
    return Pose(landmarks, depth, visibility, world, mask, float(chunk["mask_scale"][number]))


def packed_mask(mask: Mask) -> tuple[tuple[int, int], bytes]:
    """Return the corner (top, left) of a silhouette's box and the box as PNG."""
    down, across = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    top, past_y = (int(down[0]), int(down[-1]) + 1) if len(down) else (0, 1)
    left, past_x = (int(across[0]), int(across[-1]) + 1) if len(across) else (0, 1)
    _, png = cv2.imencode(
        ".png",
        mask[top:past_y, left:past_x],
        [cv2.IMWRITE_PNG_COMPRESSION, 9, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE],
    )
    return (top, left), png.tobytes()
