"""Odd, damaged and truncated files against the messages for a person."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pose.io import video
from pose.reason import Reason, ReasonKind
from tests.helpers.files_without_frames import no_frames, sound_only


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def clip_bytes(folder: Path) -> bytes:
    """A clip of 2 s whose index comes first, as from a web page."""
    noise = np.random.default_rng(1).integers(0, 255, (60, 96, 128, 3), dtype=np.uint8)
    with video.VideoWriter(folder / "source.mp4") as writer:
        for number, image in enumerate(noise):
            writer.write(image, number / 30)
    return (folder / "source.mp4").read_bytes()


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def leaping(path: Path, after: int) -> Path:
    """A clip of 3 s at 20 fps whose clock leaps by 35 days after some frames."""
    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", rate=20)
        stream.width, stream.height = 128, 96
        images = [av.VideoFrame.from_ndarray(np.full((96, 128, 3), 4 * number, np.uint8)) for number in range(60)]
        packets = [packet for image in (*images, None) for packet in stream.encode(image)]
        for number, packet in enumerate(packets):
            packet.time_base = Fraction(1, 1000)
            packet.pts = packet.dts = number * 50 + (3_000_000_000 if number >= after else 0)
            container.mux(packet)
    return path


BAD = {
    "pipe": (pipe, "not a file"),
    "device": (lambda path: Path("/dev/zero"), "not a file"),
    "missing": (lambda path: path, "no such file"),
    "folder": (folder, "this is a folder"),
    "empty": (lambda path: written(path, b""), "empty (0 bytes)"),
    "text": (lambda path: written(path, "Früh gedehnt, heute 30 cm vom Boden.\n".encode() * 99), "text file"),
    "text under its own name": (lambda path: written(path.with_suffix(".txt"), b"Dear diary\n" * 99), "text file"),
    "playlist": (lambda path: written(path, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"), "text file"),
    "noise": (lambda path: written(path, np.random.default_rng(2).bytes(9999)), "not a video"),
    "sound only": (sound_only, "only sound"),
    "no frames": (no_frames, "no frames"),
    "index missing": (lambda path: written(path, clip_bytes(path.parent)[1500:]), "cut off"),
    "unknown codec": (lambda path: written(path, clip_bytes(path.parent).replace(b"avc1", b"zzzz")), "codec"),
    "no data behind the index": (lambda path: written(path, clip_bytes(path.parent)[:4000]), "no frame could be"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("entry", [video.probe, video.VideoReader])
def test_bad_files_are_refused_with_a_message(tmp_path: Path, kind: str, entry: type[video.VideoReader]) -> None:
    make, expected = BAD[kind]
    path = make(tmp_path / "clip.mp4")
    with pytest.raises(video.VideoError) as caught:
        entry(path)
    message = str(caught.value)
    assert str(path) in message
    assert expected in message
    assert message.endswith(".")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is permitted to root")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = written(tmp_path / "locked.mp4", b"x")
    path.chmod(0)
    with pytest.raises(video.VideoError, match="not permitted to read"):
        video.probe(path)


def test_a_file_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = clip_bytes(tmp_path)
    reader = video.VideoReader(written(tmp_path / "cut.mp4", data[: len(data) // 2]))
    frames = list(reader)
    assert 20 <= len(frames) <= 32
    assert reader.notes[0] == Reason.of(ReasonKind.VIDEO_BREAKS_OFF, length_s=2.0, last_s=round(frames[-1].time_s, 1))


def test_a_damaged_middle_is_dropped_and_the_rest_read(tmp_path: Path) -> None:
    data = bytearray(clip_bytes(tmp_path))
    data[len(data) // 2 : len(data) // 2 + 5000] = bytes(5000)
    reader = video.VideoReader(written(tmp_path / "hole.mp4", bytes(data)))
    frames = list(reader)
    assert 45 <= len(frames) < 60
    assert frames[-1].time_s > 1.8
    assert [note.kind for note in reader.notes] == [ReasonKind.FRAMES_DAMAGED]
    assert reader.notes[0].named["count"] == 60 - len(frames)


@pytest.mark.parametrize(("start_s", "end_s", "words"), [
    (-1, None, "cannot start at -1 s"), (99, None, "cannot start at 99 s"), (3, 2, "ends at 2 s, before its start")])
def test_a_part_outside_the_clip(samples: Path, start_s: float, end_s: float | None, words: str) -> None:
    with pytest.raises(video.VideoError, match=words):
        video.VideoReader(samples / "hinge_mixed.mp4", start_s=start_s, end_s=end_s)


def test_an_end_after_the_clip_is_noted(samples: Path) -> None:
    reader = video.VideoReader(samples / "hinge_mixed.mp4", start_s=23, end_s=60)
    assert len(list(reader)) == 31
    assert reader.notes == [Reason.of(ReasonKind.VIDEO_ENDS_BEFORE, length_s=24.0, end_s=60)]


# --- frames from elsewhere ---


@pytest.mark.parametrize("after", [1, 20, 59])
def test_a_clock_that_leaps_is_read_on_without_the_leap(tmp_path: Path, after: int) -> None:
    path = leaping(tmp_path / "clip.mkv", after)
    info = video.probe(path)
    assert info.duration_s == pytest.approx(3, abs=0.1)
    assert info.fps == pytest.approx(20, abs=0.5)
    assert [frame.time_s for frame in video.VideoReader(path)] == pytest.approx(np.arange(60) / 20, abs=0.02)
    part = [frame.time_s for frame in video.VideoReader(path, start_s=2)]
    assert part == pytest.approx(np.arange(40, 60) / 20, abs=0.02)


def test_a_title_in_another_encoding_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(path, "w") as container:
        container.metadata["title"] = "Grosse Dehnung"
        stream = container.add_stream("mpeg4", rate=20)
        stream.width, stream.height = 128, 96
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((96, 128, 3), np.uint8))))
        container.mux(stream.encode())
    path.write_bytes(path.read_bytes().replace(b"Grosse", "Größe ".encode("latin-1")))
    assert video.probe(path).size_px == (128, 96)
