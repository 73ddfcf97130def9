"""Orders -> worker processes, one after the other, with their state at any moment; pages only look.

Each video is a process of its own: the server stays free for other windows, a crash in native code costs one video,
and stopping is ending the process.
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
from hingecheck.jobs.messages import ORDER, PREVIEW, AnalysisOutcome, AnalysisRequest, ProgressStep, WorkerMessage
from pose.reason import Reason, ReasonKind

_PREFIX = "hingecheck-app-"
#: Folders that a killed server left behind go after a day; no analysis takes that long.
_STALE_S = 86_400.0

Phase = Literal["waiting", "working", "done", "stopped"]


class Workspace:
    """A folder for the files of one browser window; it goes when the window or the server does."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._made = 0

    def make(self) -> Path:
        """Return a new empty folder inside."""
        self._made += 1
        folder = self.folder / f"{self._made}"
        folder.mkdir()
        return folder


def _sweep(root: Path) -> None:
    for folder in root.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_S:
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class State:
    """How one video stands."""

    name: str
    phase: Phase = "waiting"
    step: ProgressStep | None = None
    outcome: AnalysisOutcome | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.phase in ("done", "stopped")


class Batch:
    """Several videos, analysed one after the other in the background.

    Parameters
    ----------
    orders : sequence of Order
        Each with a folder of its own.
    """

    def __init__(self, orders: Sequence[AnalysisRequest]) -> None:
        self._shared = _Shared([State(order.name) for order in orders])
        self.orders = tuple(orders)
        # The thread must not hold the batch itself: a window that is gone takes its workers along.
        self._stop = weakref.finalize(self, self._shared.stop)
        threading.Thread(target=_work, args=(self._shared, self.orders), daemon=True).start()

    @property
    def states(self) -> tuple[State, ...]:
        """How each video stands now."""
        return self._shared.states

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return all(state.over for state in self.states)

    def preview(self) -> bytes | None:
        """Return the latest picture (JPEG) of the video in work."""
        for order, state in zip(self.orders, self.states, strict=True):
            if state.phase == "working":
                with suppress(OSError):
                    return (order.folder / PREVIEW).read_bytes()
        return None

    def cancel(self) -> None:
        """Stop; what was judged before is kept."""
        self._shared.stop()


class _Shared:
    """What the batch and its thread both know."""

    def __init__(self, states: list[State]) -> None:
        self._states = states
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self.stopped = False

    @property
    def states(self) -> tuple[State, ...]:
        with self._lock:
            return tuple(self._states)

    def set(self, place: int, **changes: object) -> None:
        with self._lock:
            if not self._states[place].over:
                self._states[place] = replace(self._states[place], **changes)  # type: ignore[arg-type]

    def start(self, order: AnalysisRequest) -> subprocess.Popen[str] | None:
        """Start a worker; None where it was stopped before."""
        with self._lock:
            if self.stopped:
                return None
            (order.folder / ORDER).write_text(order.model_dump_json(), encoding="utf-8")
            with (order.folder / "errors.txt").open("wb") as errors:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "hingecheck.jobs.worker", str(order.folder)], stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", errors="replace",
                    env=environment())
            return self._process

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            self._states = [state if state.over else replace(state, phase="stopped") for state in self._states]
            if self._process is not None:
                self._process.kill()


def _work(shared: _Shared, orders: Sequence[AnalysisRequest]) -> None:
    for place, order in enumerate(orders):
        shared.set(place, phase="working")
        try:
            process = shared.start(order)
        except OSError as error:
            shared.set(place, phase="done", outcome=_failed(order, f"no worker could be started ({error})"))
            continue
        if process is None:
            return
        outcome = _listen(shared, place, process)
        shared.set(place, phase="done", outcome=outcome or _failed(order, _last_words(order)))
        if outcome is not None and outcome.set_id is not None:
            with suppress(OSError):  # the rest goes with the window; of a video that was not judged, more may be asked
                order.video.unlink()


def _listen(shared: _Shared, place: int, process: subprocess.Popen[str]) -> AnalysisOutcome | None:
    outcome = None
    assert process.stdout is not None
    with process:
        for line in process.stdout:
            try:
                told = WorkerMessage.model_validate_json(line)
            except ValidationError:  # a library wrote something of its own
                continue
            outcome = told.outcome or outcome
            if told.step is not None:
                shared.set(place, step=told.step)
    return outcome


def _last_words(order: AnalysisRequest) -> str:
    with suppress(OSError):
        lines = (order.folder / "errors.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if lines:
            return lines[-1][:300]
    return "its process ended without a word"


def _failed(order: AnalysisRequest, why: str) -> AnalysisOutcome:
    reason = Reason.of(ReasonKind.PROGRAM_FAILED,
                       text=f"HingeCheck itself failed on this video ({why}). Please report this.")
    return AnalysisOutcome(report=SetReport(video=order.name, exercise="", status="error",
                                            **reasons.parts_of([reason])))
