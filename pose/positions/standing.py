"""Rows of a standing person -> flexions of spine, hip and knee against the own neutral pose, and other changes from it.

The flexions come from the spine formula; the rest are plain differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.frame.yaw import clip_yaw_deg
from pose.geometry import turn_deg
from pose.reason import Reason
from pose.spine.fit import TARGETS, flexions
from pose.spine.hinge_terms import HingeTerms
from pose.spine.neutral import Neutral
from pose.spine.uncertainty import band_half_widths

_MAX_HIP_EXTENSION_DEG = 10.0
#: Flat feet: this quantile of the angle from heel to toe over a clip. Feet are flat most of the time.
_FLAT_QUANTILE = 0.25


@dataclass(frozen=True, eq=False)
class StandingColumns:
    """The measurements of a standing person.

    Attributes
    ----------
    columns : mapping of str to ndarray, shape (n,)
    rows : sequence of Row
    likeness : ndarray, shape (n,)
        From `spine.fit.flexions`.
    neutral : Neutral
    """

    columns: Mapping[str, FloatArray]
    rows: Sequence[Row]
    likeness: FloatArray
    neutral: Neutral

    @classmethod
    def of(cls, rows: Sequence[Row], neutral: Neutral) -> StandingColumns:
        """Measure a clip against the person's neutral pose."""
        flexion, likeness = _flexions(rows, neutral)
        columns = dict(zip(TARGETS, flexion.T, strict=True)) | _from_neutral(rows, neutral)
        return cls(columns, rows, likeness, neutral)

    @property
    def note(self) -> Reason | None:
        """What a person must know about the neutral pose."""
        return self.neutral.note

    def band_half_widths(self, columns: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """See `uncertainty.band_half_widths`."""
        return band_half_widths(columns, self.rows, self.likeness, self.neutral)


def _flexions(rows: Sequence[Row], neutral: Neutral) -> tuple[FloatArray, FloatArray]:
    """Return spine, hip and knee flexion (n, 3) and likeness (n,) by the spine formula."""
    yaw_deg = clip_yaw_deg(rows, np.array([not row.view.problem for row in rows]))
    terms = HingeTerms(neutral.pose, yaw_deg)
    flexion, likeness = flexions(terms.table(rows))
    return _within_hip_extension(flexion), likeness


def _within_hip_extension(flexion: FloatArray) -> FloatArray:
    """Shift hip overextension to the spine: the sum of both is measured more accurately than its division.

    The hip of a standing person extends by 10 to 20 deg at most (Norkin and White, Measurement of Joint Motion), and
    no exercise here leans back that far.
    """
    spine, hip, knee = flexion.T
    excess = np.maximum(-_MAX_HIP_EXTENSION_DEG - hip, 0.0)
    return np.stack([spine - excess, hip + excess, knee], axis=1)


def _from_neutral(rows: Sequence[Row], neutral: Neutral) -> dict[str, FloatArray]:
    """Return the columns that are plain differences from the neutral pose."""
    pose = neutral.pose
    bend = np.array([turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg) for row in rows])
    head = np.array([turn_deg(row.neck_pitch_deg, row.trunk_pitch_deg) for row in rows])
    hips = np.array([row.hip_over_ankle_px for row in rows])
    neck = np.array([row.neck_pitch_deg for row in rows])
    foot = np.array([row.foot_pitch_deg for row in rows])
    return {
        "bend_deg": turn_deg(turn_deg(pose.thigh_pitch_deg, pose.trunk_pitch_deg), bend),
        "lean_deg": turn_deg(pose.trunk_pitch_deg, np.array([row.trunk_pitch_deg for row in rows])),
        "head_forward_deg": turn_deg(pose.neck_pitch_deg, neck),
        "heel_lift_deg": foot - np.nanquantile(foot, _FLAT_QUANTILE),
        "head_lift_deg": turn_deg(turn_deg(pose.neck_pitch_deg, pose.trunk_pitch_deg), head),
        "hips_back_ratio": (pose.hip_over_ankle_px - hips) / pose.leg_px,
    }
