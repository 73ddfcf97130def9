"""Frames with times -> an H.264 file that browsers and phones play, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from av.video.reformatter import Colorspace, VideoReformatter

from language.translate import _
from pose.arrays import Image
from pose.io.container import VideoError
from pose.temporary_files import temporary_file

#: Ticks per second of the file's clock: fine enough for every frame rate, and the rate of MPEG.
_TICKS = 90_000
#: Of the encoder. A third one, its own choice for two processors, costs a quarter more of their time and gains nothing.
_THREADS = 2


class VideoWriter:
    """Writes frames as H.264 in MP4, ready for browsers and phones; use it in a `with` statement.

    The file appears under its name when the block succeeds; after an error nothing remains. The clip begins at its
    first frame, whatever the time of that; the times relative to it are preserved, steady or not.

    Parameters
    ----------
    path : str or Path
        An existing file is replaced.
    fps : float
        Expected rate: a hint for the encoder, and the duration of the last frame.

    Raises
    ------
    VideoError
        If the file cannot be written, or no frame was given.
    """

    def __init__(self, path: str | Path, fps: float = 30.0) -> None:
        self.path = Path(path)
        self._fps = Fraction(fps).limit_denominator(1001)
        self._part = temporary_file(self.path)
        self._stream: Any = None
        self._converter = VideoReformatter()  # reused: creating it takes as long as converting
        self._first_s: float | None = None
        self._last_tick = -1
        try:
            # PyAV opens the file with the first frame; a missing folder should be reported before the work.
            self._part.path.touch()
            self._container = av.open(str(self._part.path), "w", format="mp4", options={"movflags": "+faststart"})
        except (OSError, FFmpegError) as error:
            self._part.close()
            raise self._write_error(error) from error

    def __enter__(self) -> VideoWriter:
        return self

    def write(self, image: Image, time_s: float) -> None:
        """Add a frame, RGB uint8 of shape (height, width, 3); `time_s` must be later than that of the frame before.

        An odd width or height loses its last column or row (H.264 needs even ones); a frame of another size than the
        first is scaled to that.
        """
        if self._stream is None:
            self._first_s = time_s
            self._stream = self._add_stream(image.shape[1] // 2 * 2, image.shape[0] // 2 * 2)
        tick = round((time_s - (self._first_s or 0.0)) * _TICKS)
        if tick <= self._last_tick:
            raise ValueError(f"time_s must be later than that of the frame before, got {time_s}")
        self._last_tick = tick
        even = np.ascontiguousarray(image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2])
        frame = self._converter.reformat(
            av.VideoFrame.from_ndarray(even, format="rgb24"), width=self._stream.width, height=self._stream.height,
            format="yuv420p", dst_colorspace=Colorspace.ITU709, threads=1)
        frame.pts, frame.time_base = tick, Fraction(1, _TICKS)
        self._encode(frame)

    def _add_stream(self, width: int, height: int) -> Any:
        # Frames that refer to later ones ("bf") would spoil the stated duration of clips with a variable rate.
        stream: Any = self._container.add_stream("libx264", rate=self._fps,
                                                 options={"crf": "23", "preset": "veryfast", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.time_base, context.thread_count = Fraction(1, _TICKS), _THREADS
        # 1 = BT.709 in each of these, and the narrow range: without the tags players guess the colours by the size.
        context.colorspace = context.color_primaries = context.color_trc = context.color_range = 1
        return stream

    def _encode(self, frame: Any) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._container.mux(packet)
        except (OSError, FFmpegError) as error:
            raise self._write_error(error) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            if kind is None and self._stream is None:
                raise VideoError(_("{path}: there was no frame to write, so there is no video.").format(path=self.path))
            if kind is None:
                self._encode(None)
                self._finish()
        finally:
            with suppress(OSError, FFmpegError):
                self._container.close()
            self._part.close()

    def _finish(self) -> None:
        try:
            self._container.close()
            os.replace(self._part.path, self.path)
        except (OSError, FFmpegError) as error:
            raise self._write_error(error) from error

    def _write_error(self, error: BaseException) -> VideoError:
        text = _("{path}: the video cannot be written ({problem}). Check that the folder exists, that you may write "
                 "there, and that the disk is not full.")
        return VideoError(text.format(path=self.path, problem=getattr(error, "strerror", None) or error))
