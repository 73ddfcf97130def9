"""Damaged files of every kind that comes from outside: about half a minute here, hours by `bench.robust --inputs`."""

from __future__ import annotations

import sys

import pytest

from bench import robust


def test_every_reader_ends_in_its_own_error(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["robust", "--inputs", "600", "--seed", "1"])
    code = robust.main()
    out, err = capsys.readouterr()
    assert code == 0, err
    assert len(out.splitlines()) == 7
