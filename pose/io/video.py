"""Video file, webcam or pictures -> Frames with true times. Frames out: `VideoWriter`, kept in `video_out`."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from pose.frames import Frame
from pose.io.container import Damage, VideoError, VideoInfo, decode, first_look, opened, packets
from pose.io.orientation import Upright
from pose.io.video_writer import VideoWriter
from pose.reason import Reason, ReasonKind

__all__ = ["VideoError", "VideoInfo", "VideoReader", "VideoWriter", "frames_from_images", "probe", "read_camera"]

#: Clockwise turns that a picture can be given.
TURNS_DEG = (0, 90, 180, 270)
#: A step back by more than this is a new start of the clock (joined clips), not a picture out of order.
_NEW_START_S = 1.0
#: So many repeated times in a row mean that the file has no usable clock.
_STUCK = 10


def probe(path: str | Path) -> VideoInfo:
    """Return the facts about a video file; decodes one picture.

    Raises
    ------
    VideoError
        If not one picture can be read; the message says why and what to do.
    """
    return first_look(Path(path))[0]


class VideoReader:
    """The frames of a video file, upright, in RGB, with their true presentation times.

    Iterate over it, once or again and again; as a context manager it closes the file when left early. Packets that
    cannot be decoded are left out, the rest goes on.

    Parameters
    ----------
    path : str or Path
    start_s, end_s : float, optional
        Part of the clip, seconds from its first frame, both ends included; times stay those of the whole clip.
    mirror : bool
        Flip left and right, for a camera that shows a mirror image.
    turn_deg : int
        Turn each picture clockwise by 0, 90, 180 or 270 degrees, for a camera that lay on its side and did not note
        it. Before `mirror`.

    Attributes
    ----------
    info : VideoInfo
        Its size is that of the turned picture.
    notes : list of Reason
        What a person should know about the file, complete after the last frame: damage, an early end.

    Raises
    ------
    VideoError
        On construction, if the file cannot be read or the part lies outside of it; while iterating, if the part
        turns out to hold no frame.
    """

    def __init__(self, path: str | Path, *, start_s: float | None = None, end_s: float | None = None,
                 mirror: bool = False, turn_deg: int = 0) -> None:
        if turn_deg not in TURNS_DEG:
            raise ValueError(f"turn_deg: expected one of {TURNS_DEG}, got {turn_deg}")
        self.info, self._first_s = first_look(Path(path))
        self._quarters = turn_deg // 90
        if self._quarters % 2:
            self.info = replace(self.info, size_px=(self.info.size_px[1], self.info.size_px[0]))
        self.notes: list[Reason] = []
        self._start_s = start_s or 0.0
        self._end_s = end_s
        self._mirror = mirror
        self._running: Generator[Frame, None, None] | None = None
        self._check_part()

    def __enter__(self) -> VideoReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self.notes.clear()  # the same list: whoever holds it reads it when the frames have ended
        self._running = self._read()
        return self._running

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._running is not None:
            self._running.close()

    def _check_part(self) -> None:
        path, end_s, length_s = self.info.path, self._end_s, self.info.duration_s
        if self._start_s < 0 or self._start_s >= length_s:
            raise VideoError(f"{path}: the part cannot start at {self._start_s:g} s, the video runs from 0 to "
                             f"{length_s:.1f} s. Give a start inside of it.")
        if end_s is not None and end_s <= self._start_s:
            raise VideoError(f"{path}: the part ends at {end_s:g} s, before its start at {self._start_s:g} s. "
                             "Give an end after the start.")

    def _read(self) -> Generator[Frame, None, None]:
        damage, clock = Damage(), _Clock(self._first_s, 1 / self.info.fps)
        count, last_s = 0, None
        for time_s, picture, upright in self._timed(clock, damage):
            last_s = time_s
            if self._end_s is not None and time_s > self._end_s + 1e-6:
                break
            if time_s < self._start_s - 1e-6:
                continue
            image = np.rot90(upright(picture), -self._quarters)
            yield Frame(count, time_s, np.ascontiguousarray(image[:, ::-1] if self._mirror else image))
            count += 1
        self._take_notes(damage, clock, last_s)
        if not count:
            raise VideoError(f"{self.info.path}: no picture could be read between {self._start_s:g} s and "
                             f"{'the end' if self._end_s is None else f'{self._end_s:g} s'}. Choose another part.")

    def _timed(self, clock: _Clock, damage: Damage) -> Iterator[tuple[float, Any, Upright]]:
        with opened(self.info.path) as (container, stream):
            if self._start_s > 0 and self._first_s is not None and stream.time_base:
                # A file that cannot seek is read from its beginning instead.
                with suppress(OSError, FFmpegError):
                    container.seek(int((self._first_s + self._start_s) / stream.time_base), stream=stream)
            upright = Upright(stream)
            for packet in packets(container, stream):
                for picture in decode(packet, damage):
                    time_s = clock.place(picture.time)
                    if time_s is not None:
                        yield time_s, picture, upright

    def _take_notes(self, damage: Damage, clock: _Clock, last_s: float | None) -> None:
        length_s = self.info.duration_s
        wanted_s = length_s if self._end_s is None else min(self._end_s, length_s)
        if last_s is not None and last_s + 1.5 / self.info.fps < wanted_s - 0.5:
            self._note(ReasonKind.VIDEO_BREAKS_OFF, length_s=round(length_s, 1), last_s=round(last_s, 1))
        elif self._end_s is not None and self._end_s > length_s + 0.5:
            self._note(ReasonKind.VIDEO_ENDS_BEFORE, length_s=round(length_s, 1), end_s=self._end_s)
        if damage.packets:
            self._note(ReasonKind.FRAMES_DAMAGED, count=damage.packets)
        if clock.repeated:
            self._note(ReasonKind.FRAMES_REPEATED, count=clock.repeated)
        if clock.counted:
            self._note(ReasonKind.FRAMES_UNTIMED, count=clock.counted)

    def _note(self, kind: ReasonKind, **values: float) -> None:
        self.notes.append(Reason.of(kind, **values))


class _Clock:
    """Turns a file's presentation times into strictly increasing seconds from its first frame."""

    def __init__(self, first_s: float | None, step_s: float) -> None:
        self._origin_s = first_s or 0.0
        self._step_s = step_s
        self._last_s: float | None = None
        self._in_a_row = 0
        self.repeated = 0
        self.counted = 0

    def place(self, stamp_s: float | None) -> float | None:
        """Return the frame's time, or None for a frame to leave out because a player would not show it either."""
        if stamp_s is None or self._in_a_row >= _STUCK:
            self.counted += 1
            time_s = self._next()
        else:
            time_s = stamp_s - self._origin_s
            if self._last_s is not None and time_s <= self._last_s - _NEW_START_S:
                time_s = self._next()
                self._origin_s = stamp_s - time_s
            elif self._last_s is not None and time_s <= self._last_s:
                self.repeated += 1
                self._in_a_row += 1
                return None
            self._in_a_row = 0
        self._last_s = time_s
        return time_s

    def _next(self) -> float:
        return 0.0 if self._last_s is None else self._last_s + self._step_s


def frames_from_images(images: Iterable[NDArray[np.uint8]], fps: float) -> Iterator[Frame]:
    """Yield upright RGB pictures of shape (height, width, 3) as Frames at a steady rate."""
    for index, image in enumerate(images):
        yield Frame(index, index / fps, image)


def read_camera(source: int | str = 0, *, mirror: bool = False) -> Iterator[Frame]:
    """Open a webcam (0 is the first) or the URL of a network camera and return its frames as they come.

    Times are taken from this computer's clock, from the first frame on. Closing the iterator frees the camera.

    Raises
    ------
    VideoError
        If the camera cannot be opened (at once), or stops (while iterating). A URL that ends just ends.
    """
    import cv2  # only a camera needs OpenCV here

    camera = cv2.VideoCapture(source)
    if not camera.isOpened():
        camera.release()
        raise VideoError(f"Camera {source}: it cannot be opened. Check that it is plugged in, that no other program "
                         "uses it, and that this program is permitted to; or try another number.")
    return _camera_frames(camera, source, mirror)


def _camera_frames(camera: Any, source: int | str, mirror: bool) -> Iterator[Frame]:
    index, start_s, last_s = 0, 0.0, -1.0
    try:
        while True:
            got, image = camera.read()
            if not got:
                break
            start_s = start_s if index else time.monotonic()
            last_s = max(time.monotonic() - start_s, last_s + 1e-4) if index else 0.0
            yield Frame(index, last_s, np.ascontiguousarray(image[:, ::-1 if mirror else 1, ::-1]))
            index += 1
    finally:
        camera.release()
    if isinstance(source, int) or not index:
        raise VideoError(f"Camera {source}: it stopped sending pictures after {index}. Check the cable, and that no "
                         "other program took the camera, then start again.")
