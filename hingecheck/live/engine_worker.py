"""Run an engine that takes requests on standard input and writes responses on standard output.

It is the other end of `engine_process.WorkerConnection`. It ends when its standard input does, for whatever reason,
and first judges and saves what it has.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from hingecheck.live.autosave import Autosave
from hingecheck.live.engine import Engine


class _ResponseWriter:
    """Writes responses, one at a time; the reader may already have ended."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._lock = out, threading.Lock()

    def __call__(self, number: int, problem: str, value: object) -> None:
        data = pickle.dumps((number, problem, value), protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                self._out.write(data)
                self._out.flush()
            except OSError:  # the reader has ended: the end of the requests follows
                pass


def serve(requests: IO[bytes], responses: IO[bytes]) -> None:
    """Respond to requests until there are no more.

    Parameters
    ----------
    requests, responses : binary files
    """
    respond = _ResponseWriter(responses)
    plan, person_id = pickle.load(requests)
    engine = Engine(plan, Autosave(person_id))

    def call(number: int, method: str, arguments: tuple[Any, ...]) -> None:
        try:
            respond(number, "", getattr(engine, method)(*arguments))
        except Exception as error:  # reported in the response
            respond(number, f"{type(error).__name__}: {error}", None)

    # Frames one after the other, and everything else beside them: a page does not wait for the model.
    with ThreadPoolExecutor(1) as frame_thread, ThreadPoolExecutor(1) as other_thread:
        while True:
            try:
                number, method, arguments = pickle.load(requests)
            except (EOFError, OSError, pickle.UnpicklingError):
                break
            (frame_thread if method == "process" else other_thread).submit(call, number, method, arguments)
    engine.close()


def main() -> None:
    """Serve the parent process."""
    # Ctrl-C is for the server; the end of the input is what ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    responses = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the responses
    serve(sys.stdin.buffer, responses)


if __name__ == "__main__":
    main()
