"""Rows of a clip -> Neutral: what this person looks like standing tall, the zero of every change.

Every upright moment of the clip counts, not one frame: the moments in which the line hip-shoulder lies closest to the
thigh's. A clip that never shows the person upright gets the stand of the people the spine was fitted on, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pose.frame.measure import Row
from pose.geometry import FloatArray, turn_deg
from pose.spine.baseline import agreement
from pose.spine.fit import typical_stand

#: Within so many degrees of the straightest moments a frame still counts as upright: the sway of quiet standing and
#: the model's own noise on a still person, about 2 deg each, with room.
_UPRIGHT_BAND_DEG = 5.0
#: The straightest moments of a clip: this share of its frames (a clip is mostly spent bending).
_STRAIGHTEST_SHARE = 0.04
#: A stand that leans further than this is not upright, whatever the thighs do.
_MOST_LEAN_DEG = 22.0
#: Straighter than this is standing tall; between the two the clip starts half bent and nothing straighter is seen.
_MOST_BEND_DEG = 22.0
_LEAST_S = 0.15  # fewer seconds of standing are a passing moment, not a stand


@dataclass(frozen=True, eq=False)
class Stand:
    """A person standing tall, in the terms of `Row`; pitches in degrees, lengths in frame pixels."""

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
        """Thigh and shank together: the unit of all lengths."""
        return self.thigh_px + self.shank_px


@dataclass(frozen=True, eq=False)
class Neutral:
    """The zero, and where it comes from.

    Attributes
    ----------
    stand : Stand
    own : bool
        True where it is the person's own stand, False where a typical one had to serve.
    seconds : float
        How long the person was seen standing.
    note : str
        What to tell the person where it is not their own, or only short; "" otherwise.
    uncertainty_deg : float
        Half-width of the 90 % band of the zero itself, from how far the stands of the clip disagree.
    """

    stand: Stand
    own: bool
    seconds: float
    note: str = ""
    uncertainty_deg: float = 0.0


def find_neutral(rows: Sequence[Row]) -> Neutral | None:
    """Find the person's own stand in a clip.

    Returns
    -------
    Neutral or None
        None where no frame shows a person that could be measured.
    """
    seen = [row for row in rows if not row.view.problem and np.isfinite(row.reach_px).sum() > len(row.reach_px) // 2]
    if not seen:
        return None
    bend = np.array([turn_deg(row.thigh_pitch_deg, row.trunk_pitch_deg) for row in seen])
    lean = np.array([row.trunk_pitch_deg for row in seen])
    straightest = float(np.quantile(bend, _STRAIGHTEST_SHARE))
    upright = (np.abs(bend - straightest) <= _UPRIGHT_BAND_DEG) & (np.abs(lean) <= _MOST_LEAN_DEG)
    seconds = float(upright.mean() * (seen[-1].time_s - seen[0].time_s)) if len(seen) > 1 else 0.0
    if straightest > _MOST_BEND_DEG or seconds < _LEAST_S:
        return Neutral(_typical(seen), own=False, seconds=0.0, note=(
            "You were never seen standing tall, so the curve of your back is compared with a typical one and is less "
            "sure. Begin the recording standing tall for two seconds."))
    standing = [row for row, is_up in zip(seen, upright, strict=True) if is_up]
    agreed = agreement(standing, stand_of_one_size)
    return Neutral(stand_of_one_size(agreed.rows), own=True, seconds=seconds, uncertainty_deg=agreed.uncertainty_deg)


def stand_of_one_size(rows: Sequence[Row]) -> Stand:
    """Return the middle of many upright frames, each brought to the same length of leg: the person may come nearer."""
    legs = np.array([row.thigh_px + row.shank_px for row in rows])
    return median_stand(rows, np.median(legs) / legs)


def median_stand(rows: Sequence[Row], size: FloatArray | None = None) -> Stand:
    """Return the middle of many upright frames, quantity by quantity; lengths times `size` (n,)."""
    size = np.ones(len(rows)) if size is None else size

    def middle(name: str) -> float:
        values = np.array([getattr(row, name) for row in rows])
        return float(np.median(values * size if name.endswith("_px") else values))

    reach = np.array([row.reach_px for row in rows]) * size[:, None]
    seen = np.isfinite(reach).any(axis=0)
    middle_reach = np.full(reach.shape[1], np.nan)
    middle_reach[seen] = np.nanmedian(reach[:, seen], axis=0)
    return Stand(
        trunk_pitch_deg=middle("trunk_pitch_deg"),
        thigh_pitch_deg=middle("thigh_pitch_deg"),
        shank_pitch_deg=middle("shank_pitch_deg"),
        neck_pitch_deg=middle("neck_pitch_deg"),
        trunk_px=middle("trunk_px"),
        thigh_px=middle("thigh_px"),
        shank_px=middle("shank_px"),
        hip_over_ankle_px=middle("hip_over_ankle_px"),
        reach_px=middle_reach,
    )


def _typical(rows: Sequence[Row]) -> Stand:
    """The average stand of the fit's people, scaled to this person's legs."""
    legs = np.array([row.thigh_px + row.shank_px for row in rows])
    return Stand(**typical_stand(float(np.quantile(legs, 0.9))))
