"""First bytes of a JPEG or PNG -> its size, so that an image from outside is bounded before it is decoded."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: Markers of a JPEG whose segment states the size; those without a segment.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return height and width in pixels as stated by a JPEG or PNG; None for every other format."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return height, width
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def is_small_image(data: bytes, height_px: int, width_px: int) -> bool:
    """Whether the bytes are a JPEG or PNG of at most this size, whose parts are no longer than the file.

    A damaged PNG may state a part of 2 GB, for which OpenCV takes memory before it sees that the file ends.
    """
    size = image_size(data)
    if size is None or not (0 < size[0] <= height_px and 0 < size[1] <= width_px):
        return False
    return not data.startswith(_PNG) or _is_whole_png(data)


def _is_whole_png(data: bytes) -> bool:
    """Whether every chunk (length, name, content, checksum) ends within the file, up to the last."""
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] == b"IEND":
            return end <= len(data)
        at = end
    return False


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return height, width
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2:at + 4], "big")
    return None
