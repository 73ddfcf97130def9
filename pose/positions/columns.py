"""The part of a track that depends on the position: columns, their uncertainty, a note about the clip. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from pose.arrays import FloatArray
from pose.reason import Reason


class PositionColumns(Protocol):
    """The columns of a position, before they are cleaned."""

    @property
    def columns(self) -> Mapping[str, FloatArray]:
        """By the names of `quantity.QUANTITIES`, shape (n,); NaN where unmeasured."""
        ...

    @property
    def note(self) -> Reason | None:
        """What a person must know about the whole clip."""
        ...

    def band_half_widths(self, columns: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return the half-width of the 90 % band of the cleaned columns; NaN where those are."""
        ...


@dataclass(frozen=True, eq=False)
class PlainColumns:
    """The columns of a position whose bands are constant over the clip.

    Attributes
    ----------
    columns : mapping of str to ndarray, shape (n,)
    bands : mapping of str to float
        Half-width of the 90 % band of a column, in its unit.
    note : Reason or None
    """

    columns: Mapping[str, FloatArray]
    bands: Mapping[str, float] = field(default_factory=dict)
    note: Reason | None = None

    def band_half_widths(self, columns: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return the bands as columns, NaN where the cleaned columns are."""
        return {name: np.where(np.isfinite(columns[name]), band, np.nan) for name, band in self.bands.items()}
