"""Written files are read back; a failed run leaves the earlier file unchanged."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from pose.io import video
from tests.helpers.video_files import corner_colours, quarters


def test_written_frames_are_read_back(tmp_path: Path) -> None:
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


def test_browsers_can_play_the_file(tmp_path: Path) -> None:
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


def test_a_failed_run_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"yesterday's")

    def fail() -> None:
        with video.VideoWriter(path) as writer:
            writer.write(quarters(64, 48), 0.0)
            assert len(list(tmp_path.iterdir())) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]
    assert path.read_bytes() == b"yesterday's"


def test_nothing_written_is_an_error_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(video.VideoError, match="no frame to write"), video.VideoWriter(tmp_path / "out.mp4"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(video.VideoError, match="Check that the folder exists"):
        video.VideoWriter(tmp_path / "nowhere" / "out.mp4")


def test_times_must_increase(tmp_path: Path) -> None:
    with video.VideoWriter(tmp_path / "out.mp4") as writer:
        writer.write(quarters(64, 48), 1.0)
        with pytest.raises(ValueError, match="later"):
            writer.write(quarters(64, 48), 1.0)
