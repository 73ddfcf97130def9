"""What finds the person in a live picture, and how a process is set up so that pictures come out in time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from pose.frames import Frame, Sighting

#: Another person counts once they have stayed for 1.5 s (`watching`), so looking for them seldom costs little.
SEARCH_EVERY_S = 2.0


class Eyes(Protocol):
    """What finds the person: `pose.model.estimator.Estimator`, or a recording."""

    def look(self, frame: Frame) -> Sighting:
        """Find the person in a frame."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


def keep_up() -> None:
    """Set this process up for pictures in time, for as long as it lasts."""
    from threadpoolctl import threadpool_limits

    # The formula's matrices are small: OpenBLAS waits longer for its second thread than that one helps, 56 against
    # 27 ms at the 95th percentile of a look on two cores.
    threadpool_limits(1, "blas")
    # A picture whose model is done waits this long for Python while a look has it: the usual 5 ms made it 61 and 65
    # instead of 53 and 53 ms at the 95th percentile.
    sys.setswitchinterval(0.0005)


def the_model(model: Path | None = None) -> Eyes:
    """Return the pose model, and set this process up for it."""
    from pose.model.estimator import Estimator  # the only heavy import: with the first picture

    keep_up()
    return Estimator(model, SEARCH_EVERY_S)
