"""A video measured in stretches: the same on any number of processors, and as if it had been tracked in one go."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from exercises.load import load
from hingecheck.analysis import video_pass
from hingecheck.analysis.detection import detect, measure
from hingecheck.analysis.pipeline import conclude
from hingecheck.analysis.stretches import RUN_IN_S, Stretch, stretches
from hingecheck.analysis.video_pass import Measured
from pose.frames import Frame
from pose.io.video import VideoReader, VideoWriter
from pose.reason import ReasonKind
from tests.helpers.same_rows import assert_same

#: Ten frames a second of the first reps: two stretches.
END_S, CUT_S = 18.5, 9.0


@pytest.fixture(scope="module")
def clip(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "thinned.mp4"
    with VideoReader(samples / "hinge_mixed.mp4", end_s=END_S) as frames, VideoWriter(path, 10) as writer:
        for frame in frames:
            if frame.index % 3 == 0:
                writer.write(frame.image, frame.time_s)
    return path


def run(path: Path, jobs: int) -> tuple[Measured, list[Frame | None]]:
    frames: list[Frame | None] = []
    with VideoReader(path) as reader:
        return video_pass.measured(reader, lambda: frames.append, jobs=jobs), frames


@pytest.fixture(scope="module")
def by_two(clip: Path) -> tuple[Measured, list[Frame | None]]:
    return run(clip, 2)


def test_one_processor_and_two_give_the_same_to_the_last_bit(clip: Path,
                                                             by_two: tuple[Measured, list[Frame | None]]) -> None:
    alone, frames = run(clip, 1)
    assert_same(alone.rows, by_two[0].rows)
    assert len(frames) == len(by_two[1]) == len(alone.rows)
    for at_s in (2.0, CUT_S + 0.2, 15.0):
        one, other = (each.key_frames.nearest(at_s) for each in (alone, by_two[0]))
        assert one is not None
        assert other is not None
        assert (one.index, one.time_s) == (other.index, other.time_s)
        assert np.array_equal(one.image, other.image)


def test_every_frame_is_measured_once_and_in_order(clip: Path, by_two: tuple[Measured, list[Frame | None]]) -> None:
    with VideoReader(clip) as reader:
        times_s = [frame.time_s for frame in reader]
    rows = by_two[0].rows
    assert [row.time_s for row in rows] == times_s
    assert [row.index for row in rows] == list(range(len(times_s)))


def test_a_kept_picture_is_that_of_its_frame(clip: Path, by_two: tuple[Measured, list[Frame | None]]) -> None:
    key = by_two[0].key_frames.nearest(CUT_S + 3)
    assert key is not None
    with VideoReader(clip) as reader:
        frame = next(frame for frame in reader if frame.index == key.index)
    assert key.time_s == frame.time_s
    assert np.abs(key.image.astype(int) - frame.image).mean() < 2


def test_reps_are_those_of_one_tracking(clip: Path, by_two: tuple[Measured, list[Frame | None]]) -> None:
    with VideoReader(clip) as reader:
        whole = [event.row for event in measure(detect(reader))]
    exercise = load("hip_hinge")
    once, parted = (conclude(rows, exercise, "clip.mp4").report for rows in (whole, by_two[0].rows))
    assert len(once.reps) == 4
    for rep, other in zip(once.reps, parted.reps, strict=True):
        assert (rep.verdict, rep.borderline) == (other.verdict, other.borderline)
        for field in ("start_s", "bottom_s", "leave_s", "end_s"):
            assert getattr(rep, field) == pytest.approx(getattr(other, field), abs=0.05)
    # How differently a tracking that begins later sees the same stand depends on the processor's kind: docs/speed.md.
    differences_deg = [abs(getattr(rep, angle) - getattr(other, angle))
                       for rep, other in zip(once.reps, parted.reps, strict=True)
                       for angle in ("hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg")]
    assert np.mean(differences_deg) < 0.5
    assert max(differences_deg) < 1.0


def test_a_clip_that_breaks_off_is_read_in_one_go(clip: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(clip.read_bytes()[: clip.stat().st_size * 4 // 10])
    measured, _ = run(broken, 2)
    assert [note.kind for note in measured.notes] == [ReasonKind.VIDEO_BREAKS_OFF]
    assert measured.rows[-1].time_s < CUT_S
    assert [row.index for row in measured.rows] == list(range(len(measured.rows)))


def test_stretches_cover_a_clip_without_gap_or_overlap() -> None:
    parts = stretches(100, 400)
    assert parts[0].start_s is None
    assert parts[-1].end_s is None
    assert all(one.end_s == other.start_s for one, other in pairwise(parts))
    assert {part.start_s - 100 for part in parts[1:] if part.start_s} == {38, 75, 112, 150, 188, 225, 262}


def test_a_stretch_is_tracked_from_before_its_first_frame() -> None:
    stretch = Stretch(12.0, 24.0)
    assert stretch.read_from_s == 12.0 - RUN_IN_S
    assert [stretch.is_before(time_s) for time_s in (11.5, 11.9999999, 12.0)] == [True, False, False]
    assert [stretch.is_after(time_s) for time_s in (23.9, 23.9999999, 24.0)] == [False, True, True]
