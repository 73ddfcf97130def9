"""A Frame whose pixels are converted when they are asked for, in the size that is asked for.

Of most frames of a large video only a reduced image is used, and of many none at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from pose.arrays import Image
from pose.frames import Frame


class DecodedFrame(Frame):
    """A decoded frame of a video.

    Parameters
    ----------
    index, time_s :
        As in `Frame`.
    size_px : (int, int)
        Width and height of the whole image.
    convert : callable
        Longest side in pixels, or None for the whole -> the image, RGB uint8 of shape (height, width, 3).
    """

    def __init__(self, index: int, time_s: float, size_px: tuple[int, int],
                 convert: Callable[[int | None], Image]) -> None:
        # The fields are frozen, and `image` is not there yet.
        self.__dict__.update(index=index, time_s=time_s)
        self._size_px, self._convert = size_px, convert

    @cached_property
    def image(self) -> Image:  # type: ignore[override]
        """The whole image."""
        return self._convert(None)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self._size_px

    def reduced(self, long_side_px: int) -> Image:
        """Return the image with at most so many pixels on its long side; one that is no larger as it is."""
        return self.image if max(self.size_px) <= long_side_px else self._convert(long_side_px)

    def at(self, time_s: float) -> Frame:
        """Return the same image with another time."""
        return DecodedFrame(self.index, time_s, self.size_px, self._convert)
