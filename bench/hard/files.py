"""Shots -> video file, in any codec, container, pixel format, aspect and turn; or a damaged one."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2

from bench.hard.shots import Shot

#: Ticks a second of the containers that are written.
_TICKS = 90_000


@dataclass(frozen=True)
class FileKind:
    """How a file is written.

    Attributes
    ----------
    suffix, codec, pixels : str
        Container by its ending, encoder and pixel format by FFmpeg's names.
    options : dict of str to str
        The encoder's.
    aspect : Fraction or None
        Width of a pixel over its height.
    turn_deg : int
        What the file says that a player must turn by, clockwise.
    offset_s : float
        Where its clock begins.
    kept : float
        Share of the bytes that are kept; the end is cut off.
    holes : int
        So many times a kilobyte in the middle is zero.
    """

    suffix: str = ".mp4"
    codec: str = "libx264"
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=lambda: {"preset": "veryfast", "crf": "20"})
    aspect: Fraction | None = None
    turn_deg: int = 0
    offset_s: float = 0.0
    kept: float = 1.0
    holes: int = 0


def write(path: Path, shots: Iterable[Shot], kind: FileKind) -> list[tuple[float, float]]:
    """Write a video.

    Returns
    -------
    list of (float, float)
        Of each frame its time in the file from the first frame on, and the sample's; seconds.
    """
    written: list[tuple[float, float]] = []
    last = -1
    fps = 25 if kind.codec in ("mpeg4", "mjpeg", "gif", "mpeg2video", "ffv1") else _TICKS
    with av.open(str(path), "w") as container:
        stream = None
        for shot in shots:
            if stream is None:
                stream = container.add_stream(kind.codec, rate=30, options=kind.options)
                stream.pix_fmt = kind.pixels
                stream.height, stream.width = shot.image.shape[:2]
                if fps == _TICKS:
                    stream.codec_context.time_base = Fraction(1, _TICKS)
                if kind.aspect is not None:
                    stream.codec_context.sample_aspect_ratio = kind.aspect
            image = shot.image if shot.image.shape[:2] == (stream.height, stream.width) else cv2.resize(
                shot.image, (stream.width, stream.height))
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            if fps == _TICKS:
                # A millisecond apart at least: no container takes a time twice.
                last = max(last + _TICKS // 1000, round((shot.time_s + kind.offset_s) * _TICKS))
                frame.pts, frame.time_base = last, Fraction(1, _TICKS)
                written.append((shot.time_s, shot.source_s))
            else:
                written.append((len(written) / 30, shot.source_s))
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode(None))
    if kind.turn_deg:
        _say_turn(path, kind.turn_deg)
    _damage(path, kind)
    return written


def _say_turn(path: Path, turn_deg: int) -> None:
    """Set the display matrix in the track header, as phones do."""
    a, b, c, d = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[turn_deg]
    data = bytearray(path.read_bytes())
    offset = data.index(b"tkhd") + (44 if data[data.index(b"tkhd") + 4] == 0 else 56)
    struct.pack_into(">9i", data, offset, a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


def _damage(path: Path, kind: FileKind) -> None:
    if kind.kept == 1.0 and not kind.holes:
        return
    data = bytearray(path.read_bytes())
    for hole in range(kind.holes):
        at = (hole + 1) * len(data) // (kind.holes + 1)
        data[at:at + 1024] = bytes(min(1024, len(data) - at))
    path.write_bytes(data[:round(len(data) * kind.kept)])
