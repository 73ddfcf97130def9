"""Path of a video file -> the open container and facts about it, or a VideoError that says what to do."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from language.translate import _
from pose.io.camera_metadata import playback_speed, recorded_at
from pose.io.orientation import UprightConverter, rotation_deg

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

#: Packets read for the rate: about ten seconds, at the cost of a few milliseconds.
_RATE_PACKETS = 300
#: Packets come in decoding order: the last ones read may have gaps that later packets fill.
_REORDERED = 16
_ATTACHED_PICTURE = 0x400
#: A step of the clock by more than this is an error of the file, or a camera that was off: nothing was filmed in it.
LEAP_S = 60.0
#: Nobody films one set for so long: what the file states is checked against its packets.
_LONGEST_STATED_S = 6 * 3600.0


class VideoError(Exception):
    """A video that cannot be read or written; the message names the file, the problem and the next step."""


@dataclass(frozen=True)
class VideoInfo:
    """Facts about one video file.

    Attributes
    ----------
    path : Path
    size_px : (int, int)
        Width and height of the upright frame with square pixels, as `Frame.size_px`.
    fps : float
        Average frames per second.
    duration_s : float
        As stated in the file; a damaged file may hold less.
    frame_count : int
        Estimate, for a progress bar.
    rotation_deg : int
        Clockwise rotation that brings the frames upright: 0, 90, 180 or 270.
    variable_rate : bool
        True where the time from frame to frame changes by more than a quarter.
    speed : float
        How fast the file plays against what was filmed, as the phone noted it: 0.25 = slow motion at a quarter.
    recorded_at : datetime or None
        When it was filmed, with its time zone; None where the file does not say.
    """

    path: Path
    size_px: tuple[int, int]
    fps: float
    duration_s: float
    frame_count: int
    rotation_deg: int
    variable_rate: bool
    speed: float = 1.0
    recorded_at: datetime | None = None


@dataclass
class Damage:
    """Counts the damaged packets and frames that were dropped."""

    packets: int = 0


def read_info(path: Path) -> tuple[VideoInfo, float | None]:
    """Open a video, decode its first frame and read the times of its first packets.

    Returns
    -------
    info : VideoInfo
    first_s : float or None
        Presentation time of the first frame on the file's own clock; None where the file has no clock.

    Raises
    ------
    VideoError
        If no frame can be decoded.
    """
    with open_video(path) as (container, stream):
        stated_s = _stated_duration(container, stream)
        first: VideoFrame | None = None
        times: list[float] = []
        count, complete = 0, True
        for packet in packets(container, stream):
            count += packet.size > 0
            if packet.pts is not None:
                times.append(float(packet.pts * packet.time_base))
            if first is None:
                first = next(iter(decode(packet, Damage())), None)
            elif stated_s is not None and stated_s < _LONGEST_STATED_S and count >= _RATE_PACKETS:
                complete = False
                break
        if first is None:
            raise VideoError(_("{path}: no frame could be decoded, the file is empty or damaged. Copy it again from "
                               "the camera, or record a new one.").format(path=path))
        info = _info(path, stream, first, np.sort(times), count if complete else None, stated_s)
        tags = {name.lower(): text for name, text in {**stream.metadata, **container.metadata}.items()}
        return replace(info, speed=playback_speed(tags, info.fps), recorded_at=recorded_at(tags)), first.time


def _info(path: Path, stream: VideoStream, first: VideoFrame, times: NDArray[Any],
          counted: int | None, stated_s: float | None) -> VideoInfo:
    steps = np.diff(times if counted else times[:-_REORDERED])
    has_leap = bool(np.any(steps > LEAP_S))
    steps = steps[(steps > 0) & (steps <= LEAP_S)]
    variable = bool(len(steps) > 1 and np.ptp(steps) > 0.25 * float(np.median(steps)) + 0.002)
    rate = stream.average_rate or stream.guessed_rate
    fps = float(rate) if rate and not variable else float(1 / np.mean(steps)) if len(steps) else 30.0
    # Where the file was read to its end, its times (or, without times, its frames) are more reliable.
    read_s = float(np.sum(np.diff(times)[np.diff(times) <= LEAP_S])) + 1 / fps if len(times) else (counted or 0) / fps
    duration_s = read_s if has_leap and counted else max(stated_s or 0.0, read_s)
    count = stream.frames or counted or round(duration_s * fps)
    size_px = UprightConverter(stream).size_px(first)
    return VideoInfo(path, size_px, fps, duration_s, count, rotation_deg(first), variable)


def _stated_duration(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    # Matroska states it per stream in a tag; the container's own value may be that of a longer sound track.
    hours, _, remainder = stream.metadata.get("DURATION", "").partition(":")
    minutes, _, seconds = remainder.partition(":")
    try:
        return float(hours) * 3600 + float(minutes) * 60 + float(seconds)
    except ValueError:
        return container.duration / 1e6 if container.duration else None


@contextmanager
def open_video(path: Path, threaded: bool = True) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a file and find its video stream; close it at the end.

    `threaded`: decode ahead in threads.

    Raises
    ------
    VideoError
        If the file is missing, a folder, empty, unreadable, no video, sound only, or of an unknown codec.
    """
    _check_path(path)
    try:
        # "file:" keeps FFmpeg from taking "a:b.mp4" for a network protocol.
        # Titles of old programs are Latin-1.
        container = av.open(f"file:{path.absolute()}", metadata_errors="replace")
    except PermissionError as error:
        raise _not_permitted(path) from error
    except (OSError, FFmpegError) as error:
        raise VideoError(_("{path}: this is not a video, or it was cut off before it was finished (a recording that "
                           "was not stopped properly, a copy that broke off). Check that it plays in a video player; "
                           "if not, copy or record it again.").format(path=path)) from error
    with container:
        stream = _video_stream(path, container)
        stream.thread_type = "AUTO" if threaded else "NONE"
        yield container, stream


def _check_path(path: Path) -> None:
    try:
        status = path.stat()
    except PermissionError as error:
        raise _not_permitted(path) from error
    except OSError as error:
        raise VideoError(_("{path}: there is no such file. Check the name and the folder.").format(path=path)
                         ) from error
    if stat.S_ISDIR(status.st_mode):
        raise VideoError(_("{path}: this is a folder. Give the video files inside it.").format(path=path))
    if not stat.S_ISREG(status.st_mode):
        raise VideoError(_("{path}: this is a device, a pipe or a socket, not a file. Give the video file itself."
                           ).format(path=path))
    if not os.access(path, os.R_OK):
        raise _not_permitted(path)
    if status.st_size == 0:
        raise VideoError(_("{path}: the file is empty (0 bytes). Copy it again from the camera, or record a new one."
                           ).format(path=path))
    if _is_text(path):
        raise VideoError(_("{path}: this is a text file, not a video. Give the video file itself.").format(path=path))


def _is_text(path: Path) -> bool:
    """Return whether a file is text; FFmpeg would render its letters, or download what a playlist names."""
    with path.open("rb") as file:
        head = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(file.read(512))
    return not any(char == "\ufffd" or (char < " " and not char.isspace()) for char in head)


def _not_permitted(path: Path) -> VideoError:
    return VideoError(_("{path}: you are not permitted to read this file. Change its permissions, or copy it to a "
                        "folder of your own.").format(path=path))


def _video_stream(path: Path, container: InputContainer) -> VideoStream:
    # The cover image of a song is stored as a video stream of one frame.
    streams = [stream for stream in container.streams.video
               if not getattr(getattr(stream, "disposition", None), "value", 0) & _ATTACHED_PICTURE]
    if not streams and container.streams.audio:
        raise VideoError(_("{path}: there is only sound in this file, no video. Give a video file.").format(path=path))
    if not streams:
        raise VideoError(_("{path}: there are no frames in this file (a video of no length). Record it again."
                           ).format(path=path))
    stream = streams[0]
    if stream.codec_context is None:
        raise VideoError(_("{path}: the video is stored in a format (codec) that cannot be read here. Convert the "
                           "video to H.264 in an .mp4 file, for example with the export of a video player."
                           ).format(path=path))
    return stream


def packets(container: InputContainer, stream: VideoStream) -> Iterator[Any]:
    """Yield the stream's packets for as long as the file can be read."""
    with suppress(OSError, FFmpegError):
        yield from container.demux(stream)


def decode(packet: Any, damage: Damage) -> list[VideoFrame]:
    """Decode one packet; what cannot be decoded is counted and dropped."""
    try:
        frames = packet.decode()
    except FFmpegError:
        damage.packets += 1
        return []
    whole = [frame for frame in frames if not frame.is_corrupt]
    damage.packets += len(frames) - len(whole)
    return whole
