"""Decoded frame -> RGB as a player shows it: colours, square pixels, the phone's rotation flag."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

#: Codes of colour standards in the files.
_BT709, _UNSPECIFIED = 1, 2


class UprightConverter:
    """Converts the decoded frames of a stream to RGB as a player shows them: colours, square pixels, rotation flag."""

    def __init__(self, stream: VideoStream) -> None:
        self._pixel_aspect = float(stream.sample_aspect_ratio or 1)
        # Reused for all frames: creating it takes longer than converting.
        self._converter = VideoReformatter()
        self._orientation: tuple[int, int, int, int] | None = None

    def __call__(self, frame: VideoFrame) -> NDArray[np.uint8]:
        """Return an array of uint8, shape (height, width, 3)."""
        width = round(frame.width * self._pixel_aspect)
        # Without a tag players take BT.709 for HD and BT.601 below; FFmpeg would take BT.601 always.
        bt709 = frame.colorspace == _BT709 or (frame.colorspace == _UNSPECIFIED and frame.height >= 720)
        # In this form every version of PyAV accepts it; older ones ignore the first where it equals the second.
        colours: Any = {"src_colorspace": "ITU709", "dst_colorspace": "ITU601"} if bt709 else {}
        image = self._converter.reformat(frame, width=width, format="rgb24", **colours).to_ndarray()
        # From the first frame only: one whose side data was read stays in memory until Python collects cycles.
        self._orientation = self._orientation or _orientation(frame)
        a, b, c, d = self._orientation
        if abs(b) + abs(c) > abs(a) + abs(d):
            image, row_sign, column_sign = image.transpose(1, 0, 2), b, c
        else:
            row_sign, column_sign = d, a
        image = image[:: 1 if row_sign >= 0 else -1, :: 1 if column_sign >= 0 else -1]
        return np.ascontiguousarray(image, dtype=np.uint8)


def _orientation(frame: VideoFrame) -> tuple[int, int, int, int]:
    """Return a, b, c, d of the display matrix: a point (x, y) is displayed at (a x + c y, b x + d y), y down."""
    data = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return 1, 0, 0, 1
    matrix: Any = data
    a, b, _, c, d = np.frombuffer(bytes(matrix), dtype=np.int32)[:5].tolist()
    return a, b, c, d


def rotation_deg(frame: VideoFrame) -> int:
    """Return the clockwise rotation that brings a frame upright: 0, 90, 180 or 270."""
    a, b, _, _ = _orientation(frame)
    return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360
