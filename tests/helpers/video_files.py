"""Videos for the tests: an image of four colours, any times, any codec, any rotation flag."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pose.arrays import Image
from pose.io import video

#: Position in the test image (row, column as shares of the size) -> colour.
CORNERS = {(0.2, 0.2): (200, 40, 40), (0.2, 0.8): (40, 180, 60), (0.8, 0.2): (50, 60, 200), (0.8, 0.8): (190, 180, 40)}


def quarters(width: int, height: int) -> Image:
    """Return an image whose four quarters differ, so that any turn or flip is visible."""
    image = np.zeros((height, width, 3), np.uint8)
    for (row, column), colour in CORNERS.items():
        rows = slice(0, height // 2) if row < 0.5 else slice(height // 2, None)
        image[rows, slice(0, width // 2) if column < 0.5 else slice(width // 2, None)] = colour
    return image


def corner_colours(image: Image) -> NDArray[np.int64]:
    height, width = image.shape[:2]
    return np.array([image[int(row * height), int(column * width)] for row, column in CORNERS], dtype=np.int64)


def encode(path: Path, image: Image, ticks: Sequence[int], *, codec: str = "libx264", rate: int = 30,
           aspect: Fraction | None = None, colours: str = "ITU601") -> Path:
    """Write one image repeatedly with PyAV; `ticks` are thousandths of a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options={"bf": "0"} if codec == "libx264" else {})
        stream.width, stream.height, stream.pix_fmt = image.shape[1], image.shape[0], "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        for tick in ticks:
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p", dst_colorspace=colours)
            frame.pts, frame.time_base = tick, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def set_display_matrix(path: Path, a: int, b: int, c: int, d: int) -> None:
    """Turn a video as phones do: by the display matrix in its track header."""
    data = bytearray(path.read_bytes())
    offset = data.index(b"tkhd") + (44 if data[data.index(b"tkhd") + 4] == 0 else 56)
    numbers = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    struct.pack_into(">9i", data, offset, *numbers)
    path.write_bytes(data)


def times(path: Path, **part: float) -> list[float]:
    return [frame.time_s for frame in video.VideoReader(path, **part)]
