"""Frames + what is marked on each of them -> annotated.mp4: a second pass over the same frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pose.arrays import Image
from pose.drawing.overlay import Marks, draw_on
from pose.frames import Frame
from pose.io.read_ahead import read_ahead
from pose.io.video import VideoWriter


def annotate(frames: Iterable[Frame], marks: Callable[[int], Marks], path: Path, fps: float = 30.0,
             on_frame: Callable[[int], None] | None = None) -> Path:
    """Draw the marks on every frame and write the video; it appears whole or not at all.

    Parameters
    ----------
    frames : iterable of Frame
        The frames that were analysed, read again; they are drawn on.
    marks : callable
        Marks of a frame, by its index.
    path : Path
        An existing file is replaced; its folder must exist.
    fps : float
        The clip's usual rate, a hint for the encoder; the frames' own times are kept.
    on_frame : callable, optional
        Receives the number of frames done, after each of them.

    Raises
    ------
    pose.video.VideoError
        When frames cannot be read or the file cannot be written.
    """
    with VideoWriter(path, fps) as writer:
        # Decoding, drawing and encoding overlap: each is mostly work of a library that lets the others run.
        for done, (image, time_s) in enumerate(read_ahead(_drawn(read_ahead(frames), marks)), 1):
            writer.write(image, time_s)
            if on_frame is not None:
                on_frame(done)
    return path


def _drawn(frames: Iterable[Frame], marks: Callable[[int], Marks]) -> Iterator[tuple[Image, float]]:
    for frame in frames:
        draw_on(frame.image, marks(frame.index))
        yield frame.image, frame.time_s
