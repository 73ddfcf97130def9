"""What a process of the program's own needs of its parent."""

from __future__ import annotations

import os
from pathlib import Path

from language.current import VARIABLE, current


def environment(language: str | None = None) -> dict[str, str]:
    """Return the environment for a child.

    It imports the same project, also where that is not installed, and speaks a language: this thread's, if none is
    given.
    """
    root = str(Path(__file__).resolve().parents[1])
    return {**os.environ, VARIABLE: language or current(),
            "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
