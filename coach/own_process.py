"""What a process of the program's own needs of its parent: the same project, and one thread for small matrices."""

from __future__ import annotations

import os
from pathlib import Path


def environment() -> dict[str, str]:
    """Return the environment for a child: it imports the same project, also where that is not installed."""
    root = str(Path(__file__).resolve().parents[1])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    # The formula's matrices are small: OpenBLAS waits longer for its second thread than that one helps, 56 against
    # 27 ms at the 95th percentile of a look of the live coach on two cores (bench/live.py).
    return {"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONPATH": paths}
