"""Damaged files of every kind that comes from outside: some minutes here, hours by `bench.robust --inputs`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import robust
from bench.damaged_readers import readers


@pytest.mark.parametrize("name", robust.NAMES)
def test_every_reader_ends_in_its_own_error(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = robust.tried(name, 300, seed=1)
    assert not result.bad, capsys.readouterr().err
    assert sum(result.counts.values()) == 300
    assert result.counts[robust.REFUSED] or name == "pictures"


def test_every_reader_is_named(tmp_path: Path) -> None:
    assert tuple(readers(tmp_path)) == robust.NAMES
