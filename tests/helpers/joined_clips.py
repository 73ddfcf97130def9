"""Samples one after the other, as one clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pose.frame.measure import Measurer, Row
from tests.helpers.fixture_types import SightingsOf


def joined_rows(recorded: SightingsOf, names: Sequence[str]) -> tuple[list[Row], list[float]]:
    """Return the rows of the joined clip, and the times at which a sample follows another."""
    measurer, rows, joins = Measurer(), [], []
    start_s = 0.0
    for name in names:
        seen = recorded(name)
        joins.append(start_s)
        for one in seen:
            rows.append(measurer(replace(one, index=len(rows), time_s=start_s + one.time_s)))
        start_s = rows[-1].time_s + float(np.median(np.diff([one.time_s for one in seen])))
    return rows, joins[1:]
