"""Frames -> rows, one by one: find the person, then measure. The same for webcam, file, images and recorded poses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pose.frame.measure import Measurer, Row
from pose.frame.view import ViewLimits
from pose.frames import Frame, Sighting


@dataclass(frozen=True, eq=False)
class DetectedFrame:
    """A frame and its sighting; `frame` is None in a replay."""

    sighting: Sighting
    frame: Frame | None = None


@dataclass(frozen=True, eq=False)
class MeasuredFrame:
    """One frame, measured on its own."""

    seen: DetectedFrame
    row: Row


def detect(frames: Iterable[Frame], model: Path | None = None) -> Iterator[DetectedFrame]:
    """Find the person in each frame with the pose model; loads it on the first frame."""
    from pose.model.estimator import Estimator  # the only heavy import: not for replays

    with Estimator(model) as estimator:
        for frame in frames:
            yield DetectedFrame(estimator.detect(frame), frame)


def measure(seen: Iterable[DetectedFrame], limits: ViewLimits | None = None) -> Iterator[MeasuredFrame]:
    """Measure each frame on its own."""
    measurer = Measurer(limits)
    for item in seen:
        yield MeasuredFrame(item, measurer(item.sighting))
