"""Rows of a clip -> its Track: flexions against the person's neutral, smoothed, with uncertainty and reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pose.geometry import FloatArray, turn_deg
from pose.leg_raise import ONLY_LYING, UNNAMED, Raised, raised_legs
from pose.measure import Row
from pose.neutral import Neutral, find_neutral
from pose.quantity import QUANTITIES
from pose.smooth import bridged, running_median, smooth
from pose.spine_features import Terms
from pose.spine_fit import TARGETS, flexions
from pose.track import Track
from pose.uncertainty import half_widths
from pose.view import ViewLimits

#: The turn is a matter of seconds, its measurement of frames: the median over this long to either side counts.
_TURN_HALF_WINDOW_S = 1.0

#: A movement can be followed and counted, though not judged, from a view that is turned or has others in it.
_FOLLOWED = ("bend_deg", "view_yaw_deg", "person_height_px")

#: Bent less than this is standing, for the view.
_STANDING_BEND_DEG = 25.0
_MOST_HIP_EXTENSION_DEG = 10.0

#: Changes from the own upright stand, which mean nothing in a person who lies.
_ONLY_UPRIGHT = ("hip_flexion_deg", "spine_flexion_deg", "bend_deg", "head_lift_deg", "hips_back_ratio")
_HIDDEN = "too little of the back's outline was in view"


def assemble(rows: Sequence[Row], limits: ViewLimits | None = None) -> tuple[Track, Neutral | None]:
    """Turn the rows of a clip into its track.

    Parameters
    ----------
    rows : sequence of Row
        In order of time.
    limits : ViewLimits, optional

    Returns
    -------
    track : Track
        A column for every quantity of `quantity.QUANTITIES`; NaN where unmeasured, with the reason.
    neutral : Neutral or None
        The stand that was the zero; None where no person was seen well enough even once, or the person lay down.
    """
    limits = limits or ViewLimits()
    time_s = np.array([row.time_s for row in rows], dtype=float)
    problem = np.array([row.view.problem for row in rows], dtype=object)
    doubt = _doubts(rows, problem, time_s, limits)
    good = [row for row, why in zip(rows, doubt, strict=True) if not why]
    raised = raised_legs(rows)
    neutral = (find_neutral(good) or find_neutral(rows)) if raised is None else None
    columns = _plain_columns(rows) | ({} if raised is None else raised.columns)
    likeness = np.full(len(rows), np.nan)
    if neutral is not None:
        flexion, likeness = _flexions(rows, neutral)
        columns.update(zip(TARGETS, flexion.T, strict=True))
        columns.update(_from_neutral(rows, neutral))
    reasons = {name: (problem if name in _FOLLOWED else doubt).copy() for name in QUANTITIES}
    _out_of_place(raised, reasons)
    for name in QUANTITIES:
        columns[name] = _cleaned(name, columns.get(name, np.full(len(rows), np.nan)), time_s, reasons[name])
    if raised is not None:
        return Track(time_s, columns, raised.half_widths(columns), reasons, (raised.note,) if raised.note else ()), None
    widths = half_widths(columns, rows, likeness, neutral)
    notes = (neutral.note,) if neutral is not None and neutral.note else ()
    return Track(time_s, columns, widths, reasons, notes), neutral


def _out_of_place(raised: Raised | None, reasons: dict[str, NDArray[np.object_]]) -> None:
    """Give the reason for quantities that this position does not have, in place."""
    names, why = (ONLY_LYING, "nobody was seen lying on the back") if raised is None else (
        _ONLY_UPRIGHT, "the person was lying down")
    for name in names:
        reasons[name][reasons[name] == ""] = why
    if raised is not None:
        for name in ("left_leg_raise_deg", "right_leg_raise_deg"):
            reasons[name][raised.unnamed & (reasons[name] == "")] = UNNAMED


def _doubts(rows: Sequence[Row], problem: NDArray[np.object_], time_s: FloatArray,
            limits: ViewLimits) -> NDArray[np.object_]:
    """Why each frame cannot be judged: its own problem or doubt, or the turn or tilt of the seconds around it."""
    turned = np.array([row.view.turned_deg for row in rows])
    down = np.array([row.view.looking_down_deg for row in rows])
    doubts = np.array([row.view.problem or row.view.doubt for row in rows], dtype=object)
    bend = np.array([abs(turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg)) for row in rows])
    whole = problem == ""
    # A person who stands shows shoulders and hips best; bent, the model guesses the far ones.
    standing = whole & (bend < _STANDING_BEND_DEG)
    sure = standing if standing.sum() >= max(5, 0.05 * whole.sum()) else whole
    for values, limit, words in (
        (turned, limits.turned_deg, "turned about {:.0f} deg from side-on"),
        (np.abs(down), limits.looking_down_deg, "seen about {:.0f} deg from above or below"),
    ):
        usual = float(np.median(values[sure])) if sure.any() else np.nan
        near = np.where(np.isfinite(values), running_median(time_s, values, _TURN_HALF_WINDOW_S), np.nan)
        # The whole clip's median is surer than any second of it, but a person may also turn half-way through.
        for row in np.flatnonzero((doubts == "") & ((near > limit + 12) | (usual > limit))):
            doubts[row] = words.format(max(near[row], usual))
    return doubts


def _plain_columns(rows: Sequence[Row]) -> dict[str, FloatArray]:
    """Columns that need no neutral."""
    def column(read: Callable[[Row], float]) -> FloatArray:
        return np.array([read(row) for row in rows], dtype=float)

    return {
        "left_knee_flexion_deg": column(lambda row: row.left_knee_flexion_deg),
        "right_knee_flexion_deg": column(lambda row: row.right_knee_flexion_deg),
        "trunk_lean_deg": column(lambda row: row.trunk_pitch_deg),
        "view_yaw_deg": column(lambda row: row.view.turned_deg),
        "person_height_px": column(lambda row: row.view.height_px),
    }


def _flexions(rows: Sequence[Row], neutral: Neutral) -> tuple[FloatArray, FloatArray]:
    """Spine, hip and knee flexion (n, 3) and likeness (n,) by the spine formula."""
    terms = Terms(neutral.stand)
    table = np.array([terms.of(row) for row in rows])
    flexion, likeness = flexions(table)
    return _within_hip_extension(flexion), likeness


def _within_hip_extension(flexion: FloatArray) -> FloatArray:
    """Move what would overextend the hip into the spine: their sum is measured better than how it is shared.

    A standing person's hip extends 10 to 20 deg at most (Norkin and White, Measurement of Joint Motion), and leaning
    back that far is no part of what is filmed here.
    """
    spine, hip, knee = flexion.T
    too_far = np.maximum(-_MOST_HIP_EXTENSION_DEG - hip, 0.0)
    return np.stack([spine - too_far, hip + too_far, knee], axis=1)


def _from_neutral(rows: Sequence[Row], neutral: Neutral) -> dict[str, FloatArray]:
    """Columns that are plain changes from the stand."""
    stand = neutral.stand
    bend = np.array([turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg) for row in rows])
    head = np.array([turn_deg(row.neck_pitch_deg, row.trunk_pitch_deg) for row in rows])
    hips = np.array([row.hip_over_ankle_px for row in rows])
    return {
        "bend_deg": turn_deg(turn_deg(stand.thigh_pitch_deg, stand.trunk_pitch_deg), bend),
        "head_lift_deg": turn_deg(turn_deg(stand.neck_pitch_deg, stand.trunk_pitch_deg), head),
        "hips_back_ratio": (stand.hip_over_ankle_px - hips) / stand.leg_px,
    }


def _cleaned(name: str, raw: FloatArray, time_s: FloatArray, why: NDArray[np.object_]) -> FloatArray:
    """Leave out what cannot be trusted, bridge short gaps, smooth; `why` is completed in place."""
    quantity = QUANTITIES[name]
    values = np.where(why == "", raw, np.nan)
    wild = (values < quantity.lowest) | (values > quantity.highest)
    values[wild] = np.nan
    values = smooth(time_s, bridged(time_s, values))
    missing = ~np.isfinite(values)
    why[~missing] = ""
    why[missing & (why == "")] = _HIDDEN if name in TARGETS else f"the {quantity.label} could not be measured"
    why[missing & wild] = f"the {quantity.label} came out implausible"
    return values
