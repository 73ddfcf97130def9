"""A stretch of a video -> its measured rows and key frames, tracked on its own from a little before its first frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.detection import detect, measure
from hingecheck.analysis.key_frames import KeyFrames, StoredImage
from hingecheck.analysis.stored_rows import RowsWriter, StoredRows
from hingecheck.analysis.stretches import Stretch
from pose.frames import Frame, Sighting
from pose.io.video import VideoReader
from pose.reason import Reason


class IrregularError(Exception):
    """A file in which seeking may lead astray: it must be read from its beginning."""


@dataclass(frozen=True, eq=False)
class MeasuredStretch:
    """What was measured of a stretch; it can be pickled. What is large lies in a store.

    Attributes
    ----------
    rows : sequence of StoredRows
    images : sequence of StoredImage
    notes : tuple of Reason
        What the reader has to say about the file.
    sightings : sequence of Sighting
        What the model saw, if that was asked for: its silhouettes are many.
    """

    rows: Sequence[StoredRows]
    images: Sequence[StoredImage]
    notes: tuple[Reason, ...]
    sightings: Sequence[Sighting] = ()


@dataclass(frozen=True, eq=False)
class StretchTask:
    """What is to be measured; it can be pickled.

    Attributes
    ----------
    reader : VideoReader
        Begins where the stretch is read from.
    stretch : Stretch
    model : Path or None
        Another pose model than the built-in one.
    is_part : bool
        There are other stretches, so the file must be regular.
    keep_sightings : bool
    """

    reader: VideoReader
    stretch: Stretch
    model: Path | None
    is_part: bool
    keep_sightings: bool = False


def measure_stretch(task: StretchTask, store: ByteStore,
                    on_frame: Callable[[Frame | None], bool]) -> MeasuredStretch:
    """Measure a stretch into a store, for as long as `on_frame` wants more.

    Raises
    ------
    IrregularError
        It is a part of a file in which frames may be missed or met twice.
    VideoError
        It cannot be read.
    ModelError
        The pose model cannot be used.
    """
    keys, rows, sightings, stretch = KeyFrames(store), RowsWriter(store), [], task.stretch
    with task.reader as frames:
        # Stretches are measured in seconds of the file, which slow motion's frames are not.
        wanted = takewhile(lambda frame: not stretch.is_after(frame.time_s / frames.speed), frames)
        for event in measure(detect(wanted, task.model)):
            if stretch.is_before(event.row.time_s / frames.speed):
                continue
            keys.offer(event.seen.frame, event.row)
            keys.pack()
            rows.add(event.row)
            if task.keep_sightings:
                sightings.append(event.seen.sighting)
            if not on_frame(event.seen.frame):
                break
        if task.is_part and not frames.is_regular:
            raise IrregularError
    return MeasuredStretch(rows.written(), keys.stored(), tuple(frames.notes), sightings)
