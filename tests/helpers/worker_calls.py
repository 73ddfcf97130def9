"""Functions that tests run in worker processes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def own_pid(number: int) -> tuple[int, int]:
    """Return the number with the id of the process."""
    time.sleep(0.05)
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
