"""Frames against pictures and times that were put into the file; odd files against the words a person gets."""

from __future__ import annotations

import gc
import itertools
import os
import struct
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from odd_files import no_frames, sound_only

from pose import video

#: Where a colour lies in the test picture (row, column as parts of the size) and which it is.
CORNERS = {(0.2, 0.2): (200, 40, 40), (0.2, 0.8): (40, 180, 60), (0.8, 0.2): (50, 60, 200), (0.8, 0.8): (190, 180, 40)}


def quarters(width: int, height: int) -> NDArray[np.uint8]:
    """A picture whose four quarters differ, so that any turn or flip shows."""
    image = np.zeros((height, width, 3), np.uint8)
    for (row, column), colour in CORNERS.items():
        rows = slice(0, height // 2) if row < 0.5 else slice(height // 2, None)
        image[rows, slice(0, width // 2) if column < 0.5 else slice(width // 2, None)] = colour
    return image


def corner_colours(image: NDArray[np.uint8]) -> NDArray[np.int64]:
    height, width = image.shape[:2]
    return np.array([image[int(row * height), int(column * width)] for row, column in CORNERS], dtype=np.int64)


def encode(path: Path, image: NDArray[np.uint8], ticks: Sequence[int], *, codec: str = "libx264", rate: int = 30,
           aspect: Fraction | None = None, colours: str = "ITU601") -> Path:
    """Write one picture again and again with PyAV alone; `ticks` are thousandths of a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options={"bf": "0"} if codec == "libx264" else {})
        stream.width, stream.height, stream.pix_fmt = image.shape[1], image.shape[0], "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        for tick in ticks:
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p", dst_colorspace=colours)
            frame.pts, frame.time_base = tick, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def set_display_matrix(path: Path, a: int, b: int, c: int, d: int) -> None:
    """Turn a video as a phone does: by the numbers in its track header."""
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + (44 if data[data.index(b"tkhd") + 4] == 0 else 56)
    numbers = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    struct.pack_into(">9i", data, place, *numbers)
    path.write_bytes(data)


def times(path: Path, **part: float) -> list[float]:
    return [frame.time_s for frame in video.VideoReader(path, **part)]


# --- frames in: times ---

@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.mov"])
def test_a_variable_rate_keeps_its_times(tmp_path: Path, name: str) -> None:
    ticks = [0, 33, 50, 200, 210, 500, 1000, 1040]
    path = encode(tmp_path / name, quarters(64, 48), ticks)
    assert times(path) == pytest.approx([tick / 1000 for tick in ticks], abs=0.001)
    info = video.probe(path)
    assert info.variable_rate
    assert info.frame_count == 8
    assert info.fps == pytest.approx(7 / 1.04, rel=0.01)


def test_a_steady_rate_and_a_late_start(tmp_path: Path) -> None:
    path = encode(tmp_path / "late.mkv", quarters(64, 48), [5000 + 40 * n for n in range(25)], rate=25)
    assert times(path) == pytest.approx([0.04 * n for n in range(25)], abs=0.0015)
    info = video.probe(path)
    assert not info.variable_rate
    assert info.fps == pytest.approx(25, abs=0.1)


def test_frames_of_the_sample_are_counted_and_timed(samples: Path) -> None:
    reader = video.VideoReader(samples / "hinge_mixed.mp4")
    frames = list(reader)
    assert [frame.index for frame in frames] == list(range(721))
    assert [frame.time_s for frame in frames] == pytest.approx([n / 30 for n in range(721)], abs=1e-6)
    assert (reader.info.size_px, reader.info.fps, reader.info.frame_count) == ((640, 480), 30.0, 721)
    assert (reader.info.variable_rate, reader.info.rotation_deg, reader.notes) == (False, 0, [])
    assert reader.info.duration_s == pytest.approx(721 / 30)


def test_pictures_that_were_read_are_let_go_at_once(samples: Path) -> None:
    gc.collect()
    gc.disable()
    try:
        frames = sum(1 for _ in video.VideoReader(samples / "hinge_mixed.mp4", end_s=3.0))
        held = sum(type(thing).__name__ == "VideoFrame" for thing in gc.get_objects())
    finally:
        gc.enable()
    assert frames == 91
    assert held < 5


def test_a_part_has_the_same_pictures_at_the_same_times(samples: Path) -> None:
    path = samples / "hinge_squatted.mp4"
    whole = [frame for frame in video.VideoReader(path) if 4 <= frame.time_s <= 5]
    with video.VideoReader(path, start_s=4, end_s=5) as reader:
        part = list(reader)
    assert [frame.time_s for frame in part] == [frame.time_s for frame in whole]
    assert [frame.index for frame in part] == list(range(31))
    assert all(np.array_equal(one.image, other.image) for one, other in zip(part, whole, strict=True))
    assert reader.notes == []


def test_a_file_without_a_clock_is_spaced_evenly(tmp_path: Path) -> None:
    path = encode(tmp_path / "bare.h264", quarters(64, 48), [33 * n for n in range(30)])
    reader = video.VideoReader(path)
    steps = np.diff([frame.time_s for frame in reader])
    assert len(steps) == 29
    assert steps == pytest.approx(np.full(29, 1 / reader.info.fps))
    assert "no time for 30 pictures" in " ".join(reader.notes)


@pytest.mark.parametrize(("stamps", "placed"), [
    ([2.0, 2.1, 2.1, 2.2], [0.0, 0.1, None, 0.2]),  # repeated
    ([2.0, 2.1, 2.05, 2.2], [0.0, 0.1, None, 0.2]),  # out of order
    ([2.0, 2.1, None, 2.3], [0.0, 0.1, 0.2, 0.3]),  # missing
    ([8.0, 8.1, 0.0, 0.1], [0.0, 0.1, 0.2, 0.3]),  # joined clips: the clock starts anew
    ([None, None, None], [0.0, 0.1, 0.2]),
])
def test_bad_stamps_become_rising_times(stamps: list[float | None], placed: list[float | None]) -> None:
    clock = video._Clock(stamps[0], 0.1)
    assert [clock.place(stamp) for stamp in stamps] == [None if t is None else pytest.approx(t) for t in placed]


def test_a_clock_that_stands_still_is_replaced_by_counting() -> None:
    clock = video._Clock(1.0, 0.1)
    placed = [time_s for time_s in (clock.place(1.0) for _ in range(100)) if time_s is not None]
    assert len(placed) == 90
    assert np.diff(placed) == pytest.approx(np.full(89, 0.1))


# --- frames in: pictures ---

@pytest.mark.parametrize(("matrix", "turn_deg"), [
    ((1, 0, 0, 1), 0), ((0, 1, -1, 0), 90), ((-1, 0, 0, -1), 180), ((0, -1, 1, 0), 270)])
def test_a_phones_rotation_flag_is_applied(tmp_path: Path, matrix: tuple[int, int, int, int], turn_deg: int) -> None:
    image = quarters(128, 96)
    path = encode(tmp_path / "phone.mp4", image, range(0, 200, 40))
    set_display_matrix(path, *matrix)
    reader = video.VideoReader(path)
    frame = next(iter(reader))
    expected = np.rot90(image, -turn_deg // 90)
    assert frame.image.shape == expected.shape
    assert corner_colours(frame.image) == pytest.approx(corner_colours(expected), abs=6)
    assert reader.info.rotation_deg == turn_deg
    assert reader.info.size_px == frame.size_px


def test_a_front_cameras_flip_flag_is_applied(tmp_path: Path) -> None:
    image = quarters(128, 96)
    path = encode(tmp_path / "selfie.mp4", image, [0])
    set_display_matrix(path, -1, 0, 0, 1)
    assert corner_colours(next(iter(video.VideoReader(path))).image) == pytest.approx(
        corner_colours(image[:, ::-1]), abs=6)


def test_mirror_flips_left_and_right(samples: Path) -> None:
    path = samples / "hinge_neutral.mp4"
    plain = next(iter(video.VideoReader(path)))
    flipped = next(iter(video.VideoReader(path, mirror=True)))
    assert np.array_equal(flipped.image, plain.image[:, ::-1])
    assert not np.array_equal(flipped.image, plain.image)


@pytest.mark.parametrize(("size", "colours"), [((640, 480), "ITU601"), ((1280, 720), "ITU709")])
def test_untagged_colours_are_read_as_players_do(tmp_path: Path, size: tuple[int, int], colours: str) -> None:
    image = quarters(*size)
    path = encode(tmp_path / "plain.mp4", image, [0], colours=colours)
    assert corner_colours(next(iter(video.VideoReader(path))).image) == pytest.approx(corner_colours(image), abs=6)


def test_pixels_that_are_not_square_are_stretched(tmp_path: Path) -> None:
    path = encode(tmp_path / "wide.mp4", quarters(720, 576), [0], aspect=Fraction(16, 15))
    frame = next(iter(video.VideoReader(path)))
    assert frame.size_px == (768, 576) == video.probe(path).size_px


@pytest.mark.parametrize("size", [(3840, 2160), (96, 96)])
def test_one_frame_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path = encode(tmp_path / "one.mp4", quarters(*size), [0], colours="ITU709" if size[1] >= 720 else "ITU601")
    (frame,) = video.VideoReader(path)
    assert (frame.index, frame.time_s, frame.size_px) == (0, 0.0, size)
    assert video.probe(path).frame_count == 1
    assert corner_colours(frame.image) == pytest.approx(corner_colours(quarters(*size)), abs=6)


@pytest.mark.parametrize(("name", "codec"), [("a.webm", "libvpx"), ("a.avi", "mpeg4"), ("a.ts", "libx264")])
def test_other_containers_and_codecs(tmp_path: Path, name: str, codec: str) -> None:
    path = encode(tmp_path / name, quarters(160, 120), [round(1000 * n / 30) for n in range(40)],
                  codec=codec)
    frames = list(video.VideoReader(path))
    assert [frame.time_s for frame in frames] == pytest.approx([n / 30 for n in range(40)], abs=0.002)
    assert corner_colours(frames[20].image) == pytest.approx(corner_colours(quarters(160, 120)), abs=12)


# --- what cannot be read ---

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


BAD = {
    "missing": (lambda path: path, "no such file"),
    "folder": (folder, "this is a folder"),
    "empty": (lambda path: written(path, b""), "empty (0 bytes)"),
    "text": (lambda path: written(path, "Früh gedehnt, heute 30 cm vom Boden.\n".encode() * 99), "text file"),
    "text under its own name": (lambda path: written(path.with_suffix(".txt"), b"Dear diary\n" * 99), "text file"),
    "playlist": (lambda path: written(path, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"), "text file"),
    "noise": (lambda path: written(path, np.random.default_rng(2).bytes(9999)), "not a video"),
    "sound only": (sound_only, "only sound"),
    "no frames": (no_frames, "no pictures"),
    "index missing": (lambda path: written(path, clip_bytes(path.parent)[1500:]), "cut off"),
    "unknown codec": (lambda path: written(path, clip_bytes(path.parent).replace(b"avc1", b"zzzz")), "codec"),
    "no data behind the index": (lambda path: written(path, clip_bytes(path.parent)[:4000]), "not one picture"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("entry", [video.probe, video.VideoReader])
def test_bad_files_are_refused_in_words(tmp_path: Path, kind: str, entry: type[video.VideoReader]) -> None:
    make, words = BAD[kind]
    path = make(tmp_path / "clip.mp4")
    with pytest.raises(video.VideoError) as caught:
        entry(path)
    message = str(caught.value)
    assert str(path) in message
    assert words in message
    assert message.endswith(".")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is permitted to root")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = written(tmp_path / "locked.mp4", b"x")
    path.chmod(0)
    with pytest.raises(video.VideoError, match="not permitted to read"):
        video.probe(path)


def test_a_file_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = clip_bytes(tmp_path)
    reader = video.VideoReader(written(tmp_path / "cut.mp4", data[: len(data) // 2]))
    frames = list(reader)
    assert 20 <= len(frames) <= 32
    assert "breaks off: it should last 2.0 s" in " ".join(reader.notes)
    assert f"{frames[-1].time_s:.1f} s" in " ".join(reader.notes)


def test_a_damaged_middle_is_left_out_and_the_rest_read(tmp_path: Path) -> None:
    data = bytearray(clip_bytes(tmp_path))
    data[len(data) // 2 : len(data) // 2 + 5000] = bytes(5000)
    reader = video.VideoReader(written(tmp_path / "hole.mp4", bytes(data)))
    frames = list(reader)
    assert 45 <= len(frames) < 60
    assert frames[-1].time_s > 1.8
    assert "Damaged pictures" in " ".join(reader.notes)


@pytest.mark.parametrize(("start_s", "end_s", "words"), [
    (-1, None, "cannot start at -1 s"), (99, None, "cannot start at 99 s"), (3, 2, "ends at 2 s, before its start")])
def test_a_part_outside_of_the_clip(samples: Path, start_s: float, end_s: float | None, words: str) -> None:
    with pytest.raises(video.VideoError, match=words):
        video.VideoReader(samples / "hinge_mixed.mp4", start_s=start_s, end_s=end_s)


def test_an_end_behind_the_clips_is_noted(samples: Path) -> None:
    reader = video.VideoReader(samples / "hinge_mixed.mp4", start_s=23, end_s=60)
    assert len(list(reader)) == 31
    assert reader.notes == ["The video ends at 24.0 s, before the asked 60 s."]


# --- frames from elsewhere ---

def test_images_become_frames() -> None:
    frames = list(video.frames_from_images([quarters(8, 6)] * 3, fps=20))
    assert [(frame.index, frame.time_s, frame.size_px) for frame in frames] == [
        (0, 0.0, (8, 6)), (1, 0.05, (8, 6)), (2, 0.1, (8, 6))]


def test_a_stream_by_url_has_rising_times_and_right_colours(samples: Path) -> None:
    begun = time.monotonic()
    frames = list(itertools.islice(video.read_camera(str(samples / "hinge_neutral.mp4")), 20))
    assert frames[0].time_s == 0.0
    assert np.all(np.diff([frame.time_s for frame in frames]) > 0)
    assert frames[-1].time_s <= time.monotonic() - begun
    truth = next(iter(video.VideoReader(samples / "hinge_neutral.mp4"))).image
    assert np.abs(frames[0].image.astype(int) - truth).mean() < 3
    flipped = next(video.read_camera(str(samples / "hinge_neutral.mp4"), mirror=True))
    assert np.array_equal(flipped.image, frames[0].image[:, ::-1])


def test_a_camera_that_is_not_there() -> None:
    with pytest.raises(video.VideoError, match="Camera 77: it cannot be opened"):
        video.read_camera(77)


# --- frames out ---

def test_what_is_written_comes_back(tmp_path: Path) -> None:
    ticks = [7.0, 7.033, 7.05, 7.2, 7.21, 7.5, 8.0, 8.004]
    path = tmp_path / "out.mp4"
    with video.VideoWriter(path) as writer:
        for tick in ticks:
            writer.write(quarters(321, 241), tick)
    reader = video.VideoReader(path)
    frames = list(reader)
    assert [frame.time_s for frame in frames] == pytest.approx([tick - 7 for tick in ticks], abs=1e-4)
    assert reader.info.size_px == (320, 240)
    assert corner_colours(frames[3].image) == pytest.approx(corner_colours(quarters(321, 241)), abs=6)
    assert reader.notes == []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.start_time == 0
        assert float(stream.duration * stream.time_base) >= 1.004


def test_the_written_file_suits_browsers(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with video.VideoWriter(path) as writer:
        for number in range(30):
            writer.write(quarters(320, 240), number / 30)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "a browser must find the index first"
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert float(stream.duration * stream.time_base) == pytest.approx(1.0, abs=0.04)


def test_a_broken_run_leaves_what_was_there(tmp_path: Path) -> None:
    path = written(tmp_path / "out.mp4", b"yesterday's")

    def break_off() -> None:
        with video.VideoWriter(path) as writer:
            writer.write(quarters(64, 48), 0.0)
            assert len(list(tmp_path.iterdir())) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]
    assert path.read_bytes() == b"yesterday's"


def test_nothing_written_is_an_error_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(video.VideoError, match="no picture"), video.VideoWriter(tmp_path / "out.mp4"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(video.VideoError, match="Check that the folder exists"):
        video.VideoWriter(tmp_path / "nowhere" / "out.mp4")


def test_times_must_rise(tmp_path: Path) -> None:
    with video.VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(quarters(64, 48), 1.0)
        with pytest.raises(ValueError, match="later"):
            writer.write(quarters(64, 48), 1.0)
