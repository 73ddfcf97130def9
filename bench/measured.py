"""Poses of a clip -> its rows, kept beside the poses: as filmed, mirrored, at half size, every second frame.

A verdict must not hang on which way the person faced, how large the frame was or how many frames there were.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from bench.judged import kept_at, poses
from pose.frame.measure import Measurer, Row
from pose.frames import Pose, Sighting
from pose.landmarks import PAIRS

#: What can be done to a clip without a change of what it shows.
CHANGES = ("as filmed", "mirrored", "half size", "every second frame")
#: The modules on which a row depends: rows of older ones are measured anew.
_MODULES = ("frames.py", "geometry.py", "landmarks.py", "frame/*.py")


def rows_of(clip: Path, cache: Path, change: str = "as filmed") -> list[Row]:
    """Measure a clip frame by frame; rows are kept in `cache`, where the poses are.

    Parameters
    ----------
    clip, cache : Path
    change : str
        One of `CHANGES`.
    """
    if change == "every second frame":  # what is carried from frame to frame, the facing, does not change by it
        return rows_of(clip, cache)[::2]
    kept = kept_at(clip, cache).with_suffix(f".{change.replace(' ', '_')}.{_version():08x}.rows")
    if not kept.is_file() or kept.stat().st_mtime < clip.stat().st_mtime:
        measurer = Measurer()
        rows = [measurer(sighting) for sighting in changed(poses(clip, cache), change)]
        kept.write_bytes(pickle.dumps(rows))
    return list(pickle.loads(kept.read_bytes()))


def changed(sightings: Iterable[Sighting], change: str) -> Iterator[Sighting]:
    """Show the same poses another way: "mirrored" or "half size"; anything else leaves them as they are."""
    how = {"mirrored": mirrored, "half size": halved}.get(change)
    for sighting in sightings:
        yield sighting if how is None or sighting.pose is None else how(sighting, sighting.pose)


def mirrored(sighting: Sighting, pose: Pose) -> Sighting:
    """Swap left and right of the picture, and of the person with it."""
    order = np.arange(len(pose.visibility))
    for left, right in PAIRS.values():
        order[[left, right]] = right, left
    landmarks, world = pose.landmarks_px[order].copy(), pose.world_m[order].copy()
    landmarks[:, 0] = sighting.size_px[0] - 1 - landmarks[:, 0]
    world[:, 0] *= -1
    return replace(sighting, bars_px=sighting.bars_px[::-1], pose=replace(
        pose, landmarks_px=landmarks, world_m=world, depth_px=pose.depth_px[order], visibility=pose.visibility[order],
        mask=np.ascontiguousarray(pose.mask[:, ::-1])))


def halved(sighting: Sighting, pose: Pose) -> Sighting:
    """Halve the frame and the mask with it."""
    width, height = sighting.size_px
    mask = cv2.resize(pose.mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    left, right = sighting.bars_px
    return replace(sighting, size_px=(width // 2, height // 2), bars_px=(left / 2, right / 2), pose=replace(
        pose, landmarks_px=(pose.landmarks_px + 0.5) / 2 - 0.5, depth_px=pose.depth_px / 2,
        mask=np.asarray(mask, dtype=np.uint8)))


def _version() -> int:
    folder = Path(__file__).resolve().parents[1] / "pose"
    files = [file for pattern in _MODULES for file in sorted(folder.glob(pattern))]
    return zlib.crc32(b"".join(file.read_bytes() for file in files))
