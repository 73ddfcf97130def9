"""A set-up check of a file from outside runs beside the program, whatever the file does."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from hingecheck.analysis.setup_check import BAD, GOOD
from hingecheck.jobs import setup_check_job
from hingecheck.jobs.setup_check_job import SetupCheckError
from pose.io.image_codec import encode_jpeg
from pose.io.video import VideoReader

SAMPLE = Path(__file__).resolve().parents[3] / "samples/hinge_neutral.mp4"


def test_a_picture_and_a_clip_of_somebody_side_on_are_ready(tmp_path: Path) -> None:
    with VideoReader(SAMPLE, end_s=0.1) as reader:
        (tmp_path / "still.jpg").write_bytes(encode_jpeg(next(iter(reader)).image))
    for path in (tmp_path / "still.jpg", SAMPLE):
        assert {tick.state for tick in setup_check_job.check(path)} == {GOOD}


def test_an_empty_room_is_said(tmp_path: Path) -> None:
    (tmp_path / "room.jpg").write_bytes(encode_jpeg(np.full((240, 320, 3), 120, np.uint8)))
    first = setup_check_job.check(tmp_path / "room.jpg")[0]
    assert (first.state, first.message[:17]) == (BAD, "Nobody was found.")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = zlib.compress(bytes(1000))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", lines) + chunk(b"IEND", b""))


@pytest.mark.parametrize(("name", "data"), [
    ("large.png", png(60_000, 60_000)), ("text.jpg", b"no picture"),
    ("jpeg2000.jpg", b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    ("text.mp4", b"no video"), ("empty.mp4", b"")])
def test_what_is_no_picture_and_no_video_gets_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SetupCheckError, match=r"could not be read\. (Take it again|Use the original file)"):
        setup_check_job.check(tmp_path / name)


def test_a_check_that_ends_the_process_does_not_end_the_program(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As much memory as Python itself needs, and no picture: the process dies while it loads.
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    least = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 26,) * 2)\n"
    (tmp_path / "sitecustomize.py").write_text(least)
    with pytest.raises(SetupCheckError, match="This clip could not be read"):
        setup_check_job.check(SAMPLE)
