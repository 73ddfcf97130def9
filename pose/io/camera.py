"""Webcam or network camera -> Frames with the times at which they arrived."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from language.translate import _
from pose.frames import Frame
from pose.io.container import VideoError


def read_camera(source: int | str = 0, *, mirror: bool = False) -> Iterator[Frame]:
    """Open a webcam (0 is the first) or the URL of a network camera and yield its frames as they arrive.

    Times are those of this computer's clock, from the first frame on. Closing the iterator frees the camera.

    Raises
    ------
    VideoError
        If the camera cannot be opened (at once), or stops (while iterating). A URL that ends just ends.
    """
    import cv2  # only a camera needs OpenCV here

    camera = cv2.VideoCapture(source)
    if not camera.isOpened():
        camera.release()
        raise VideoError(_("Camera {source}: it cannot be opened. Check that it is plugged in, that no other program "
                           "uses it, and that this program is permitted to; or try another number."
                           ).format(source=source))
    return _camera_frames(camera, source, mirror)


def _camera_frames(camera: Any, source: int | str, mirror: bool) -> Iterator[Frame]:
    index, start_s, last_s = 0, 0.0, -1.0
    try:
        while True:
            is_read, image = camera.read()
            if not is_read:
                break
            start_s = start_s if index else time.monotonic()
            last_s = max(time.monotonic() - start_s, last_s + 1e-4) if index else 0.0
            yield Frame(index, last_s, np.ascontiguousarray(image[:, ::-1 if mirror else 1, ::-1]))
            index += 1
    finally:
        camera.release()
    if isinstance(source, int) or not index:
        raise VideoError(_("Camera {source}: it stopped sending frames after {count}. Check the cable, and that no "
                           "other program uses the camera, then start again.").format(source=source, count=index))
