"""Run analysis requests in worker processes, one after the other, and report the state of each.

Each video has its own process: the server stays free for other windows, a crash in native code costs one video, and
stopping ends the process.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.child_process import environment
from hingecheck.jobs.messages import (
    PREVIEW_FILE,
    REQUEST_FILE,
    AnalysisOutcome,
    AnalysisRequest,
    ProgressStep,
    WorkerMessage,
)
from pose.reason import Reason, ReasonKind

_PREFIX = "hingecheck-app-"
#: Age at which a folder left by a killed server is deleted: one day; no analysis takes that long.
_STALE_S = 86_400.0

Phase = Literal["waiting", "working", "done", "stopped"]


class Workspace:
    """A folder for the files of one browser window, deleted when the window closes or the server ends."""

    def __init__(self) -> None:
        _delete_stale(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._count = 0

    def make(self) -> Path:
        """Create an empty folder inside and return it."""
        self._count += 1
        folder = self.folder / f"{self._count}"
        folder.mkdir()
        return folder


def _delete_stale(root: Path) -> None:
    for folder in root.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_S:
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class VideoState:
    """The state of one video."""

    name: str
    phase: Phase = "waiting"
    step: ProgressStep | None = None
    outcome: AnalysisOutcome | None = None

    @property
    def is_over(self) -> bool:
        """Whether the work has ended."""
        return self.phase in ("done", "stopped")


class Batch:
    """Several videos, analysed one after the other in the background.

    Parameters
    ----------
    requests : sequence of AnalysisRequest
        Each with its own folder.
    """

    def __init__(self, requests: Sequence[AnalysisRequest]) -> None:
        self._shared = _SharedState([VideoState(request.name) for request in requests])
        self.requests = tuple(requests)
        # The thread holds no reference to the batch, so that a closed window ends its workers.
        self._stop = weakref.finalize(self, self._shared.stop)
        threading.Thread(target=_work, args=(self._shared, self.requests), daemon=True).start()

    @property
    def states(self) -> tuple[VideoState, ...]:
        """The present state of each video."""
        return self._shared.states

    @property
    def is_over(self) -> bool:
        """Whether the work has ended."""
        return all(state.is_over for state in self.states)

    def preview(self) -> bytes | None:
        """Return the latest frame (JPEG) of the video that is being analysed."""
        for request, state in zip(self.requests, self.states, strict=True):
            if state.phase == "working":
                with suppress(OSError):
                    return (request.folder / PREVIEW_FILE).read_bytes()
        return None

    def cancel(self) -> None:
        """Stop the batch; sets that are judged already stay saved."""
        self._shared.stop()


class _SharedState:
    """The states that the batch and its thread share."""

    def __init__(self, states: list[VideoState]) -> None:
        self._states = states
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self.stopped = False

    @property
    def states(self) -> tuple[VideoState, ...]:
        with self._lock:
            return tuple(self._states)

    def set(self, index: int, **changes: object) -> None:
        with self._lock:
            if not self._states[index].is_over:
                self._states[index] = replace(self._states[index], **changes)  # type: ignore[arg-type]

    def start(self, request: AnalysisRequest) -> subprocess.Popen[str] | None:
        """Start a worker; None if the batch was stopped before."""
        with self._lock:
            if self.stopped:
                return None
            (request.folder / REQUEST_FILE).write_text(request.model_dump_json(), encoding="utf-8")
            with (request.folder / "errors.txt").open("wb") as errors:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "hingecheck.jobs.worker", str(request.folder)], stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", errors="replace",
                    env=environment())
            return self._process

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            self._states = [state if state.is_over else replace(state, phase="stopped") for state in self._states]
            if self._process is not None:
                self._process.kill()


def _work(shared: _SharedState, requests: Sequence[AnalysisRequest]) -> None:
    for index, request in enumerate(requests):
        shared.set(index, phase="working")
        try:
            process = shared.start(request)
        except OSError as error:
            shared.set(index, phase="done", outcome=_failed(request, f"no worker could be started ({error})"))
            continue
        if process is None:
            return
        outcome = _read_messages(shared, index, process)
        shared.set(index, phase="done", outcome=outcome or _failed(request, _error_message(request)))
        if outcome is not None and outcome.set_id is not None:
            # A refused video is needed for the page's questions; it is deleted with the window.
            with suppress(OSError):
                request.video.unlink()


def _read_messages(shared: _SharedState, index: int, process: subprocess.Popen[str]) -> AnalysisOutcome | None:
    outcome = None
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            try:
                message = WorkerMessage.model_validate_json(line)
            except ValidationError:  # a line that a library printed
                continue
            outcome = message.outcome or outcome
            if message.step is not None:
                shared.set(index, step=message.step)
    return outcome


def _error_message(request: AnalysisRequest) -> str:
    with suppress(OSError):
        lines = (request.folder / "errors.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if lines:
            return lines[-1][:300]
    return "its process ended without a message"


def _failed(request: AnalysisRequest, why: str) -> AnalysisOutcome:
    reason = Reason.of(ReasonKind.PROGRAM_FAILED,
                       text=f"HingeCheck itself failed on this video ({why}). Please report this.")
    return AnalysisOutcome(report=SetReport(video=request.name, exercise="", status="error",
                                            **reasons.report_fields([reason])))
