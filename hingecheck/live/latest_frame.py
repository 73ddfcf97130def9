"""A camera's frames -> the latest one, on request: no queue builds up, and dropped frames are counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress

from pose.frames import Frame
from pose.io.video import VideoError


class LatestFrame:
    """Reads frames on its own thread and holds the newest.

    Parameters
    ----------
    frames : iterable of Frame
        Of a camera; closed at the end.
    paced : bool
        True for a file: its frames come at their own times, as a camera's do.
    """

    def __init__(self, frames: Iterable[Frame], paced: bool = False) -> None:
        self._frames, self._paced = frames, paced
        self._condition = threading.Condition()
        self._frame: Frame | None = None
        self._is_closed = False
        self._error: VideoError | None = None
        self.dropped = 0
        self._thread = threading.Thread(target=self._read, name="hingecheck-camera", daemon=True)
        self._thread.start()

    def take(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the newest frame, each one once; None where none came in time, or no more will.

        Raises
        ------
        VideoError
            The camera stopped.
        """
        with self._condition:
            if self._frame is None and not self._is_closed:
                self._condition.wait(timeout_s)
            frame, self._frame = self._frame, None
            if frame is None and self._error is not None:
                raise self._error
            return frame

    @property
    def is_over(self) -> bool:
        """Whether no frame will come any more."""
        with self._condition:
            return self._is_closed and self._frame is None and self._error is None

    def close(self) -> None:
        """Stop reading."""
        with self._condition:
            self._is_closed = True
        self._thread.join(timeout=2.0)

    def _read(self) -> None:
        start_s = time.monotonic()
        try:
            for frame in self._frames:
                if self._paced:
                    time.sleep(max(0.0, frame.time_s - (time.monotonic() - start_s)))
                with self._condition:
                    if self._is_closed:
                        break
                    self.dropped += self._frame is not None
                    self._frame = frame
                    self._condition.notify()
        except VideoError as error:
            self._error = error
        finally:
            with suppress(AttributeError):  # not every iterable can be closed
                self._frames.close()  # type: ignore[attr-defined]
            with self._condition:
                self._is_closed = True
                self._condition.notify()
