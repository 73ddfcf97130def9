"""Rows of somebody sitting -> flexion of the back against the own tall sit, lean, and the straighter knee.

The zero is the person's own tall sit: the moments in which the head is highest over the hips. The back's flexion and
the pelvis' tilt are one weighted sum each of the outline's changes from there, see `sitting_fit`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.landmarks import PAIRS
from pose.positions.columns import PlainColumns
from pose.positions.lying import points_of
from pose.positions.sitting_fit import fit, flexions
from pose.spine.neutral import Neutral, median_pose
from pose.spine.outline import mostly_visible
from pose.spine.sitting_terms import SittingTerms

#: Half-widths of the 90 % band, degrees: the knee's from the 70 rendered people of `straight_leg`, the lean's from how
#: the model's hip and shoulder sway.
_KNEE_BAND_DEG, _LEAN_BAND_DEG = 14.0, 4.0
#: A sum overshoots where it has seen nobody (a full fold over straight legs read 125); a spine bends no further from a
#: tall sit than about this.
_MOST_SPINE_DEG = 90.0
#: The tallest moments of a clip: this share of its frames, and all others that are hardly lower.
_TALLEST_SHARE = 0.03
_AS_TALL = 0.985


def seated(rows: Sequence[Row], on_floor: bool) -> tuple[PlainColumns, Neutral | None]:
    """Measure a clip of somebody sitting.

    Parameters
    ----------
    rows : sequence of Row
    on_floor : bool
        Whether the legs lie straight ahead on the floor.

    Returns
    -------
    Plain
    Neutral or None
        The tall sit; None where the back's outline was not seen in it.
    """
    tall = tallest(rows)
    lean_all = np.array([row.trunk_pitch_deg for row in rows])
    neck = np.array([row.neck_pitch_deg for row in rows])
    rest_lean, rest_neck = float(np.nanmedian(lean_all[tall])), float(np.nanmedian(neck[tall]))
    lean, knee = turn_deg(rest_lean, lean_all), straighter_knee(rows)
    columns = {"lean_deg": lean, "head_forward_deg": turn_deg(rest_neck, neck),
               "head_lift_deg": turn_deg(neck - rest_neck, lean),
               "straighter_knee_flexion_deg": knee, "knee_flexion_deg": knee}
    neutral = _tall_sit([row for row, is_tall in zip(rows, tall, strict=True) if is_tall])
    bands = {"straighter_knee_flexion_deg": _KNEE_BAND_DEG, "knee_flexion_deg": _KNEE_BAND_DEG,
             "lean_deg": _LEAN_BAND_DEG}
    if neutral is not None:
        spine, pelvis = fit().widths_deg[int(on_floor)].tolist()
        columns |= _flexions(rows, neutral)
        bands |= {"spine_flexion_deg": spine, "hip_flexion_deg": pelvis}
    return PlainColumns(columns, bands), neutral


def tallest(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Which rows show the person with the head highest over the hips."""
    points = points_of(rows)
    ear, hip = (points[:, list(PAIRS[joint]), 1].mean(axis=1) for joint in ("ear", "hip"))
    height = hip - ear
    enough = float(np.nanquantile(height, 1 - _TALLEST_SHARE)) * _AS_TALL
    return np.asarray(height >= enough)


def straighter_knee(rows: Sequence[Row]) -> FloatArray:
    """Flexion (n,) of the straighter knee: the smaller of what silhouette and landmarks say."""
    shown = np.array([row.straighter_knee_deg for row in rows])
    model = np.abs([[row.left_knee_flexion_deg, row.right_knee_flexion_deg] for row in rows]).min(axis=1)
    return np.asarray(np.fmin(shown, model))


def _tall_sit(rows: Sequence[Row]) -> Neutral | None:
    seen = list(filter(mostly_visible, rows))
    if not seen:
        return None
    return Neutral(median_pose(seen), personal=True, seconds=seen[-1].time_s - seen[0].time_s)


def _flexions(rows: Sequence[Row], neutral: Neutral) -> dict[str, FloatArray]:
    terms = SittingTerms(neutral.pose)
    spine, pelvis = flexions(terms.table(rows)).T
    fold = float(turn_deg(neutral.pose.thigh_pitch_deg, neutral.pose.trunk_pitch_deg))
    return {"spine_flexion_deg": np.clip(spine, -_MOST_SPINE_DEG, _MOST_SPINE_DEG), "hip_flexion_deg": fold + pelvis}
