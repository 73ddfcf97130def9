"""What a changed clip is made of: Shot, an image with its time in the new clip and the sample's time that it shows.

`source_s` is NaN where a shot shows nothing of the sample: what is judged there was never done.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pose.arrays import Image
from pose.io.video import VideoReader

NOTHING_S = math.nan


@dataclass(frozen=True, eq=False)
class Shot:
    """A frame of the new clip; times in seconds."""

    time_s: float
    source_s: float
    image: Image


#: Changes a whole clip.
Change = Callable[[Sequence[Shot]], Iterable[Shot]]


def read_shots(clip: Path, until_s: float) -> list[Shot]:
    """Return the frames of a sample before a time."""
    with VideoReader(clip, end_s=until_s) as reader:
        return [Shot(frame.time_s, frame.time_s, frame.image.copy()) for frame in reader]


def each(change: Callable[[Image], Image]) -> Change:
    """Change every image alike."""
    return each_by_number(lambda _, image: change(image))


def each_by_number(change: Callable[[int, Image], Image]) -> Change:
    """Change every image by its number in the clip."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        return (replace(shot, image=change(number, shot.image)) for number, shot in enumerate(shots))
    return changed


def each_while(change: Callable[[Image], Image], first_s: float, last_s: float) -> Change:
    """Change the images of a part of the clip alike."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        return (replace(shot, image=change(shot.image)) if first_s <= shot.time_s < last_s else shot
                for shot in shots)
    return changed


def in_turn(*changes: Change) -> Change:
    """Change a clip by one after the other."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        current: Iterable[Shot] = shots
        for change in changes:
            current = change(list(current))
        return current
    return changed


def unchanged(shots: Sequence[Shot]) -> Iterable[Shot]:
    """Return the clip as it is."""
    return shots


def source_at(shots: Sequence[tuple[float, float]], time_s: float) -> float:
    """Return the sample's time that the new clip shows at a time, from pairs (new, sample's), seconds."""
    return min(shots, key=lambda pair: abs(pair[0] - time_s))[1]
