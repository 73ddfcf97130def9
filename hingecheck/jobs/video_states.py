"""The states of several videos, shared by a batch and the thread that works on it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse, ProgressStep
from language.current import use
from language.translate import _
from pose.reason import Reason, ReasonKind

Phase = Literal["waiting", "working", "done", "stopped"]


@dataclass(frozen=True)
class VideoState:
    """The state of one video.

    Attributes
    ----------
    name : str
    phase : str
        "waiting", "working", "done" or "stopped".
    step : ProgressStep or None
        The worker's latest progress.
    preview : bytes or None
        The latest frame that was measured (JPEG).
    judged : AnalysisResponse or None
        The verdict, known before the video is drawn.
    response : AnalysisResponse or None
        The result, once the work is done.
    """

    name: str
    phase: Phase = "waiting"
    step: ProgressStep | None = None
    preview: bytes | None = None
    judged: AnalysisResponse | None = None
    response: AnalysisResponse | None = None

    @property
    def is_over(self) -> bool:
        """Whether the work has ended."""
        return self.phase in ("done", "stopped")

    @property
    def verdict(self) -> AnalysisResponse | None:
        """What is known of the video by now: its result, or the verdict before its video is drawn."""
        return self.response or self.judged


@dataclass(frozen=True)
class Turn:
    """One video's turn; a later submission of the same video has another `serial`."""

    index: int
    serial: int
    request: AnalysisRequest


class VideoStates:
    """State and latest request of each video; every method may be called from any thread."""

    def __init__(self, requests: Sequence[AnalysisRequest]) -> None:
        self._requests = list(requests)
        self._states = [VideoState(request.name) for request in requests]
        self._serials = [0] * len(requests)
        self._lock = threading.Lock()

    @property
    def states(self) -> tuple[VideoState, ...]:
        """The present state of each video."""
        with self._lock:
            return tuple(self._states)

    @property
    def requests(self) -> tuple[AnalysisRequest, ...]:
        """The latest request of each video."""
        with self._lock:
            return tuple(self._requests)

    def submit(self, index: int, request: AnalysisRequest, judged: AnalysisResponse | None) -> None:
        """Let a video wait for its turn again, with another request; messages of its earlier turns are ignored."""
        with self._lock:
            self._serials[index] += 1
            self._requests[index] = request
            self._states[index] = VideoState(request.name, judged=judged)

    def add(self, request: AnalysisRequest) -> None:
        """Let another video wait for its turn, after all others."""
        with self._lock:
            self._serials.append(0)
            self._requests.append(request)
            self._states.append(VideoState(request.name))

    def settle(self, index: int, request: AnalysisRequest, response: AnalysisResponse) -> None:
        """Give a video another request and the result that is known of it already."""
        with self._lock:
            self._serials[index] += 1
            self._requests[index] = request
            self._states[index] = VideoState(request.name, "done", response=response)

    def next_turn(self) -> Turn | None:
        """Take the first video that waits."""
        with self._lock:
            for index, state in enumerate(self._states):
                if state.phase == "waiting":
                    self._states[index] = replace(state, phase="working")
                    return Turn(index, self._serials[index], self._requests[index])
            return None

    def change(self, turn: Turn, **changes: object) -> None:
        """Change the state of a video, unless its turn has ended."""
        with self._lock:
            if self._is_on(turn):
                self._states[turn.index] = replace(self._states[turn.index], **changes)  # type: ignore[arg-type]

    def finish(self, turn: Turn, response: AnalysisResponse | None, why: str) -> None:
        """End a turn; without a response the worker failed, and what it had judged before stays."""
        with self._lock:
            if self._is_on(turn):
                state = self._states[turn.index]
                self._states[turn.index] = replace(state, phase="done", response=response or _failed(state, turn, why))

    def is_on(self, turn: Turn) -> bool:
        """Return whether a turn goes on: it was not stopped, and the video was not submitted again."""
        with self._lock:
            return self._is_on(turn)

    def stop(self) -> None:
        """Stop every video that is not over."""
        with self._lock:
            self._states = [state if state.is_over else replace(state, phase="stopped") for state in self._states]

    def _is_on(self, turn: Turn) -> bool:
        return self._serials[turn.index] == turn.serial and not self._states[turn.index].is_over


def _failed(state: VideoState, turn: Turn, why: str) -> AnalysisResponse:
    with use(turn.request.language):
        return _failed_in_words(state, turn, why)


def _failed_in_words(state: VideoState, turn: Turn, why: str) -> AnalysisResponse:
    if state.judged is not None:
        problem = _("The video with the lines drawn in could not be made ({error}).").format(error=why)
        return state.judged.model_copy(update={"problems": (*state.judged.problems, problem)})
    text = _("HingeCheck itself failed on this video ({error}). Please report this.").format(error=why)
    reason = Reason.of(ReasonKind.PROGRAM_FAILED, text=text)
    return AnalysisResponse(report=SetReport(video=turn.request.name, exercise="", status="error",
                                             **reasons.report_fields([reason])))
