"""Let the system kill this process in the middle of a write: a moment that a test can choose."""

from __future__ import annotations

import resource
import signal


def die_beyond(size_bytes: int) -> None:
    """Be killed at the first byte that makes any file longer than this."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))
