"""Run the engine of a live session in a separate process, behind the same calls.

A server of pages and video keeps a whole core's worth of Python busy. With the engine in the same process each waits
for the other, and the person waits for both (measured on two cores: 6 frames per second beside the server).
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from hingecheck import child_process
from hingecheck.live import engine_worker
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.programme_lead import Stage
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.shared_image import SharedImage
from hingecheck.live.snapshot import EMPTY, Snapshot
from language.current import current, use
from language.translate import _, mark
from pose.arrays import Image

#: The first frame loads the model; any other that takes longer will never come.
_FRAME_TIMEOUT_S = 30.0
#: A page waits no longer for the state of the session: it shows the last one.
_SNAPSHOT_TIMEOUT_S = 1.0
#: A worker that ends this soon after its start is not started again before a person does something.
_TOO_SOON_S = 5.0
_RESTARTED = mark("The part that analyses the video ended unexpectedly and was started again. The reps counted so far "
                  "are saved. Stand as at the start.")
_NOT_STARTING = mark("The part that analyses the video does not start. Close other programs, then stop and start the "
                     "camera.")


class WorkerEndedError(Exception):
    """The worker has ended."""


class WorkerConnection:
    """A worker and the requests it has not answered yet: requests go out numbered, responses come when ready.

    Parameters
    ----------
    plan : SetPlan or LiveProgramme
    person_id : UUID or None
        See `EngineProcess`.
    work : callable, optional
        What the worker does; see `engine_worker.serve`.
    """

    def __init__(self, plan: SetPlan | LiveProgramme, person_id: UUID | None,
                 work: Callable[..., None] = engine_worker.serve) -> None:
        self.started_s = time.monotonic()
        self._given, self._drawn, self._frame_lock = SharedImage(), SharedImage(), threading.Lock()
        self._worker = child_process.start(work, self._given, self._drawn, plan, person_id)
        self._numbers, self._lock, self._pending = count(), threading.Lock(), dict[int, Future[Any]]()
        threading.Thread(target=_receive, args=(self._worker.responses, self._pending), daemon=True).start()

    @property
    def has_ended(self) -> bool:
        """Whether the worker has ended."""
        return not self._worker.process.is_alive()

    def request(self, method: str, *arguments: object) -> Future[Any]:
        """Request one call of a method of the engine."""
        response: Future[Any] = Future()
        with self._lock:
            number = next(self._numbers)
            self._pending[number] = response
            try:
                self._worker.requests.send((number, method, arguments))
                is_sent = not self.has_ended
            except (OSError, ValueError):
                is_sent = False
        if not is_sent:
            self._pending.pop(number, None)
            if not response.done():
                response.set_exception(WorkerEndedError())
        return response

    def process(self, image: Image, time_s: float) -> Image:
        """Let the engine process a frame; one at a time."""
        with self._frame_lock:
            return self._drawn.read(self.request("process", self._given.write(image), time_s).result(_FRAME_TIMEOUT_S))

    def disconnect(self) -> None:
        """Let the worker end; it judges and saves what it has first."""
        with self._lock:
            self._worker.requests.close()

    def wait(self) -> None:
        """Wait until the worker has ended."""
        self._worker.process.join()


def _receive(responses: Connection, pending: dict[int, Future[Any]]) -> None:
    """Hand responses to their requests until the worker ends; requests still pending then fail."""
    while True:
        try:
            number, problem, value = responses.recv()
        except (EOFError, OSError):
            break
        response = pending.pop(number, None)
        if response is None:
            continue
        if problem:
            response.set_exception(RuntimeError(problem))
        else:
            response.set_result(value)
    for response in [pending.pop(number) for number in list(pending)]:
        response.set_exception(WorkerEndedError())


class EngineProcess:
    """`engine.Engine` in a worker process; a worker that ends is replaced by another.

    Parameters
    ----------
    plan : SetPlan or LiveProgramme
    person_id : UUID, optional
        Whose sets these are; default: the history's own default person.
    connect : callable, optional
        Makes the connection to a new worker.
    """

    def __init__(self, plan: SetPlan | LiveProgramme, person_id: UUID | None = None,
                 connect: Callable[..., WorkerConnection] = WorkerConnection) -> None:
        self._plan, self._person_id, self._connect = plan, person_id, connect
        self._lock = threading.Lock()
        self._problem, self._last = "", EMPTY
        self._id_offset, self._language = 0, current()
        self._keeps_video = False
        self._connection = self._start_worker()

    def process(self, image: Image, time_s: float) -> Image:
        """See `Engine.process`."""
        try:
            drawn = self._live_connection().process(image, time_s)
        except (WorkerEndedError, FutureTimeoutError):
            return image
        if self._problem != _NOT_STARTING:
            return drawn
        self._problem = ""
        return drawn

    def count_dropped(self, count: int) -> None:
        """See `Engine.count_dropped`."""
        if count:
            self._connection.request("count_dropped", count)

    def start(self, plan: SetPlan | LiveProgramme) -> None:
        """See `Engine.start`."""
        self._plan, self._problem = plan, ""
        self._last = replace(self._last, programme=None)
        if self._language != current():  # the sentences of a worker are in one language
            with self._lock:
                self._language = current()
                self._connection.disconnect()
                self._replace_worker()
        self._live_connection(by_hand=True).request("start", plan)

    def stop(self) -> None:
        """See `Engine.stop`."""
        self._connection.request("stop")

    def skip(self, seen: tuple[Stage, int] | None = None) -> None:
        """See `Engine.skip`."""
        self._connection.request("skip", seen)

    def pause(self) -> None:
        """See `Engine.pause`."""
        self._connection.request("pause")

    def resume(self) -> None:
        """See `Engine.resume`."""
        self._connection.request("resume")

    def keep_video(self, keep: bool) -> None:
        """See `Engine.keep_video`; also of another worker."""
        if keep != self._keeps_video:
            self._keeps_video = keep
            self._connection.request("keep_video", keep)

    def end_stream(self) -> None:
        """See `Engine.end_stream`."""
        self._connection.request("end_stream")

    def close(self) -> None:
        """See `Engine.close`; waits until the worker has ended."""
        self._connection.disconnect()
        self._connection.wait()

    def snapshot(self) -> Snapshot:
        """See `Engine.snapshot`; the last one where the worker does not respond in time."""
        with suppress(WorkerEndedError, FutureTimeoutError):
            now: Snapshot = self._connection.request("snapshot").result(_SNAPSHOT_TIMEOUT_S)
            # Ids go on counting up over a change of worker, since each is spoken once.
            utterances = tuple(replace(utterance, id=utterance.id + self._id_offset) for utterance in now.utterances)
            self._last = replace(now, utterances=utterances)
        return replace(self._last, problem=self._last.problem or _(self._problem))

    def _live_connection(self, by_hand: bool = False) -> WorkerConnection:
        """Return the connection, or a new one where its worker has ended."""
        with self._lock:
            if self._connection.has_ended:
                is_too_soon = time.monotonic() - self._connection.started_s < _TOO_SOON_S
                if is_too_soon and not by_hand:
                    self._problem = _NOT_STARTING
                    return self._connection
                self._replace_worker()
                self._problem = _RESTARTED
            return self._connection

    def _replace_worker(self) -> None:
        self._id_offset = max((utterance.id for utterance in self._last.utterances), default=0)
        self._connection = self._start_worker()

    def _start_worker(self) -> WorkerConnection:
        plan, programme = self._plan, self._last.programme
        if isinstance(plan, LiveProgramme) and programme is not None and programme.index < programme.of:
            plan = plan.going_on(programme.index, self._last.done)  # another worker goes on with the last one's set
        with use(self._language):  # a frame's thread may call this
            connection = self._connect(plan, self._person_id)
        if self._keeps_video:
            connection.request("keep_video", True)
        # A window that is closed ends its worker.
        weakref.finalize(self, connection.disconnect)
        return connection
