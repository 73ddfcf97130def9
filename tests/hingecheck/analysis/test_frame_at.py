"""The frame at a moment is the one that was filmed then: each frame of these clips is as bright as its number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingecheck.analysis.frame_at import frame_at
from pose.io.video import VideoError, VideoWriter

STEP = 4


def _clip(path: Path, times_s: list[float]) -> Path:
    """Write frames of 64 x 48 pixels, the left third white."""
    with VideoWriter(path, 30.0) as writer:
        for number, time_s in enumerate(times_s):
            image = np.full((48, 64, 3), 20 + STEP * number, np.uint8)
            image[:, :20] = 255
            writer.write(image, time_s)
    return path


def _number(image: np.ndarray) -> float:
    return (float(image[20:28, 40:44].mean()) - 20) / STEP


@pytest.mark.parametrize(("at_s", "number"), [(0.0, 0), (-3.0, 0), (0.1, 3), (0.11, 3), (0.12, 4), (1.0, 30), (1.3, 39),
                                              (900.0, 39)])
def test_it_is_the_nearest_one(tmp_path: Path, at_s: float, number: int) -> None:
    clip = _clip(tmp_path / "a.mp4", [one / 30 for one in range(40)])
    frame = frame_at(clip, at_s)
    assert frame.time_s == pytest.approx(number / 30, abs=1e-4)
    assert _number(frame.image) == pytest.approx(number, abs=0.4)


@pytest.mark.parametrize("at_s", [0.0, 0.5, 0.715, 1.0, 1.2, 2.0])
def test_frames_may_come_at_any_rate(tmp_path: Path, at_s: float) -> None:
    times_s = [0.0, 0.02, 0.3, 0.5, 0.7, 0.72, 1.4, 2.0]
    frame = frame_at(_clip(tmp_path / "a.mp4", times_s), at_s)
    assert _number(frame.image) == pytest.approx(int(np.argmin(np.abs(np.array(times_s) - at_s))), abs=0.4)


def test_slow_motion_counts_the_time_that_was_filmed(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "a.mp4", [one / 30 for one in range(40)])
    frame = frame_at(clip, 0.25, speed=0.25)
    assert frame.time_s == pytest.approx(0.25, abs=1e-4)
    assert _number(frame.image) == pytest.approx(30, abs=0.4)


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_it_stands_upright(tmp_path: Path, turn_deg: int) -> None:
    image = frame_at(_clip(tmp_path / "a.mp4", [0.0, 0.1]), 0.1, turn_deg).image
    white = {0: image[:, :16], 90: image[:16], 180: image[:, -16:], 270: image[-16:]}[turn_deg]
    assert image.shape[:2] == ((48, 64) if turn_deg % 180 == 0 else (64, 48))
    assert white.mean() > 240


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match=r"gone\.mp4"):
        frame_at(tmp_path / "gone.mp4", 1.0)
