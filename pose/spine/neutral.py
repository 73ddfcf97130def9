"""Rows of a clip -> Neutral: the person's own upright pose, from which every change is measured.

All upright frames of the clip are used, not one: those in which the line hip-shoulder is closest to the thigh's. Where
the clip never shows the person upright, the average pose of the people of the fit replaces it, with a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.geometry import turn_deg
from pose.reason import Reason, ReasonKind
from pose.spine.fit import typical_pose
from pose.spine.outline import mostly_visible
from pose.spine.upright import select_upright

#: A frame this close to the straightest frames is upright: the sway of quiet standing and the model's noise on a still
#: person are about 2 deg each; the rest is a margin.
_UPRIGHT_BAND_DEG = 5.0
#: The straightest frames of a clip are this share of it (most of a clip is bending).
_STRAIGHTEST_SHARE = 0.04
#: A pose that leans further than this is not upright, whatever the thighs do.
_MAX_LEAN_DEG = 22.0
#: The straightest frames of a clip must be bent less than this; otherwise the person never stands tall in it.
_MAX_BEND_DEG = 22.0
_LEAST_S = 0.15  # less standing than this is passing through upright


@dataclass(frozen=True, eq=False)
class NeutralPose:
    """An upright pose in the quantities of `Row`; pitches in degrees, lengths in frame pixels."""

    trunk_pitch_deg: float
    thigh_pitch_deg: float
    shank_pitch_deg: float
    neck_pitch_deg: float
    trunk_px: float
    thigh_px: float
    shank_px: float
    hip_over_ankle_px: float
    reach_px: FloatArray

    @property
    def leg_px(self) -> float:
        """Length of thigh and shank: the unit of all lengths."""
        return self.thigh_px + self.shank_px


@dataclass(frozen=True, eq=False)
class Neutral:
    """The neutral pose and its source.

    Attributes
    ----------
    pose : NeutralPose
    personal : bool
        True where it was measured on this person, False where it is a typical pose.
    seconds : float
        How long the person was upright.
    note : Reason or None
        Where the pose is a typical one.
    uncertainty_deg : float
        Half-width of the 90 % band of the pose itself, from how far the upright intervals of the clip disagree.
    """

    pose: NeutralPose
    personal: bool
    seconds: float
    note: Reason | None = None
    uncertainty_deg: float = 0.0


def find_neutral(rows: Sequence[Row]) -> Neutral | None:
    """Find the person's neutral pose in a clip.

    Returns
    -------
    Neutral or None
        None where the person could not be measured in any frame.
    """
    measured = [row for row in rows if not row.view.problem and mostly_visible(row)]
    if not measured:
        return None
    bend = np.array([turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg) for row in measured])
    lean = np.array([row.trunk_pitch_deg for row in measured])
    straightest = float(np.quantile(bend, _STRAIGHTEST_SHARE))
    upright = (np.abs(bend - straightest) <= _UPRIGHT_BAND_DEG) & (np.abs(lean) <= _MAX_LEAN_DEG)
    seconds = float(upright.mean() * (measured[-1].time_s - measured[0].time_s)) if len(measured) > 1 else 0.0
    if straightest > _MAX_BEND_DEG or seconds < _LEAST_S:
        return Neutral(_typical_pose(measured), personal=False, seconds=0.0, note=Reason(ReasonKind.NEVER_UPRIGHT))
    standing = [row for row, is_up in zip(measured, upright, strict=True) if is_up]
    selection = select_upright(standing, normalised_pose)
    return Neutral(normalised_pose(selection.rows), personal=True, seconds=seconds,
                   uncertainty_deg=selection.uncertainty_deg)


def normalised_pose(rows: Sequence[Row]) -> NeutralPose:
    """Return the median pose of upright frames, each scaled to the same leg length: the person may come nearer."""
    legs = np.array([row.thigh_px + row.shank_px for row in rows])
    return median_pose(rows, np.median(legs) / legs)


def median_pose(rows: Sequence[Row], scale: FloatArray | None = None) -> NeutralPose:
    """Return the median of upright frames, quantity by quantity; lengths are multiplied by `scale` (n,)."""
    scale = np.ones(len(rows)) if scale is None else scale

    def median(name: str) -> float:
        values = np.array([getattr(row, name) for row in rows])
        return float(np.median(values * scale if name.endswith("_px") else values))

    reach = np.array([row.reach_px for row in rows]) * scale[:, None]
    visible = np.isfinite(reach).any(axis=0)
    median_reach = np.full(reach.shape[1], np.nan)
    median_reach[visible] = np.nanmedian(reach[:, visible], axis=0)
    return NeutralPose(
        trunk_pitch_deg=median("trunk_pitch_deg"),
        thigh_pitch_deg=median("thigh_pitch_deg"),
        shank_pitch_deg=median("shank_pitch_deg"),
        neck_pitch_deg=median("neck_pitch_deg"),
        trunk_px=median("trunk_px"),
        thigh_px=median("thigh_px"),
        shank_px=median("shank_px"),
        hip_over_ankle_px=median("hip_over_ankle_px"),
        reach_px=median_reach,
    )


def _typical_pose(rows: Sequence[Row]) -> NeutralPose:
    """Return the average pose of the people of the fit, scaled to this person's legs."""
    legs = np.array([row.thigh_px + row.shank_px for row in rows])
    return NeutralPose(**typical_pose(float(np.quantile(legs, 0.9))))
