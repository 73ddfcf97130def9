"""Pieces are kept in a file, in memory where the disk is full, and travel with their store."""

from __future__ import annotations

import pickle
import resource
import tempfile
from pathlib import Path

import pytest

from hingecheck.analysis.byte_store import ByteStore

PIECES = [bytes([number]) * (700 * number + 1) for number in range(60)]


@pytest.mark.parametrize("most_bytes", [0, 1, 5000, 100_001, 700_000])
def test_no_piece_is_lost_where_the_disk_is_full(most_bytes: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        store = ByteStore.in_a_file()
        numbers = [store.put(piece) for piece in PIECES]
        assert [store.get(number) for number in numbers] == PIECES
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [store.get(number) for number in reversed(numbers)] == PIECES[::-1]


def test_without_a_folder_for_temporary_files_it_is_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    store = ByteStore.in_a_file()
    assert store.get(store.put(b"piece")) == b"piece"


@pytest.mark.parametrize("store", [ByteStore.in_a_file(), ByteStore()], ids=["file", "memory"])
def test_a_store_travels_with_its_pieces(store: ByteStore) -> None:
    numbers = [store.put(piece) for piece in PIECES]
    store.drop(numbers.pop(3))
    assert store.take(numbers.pop(0)) == PIECES[0]
    back = pickle.loads(pickle.dumps(store))
    assert [back.get(number) for number in numbers] == [store.get(number) for number in numbers]
    assert back.put(b"next") == store.put(b"next") == len(PIECES)
    for number in (0, 3):
        with pytest.raises(KeyError):
            back.get(number)
