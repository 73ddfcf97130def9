"""Video, time -> the frame that is nearest to it."""

from __future__ import annotations

from pathlib import Path

from pose.frames import Frame
from pose.io.video import VideoReader

#: Reading begins so long before that time, seconds of the file: two frames at 10 a second.
_BEFORE_S = 0.2


def frame_at(path: Path, time_s: float, turn_deg: int = 0, speed: float | None = None) -> Frame:
    """Return the frame of a video that is nearest to a time.

    Parameters
    ----------
    path : Path
    time_s : float
        Seconds from its first frame, as they were filmed.
    turn_deg, speed
        As `VideoReader` takes them.

    Returns
    -------
    Frame
        Its `time_s` is its own, and its pixels are decoded already.

    Raises
    ------
    VideoError
        The video cannot be read.
    """
    with VideoReader(path, turn_deg=turn_deg, speed=speed, threaded=False) as whole:
        begin_s = min(max(time_s / whole.speed - _BEFORE_S, 0.0), max(whole.info.duration_s - _BEFORE_S, 0.0))
        nearest = _nearest(whole, begin_s, time_s)
        if begin_s > 0 and nearest.time_s > time_s:  # in a long gap the frame before it may be nearer
            nearest = _nearest(whole, 0.0, time_s)
    return Frame(nearest.index, nearest.time_s, nearest.image)


def _nearest(whole: VideoReader, begin_s: float, time_s: float) -> Frame:
    nearest = None
    with whole.starting(begin_s, threaded=False) as frames:
        for frame in frames:
            if nearest is not None and abs(frame.time_s - time_s) >= abs(nearest.time_s - time_s):
                break
            nearest = frame
    assert nearest is not None  # a reader without a frame says so itself
    return nearest
