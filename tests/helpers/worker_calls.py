"""Functions that tests run in worker processes."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from hingecheck import child_process
from tests.helpers.waiting import until


def own_pid(number: int, folder: Path, processes: int) -> tuple[int, int]:
    """Return the number with the id of the process, as soon as so many processes have been called."""
    (folder / str(os.getpid())).touch()
    until(lambda: len(list(folder.iterdir())) >= processes, "no other process was called", 120)
    return number, os.getpid()


def die_at(number: int, deadly: int, folder: Path, times: int) -> int:
    """Return the number; at the deadly one kill the process, the first so many times."""
    if number == deadly:
        tries = len(list(folder.iterdir()))
        if tries < times:
            (folder / f"{tries}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return number


def raise_at(number: int, wrong: int) -> int:
    """Return the number; raise an error at the wrong one."""
    if number == wrong:
        raise ValueError(f"{number} is wrong")
    return number


def write_pid(path: Path) -> None:
    """Write the id of the process to a file."""
    path.write_text(str(os.getpid()))


def sleep_long(path: Path) -> None:
    """Write a file, then sleep for longer than any test takes."""
    path.write_text(str(os.getpid()))
    time.sleep(600)


def save_at_the_end(requests: Connection, responses: Connection, path: Path) -> None:
    """Be a child: say that it goes on, and at the end of the requests write a file, slowly."""
    responses.send("ready")
    with suppress(EOFError):
        while True:
            requests.recv()
    time.sleep(0.5)
    path.write_text("saved")


def watch(requests: Connection, responses: Connection, path: Path) -> None:
    """Be a child that exits with its parent: write the id of the process to a file, then sleep."""
    child_process.exit_with_parent(requests)
    path.write_text(str(os.getpid()))
    responses.send("ready")
    time.sleep(600)


def print_and_fail(_requests: Connection, _responses: Connection) -> None:
    """Be a child that prints, as a library does, and ends with an error."""
    os.write(1, b"printed\n")
    raise ValueError("why it failed")
