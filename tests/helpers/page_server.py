"""A server of pages that a test has started: wait until it answers."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from pathlib import Path


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path, within_s: float) -> None:
    """Return when the server is ready; AssertionError with the end of its log when it never is."""
    until = time.monotonic() + within_s
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
