"""What a process of the program's own needs of its parent."""

from __future__ import annotations

import os
from pathlib import Path


def environment() -> dict[str, str]:
    """Return the environment for a child: it imports the same project, also where that is not installed."""
    root = str(Path(__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
