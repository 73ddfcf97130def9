"""Clip -> SetAnalysis by the program's own pipeline; poses are saved, so that the next time is quick."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from exercises.exercise_model import Exercise
from hingecheck.analysis.detection import DetectedFrame, detect
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from pose.frames import Sighting
from pose.io import recording
from pose.io.video import VideoReader


def judge(clip: Path, exercise: Exercise, cache: Path, within_s: tuple[float, float] | None = None) -> SetAnalysis:
    """Judge a clip.

    Parameters
    ----------
    clip : Path
    exercise : Exercise
    cache : Path
        Folder of kept poses.
    within_s : (float, float), optional
        Only this part of the clip.
    """
    seen = (DetectedFrame(sighting) for sighting in poses(clip, cache)
            if within_s is None or within_s[0] <= sighting.time_s <= within_s[1])
    for event in measure_and_judge(seen, exercise, clip.name):
        if isinstance(event, SetAnalysis):
            return event
    raise AssertionError("watch ends with a judgement")


def poses(clip: Path, cache: Path) -> Iterator[Sighting]:
    """Sightings of a clip: kept ones where they are newer than the clip, else from the pose model, and kept."""
    kept = kept_at(clip, cache)
    if not is_fresh(kept, clip):
        cache.mkdir(parents=True, exist_ok=True)
        with VideoReader(clip.resolve()) as reader:
            recording.save(kept, [item.sighting for item in detect(reader)], reader.info)
    yield from recording.load(kept)


def kept_at(clip: Path, cache: Path) -> Path:
    """Where the poses of a clip are kept: named by its folder and itself, with a mark for where that folder lies."""
    folder = clip.resolve().parent
    return cache / f"{folder.name}_{clip.stem}_{zlib.crc32(str(folder).encode()):08x}.poses"


def is_fresh(kept: Path, clip: Path) -> bool:
    """Whether kept poses are whole, of a clip of this name, and newer than it."""
    if not kept.is_file() or kept.stat().st_mtime <= clip.stat().st_mtime:
        return False
    try:
        info = recording.load(kept).info
    except recording.RecordingError:
        return False
    return info is not None and info.path.name == clip.name
