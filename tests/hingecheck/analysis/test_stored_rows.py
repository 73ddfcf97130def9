"""Rows that waited in a file are those that were put there, whatever frames lack."""

from __future__ import annotations

import pytest

from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.stored_rows import RowsWriter, take_rows
from pose.frame.measure import Measurer, Row
from pose.frame.view import View
from pose.reason import Reason, ReasonKind
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.same_rows import assert_same


@pytest.fixture(params=[False, True], ids=["memory", "file"])
def store(request: pytest.FixtureRequest) -> ByteStore:
    return ByteStore.in_a_file() if request.param else ByteStore()


def stored(store: ByteStore, rows: list[Row]) -> list[Row]:
    """Put rows away and fetch them."""
    writer = RowsWriter(store)
    for row in rows:
        writer.add(row)
    store.put(b"another piece")
    return take_rows(store, writer.written())


def test_they_come_back_to_the_bit(store: ByteStore, recorded: SightingsOf) -> None:
    rows = list(map(Measurer(), recorded("hinge_mixed")))
    reason = Reason.of(ReasonKind.TURNED, turned_deg=38)
    rows[5:5] = [Row(-1, 0.15, 0, View()), Row(-2, 0.16, 0, View(problem=reason, doubt=reason))]  # nobody is there
    assert len(rows) > 128, "several pieces"
    assert_same(rows, stored(store, rows))


def test_nothing_measured_is_nothing(store: ByteStore) -> None:
    assert stored(store, []) == []
    alone = [Row(0, 0.0, 0, View())]
    assert_same(stored(store, alone), alone)
