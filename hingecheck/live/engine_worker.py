"""The other end of `apart.Line`: an engine that is told what to do on standard input and answers on standard output.

It ends when its standard input does, however that came about, and judges and keeps what it has before.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from hingecheck.live.autosave import Keeper
from hingecheck.live.engine import Engine


class _Answers:
    """Writes answers, one at a time; nobody may be left to read them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._lock = out, threading.Lock()

    def __call__(self, number: int, problem: str, value: object) -> None:
        packed = pickle.dumps((number, problem, value), protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                self._out.write(packed)
                self._out.flush()
            except OSError:  # whoever asked is gone: the end of the input follows
                pass


def serve(told: IO[bytes], answers: IO[bytes]) -> None:
    """Answer calls until there are no more.

    Parameters
    ----------
    told, answers : binary files
    """
    answer = _Answers(answers)
    plan, whose = pickle.load(told)
    engine = Engine(plan, Keeper(whose))

    def do(number: int, call: str, given: tuple[Any, ...]) -> None:
        try:
            answer(number, "", getattr(engine, call)(*given))
        except Exception as error:  # told to whoever asked, who tells the person
            answer(number, f"{type(error).__name__}: {error}", None)

    # Pictures one after the other, and beside them everything else: a page does not wait for the model.
    with ThreadPoolExecutor(1) as pictures, ThreadPoolExecutor(1) as others:
        while True:
            try:
                number, call, given = pickle.load(told)
            except (EOFError, OSError, pickle.UnpicklingError):
                break
            (pictures if call == "frame" else others).submit(do, number, call, given)
    engine.close()


def main() -> None:
    """Serve the parent."""
    # Ctrl-C is the server's to hear; the end of the input is what ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
