"""The frames of one live set -> its annotated video: recorded while the set goes on, drawn once it is judged."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.live.events import Phase
from hingecheck.overlay.annotated_video import annotate
from hingecheck.overlay.marks import marker_of
from pose.frames import Frame
from pose.io.video import VideoReader
from pose.io.video_writer import VideoWriter
from pose.temporary_files import temporary_folder

#: Frames that wait for the encoder; more are left out of the video, since the set does not wait for it.
_MAX_WAITING = 8
#: A longer set is recorded so far only.
_MAX_S = 1200.0


class SetVideo:
    """Records one set; `offer` every frame, then `draw` and `close`. Nothing of it remains but what was copied."""

    def __init__(self) -> None:
        self._folder = temporary_folder("live-set")
        self._thread = ThreadPoolExecutor(1, "hingecheck-record")
        self._open, self._number, self._waiting = ExitStack(), 0, 0
        self._writer: VideoWriter | None = None
        #: Index and session time of each recorded frame.
        self._frames: list[tuple[int, float]] = []

    def offer(self, frame: Frame, phase: Phase) -> None:
        """Record a frame of the rest before the set or of the set; getting into position again begins anew."""
        if phase is Phase.PLACING:
            if self._frames:
                self._thread.submit(self._forget)
        elif phase is not Phase.OVER and self._waiting < _MAX_WAITING:
            self._waiting += 1
            self._thread.submit(self._write, frame)

    def draw(self, analysis: SetAnalysis, start_s: float) -> Path | None:
        """Return the annotated video of the judged set that began at `start_s`; None where nothing can be drawn.

        Raises
        ------
        pose.io.container.VideoError
            The video cannot be written.
        """
        self._thread.submit(self._open.close).result()
        if analysis.track is None or not self._frames:
            return None
        return annotate(self._set_frames(start_s), marker_of(analysis), self._folder.path / "annotated.mp4",
                        analysis.report.fps or 15.0)

    def close(self) -> None:
        """Delete what was recorded."""
        self._thread.submit(self._open.close)
        self._thread.shutdown()
        self._folder.close()

    @property
    def _path(self) -> Path:
        return self._folder.path / f"frames-{self._number}.mp4"

    def _write(self, frame: Frame) -> None:
        try:
            if self._frames and frame.time_s - self._frames[0][1] > _MAX_S:
                return
            if self._writer is None:
                self._writer = self._open.enter_context(VideoWriter(self._path))
            self._writer.write(frame.image, frame.time_s)
            self._frames.append((frame.index, frame.time_s))
        finally:
            self._waiting -= 1

    def _forget(self) -> None:
        self._open.close()
        self._path.unlink(missing_ok=True)
        self._number, self._writer, self._frames = self._number + 1, None, []

    def _set_frames(self, start_s: float) -> Iterator[Frame]:
        """Yield the frames of the set, dated from its beginning; the video begins there, also without a frame."""
        is_first = True
        for frame, (index, time_s) in zip(VideoReader(self._path), self._frames, strict=False):
            if time_s < start_s - 1e-6:
                continue
            yield Frame(index, 0.0 if is_first else time_s - start_s, frame.image)
            is_first = False
