"""The engine of a live session in a process of its own, behind the same calls.

A server of pages and video is busy on every core's worth of Python it has: with the engine among it, each of the two
waits for the other, and a person waits for both (measured on two cores: 6 pictures a second beside the server).
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import IO, Any
from uuid import UUID

from hingecheck.child_process import environment
from hingecheck.live.set_plan import Plan
from hingecheck.live.snapshot import NOTHING, Snapshot
from pose.drawing.lettering import Image

_WORKER = (sys.executable, "-m", "hingecheck.live.engine_worker")
#: A picture of 640 x 480 goes through in one piece; in pieces of the usual 64 kB it waits for the server at each. Linux
#: gives this much to everybody; elsewhere pipes have their own size.
_PIPE = 1_048_576
#: The first picture loads the model; any other that takes longer will never come.
_PICTURE_S = 30.0
#: A page does not wait longer for how things stand: it shows how they stood.
_SNAPSHOT_S = 1.0
#: A worker that ends this soon after its start is not started again before a person does something.
_TOO_SOON_S = 5.0
_ENDED = ("The part that looks at the pictures ended unexpectedly and was started again. What was counted is kept; "
          "stand as at the start.")
_GONE = "The part that looks at the pictures does not start. Close other programs, then stop and start the camera."


class GoneError(Exception):
    """The worker has ended."""


class Line:
    """A worker and what was asked of it: calls go out numbered, answers come back as they are ready.

    Parameters
    ----------
    first : object
        What the worker is to be told before any call.
    command : sequence of str
    """

    def __init__(self, first: object, command: tuple[str, ...] = _WORKER) -> None:
        self.since_s = time.monotonic()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(),
                                         pipesize=_PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out = self._process.stdin
        self._numbers, self._lock, self._waiting = count(), threading.Lock(), dict[int, Future[Any]]()
        threading.Thread(target=_listen, args=(self._process.stdout, self._waiting), daemon=True).start()
        self._send(first)

    @property
    def is_gone(self) -> bool:
        """Whether the worker has ended."""
        return self._process.poll() is not None

    def ask(self, call: str, *given: object) -> Future[Any]:
        """Ask for one call of the engine."""
        answer: Future[Any] = Future()
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = answer
        if not self._send((number, call, given)) or self.is_gone:
            self._waiting.pop(number, None)
            if not answer.done():
                answer.set_exception(GoneError())
        return answer

    def hang_up(self) -> None:
        """Let the worker end: it judges and keeps what it has first."""
        with self._lock, suppress(OSError):  # it may have gone before
            self._out.close()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._process.wait()

    def _send(self, message: object) -> bool:
        packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                self._out.write(packed)
                self._out.flush()
            except (OSError, ValueError):
                return False
        return True


def _listen(answers: IO[bytes], waiting: dict[int, Future[Any]]) -> None:
    """Hand over answers until there are no more; whoever still waits then learns that none will come."""
    while True:
        try:
            number, problem, value = pickle.load(answers)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            break
        asked = waiting.pop(number, None)
        if asked is None:
            continue
        if problem:
            asked.set_exception(RuntimeError(problem))
        else:
            asked.set_result(value)
    for asked in [waiting.pop(number) for number in list(waiting)]:
        asked.set_exception(GoneError())


class EngineApart:
    """`engine.Engine` behind a line; a worker that ends is replaced by another.

    Parameters
    ----------
    plan : Plan
    whose : UUID, optional
        Whose sets these are; default: the history's own default person.
    line : callable, optional
        Makes the line to a worker.
    """

    def __init__(self, plan: Plan, whose: UUID | None = None, line: Callable[[object], Line] = Line) -> None:
        self._plan, self._whose, self._make = plan, whose, line
        self._lock = threading.Lock()
        self._problem, self._last = "", NOTHING
        self._said_before = 0
        self._line = self._started()

    def frame(self, image: Image, time_s: float) -> Image:
        """See `Engine.frame`."""
        try:
            drawn: Image = self._mended().ask("frame", image, time_s).result(_PICTURE_S)
        except (GoneError, TooLate):
            return image
        if self._problem != _GONE:
            return drawn
        self._problem = ""
        return drawn

    def dropped(self, count: int) -> None:
        """See `Engine.dropped`."""
        if count:
            self._line.ask("dropped", count)

    def start(self, plan: Plan) -> None:
        """See `Engine.start`."""
        self._plan, self._problem = plan, ""
        self._mended(by_hand=True).ask("start", plan)

    def stop(self) -> None:
        """See `Engine.stop`."""
        self._line.ask("stop")

    def ended(self) -> None:
        """See `Engine.ended`."""
        self._line.ask("ended")

    def close(self) -> None:
        """See `Engine.close`; waits until the worker is gone."""
        self._line.hang_up()
        self._line.wait()

    def snapshot(self) -> Snapshot:
        """See `Engine.snapshot`; the last one where none is to be had in time."""
        with suppress(GoneError, TooLate):
            now: Snapshot = self._line.ask("snapshot").result(_SNAPSHOT_S)
            # Ids go on counting up over a change of worker, since each is spoken once.
            said = tuple(replace(one, id=one.id + self._said_before) for one in now.said)
            self._last = replace(now, said=said)
        return replace(self._last, problem=self._last.problem or self._problem)

    def _mended(self, by_hand: bool = False) -> Line:
        """Return the line, or a new one where its worker has ended."""
        with self._lock:
            if self._line.is_gone:
                soon = time.monotonic() - self._line.since_s < _TOO_SOON_S
                if soon and not by_hand:
                    self._problem = _GONE
                    return self._line
                self._said_before = max((one.id for one in self._last.said), default=0)
                self._line, self._problem = self._started(), _ENDED
            return self._line

    def _started(self) -> Line:
        line = self._make((self._plan, self._whose))
        # A window that is gone takes its worker along.
        weakref.finalize(self, line.hang_up)
        return line
