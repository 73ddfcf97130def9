"""Sets with known numbers, and films and archives of them, for the activities that need no camera."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import numpy as np

from bench.kills.home import Home
from hingecheck.history import archive_export, people, sets
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from pose.io.video import VideoWriter
from tests.helpers import saved_sets


def new_set(kinds: str = "NRN", video: Path | None = None) -> NewSet:
    """Return a set whose series is as long as the set, so that each report knows its own."""
    return NewSet(saved_sets.report(kinds), saved_sets.EXERCISE, saved_sets.track(kinds), video=video)


def film(home: Home) -> Path:
    """Return a film of some megabytes, which takes some time to copy."""
    path = home.inputs / "film.mp4"
    if not path.exists():
        chance = np.random.default_rng(0)
        with VideoWriter(path) as writer:
            for number in range(60):
                writer.write(chance.integers(0, 255, (240, 320, 3), dtype=np.uint8), number / 30)
    return path


def person(history: History) -> UUID:
    """Return whose sets these are."""
    return people.find_or_add(history, "Ana")[0].id


def archive(home: Home) -> Path:
    """Return an archive of three sets, each with a film."""
    path = home.inputs / "all.zip"
    if not path.exists():
        with open_history(home.inputs / "source", "") as source:
            ana = person(source)
            for _ in range(3):
                sets.save(source, new_set(video=film(home)), ana)
            archive_export.export_archive(source, path)
    return path
