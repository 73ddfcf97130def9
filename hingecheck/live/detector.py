"""Load the pose model for live frames, and tune the process so that frames come out in time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from pose.frames import Frame, Sighting

#: Another person counts once they have stayed for 1.5 s (`scene_watch`), so searching for them seldom costs little.
SEARCH_EVERY_S = 2.0


class Detector(Protocol):
    """Detects the person: `pose.model.estimator.Estimator`, or a recording."""

    def detect(self, frame: Frame) -> Sighting:
        """Detect the person in a frame."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


def tune_process() -> None:
    """Tune this process for low latency, for as long as it lasts."""
    from threadpoolctl import threadpool_limits

    # The formula's matrices are small: OpenBLAS waits longer for its second thread than that thread saves. 56 against
    # 27 ms at the 95th percentile of an analysis of the window, on two cores.
    threadpool_limits(1, "blas")
    # A frame whose model is done waits this long for Python while the window is analysed: the usual 5 ms made it 61
    # and 65 instead of 53 and 53 ms at the 95th percentile.
    sys.setswitchinterval(0.0005)


def load_detector(model: Path | None = None) -> Detector:
    """Return the pose model, and tune this process for it."""
    from pose.model.estimator import Estimator  # the only heavy import: with the first frame

    tune_process()
    return Estimator(model, SEARCH_EVERY_S)
