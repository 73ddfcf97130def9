"""Frames against the images and times that were written to the file."""

from __future__ import annotations

import gc
import itertools
import time
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from pose.io import camera, video
from pose.io.presentation_clock import PresentationClock
from pose.reason import Reason, ReasonKind
from tests.helpers.video_files import corner_colours, encode, quarters, set_display_matrix, times


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


def test_frames_are_freed_as_soon_as_they_were_read(samples: Path) -> None:
    gc.collect()
    gc.disable()
    try:
        frames = sum(1 for _ in video.VideoReader(samples / "hinge_mixed.mp4", end_s=3.0))
        held = sum(type(thing).__name__ == "VideoFrame" for thing in gc.get_objects())
    finally:
        gc.enable()
    assert frames == 91
    assert held < 5


def test_a_part_has_the_same_frames_at_the_same_times(samples: Path) -> None:
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
    assert reader.notes == [Reason.of(ReasonKind.FRAMES_UNTIMED, count=30)]


@pytest.mark.parametrize(("stamps", "times_s"), [
    ([2.0, 2.1, 2.1, 2.2], [0.0, 0.1, None, 0.2]),  # repeated
    ([2.0, 2.1, 2.05, 2.2], [0.0, 0.1, None, 0.2]),  # out of order
    ([2.0, 2.1, None, 2.3], [0.0, 0.1, 0.2, 0.3]),  # missing
    ([8.0, 8.1, 0.0, 0.1], [0.0, 0.1, 0.2, 0.3]),  # joined clips: the clock starts anew
    ([None, None, None], [0.0, 0.1, 0.2]),
])
def test_bad_stamps_become_rising_times(stamps: list[float | None], times_s: list[float | None]) -> None:
    clock = PresentationClock(stamps[0], 0.1)
    assert [clock.time_of(stamp) for stamp in stamps] == [None if t is None else pytest.approx(t) for t in times_s]


def test_a_clock_that_stops_is_replaced_by_even_steps() -> None:
    clock = PresentationClock(1.0, 0.1)
    times_s = [time_s for time_s in (clock.time_of(1.0) for _ in range(100)) if time_s is not None]
    assert len(times_s) == 90
    assert np.diff(times_s) == pytest.approx(np.full(89, 0.1))


# --- frames in: images ---

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


def test_a_reduced_picture_is_the_whole_one_made_smaller(tmp_path: Path) -> None:
    image = quarters(1280, 720)
    path = encode(tmp_path / "phone.mp4", image, range(0, 200, 40), colours="ITU709")
    set_display_matrix(path, 0, 1, -1, 0)
    frame = next(iter(video.VideoReader(path, mirror=True)))
    reduced = frame.reduced(320)
    assert frame.size_px == (720, 1280), "that of the whole picture"
    assert reduced.shape == (320, 180, 3)
    assert corner_colours(reduced) == pytest.approx(corner_colours(np.rot90(image, -1)[:, ::-1]), abs=6)
    assert np.abs(reduced.astype(int) - cv2.resize(frame.image, (180, 320), interpolation=cv2.INTER_AREA)).mean() < 1
    assert frame.reduced(1280) is frame.image
    later = frame.at(9.0)
    assert (later.index, later.time_s, later.size_px) == (0, 9.0, (720, 1280))
    assert np.array_equal(later.image, frame.image)


def test_a_reader_of_a_later_part_meets_the_same_frames(samples: Path) -> None:
    with video.VideoReader(samples / "hinge_neutral.mp4", end_s=6) as reader:
        whole = [frame for frame in reader if frame.time_s >= 5]
        assert reader.part_s == (0.0, 6.0)
        later = list(reader.starting(5.0, threaded=False))
    assert [frame.time_s for frame in later] == [frame.time_s for frame in whole]
    assert all(np.array_equal(one.image, other.image) for one, other in zip(whole, later, strict=True))


@pytest.mark.parametrize(("ticks", "regular"), [
    ([0, 40, 80, 120], True), ([0, 40, 90, 200], True), ([0, 40, 40, 80, 120], False)])
def test_a_file_with_repeated_times_is_irregular(tmp_path: Path, ticks: list[int], regular: bool) -> None:
    reader = video.VideoReader(encode(tmp_path / "clip.mkv", quarters(64, 48), ticks))
    list(reader)
    assert reader.is_regular is regular


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

def test_images_become_frames() -> None:
    frames = list(video.frames_from_images([quarters(8, 6)] * 3, fps=20))
    assert [(frame.index, frame.time_s, frame.size_px) for frame in frames] == [
        (0, 0.0, (8, 6)), (1, 0.05, (8, 6)), (2, 0.1, (8, 6))]


def test_a_stream_by_url_has_rising_times_and_right_colours(samples: Path) -> None:
    start_s = time.monotonic()
    frames = list(itertools.islice(camera.read_camera(str(samples / "hinge_neutral.mp4")), 20))
    assert frames[0].time_s == 0.0
    assert np.all(np.diff([frame.time_s for frame in frames]) > 0)
    assert frames[-1].time_s <= time.monotonic() - start_s
    truth = next(iter(video.VideoReader(samples / "hinge_neutral.mp4"))).image
    assert np.abs(frames[0].image.astype(int) - truth).mean() < 3
    flipped = next(camera.read_camera(str(samples / "hinge_neutral.mp4"), mirror=True))
    assert np.array_equal(flipped.image, frames[0].image[:, ::-1])


def test_a_camera_that_is_not_there() -> None:
    with pytest.raises(video.VideoError, match="Camera 77: it cannot be opened"):
        camera.read_camera(77)


# --- frames out ---


@pytest.mark.parametrize(("turn", "quarters_left"), [(0, 0), (90, -1), (180, 2), (270, 1)])
def test_frames_are_turned_as_chosen(tmp_path: Path, turn: int, quarters_left: int) -> None:
    image = quarters(128, 96)
    reader = video.VideoReader(encode(tmp_path / "side.mp4", image, [33 * n for n in range(3)]), turn_deg=turn)
    frame = next(iter(reader))
    expected = np.rot90(image, quarters_left)
    assert frame.image.shape == expected.shape
    assert corner_colours(frame.image) == pytest.approx(corner_colours(expected), abs=6)
    assert reader.info.size_px == frame.size_px


def test_frames_are_turned_by_quarters_only(tmp_path: Path) -> None:
    path = encode(tmp_path / "side.mp4", quarters(64, 48), [33 * n for n in range(3)])
    with pytest.raises(ValueError, match="expected one of"):
        video.VideoReader(path, turn_deg=45)
