"""Run analysis requests in worker processes, one after the other, and report the state of each.

Each video has its own process: the server stays free for other windows, a crash in native code costs one video, and
stopping ends the process.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hingecheck import child_process
from hingecheck.child_process import ChildProcess
from hingecheck.jobs import rejudged, worker
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse, WorkerMessage
from hingecheck.jobs.video_states import Turn, VideoState, VideoStates
from language.current import use
from language.translate import _


class Batch:
    """Several videos, analysed one after the other in the background.

    Parameters
    ----------
    requests : sequence of AnalysisRequest
        Each with its own folder.
    """

    def __init__(self, requests: Sequence[AnalysisRequest]) -> None:
        self._videos = VideoStates(requests)
        self._workers = _Workers(self._videos)
        # The thread holds no reference to the batch, so that a closed window ends its workers.
        self._stop = weakref.finalize(self, self._workers.stop)
        self._workers.work()

    @property
    def requests(self) -> tuple[AnalysisRequest, ...]:
        """The latest request of each video."""
        return self._videos.requests

    @property
    def states(self) -> tuple[VideoState, ...]:
        """The present state of each video."""
        return self._videos.states

    @property
    def is_over(self) -> bool:
        """Whether the work has ended."""
        return all(state.is_over for state in self.states)

    def preview(self) -> bytes | None:
        """Return the latest frame (JPEG) of the video that is being analysed."""
        return next((state.preview for state in self.states if state.phase == "working"), None)

    def submit(self, index: int, request: AnalysisRequest, judged: AnalysisResponse | None = None) -> None:
        """Let a video that is over wait for its turn again, with another request.

        Parameters
        ----------
        index : int
            Which video.
        request : AnalysisRequest
        judged : AnalysisResponse, optional
            Its verdict, where only its video is still to be drawn.
        """
        self._videos.submit(index, request, judged)
        self._workers.work()

    def add(self, request: AnalysisRequest) -> None:
        """Analyse another video after all others."""
        self._videos.add(request)
        self._workers.work()

    def settle(self, index: int, request: AnalysisRequest, response: AnalysisResponse) -> None:
        """Give a video that is over another request and its result; nothing is left to do."""
        self._videos.settle(index, request, response)

    def cancel(self) -> None:
        """Stop the batch; sets that are judged already stay saved."""
        self._workers.stop()


class _Workers:
    """Works on the videos that wait, in a thread of its own, one process after the other."""

    def __init__(self, videos: VideoStates) -> None:
        self._videos = videos
        self._lock = threading.Lock()
        self._child: ChildProcess | None = None
        self._thread: threading.Thread | None = None

    def work(self) -> None:
        """Start the thread; one that is about to end is waited for by the new one."""
        with self._lock:
            self._thread = threading.Thread(target=self._run, args=(self._thread,), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop every video and end the running process."""
        self._videos.stop()
        with self._lock:
            if self._child is not None:
                self._child.process.kill()

    def _run(self, earlier: threading.Thread | None) -> None:
        if earlier is not None:
            earlier.join()
        while (turn := self._videos.next_turn()) is not None:
            try:
                child = self._start(turn)
            except OSError as error:
                with use(turn.request.language):
                    why = _("no worker could be started ({error})").format(error=error)
                self._videos.finish(turn, None, why)
                continue
            if child is None:
                continue
            response = self._receive(turn, child)
            self._videos.finish(turn, response, _error_message(turn.request))
            if response is not None and response.set_id is not None and not rejudged.is_asked_about(response.report):
                # Others are needed for the page's questions, and are deleted with the window.
                with suppress(OSError):
                    turn.request.video.unlink()

    def _start(self, turn: Turn) -> ChildProcess | None:
        """Start a worker; None if the video was stopped before."""
        with self._lock:
            if not self._videos.is_on(turn):
                return None
            output = _output(turn.request)
            output.write_bytes(b"")
            self._child = child_process.start(worker.serve, turn.request, language=turn.request.language,
                                              output=output)
            return self._child

    def _receive(self, turn: Turn, child: ChildProcess) -> AnalysisResponse | None:
        response = None
        with child.requests, child.responses, suppress(EOFError, OSError):
            while True:
                message: WorkerMessage = child.responses.recv()
                response = message.response or response
                self._videos.change(turn, **{name: value for name in ("step", "preview", "judged")
                                             if (value := getattr(message, name)) is not None})
        child.process.join()
        return response


def _output(request: AnalysisRequest) -> Path:
    return request.folder / "output.txt"


def _error_message(request: AnalysisRequest) -> str:
    with suppress(OSError):
        lines = _output(request).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if lines:
            return lines[-1][:300]
    with use(request.language):
        return _("its process ended without a message")
