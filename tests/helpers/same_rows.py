"""Whether measured rows are the same to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from pose.frame.measure import Row


def assert_same(rows: Sequence[Row], others: Sequence[Row]) -> None:
    """Compare every field of each row and of its view, with its type."""
    assert len(rows) == len(others)
    for row, other in zip(rows, others, strict=True):
        for field in fields(Row):
            if field.name != "view":
                assert _same(getattr(row, field.name), getattr(other, field.name)), (row.index, field.name)
        for field in fields(row.view):
            assert _same(getattr(row.view, field.name), getattr(other.view, field.name)), (row.index, field.name)


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, float) and isinstance(other, float) and one != one:
        return other != other
    return type(one) is type(other) and one == other
