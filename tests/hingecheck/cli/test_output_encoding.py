"""Terminals of every encoding, and names of every kind: nothing ends an analysis, nothing is lost after one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hingecheck.history import queries
from hingecheck.history.store import open_history

ROOT = Path(__file__).resolve().parents[3]


def analyse(video: bytes, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hingecheck.cli.main", "analyse", video, "--no-video", "--exercise", "hip_hinge",
         "--to", "6", *options], env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True,
        timeout=240, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_no_encoding_of_the_terminal_ends_an_analysis(samples: Path, tmp_path: Path, encoding: str) -> None:
    done = analyse(os.fsencode(samples / "hinge_neutral.mp4"), "--out", str(tmp_path), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert "Neutral" in text
    if encoding == "ascii":
        assert " deg" in text
        assert "+-" in text


def test_json_is_utf8_whatever_the_terminal_is(samples: Path, tmp_path: Path) -> None:
    named = tmp_path / "Dehnung übt.mp4"
    shutil.copy(samples / "hinge_neutral.mp4", named)
    done = analyse(os.fsencode(named), "--json", "--out", str(tmp_path / "out"), PYTHONIOENCODING="cp437")
    assert json.loads(done.stdout.decode("utf-8"))["video"] == "Dehnung übt.mp4"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file names are Unicode elsewhere")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_name_that_is_no_unicode_is_analysed_and_saved(samples: Path, tmp_path: Path, options: tuple[str]) -> None:
    named = os.fsencode(tmp_path) + b"/clip\xff.mp4"
    shutil.copy(samples / "hinge_neutral.mp4", named)
    done = analyse(named, "--save", "--out", str(tmp_path / "out"), *options, PYTHONIOENCODING="utf-8",
                   HINGECHECK_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "out").rglob("report.json"))
    with open_history(tmp_path / "data", "") as history:
        assert [line.video for line in queries.lines(history)] == ["clip?.mp4"]
