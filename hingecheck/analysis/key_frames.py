"""Frames as they pass -> a few kept images, one for each half second: where the person was bent most.

Which frame is the bottom of a rep is only known later, and a webcam cannot be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hingecheck.analysis.byte_store import ByteStore
from pose.arrays import Image
from pose.frame.measure import Row
from pose.frames import Frame
from pose.io.image_codec import decode_image, encode_jpeg

_EVERY_S = 0.5
#: Larger images show no more in a report; smaller ones make it blurred.
_LONG_SIDE_PX = 1280
_QUALITY = 92


@dataclass(frozen=True, eq=False)
class KeyFrame:
    """A kept image (RGB) of the frame `index`, `scale` times the size of the frame."""

    index: int
    time_s: float
    image: Image
    scale: float


@dataclass(frozen=True)
class StoredImage:
    """The compressed image of a frame, by its number in a store."""

    index: int
    time_s: float
    scale: float
    number: int


class KeyFrames:
    """Keeps one compressed image for every half second.

    Parameters
    ----------
    store : ByteStore, optional
        Keeps the images; default in memory. Of twenty minutes they are some hundred megabytes.
    """

    def __init__(self, store: ByteStore | None = None) -> None:
        self._store = store or ByteStore()
        self._kept: list[tuple[StoredImage, ByteStore]] = []
        self._best: tuple[float, Frame] | None = None
        self._waiting: list[Frame] = []
        self._half_second = -1

    @classmethod
    def joined(cls, parts: Iterable[tuple[int, Sequence[StoredImage], ByteStore]]) -> KeyFrames:
        """Return those of a clip from those of its stretches, each with the index of its first frame and its store."""
        whole = cls()
        for first, images, store in parts:
            whole._kept += [(replace(image, index=image.index + first), store) for image in images]
        return whole

    def stored(self) -> tuple[StoredImage, ...]:
        """Return which images lie in the store, with that of the half second that is not over."""
        self._close()
        self.pack()
        return tuple(image for image, _store in self._kept)

    def offer(self, frame: Frame | None, row: Row) -> None:
        """Consider one more frame; `pack` follows at a moment when nobody waits for it."""
        if frame is None:
            return
        half_second = int(frame.time_s // _EVERY_S)
        if half_second != self._half_second:
            self._close()
            self._half_second = half_second
        bend = np.nan_to_num(row.trunk_pitch_deg - row.thigh_pitch_deg, nan=-999.0)
        if self._best is None or bend > self._best[0]:
            self._best = (float(bend), frame)

    def pack(self) -> None:
        """Compress the images that are to be kept: each takes a few milliseconds."""
        for frame in self._waiting:
            number = self._store.put(encode_jpeg(frame.reduced(_LONG_SIDE_PX), _QUALITY))
            scale = min(1.0, _LONG_SIDE_PX / max(frame.size_px))
            self._kept.append((StoredImage(frame.index, frame.time_s, scale, number), self._store))
        self._waiting.clear()

    def nearest(self, time_s: float) -> KeyFrame | None:
        """Return the kept image closest to a moment, or None where there is none."""
        self._close()
        self.pack()
        if not self._kept:
            return None
        frame, store = self._kept[self._place(time_s)]
        image = decode_image(store.get(frame.number))
        assert image is not None  # packed by this class
        return KeyFrame(frame.index, frame.time_s, image, frame.scale)

    def thin(self, times_s: Sequence[float], since_s: float) -> None:
        """Keep only the images closest to these moments, and all since `since_s`: a live set does not end."""
        self.pack()
        wanted = {self._place(time_s) for time_s in times_s if self._kept}
        kept = []
        for place, (image, store) in enumerate(self._kept):
            if place in wanted or image.time_s >= since_s:
                kept.append((image, store))
            else:
                store.drop(image.number)
        self._kept = kept

    def _place(self, time_s: float) -> int:
        """Return which of the images is closest to a moment."""
        return min(range(len(self._kept)), key=lambda place: abs(self._kept[place][0].time_s - time_s))

    def _close(self) -> None:
        """Choose the best frame of the half second that is over."""
        if self._best is not None:
            self._waiting.append(self._best[1])
            self._best = None
