"""Rows of a sitting person -> flexion of the back against the own upright sit, lean, and the straighter knee.

The neutral is the person's own upright sit: the frames in which the head is highest over the hips. Flexion of the back
and tilt of the pelvis are one weighted sum each of the changes of the outline from it, see `sitting_fit`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pose.arrays import BoolArray, FloatArray
from pose.frame.measure import Row
from pose.geometry import known_median, turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import landmark_points
from pose.positions.sitting_fit import fit, flexions
from pose.spine.neutral import Neutral, median_pose
from pose.spine.outline import mostly_visible
from pose.spine.sitting_terms import SittingTerms

#: Half-widths of the 90 % band, degrees: the knee's from the 70 rendered people of `straight_leg`, the lean's from the
#: sway of the model's hip and shoulder.
_KNEE_BAND_DEG, _LEAN_BAND_DEG = 14.0, 4.0
#: The weighted sum overshoots outside its data (a full fold over straight legs read 125); from an upright sit a spine
#: flexes by at most about this.
_MAX_SPINE_DEG = 90.0
#: The tallest frames of a clip are this share of it, and all others that reach this share of their height.
_TALLEST_SHARE = 0.03
_LEAST_HEIGHT = 0.985


def measure_sitting(rows: Sequence[Row], on_floor: bool) -> tuple[PlainColumns, Neutral | None]:
    """Measure a sitting person.

    Parameters
    ----------
    rows : sequence of Row
    on_floor : bool
        Whether the legs are straight ahead on the floor.

    Returns
    -------
    PlainColumns
    Neutral or None
        The upright sit; None where the outline of the back is hidden in it.
    """
    tall = tallest_frames(rows)
    lean_all = np.array([row.trunk_pitch_deg for row in rows])
    neck = np.array([row.neck_pitch_deg for row in rows])
    rest_lean, rest_neck = known_median(lean_all[tall]), known_median(neck[tall])
    lean, knee = turn_deg(rest_lean, lean_all), straighter_knee_flexion(rows)
    columns = {"lean_deg": lean, "head_forward_deg": turn_deg(rest_neck, neck),
               "head_lift_deg": turn_deg(neck - rest_neck, lean),
               "straighter_knee_flexion_deg": knee, "knee_flexion_deg": knee}
    neutral = _upright_sit([row for row, is_tall in zip(rows, tall, strict=True) if is_tall])
    bands = {"straighter_knee_flexion_deg": _KNEE_BAND_DEG, "knee_flexion_deg": _KNEE_BAND_DEG,
             "lean_deg": _LEAN_BAND_DEG}
    if neutral is not None:
        spine, pelvis = fit().widths_deg[int(on_floor)].tolist()
        columns |= _flexions(rows, neutral)
        bands |= {"spine_flexion_deg": spine, "hip_flexion_deg": pelvis}
    return PlainColumns(columns, bands), neutral


def tallest_frames(rows: Sequence[Row]) -> BoolArray:
    """Return the frames (n,) in which the head is highest over the hips."""
    points = landmark_points(rows)
    ear, hip = (points[:, list(PAIRS[joint]), 1].mean(axis=1) for joint in ("ear", "hip"))
    height = hip - ear
    least = float(np.nanquantile(height, 1 - _TALLEST_SHARE)) * _LEAST_HEIGHT
    return np.asarray(height >= least)


def straighter_knee_flexion(rows: Sequence[Row]) -> FloatArray:
    """Return the flexion (n,) of the straighter knee: the smaller value of silhouette and landmarks."""
    silhouette = np.array([row.straighter_knee_deg for row in rows])
    model = np.abs([[row.left_knee_flexion_deg, row.right_knee_flexion_deg] for row in rows]).min(axis=1)
    return np.asarray(np.fmin(silhouette, model))


def _upright_sit(rows: Sequence[Row]) -> Neutral | None:
    visible = list(filter(mostly_visible, rows))
    if not visible:
        return None
    return Neutral(median_pose(visible), personal=True, seconds=visible[-1].time_s - visible[0].time_s)


def _flexions(rows: Sequence[Row], neutral: Neutral) -> dict[str, FloatArray]:
    terms = SittingTerms(neutral.pose)
    spine, pelvis = flexions(terms.table(rows)).T
    fold = float(turn_deg(neutral.pose.thigh_pitch_deg, neutral.pose.trunk_pitch_deg))
    return {"spine_flexion_deg": np.clip(spine, -_MAX_SPINE_DEG, _MAX_SPINE_DEG), "hip_flexion_deg": fold + pelvis}
