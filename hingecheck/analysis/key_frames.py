"""Frames as they pass -> a few kept pictures, one for each half second: where the person was bent most.

Which frame is the bottom of a rep is only known later, and a webcam cannot be read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pose.frame.measure import Row
from pose.frames import Frame

_EVERY_S = 0.5
#: Larger pictures show no more in a report; smaller ones make it blurred.
_LONG_SIDE_PX = 1280
_QUALITY = 92


@dataclass(frozen=True, eq=False)
class KeyFrame:
    """A kept picture (RGB) of the frame `index`, `scale` times the size of the frame."""

    index: int
    time_s: float
    image: NDArray[np.uint8]
    scale: float


class KeyFrames:
    """Keeps one compressed picture for every half second."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, float, bytes, float]] = []
        self._best: tuple[float, Frame] | None = None
        self._waiting: list[Frame] = []
        self._slot = -1

    def offer(self, frame: Frame | None, row: Row) -> None:
        """Look at one more frame; `pack` follows at a moment when nobody waits for it."""
        if frame is None:
            return
        slot = int(frame.time_s // _EVERY_S)
        if slot != self._slot:
            self._close()
            self._slot = slot
        bend = np.nan_to_num(row.trunk_pitch_deg - row.thigh_pitch_deg, nan=-999.0)
        if self._best is None or bend > self._best[0]:
            self._best = (float(bend), frame)

    def pack(self) -> None:
        """Compress the pictures that are to be kept: each takes a few milliseconds."""
        for frame in self._waiting:
            scale = min(1.0, _LONG_SIDE_PX / max(frame.size_px))
            image = frame.image
            if scale < 1:
                image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
            done, packed = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
            if done:
                self._kept.append((frame.index, frame.time_s, packed.tobytes(), scale))
        self._waiting.clear()

    def nearest(self, time_s: float) -> KeyFrame | None:
        """Return the kept picture closest to a moment, or None where there is none."""
        self._close()
        self.pack()
        if not self._kept:
            return None
        index, at_s, packed, scale = min(self._kept, key=lambda kept: abs(kept[1] - time_s))
        image = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR)
        assert image is not None  # packed by this class
        return KeyFrame(index, at_s, np.ascontiguousarray(image[:, :, ::-1], dtype=np.uint8), scale)

    def thin(self, times_s: Sequence[float], since_s: float) -> None:
        """Keep only the pictures closest to these moments, and all since `since_s`: a live set does not end."""
        self.pack()
        wanted = {min(self._kept, key=lambda kept: abs(kept[1] - time_s))[0] for time_s in times_s if self._kept}
        self._kept = [kept for kept in self._kept if kept[0] in wanted or kept[1] >= since_s]

    def _close(self) -> None:
        """Choose the best frame of the half second that is over."""
        if self._best is not None:
            self._waiting.append(self._best[1])
            self._best = None
