"""Rows that waited in a file are those that were put there, whatever frames lack."""

from __future__ import annotations

import pickle
from dataclasses import fields

import numpy as np

from hingecheck.analysis.stored_rows import StoredRows
from pose.frame.measure import Measurer, Row
from pose.frame.view import View
from pose.reason import Reason, ReasonKind
from tests.helpers.fixture_types import SightingsOf


def assert_same(rows: list[Row], others: list[Row]) -> None:
    for row, other in zip(rows, others, strict=True):
        for field in fields(Row):
            one, two = getattr(row, field.name), getattr(other, field.name)
            assert type(one) is type(two), field.name
            assert np.array_equal(one, two, equal_nan=True) if isinstance(one, (np.ndarray, float)) else \
                repr(one) == repr(two), (row.index, field.name)


def test_they_come_back_to_the_bit_also_from_another_process(recorded: SightingsOf) -> None:
    rows = list(map(Measurer(), recorded("hinge_mixed")))
    reason = Reason.of(ReasonKind.TURNED, turned_deg=38)
    rows[5:5] = [Row(-1, 0.15, 0, View()), Row(-2, 0.16, 0, View(problem=reason, doubt=reason))]  # nobody is there
    stored = StoredRows()
    for row in rows:
        stored.add(row)
    assert len(rows) > 128, "several pieces"
    assert_same(rows, stored.load())
    assert_same(rows, pickle.loads(pickle.dumps(stored)).load())


def test_nothing_measured_is_nothing() -> None:
    assert StoredRows().load() == []
    alone = StoredRows()
    alone.add(Row(0, 0.0, 0, View()))
    assert_same(alone.load(), [Row(0, 0.0, 0, View())])
