"""Rows over time -> columns: one array per quantity, NaN where unmeasured, with its uncertainty and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pose.arrays import FloatArray
from pose.landmark_track import LandmarkTrack
from pose.quantity import Position
from pose.reason import Reason


@dataclass(frozen=True, eq=False)
class Track:
    """Everything measured in one clip, one column per quantity.

    Attributes
    ----------
    time_s : ndarray, shape (n,)
        Strictly increasing; seconds from the first frame of the source.
    columns : mapping of str to ndarray, shape (n,)
        Keys are names of `quantity.QUANTITIES`; NaN where unmeasured.
    uncertainty : mapping of str to ndarray, shape (n,)
        Half-width of the 90 % band, same unit as the column; only for the angles that a person is shown.
    reasons : mapping of str to ndarray of Reason or None, shape (n,)
        Why a value of that column is unmeasured; None where it is measured.
    notes : tuple of Reason
        What a person must know about the whole clip, as that they were never upright.
    position : Position or None
        The person's position in most of the clip; None where it is unclear.
    facing_camera : bool
        True for a view from the front or from behind, False from the side.
    landmarks : LandmarkTrack or None
        The landmarks of each frame, for exports; None where they were not saved.
    """

    time_s: FloatArray
    columns: Mapping[str, FloatArray]
    uncertainty: Mapping[str, FloatArray] = field(default_factory=dict)
    reasons: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    notes: tuple[Reason, ...] = ()
    position: Position | None = None
    facing_camera: bool = False
    landmarks: LandmarkTrack | None = None

    def __len__(self) -> int:
        return len(self.time_s)

    def between(self, start_s: float, end_s: float) -> slice:
        """Return the rows with start_s <= time_s <= end_s."""
        first, past = np.searchsorted(self.time_s, [start_s - 1e-9, end_s + 1e-9])
        return slice(int(first), int(past))

    def why_unmeasured(self, name: str, start_s: float, end_s: float) -> Reason | None:
        """Return the most frequent reason in a span; None where all of it is measured."""
        if name not in self.reasons:
            return None
        counts = Counter(reason for reason in self.reasons[name][self.between(start_s, end_s)] if reason is not None)
        return counts.most_common(1)[0][0] if counts else None
