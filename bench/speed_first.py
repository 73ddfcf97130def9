"""End as soon as the first frame of a video was analysed: python -m bench.speed_first VIDEO, for `bench.speed`."""

from __future__ import annotations

import os
import sys
from typing import Any


def main() -> None:
    """Begin as the command line does, and leave with the first progress."""
    from hingecheck.analysis import pipeline

    def leave(*_: Any) -> None:
        os._exit(0)

    pipeline._Teller.__call__ = leave  # type: ignore[method-assign]
    sys.argv = ["hingecheck", "analyse", sys.argv[1], "--out", os.devnull + "-none", "--quiet"]
    from hingecheck.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
