"""What a phone noted in a video: how fast it plays, and when it was filmed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import av
import numpy as np
import pytest

from pose.io.camera_metadata import playback_speed, recorded_at
from pose.io.video import VideoReader, probe
from tests.helpers.video_files import encode, quarters

NOW = datetime(2026, 11, 20, 9, tzinfo=timezone.utc)


@pytest.mark.parametrize(("captured", "fps", "speed"), [
    ("120.000000", 30, 0.25), ("120", 29.97, 0.25), ("240", 29.8, 0.125), ("240", 60, 0.25), ("60", 30, 0.5),
    ("120", 7.5, 0.25), ("120", 119.7, 1), ("240.5", 239.98, 1), ("30.0", 29.9, 1), ("30", 7.5, 1), ("0", 30, 1),
    ("nan", 30, 1), ("fast", 30, 1), ("-120", 30, 1), ("120", 24, 0.2)])
def test_speed_of_what_android_notes(captured: str, fps: float, speed: float) -> None:
    assert playback_speed({"com.android.capture.fps": captured}, fps) == speed


def test_without_a_note_it_plays_as_filmed() -> None:
    assert playback_speed({"encoder": "Lavf62"}, 240.0) == 1


@pytest.mark.parametrize(("tags", "time"), [
    ({"creation_time": "2026-11-16T08:00:00.000000Z"}, datetime(2026, 11, 16, 8, tzinfo=timezone.utc)),
    ({"com.apple.quicktime.creationdate": "2026-08-11T18:29:11-0600", "creation_time": "2026-11-16T08:00:00Z"},
     datetime(2026, 8, 12, 0, 29, 11, tzinfo=timezone.utc)),
    ({"creation_time": "1970-01-01T00:00:00.000000Z"}, None), ({"creation_time": "1904-01-01T00:00:00Z"}, None),
    ({"creation_time": "2031-01-01T00:00:00Z"}, None), ({"creation_time": "yesterday"}, None), ({}, None)])
def test_when_it_was_filmed(tags: dict[str, str], time: datetime | None) -> None:
    assert recorded_at(tags, NOW) == time


def test_apples_time_keeps_its_zone() -> None:
    """At 23:30 in Berlin it is not yet tomorrow, whatever the day is in UTC."""
    time = recorded_at({"com.apple.quicktime.creationdate": "2026-06-01T23:30:00+0200"}, NOW)
    assert time is not None
    assert time.utcoffset() == timedelta(hours=2)


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """Two seconds at 30 frames per second that say that they were filmed at 120, on 16 November."""
    plain = encode(tmp_path / "plain.mp4", quarters(64, 48), range(0, 2000, 33))
    clip = tmp_path / "clip.mp4"
    with av.open(str(plain)) as source, av.open(str(clip), "w", options={"movflags": "use_metadata_tags"}) as target:
        target.metadata.update({"com.android.capture.fps": "120.000000", "creation_time": "2026-11-16T08:00:00Z"})
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return clip


def times(clip: Path, **how: float) -> list[float]:
    return [frame.time_s for frame in VideoReader(clip, **how)]  # type: ignore[arg-type]


def test_frames_have_the_times_of_the_filming(noted: Path) -> None:
    info = probe(noted)
    assert info.speed == 0.25
    assert info.recorded_at == datetime(2026, 11, 16, 8, tzinfo=timezone.utc)
    played = np.array(times(noted, speed=1.0))
    assert played[-1] == pytest.approx(1.98, abs=0.01)
    np.testing.assert_allclose(times(noted), played / 4)
    np.testing.assert_allclose(times(noted, speed=0.5), played / 2)
    np.testing.assert_allclose(times(noted, start_s=1.0), played[played >= 1] / 4)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf")])
def test_a_speed_that_is_none(noted: Path, speed: float) -> None:
    with pytest.raises(ValueError, match="speed: expected more than 0"):
        VideoReader(noted, speed=speed)
