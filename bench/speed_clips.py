"""Clips of any length for timing: a sample again and again, as it is or as a phone films (1920x1080, 60 a second).

One round is encoded, the others are copies of its packets with later times, so that twenty minutes are made in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pose.arrays import Image
from pose.io.video import VideoReader

ROUND = Path(__file__).resolve().parents[1] / "samples" / "hinge_mixed.mp4"
#: One key frame in two seconds or so, as phones make them.
_KEY_EVERY_S = 2
#: Noise of a camera's sensor, grey levels, and a phone's rate: without them most frames would cost the decoder nothing.
_NOISE, _PHONE_BIT_RATE = 3.0, 15_000_000
_TICKS = 90_000


def small(folder: Path, seconds: float) -> Path:
    """Return the sample's 640x480 at 30 frames a second, of this length; made where it is not there yet."""
    return _clip(folder, f"vga-{seconds:.0f}s.mp4", seconds, 30, ((f.image, f.time_s) for f in VideoReader(ROUND)))


def large(folder: Path, seconds: float) -> Path:
    """Return 1920x1080 at 60 frames a second, of this length; made where it is not there yet."""
    return _clip(folder, f"hd60-{seconds:.0f}s.mp4", seconds, 60, _enlarged(), _PHONE_BIT_RATE)


def _enlarged() -> Iterator[tuple[Image, float]]:
    """Twice as many frames, enlarged, each with noise of its own."""
    noise = np.random.default_rng(1).normal(0, _NOISE, (1200, 2100)).astype(np.int8)
    last: NDArray[Any] | None = None
    shifts = iter(np.random.default_rng(2).integers(0, 120, (100_000, 2)).tolist())
    for frame in VideoReader(ROUND):
        image = cv2.resize(frame.image, (1440, 1080), interpolation=cv2.INTER_CUBIC)
        image = cv2.copyMakeBorder(image, 0, 0, 240, 240, cv2.BORDER_REPLICATE)
        between = image if last is None else cv2.addWeighted(last, 0.5, image, 0.5, 0)
        for rgb, time_s in ((between, frame.time_s - 1 / 60), (image, frame.time_s)):
            if time_s >= 0:
                down, across = next(shifts)
                grain = noise[down:down + 1080, across:across + 1920, None]
                yield np.clip(rgb.astype(np.int16) + grain, 0, 255).astype(np.uint8), time_s
        last = image


def _clip(folder: Path, name: str, seconds: float, fps: int, frames: Iterator[tuple[Image, float]],
          bit_rate: int = 0) -> Path:
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        once = folder / f"round-{fps}.mp4"
        if not once.exists():
            _encode(once, fps, frames, bit_rate)
        _repeat(once, path, seconds, fps)
    return path


def _encode(path: Path, fps: int, frames: Iterator[tuple[Image, float]], bit_rate: int) -> None:
    part = path.with_suffix(".part")
    with av.open(str(part), "w", format="mp4") as out:
        stream: Any = out.add_stream("libx264", rate=fps, options={
            "preset": "veryfast", "bf": "0", "g": str(_KEY_EVERY_S * fps), **({} if bit_rate else {"crf": "23"})})
        if bit_rate:
            stream.bit_rate = bit_rate
        for number, (image, time_s) in enumerate(frames):
            if number == 0:
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt, stream.codec_context.time_base = "yuv420p", Fraction(1, _TICKS)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = round(time_s * _TICKS), Fraction(1, _TICKS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    part.replace(path)


def _repeat(once: Path, path: Path, seconds: float, fps: int) -> None:
    """Write the packets of one round again and again."""
    part, shift, step = path.with_suffix(".part"), 0, round(_TICKS / fps)
    with av.open(str(part), "w", format="mp4") as out:
        stream: Any = None
        while shift < seconds * _TICKS:
            with av.open(str(once)) as source:
                video = source.streams.video[0]
                if stream is None:
                    stream = out.add_stream_from_template(video)
                last = 0
                for packet in source.demux(video):
                    if packet.pts is None or shift + packet.pts >= seconds * _TICKS:
                        continue
                    last = max(last, packet.pts)
                    packet.pts, packet.dts, packet.stream = packet.pts + shift, packet.dts + shift, stream
                    out.mux(packet)
            shift += last + step
    part.replace(path)
