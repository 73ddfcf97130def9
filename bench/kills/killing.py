"""Start an activity in a process of its own, kill it after some time, return what it said it had done."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import select
import signal
import sys
import time
from multiprocessing import forkserver
from multiprocessing.connection import Connection

from bench.kills.home import Home

#: Imported once by the server that every process is forked from; a start takes hundredths of a second then.
_PRELOADED = ["bench.kills.everything"]
_STARTS_S = 120.0


def start_server() -> None:
    """Start the server, before this process has folders that are watched: it has one of its own."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOADED)
    forkserver.ensure_running()


def kill_after(activity: str, home: Home, seconds: float) -> list[str]:
    """Let an activity work for some seconds, kill it, and return the lines it had printed.

    Raises
    ------
    RuntimeError
        It ended by itself with an error.
    """
    with _Running(activity, home) as running:
        running.read_until("ready", _STARTS_S)
        running.read_for(seconds)
        return running.kill()


def time_of_pass(activity: str, home: Home) -> float:
    """Return how many seconds an activity takes for one pass, undisturbed."""
    with _Running(activity, home) as running:
        running.read_until("ready", _STARTS_S)
        began_s = time.monotonic()
        running.read_until("pass", 10 * _STARTS_S)
        took_s = time.monotonic() - began_s
        running.kill()
    return took_s


class _Running:
    """A process of an activity, and the lines it has printed."""

    def __init__(self, activity: str, home: Home) -> None:
        context = multiprocessing.get_context("forkserver")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(activity, home, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._text = b""

    def __enter__(self) -> _Running:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    @property
    def lines(self) -> list[str]:
        """The whole lines so far."""
        return self._text.decode().split("\n")[:-1]

    def read_until(self, line: str, seconds: float) -> None:
        """Read until a line comes."""
        end_s = time.monotonic() + seconds
        while line not in self.lines:
            if not self._read(end_s):
                raise RuntimeError(f"{line!r} did not come: {self.lines[-3:]}")

    def read_for(self, seconds: float) -> None:
        """Read for some time, or until the process ends."""
        end_s = time.monotonic() + seconds
        while self._read(end_s):
            pass

    def kill(self) -> list[str]:
        """Kill the process, and return all its lines."""
        self._process.kill()
        while self._read(time.monotonic() + 5.0):
            pass
        self._process.join()
        if self._process.exitcode not in (0, -signal.SIGKILL):
            raise RuntimeError(f"it ended with exit code {self._process.exitcode}")
        return self.lines

    def _read(self, end_s: float) -> bool:
        """Read what there is; False at the end of the time or of the process."""
        ready, _, _ = select.select([self._pipe], [], [], max(0.0, end_s - time.monotonic()))
        data = os.read(self._pipe.fileno(), 65536) if ready else b""
        self._text += data
        return bool(data)


def _work(activity: str, home: Home, pipe: Connection) -> None:
    """Be the process: lines go into the pipe."""
    os.dup2(pipe.fileno(), 1)
    pipe.close()
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    home.enter()
    importlib.import_module(f"bench.kills.{activity}").work(home)
