"""Video file or images -> Frames with their true times. `VideoWriter` writes them."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from av.error import FFmpegError

from language.numbers import compact, number
from language.translate import _
from pose.arrays import Image
from pose.frames import Frame
from pose.io.container import LEAP_S, Damage, VideoError, VideoInfo, decode, open_video, packets, read_info
from pose.io.decoded_frame import DecodedFrame
from pose.io.orientation import UprightConverter
from pose.io.presentation_clock import PresentationClock
from pose.io.video_writer import VideoWriter
from pose.reason import Reason, ReasonKind

__all__ = ["VideoError", "VideoInfo", "VideoReader", "VideoWriter", "frames_from_images", "probe"]

#: Clockwise turns that can be applied to a frame.
TURNS_DEG = (0, 90, 180, 270)


def probe(path: str | Path) -> VideoInfo:
    """Return facts about a video file; decodes one frame.

    Raises
    ------
    VideoError
        If no frame can be read; the message says why and what to do.
    """
    return read_info(Path(path))[0]


class VideoReader:
    """The frames of a video file, upright, in RGB, with their true presentation times.

    It can be iterated over repeatedly; as a context manager it closes the file when the block is left early. Packets
    that cannot be decoded are dropped. Pixels are converted when they are asked for, in the size that is asked for.

    Parameters
    ----------
    path : str or Path
    start_s, end_s : float, optional
        Part of the clip, seconds from its first frame, both ends included; times remain those of the whole clip.
    mirror : bool
        Flip left and right, for a camera that shows a mirror image.
    turn_deg : int
        Turn each frame clockwise by 0, 90, 180 or 270 degrees, for a camera that lay on its side without a rotation
        flag. Applied before `mirror`.
    speed : float, optional
        How fast the file plays against what was filmed, 0.25 for a quarter: its frames then have the times at which
        they were filmed. Default: as the file says, mostly 1. `start_s` and `end_s` stay seconds of the file.
    threaded : bool
        Decode ahead in FFmpeg's own threads; False where every processor has a reader of its own.

    Attributes
    ----------
    info : VideoInfo
        Its size is that of the turned frames.
    speed : float
        What the times of the frames were multiplied by.
    notes : list of Reason
        What a person should know about the file, complete after the last frame: damage, an early end.

    Raises
    ------
    VideoError
        On construction, if the file cannot be read or the part is outside it; while iterating, if the part holds no
        frame.
    """

    def __init__(self, path: str | Path, *, start_s: float | None = None, end_s: float | None = None,
                 mirror: bool = False, turn_deg: int = 0, speed: float | None = None, threaded: bool = True) -> None:
        if turn_deg not in TURNS_DEG:
            raise ValueError(f"turn_deg: expected one of {TURNS_DEG}, got {turn_deg}")
        if speed is not None and not 0 < speed < math.inf:
            raise ValueError(f"speed: expected more than 0, got {speed}")
        self.info, self._first_s = read_info(Path(path))
        self.speed = self.info.speed if speed is None else speed
        self._quarters = turn_deg // 90
        if self._quarters % 2:
            self.info = replace(self.info, size_px=(self.info.size_px[1], self.info.size_px[0]))
        self.notes: list[Reason] = []
        self._start_s = start_s or 0.0
        self._end_s = end_s
        self._mirror, self._threaded = mirror, threaded
        self._damage, self._clock = Damage(), PresentationClock(None, 1.0)
        self._running: Generator[Frame, None, None] | None = None
        self._check_part()

    def __enter__(self) -> VideoReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self.notes.clear()  # the same list: others hold it, and read it after the last frame
        self._running = self._read()
        return self._running

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._running is not None:
            self._running.close()

    @property
    def part_s(self) -> tuple[float, float]:
        """Where reading begins and ends, seconds of the file."""
        length_s = self.info.duration_s
        return self._start_s, length_s if self._end_s is None else min(self._end_s, length_s)

    def starting(self, start_s: float | None, *, threaded: bool) -> VideoReader:
        """Return another reader of the same part of the same video that begins later, at seconds of the file."""
        other = copy(self)
        other._start_s = self._start_s if start_s is None else start_s
        other._threaded, other.notes, other._running = threaded, [], None
        return other

    @property
    def is_regular(self) -> bool:
        """Whether every frame read so far was sound and had a time of its own: then seeking meets the same ones."""
        return not self._damage.packets and self._clock.is_regular

    def _check_part(self) -> None:
        path, end_s, length_s = self.info.path, self._end_s, self.info.duration_s
        if self._start_s < 0 or self._start_s >= length_s:
            text = _("{path}: the part cannot start at {start} s, the video runs from 0 to {length} s. Give a start "
                     "inside of it.")
            raise VideoError(text.format(path=path, start=compact(self._start_s), length=number(length_s, 1)))
        if end_s is not None and end_s <= self._start_s:
            text = _("{path}: the part ends at {end} s, before its start at {start} s. Give an end after the start.")
            raise VideoError(text.format(path=path, end=compact(end_s), start=compact(self._start_s)))

    def _read(self) -> Generator[Frame, None, None]:
        self._damage, self._clock = Damage(), PresentationClock(self._first_s, 1 / self.info.fps)
        count, last_s = 0, None
        for time_s, decoded, upright in self._timed():
            last_s = time_s
            if self._end_s is not None and time_s > self._end_s + 1e-6:
                break
            if time_s < self._start_s - 1e-6:
                continue
            yield self._frame(count, time_s, decoded, upright)
            count += 1
        self._add_notes(last_s)
        if not count:
            if self._end_s is None:
                text = _("{path}: no frame could be read between {start} s and the end. Choose another part.")
            else:
                text = _("{path}: no frame could be read between {start} s and {end} s. Choose another part.")
            raise VideoError(text.format(path=self.info.path, start=compact(self._start_s),
                                         end=compact(self._end_s or 0.0)))

    def _frame(self, index: int, time_s: float, decoded: Any, upright: UprightConverter) -> Frame:
        width, height = upright.size_px(decoded)

        def convert(long_side_px: int | None) -> Image:
            image = np.rot90(upright(decoded, long_side_px), -self._quarters)
            return np.ascontiguousarray(image[:, ::-1] if self._mirror else image)

        size_px = (height, width) if self._quarters % 2 else (width, height)
        return DecodedFrame(index, time_s * self.speed, size_px, convert)

    def _timed(self, seek: bool = True) -> Iterator[tuple[float, Any, UprightConverter]]:
        seek = seek and self._start_s > 0 and self._first_s is not None
        is_beyond = False
        with open_video(self.info.path, self._threaded) as (container, stream):
            if seek and self._first_s is not None and stream.time_base:
                # A file that cannot seek is read from its beginning instead.
                with suppress(OSError, FFmpegError):
                    container.seek(int((self._first_s + self._start_s) / stream.time_base), stream=stream)
            upright = UprightConverter(stream)
            for packet in packets(container, stream):
                for frame in decode(packet, self._damage):
                    is_beyond = seek and (frame.time or 0.0) - (self._first_s or 0.0) > self._start_s + LEAP_S
                    if is_beyond:
                        break
                    seek = False
                    time_s = self._clock.time_of(frame.time)
                    if time_s is not None:
                        yield time_s, frame, upright
                if is_beyond:
                    break
        if is_beyond:  # the clock leaps before the start: only the frames before it tell by how much
            yield from self._timed(seek=False)

    def _add_notes(self, last_s: float | None) -> None:
        damage, clock = self._damage, self._clock
        length_s = self.info.duration_s
        expected_s = length_s if self._end_s is None else min(self._end_s, length_s)
        if last_s is not None and last_s + 1.5 / self.info.fps < expected_s - 0.5:
            self._note(ReasonKind.VIDEO_BREAKS_OFF, length_s=round(length_s, 1), last_s=round(last_s, 1))
        elif self._end_s is not None and self._end_s > length_s + 0.5:
            self._note(ReasonKind.VIDEO_ENDS_BEFORE, length_s=round(length_s, 1), end_s=self._end_s)
        if damage.packets:
            self._note(ReasonKind.FRAMES_DAMAGED, count=damage.packets)
        if clock.repeated:
            self._note(ReasonKind.FRAMES_REPEATED, count=clock.repeated)
        if clock.untimed:
            self._note(ReasonKind.FRAMES_UNTIMED, count=clock.untimed)

    def _note(self, kind: ReasonKind, **values: float) -> None:
        self.notes.append(Reason.of(kind, **values))


def frames_from_images(images: Iterable[Image], fps: float) -> Iterator[Frame]:
    """Yield upright RGB images of shape (height, width, 3) as Frames at a steady rate."""
    for index, image in enumerate(images):
        yield Frame(index, index / fps, image)
