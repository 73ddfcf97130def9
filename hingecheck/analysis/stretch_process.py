"""Have stretches of a video measured by another process.

Two networks in threads of one process wait for Python a fifth of the time: a minute of 640x480 took 28 s on two
processors in place of 23 (docs/speed.md).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from hingecheck import child_process
from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.stretch_pass import IrregularError, MeasuredStretch, StretchTask, measure_stretch
from pose.frames import Frame

#: Frames are counted to the process that asks at most so often, seconds.
_COUNT_EVERY_S = 0.1


class StretchProcess:
    """A process that measures one stretch after the other; call `close` at the end.

    Raises
    ------
    OSError
        No process can be started.
    """

    def __init__(self) -> None:
        # What it cannot do is done, and reported, by the process that asks.
        self._child = child_process.start(_serve, output=Path(os.devnull))

    def measure(self, task: StretchTask, store: ByteStore, on_frames: Callable[[int], bool]) -> MeasuredStretch | None:
        """Return what was measured; None where the process could not, or is no longer there.

        Parameters
        ----------
        task : StretchTask
        store : ByteStore
            Gets the pieces one by one, as they are made there.
        on_frames : callable
            Told how many more frames are measured; returns whether the rest is wanted.
        """
        with suppress(EOFError, OSError):
            self._child.requests.send(task)
            while isinstance(message := self._child.responses.recv(), int | bytes):
                if isinstance(message, bytes):
                    store.put(message)
                elif not on_frames(message):
                    return None
            assert message is None or isinstance(message, MeasuredStretch)
            return message
        return None

    def close(self) -> None:
        """End the process, also in the middle of a stretch: it has nothing to save."""
        self._child.process.kill()
        self._child.process.join()
        self._child.requests.close()
        self._child.responses.close()


class _SentPieces(ByteStore):
    """A store that lies in the process that asked."""

    def __init__(self, responses: Connection) -> None:
        super().__init__()
        self._responses = responses

    def put(self, piece: bytes) -> int:
        self._responses.send(piece)
        return super().put(b"")


class _Counter:
    """Sends how many frames are measured, not too often."""

    def __init__(self, responses: Connection) -> None:
        self._responses, self._count, self._sent_s = responses, 0, time.monotonic()

    def __call__(self, _frame: Frame | None) -> bool:
        self._count += 1
        if time.monotonic() - self._sent_s >= _COUNT_EVERY_S:
            self.send()
        return True

    def send(self) -> None:
        self._responses.send(self._count)
        self._count, self._sent_s = 0, time.monotonic()


def _serve(requests: Connection, responses: Connection) -> None:
    """Be the process: measure what is asked for until nobody asks any more, or listens."""
    with suppress(EOFError, OSError):
        while True:
            task, counter = requests.recv(), _Counter(responses)
            measured = _measured(task, _SentPieces(responses), counter)
            counter.send()
            responses.send(measured)


def _measured(task: StretchTask, store: ByteStore, counter: _Counter) -> MeasuredStretch | None:
    from pose.io.video import VideoError
    from pose.model.bundle import ModelError

    try:
        return measure_stretch(task, store, counter)
    except (IrregularError, VideoError, ModelError):
        return None
