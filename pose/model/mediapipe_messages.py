"""Keep what MediaPipe's C++ code writes to standard error from the person, unless the call fails."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Returned = TypeVar("Returned")

#: File descriptor 2 belongs to the whole process: two calls must not restore each other's at the same time.
_stderr_lock = threading.Lock()


def quietly(call: Callable[[], Returned]) -> Returned:
    """Call a function of MediaPipe; capture what it writes to standard error, and pass it on if it fails.

    No setting silences those messages, so the descriptor itself is redirected for the duration of the call. Where
    Ctrl-C interrupts it, MediaPipe's own thread goes on with it and writes: the descriptor comes back after that.

    Parameters
    ----------
    call : callable without arguments

    Returns
    -------
    object
        What the function returns; what it raises is raised.
    """
    with _stderr_lock, tempfile.TemporaryFile() as captured:
        if sys.stderr:
            sys.stderr.flush()
        try:
            original = os.dup(2)
        except OSError:  # a program without a console has no descriptor 2
            return call()
        try:
            os.dup2(captured.fileno(), 2)
            # An interrupt ends only the waiting in this thread; the end of the block waits for the call itself.
            with ThreadPoolExecutor(1) as thread:
                return thread.submit(call).result()
        except Exception:  # not where the person stops the program: MediaPipe's messages are of no use then
            captured.seek(0)
            os.write(original, captured.read())
            raise
        finally:
            os.dup2(original, 2)
            os.close(original)
