"""Rows of somebody sitting -> flexion of the back against the own tall sit, lean, and the straighter knee.

The zero is the person's own tall sit: the moments in which the head is highest over the hips. With

    whole = what the spine formula says of the frame, less what it says of the tall sit
    lean  = change of the line from hip to shoulder

the back's flexion and the pelvis' tilt are

    spine  = SPINE_WHOLE whole + SPINE_LEAN lean
    pelvis = PELVIS_WHOLE whole + PELVIS_LEAN lean
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pose.geometry import FloatArray, turn_deg
from pose.landmarks import PAIRS
from pose.lying import points_of
from pose.measure import Row
from pose.neutral import Neutral, median_stand
from pose.placed import Plain
from pose.spine_features import Terms
from pose.spine_fit import flexions

#: Least squares on 398 pictures of 70 rendered people on chairs and on the floor (pelvis -25 to 40 deg, spine 0 to 50,
#: knees 0 to 95, arms on the thighs or reaching for the toes); on people left out the spine is off by 9 deg in the
#: mean and 16.6 at the 90th percentile, the pelvis by 7 and 14.5.
SPINE_WHOLE, SPINE_LEAN = 0.70, 0.20
PELVIS_WHOLE, PELVIS_LEAN = -0.56, 0.77
#: Half-widths of the 90 % band from the same people, degrees; the spine's is wider on the floor.
BAND_DEG = {"spine_flexion_deg": 14.7, "hip_flexion_deg": 14.5, "straighter_knee_flexion_deg": 14.0,
            "knee_flexion_deg": 14.0, "lean_deg": 4.0}
FLOOR_BAND_DEG = 24.7
#: The tallest moments of a clip: this share of its frames, and all others that are hardly lower.
_TALLEST_SHARE = 0.03
_AS_TALL = 0.985


def seated(rows: Sequence[Row], on_floor: bool) -> tuple[Plain, Neutral | None]:
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
    if neutral is not None:
        columns |= _flexions(rows, neutral, lean)
    bands = BAND_DEG | ({"spine_flexion_deg": FLOOR_BAND_DEG} if on_floor else {})
    return Plain(columns, {name: band for name, band in bands.items() if name in columns}), neutral


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
    seen = [row for row in rows if np.isfinite(row.reach_px).sum() > len(row.reach_px) // 2]
    if not seen:
        return None
    return Neutral(median_stand(seen), own=True, seconds=seen[-1].time_s - seen[0].time_s)


def _flexions(rows: Sequence[Row], neutral: Neutral, lean: FloatArray) -> dict[str, FloatArray]:
    terms = Terms(neutral.stand)
    raw, _ = flexions(np.array([*map(terms.of, rows), terms.of(neutral.stand)]))
    whole = raw[:-1, 0] - raw[-1, 0]
    fold = float(turn_deg(neutral.stand.thigh_pitch_deg, neutral.stand.trunk_pitch_deg))
    return {"spine_flexion_deg": SPINE_WHOLE * whole + SPINE_LEAN * lean,
            "hip_flexion_deg": fold + PELVIS_WHOLE * whole + PELVIS_LEAN * lean}
