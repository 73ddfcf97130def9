"""Video file -> its measured rows: every frame decoded once, one stretch of it on each processor.

This process measures stretches, and others beside it do; each is tracked on its own, so it does not matter which.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.stored_rows import take_rows
from hingecheck.analysis.stretch_pass import IrregularError, MeasuredStretch, StretchTask, measure_stretch
from hingecheck.analysis.stretch_process import StretchProcess
from hingecheck.analysis.stretches import Stretch, stretches
from pose.frame.measure import Row
from pose.frames import Frame, Sighting
from pose.io.video import VideoError, VideoReader
from pose.reason import Reason

OnFrame = Callable[[Frame | None], None]
#: What was measured of a stretch, and the store of its rows and images.
_Part = tuple[MeasuredStretch, ByteStore]


@dataclass(frozen=True, eq=False)
class Measured:
    """What was measured of a video.

    Attributes
    ----------
    rows : sequence of Row
    key_frames : KeyFrames
    notes : tuple of Reason
        What the reader has to say about the file.
    sightings : sequence of Sighting
        What the model saw, if that was asked for.
    """

    rows: Sequence[Row]
    key_frames: KeyFrames
    notes: tuple[Reason, ...]
    sightings: Sequence[Sighting]


@dataclass(frozen=True)
class _Pass:
    """How a video is read; the fields are the parameters of `measured`."""

    reader: VideoReader
    model: Path | None
    jobs: int
    keep_sightings: bool

    @property
    def processes(self) -> int:
        """How many processes measure; silhouettes are too many to be sent."""
        return 1 if self.keep_sightings else self.jobs


def measured(reader: VideoReader, begin: Callable[[], OnFrame], model: Path | None = None, jobs: int = 1,
             keep_sightings: bool = False) -> Measured:
    """Measure a video.

    Parameters
    ----------
    reader : VideoReader
        What is read of which video; itself not iterated over.
    begin : callable
        Returns what is called once for each frame, one call at a time, with the frame, or None where another process
        measured it; frames of different stretches come in any order, and those of a process that died once more.
        Called once more where reading begins anew, because the file is damaged.
    model : Path or None
        Another pose model than the built-in one.
    jobs : int
        How many stretches are measured at once; the result does not depend on it.
    keep_sightings : bool

    Raises
    ------
    VideoError
        It cannot be read.
    ModelError
        The pose model cannot be used.
    """
    asked, plan = _Pass(reader, model, jobs, keep_sightings), stretches(*reader.part_s)
    if len(plan) > 1:
        with suppress(IrregularError, VideoError):  # the one below says what is wrong with the file
            return _in_stretches(asked, plan, begin())
    return _in_stretches(asked, (Stretch(),), begin())


def _in_stretches(asked: _Pass, plan: Sequence[Stretch], on_frame: OnFrame) -> Measured:
    """Measure stretch by stretch, several at once, and join them."""
    work = _VideoStretches(asked, plan, on_frame)
    others = min(asked.processes, len(plan)) - 1
    if not others:
        return _joined(work.run(None))
    with ExitStack() as processes, ThreadPoolExecutor(others + 1, "hingecheck-stretch") as pool:
        started: list[StretchProcess | None] = [None]
        with suppress(OSError):  # then there are fewer
            for _ in range(others):
                started.append(process := StretchProcess())
                processes.callback(process.close)
        futures = [pool.submit(work.run, process) for process in started]
        try:
            for future in as_completed(futures):
                future.result()
        finally:
            work.stop()
            processes.close()
    return _joined(work.done)


class _VideoStretches:
    """The stretches of a video, taken in turn by threads; each measures here, or has a process measure."""

    def __init__(self, asked: _Pass, plan: Sequence[Stretch], on_frame: OnFrame) -> None:
        self._asked, self._plan, self._on_frame = asked, plan, on_frame
        self._waiting = iter(range(len(plan)))
        self._results: dict[int, _Part] = {}
        self._lock, self._stopped = threading.Lock(), threading.Event()

    @property
    def done(self) -> list[_Part]:
        """What was measured, in order of time; all of it once every thread has ended without an error."""
        return [self._results[number] for number in sorted(self._results)]

    def stop(self) -> None:
        """Let the threads end."""
        self._stopped.set()

    def run(self, process: StretchProcess | None) -> list[_Part]:
        """Measure until no stretch waits; return what is done so far."""
        while not self._stopped.is_set() and (number := self._next()) is not None:
            task = self._task(self._plan[number])
            store = ByteStore.in_a_file()
            measured = None if process is None else process.measure(task, store, self._count)
            if measured is None and not self._stopped.is_set():
                process, measured = None, measure_stretch(task, store, self._report)
            if measured is not None:
                self._results[number] = measured, store
        return self.done

    def _next(self) -> int | None:
        with self._lock:
            return next(self._waiting, None)

    def _task(self, stretch: Stretch) -> StretchTask:
        asked, is_part = self._asked, len(self._plan) > 1
        # Where one processor is left over, FFmpeg decodes ahead on it.
        reader = asked.reader.starting(stretch.read_from_s, threaded=asked.jobs > len(self._plan))
        return StretchTask(reader, stretch, asked.model, is_part, asked.keep_sightings)

    def _report(self, frame: Frame | None) -> bool:
        with self._lock:
            self._on_frame(frame)
        return not self._stopped.is_set()

    def _count(self, frames: int) -> bool:
        return all([self._report(None) for _ in range(frames)])


def _joined(parts: Sequence[_Part]) -> Measured:
    """Join stretches; frames are counted anew through all of them."""
    rows: list[Row] = []
    sightings: list[Sighting] = []
    keys = []
    for part, store in parts:
        of_part = take_rows(store, part.rows)
        shift = len(rows) - (of_part[0].index if of_part else 0)
        keys.append((shift, part.images, store))
        rows += [replace(row, index=row.index + shift) for row in of_part] if shift else of_part
        sightings += [replace(one, index=one.index + shift) for one in part.sightings]
    return Measured(rows, KeyFrames.joined(keys), parts[-1][0].notes, sightings)
