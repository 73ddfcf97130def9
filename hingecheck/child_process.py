"""Start a process of the program's own, with a connection to it and one from it.

The standard library's `multiprocessing` carries the messages: any object that can be pickled goes through. Processes
are spawned, never forked: a forked one would inherit locks that threads of this one hold.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import util as joins_at_exit
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from language.current import VARIABLE, current

_main_lock = threading.Lock()
_all_requests: weakref.WeakSet[Connection] = weakref.WeakSet()


@dataclass(frozen=True)
class ChildProcess:
    """A process, the connection to it and the one from it.

    Attributes
    ----------
    process : SpawnProcess
    requests : Connection
        To send by; once it is closed, the process finds no more.
    responses : Connection
        To receive by; raises EOFError when the process has ended.
    """

    process: SpawnProcess
    requests: Connection
    responses: Connection


def start(work: Callable[..., None], *arguments: object, language: str | None = None,
          output: Path | None = None) -> ChildProcess:
    """Start a process that calls a function with its ends of the two connections, and with arguments.

    It goes on until the function returns: that has to watch for the end of the requests, which comes when they are
    closed and when this process ends, for whatever reason.

    Parameters
    ----------
    work : callable
        A function of a module: requests, responses, arguments -> None.
    *arguments : object
        They are pickled.
    language : str, optional
        Code of the language of its sentences, in all its threads; default: this thread's.
    output : Path, optional
        File for whatever it or a library prints, errors too; default: the standard error of this process.

    Raises
    ------
    OSError
        No process can be started.
    """
    context = multiprocessing.get_context("spawn")
    (its_requests, requests), (responses, its_responses) = context.Pipe(duplex=False), context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(work, its_requests, its_responses, language or current(), output,
                                                  arguments))
    with _without_main():
        process.start()
    its_requests.close()
    its_responses.close()  # otherwise the end of the process would not be seen here
    _all_requests.add(requests)
    return ChildProcess(process, requests, responses)


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program: a spawned process would import it again, and a script that calls this one would run twice."""
    with _main_lock:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def exit_with_parent(requests: Connection) -> None:
    """In a process that gets no requests: exit at once, from another thread, when they end."""
    def wait() -> None:
        with suppress(EOFError, OSError):
            requests.recv()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _call(work: Callable[..., None], requests: Connection, responses: Connection, language: str, output: Path | None,
          arguments: tuple[Any, ...]) -> None:
    """Be the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    os.environ[VARIABLE] = language
    if output is not None:
        with output.open("ab") as file:
            os.dup2(file.fileno(), 2)
    os.dup2(2, 1)
    work(requests, responses, *arguments)


def _close_all_requests() -> None:
    for connection in list(_all_requests):
        connection.close()


# At the end of the program multiprocessing waits for every process; what is registered after it is called before it.
assert joins_at_exit
atexit.register(_close_all_requests)
