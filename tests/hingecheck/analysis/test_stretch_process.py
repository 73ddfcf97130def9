"""A stretch that another process measures is the one that this process would measure; it is never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hingecheck.analysis import video_pass
from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.stored_rows import take_rows
from hingecheck.analysis.stretch_pass import StretchTask, measure_stretch
from hingecheck.analysis.stretch_process import StretchProcess
from hingecheck.analysis.stretches import Stretch
from pose.frames import Frame
from pose.io.video import VideoReader, VideoWriter
from tests.helpers.killed import ROOT, is_running
from tests.helpers.waiting import until

#: Analyses a video as a script would, without the guard that multiprocessing asks for.
_SCRIPT = """
import sys
import hingecheck
print(len(hingecheck.analyse(sys.argv[1], exercise="hip_hinge").series), flush=True)
"""
#: Measures a video for ever; its first line is the id of the process that helps it.
_MEASURES = """
import sys, time
from pathlib import Path
from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.stretch_pass import StretchTask
from hingecheck.analysis.stretch_process import StretchProcess
from hingecheck.analysis.stretches import Stretch
from pose.io.video import VideoReader
process = StretchProcess()
def on_frames(count):
    print(process._child.process.pid, flush=True)
    return True
process.measure(StretchTask(VideoReader(Path(sys.argv[1])), Stretch(), None, False), ByteStore(), on_frames)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def clip(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten frames a second, for long enough to be measured in two stretches."""
    path = tmp_path_factory.mktemp("clip") / "thinned.mp4"
    with VideoReader(samples / "hinge_mixed.mp4", end_s=16.5) as frames, VideoWriter(path, 10) as writer:
        for frame in frames:
            if frame.index % 3 == 0:
                writer.write(frame.reduced(320), frame.time_s)
    return path


def task_of(clip: Path, end_s: float = 3.0) -> StretchTask:
    return StretchTask(VideoReader(clip), Stretch(None, end_s), None, is_part=True)


def test_another_process_measures_the_same(clip: Path) -> None:
    counts: list[int] = []
    their_store, our_store = ByteStore(), ByteStore()
    process = StretchProcess()
    try:
        theirs = process.measure(task_of(clip), their_store, lambda count: bool(counts.append(count)) or True)
    finally:
        process.close()
    ours = measure_stretch(task_of(clip), our_store, lambda _frame: True)
    assert theirs is not None
    rows = take_rows(our_store, ours.rows)
    assert sum(counts) == len(rows) == 30
    for their, our in zip(take_rows(their_store, theirs.rows), rows, strict=True):
        assert (their.time_s, their.trunk_pitch_deg, their.view) == (our.time_s, our.trunk_pitch_deg, our.view)
        assert np.array_equal(their.reach_px, our.reach_px, equal_nan=True)
    assert theirs.images == ours.images
    assert len(ours.images) == 6
    assert [their_store.get(image.number) for image in theirs.images] == [
        our_store.get(image.number) for image in ours.images]


def test_what_a_process_cannot_do_is_left_to_the_one_that_asks(clip: Path, tmp_path: Path) -> None:
    process = StretchProcess()
    try:
        gone = task_of(clip)
        gone.reader.info.path.rename(tmp_path / "moved.mp4")
        try:
            assert process.measure(gone, ByteStore(), lambda _count: True) is None
        finally:
            (tmp_path / "moved.mp4").rename(clip)
        after = process.measure(task_of(clip), ByteStore(), lambda _count: True)
        assert after is not None, "it goes on with the next"
        process._child.process.kill()
        assert process.measure(task_of(clip), ByteStore(), lambda _count: True) is None
    finally:
        process.close()


@pytest.mark.parametrize("at_once", [True, False], ids=["before its first frame", "in the middle"])
def test_a_stretch_whose_process_dies_is_measured_here(clip: Path, monkeypatch: pytest.MonkeyPatch,
                                                       at_once: bool) -> None:
    with VideoReader(clip) as reader:
        times_s = [frame.time_s for frame in reader]
    killed: list[int] = []
    measure = StretchProcess.measure

    def kill(process: StretchProcess) -> None:
        killed.append(process._child.process.pid or 0)
        process._child.process.kill()

    def kill_and_measure(self: StretchProcess, task: StretchTask, store: ByteStore,
                         on_frames: Callable[[int], bool]) -> object:
        def kill_and_count(count: int) -> bool:
            kill(self)
            return on_frames(count)

        if at_once:
            kill(self)
        return measure(self, task, store, on_frames if at_once else kill_and_count)

    monkeypatch.setattr(StretchProcess, "measure", kill_and_measure)
    frames: list[Frame | None] = []
    measured = video_pass.measured(VideoReader(clip), lambda: frames.append, jobs=2)
    assert killed
    assert [row.time_s for row in measured.rows] == times_s
    assert len([frame for frame in frames if frame is not None]) == len(times_s)
    key = measured.key_frames.nearest(times_s[-1])
    assert key is not None
    assert key.time_s > times_s[-1] - 0.5


def test_an_error_in_between_ends_the_processes(clip: Path) -> None:
    """As Ctrl-C does, which no process gets but the program's own."""
    before = set(_children())

    def fail(_frame: Frame | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        video_pass.measured(VideoReader(clip), lambda: fail, jobs=2)
    assert set(_children()) == before


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]


def test_a_script_without_a_guard_is_not_run_twice(clip: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT)
    result = subprocess.run([sys.executable, str(script), str(clip)], capture_output=True, text=True, check=True,
                            env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (result.stdout, result.stderr) == ("166\n", "")


def test_a_process_ends_with_a_program_that_is_killed(clip: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(_MEASURES)
    with subprocess.Popen([sys.executable, str(script), str(clip)], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as program:
        assert program.stdout is not None
        helper = int(program.stdout.readline())
        assert is_running(helper)
        program.kill()
    until(lambda: not is_running(helper), "it goes on without its program")
