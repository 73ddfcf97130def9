"""Video file -> its measured rows: every frame decoded once, one stretch of it on each processor.

Stretches run in threads: decoding, the pose model and OpenCV let others run meanwhile, and Python itself is busy for a
tenth of a frame's time.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from hingecheck.analysis.detection import MeasuredFrame, detect, measure
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.stretches import Stretch, stretches
from pose.frame.measure import Row
from pose.frames import Sighting
from pose.io.video import VideoError, VideoReader
from pose.reason import Reason

OnFrame = Callable[[MeasuredFrame], None]


@dataclass(frozen=True, eq=False)
class Measured:
    """Rows of a video, or of a stretch of it.

    Attributes
    ----------
    rows : sequence of Row
    key_frames : KeyFrames
    notes : tuple of Reason
        What the reader has to say about the file.
    sightings : sequence of Sighting
        What the model saw, if that was asked for: its silhouettes are many.
    """

    rows: Sequence[Row]
    key_frames: KeyFrames
    notes: tuple[Reason, ...]
    sightings: Sequence[Sighting] = ()


class _IrregularError(Exception):
    """A file in which seeking may lead astray: it must be read from its beginning."""


@dataclass(frozen=True)
class _Pass:
    """How a video is read; the fields are the parameters of `measured`."""

    reader: VideoReader
    model: Path | None
    jobs: int
    keep_sightings: bool


def measured(reader: VideoReader, begin: Callable[[], OnFrame], model: Path | None = None, jobs: int = 1,
             keep_sightings: bool = False) -> Measured:
    """Measure a video.

    Parameters
    ----------
    reader : VideoReader
        What is read of which video; itself not iterated over.
    begin : callable
        Returns what reports each frame, one call at a time; frames of different stretches come in any order. Called
        once more where reading begins anew, because the file is damaged.
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
        with suppress(_IrregularError, VideoError):  # the one below says what is wrong with the file
            return _in_stretches(asked, plan, begin())
    return _in_stretches(asked, (Stretch(),), begin())


def _in_stretches(asked: _Pass, plan: Sequence[Stretch], on_frame: OnFrame) -> Measured:
    """Measure stretch by stretch, several at once, and join them."""
    stop, lock = threading.Event(), threading.Lock()

    def on_event(event: MeasuredFrame) -> bool:
        with lock:
            on_frame(event)
        return not stop.is_set()

    def run(stretch: Stretch) -> Measured:
        with asked.reader.starting(stretch.read_from_s, threaded=asked.jobs > len(plan)) as frames:
            part = _stretch(asked, frames, stretch, on_event)
            if len(plan) > 1 and not frames.is_regular:
                raise _IrregularError
            return part

    if min(asked.jobs, len(plan)) == 1:
        return _joined(list(map(run, plan)))
    with ThreadPoolExecutor(asked.jobs, "hingecheck-stretch") as pool:
        futures = [pool.submit(run, stretch) for stretch in plan]
        try:
            for future in as_completed(futures):
                future.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
    return _joined([future.result() for future in futures])


def _stretch(asked: _Pass, frames: VideoReader, stretch: Stretch,
             on_event: Callable[[MeasuredFrame], bool]) -> Measured:
    """Measure one stretch, for as long as `on_event` wants more."""
    keys = KeyFrames(tempfile.TemporaryFile())  # noqa: SIM115, it lives as long as its images
    rows, sightings = [], []
    # Stretches are measured in seconds of the file, which slow motion's frames are not.
    wanted = takewhile(lambda frame: not stretch.is_after(frame.time_s / frames.speed), frames)
    for event in measure(detect(wanted, asked.model)):
        if stretch.is_before(event.row.time_s / frames.speed):
            continue
        keys.offer(event.seen.frame, event.row)
        keys.pack()
        rows.append(event.row)
        if asked.keep_sightings:
            sightings.append(event.seen.sighting)
        if not on_event(event):
            break
    return Measured(rows, keys, tuple(frames.notes), sightings)


def _joined(parts: Sequence[Measured]) -> Measured:
    """Join stretches; frames are counted anew through all of them."""
    rows: list[Row] = []
    sightings: list[Sighting] = []
    keys = []
    for part in parts:
        shift = len(rows) - (part.rows[0].index if part.rows else 0)
        keys.append((shift, part.key_frames))
        rows += [replace(row, index=row.index + shift) if shift else row for row in part.rows]
        sightings += [replace(one, index=one.index + shift) for one in part.sightings]
    return Measured(rows, KeyFrames.joined(keys), parts[-1].notes, sightings)
