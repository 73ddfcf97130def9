"""Where the samples lie, how their truth is read, and what the model saw in them, recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pose.frames import Sighting
from pose.io import recording

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample clips."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def truth(samples: Path) -> Callable[[str], dict[str, Any]]:
    """Name of a sample -> its truth; samples/README.md explains the keys."""
    return cache(lambda name: json.loads((samples / f"{name}.truth.json").read_text()))


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], tuple[Sighting, ...]]:
    """Name of a clip in tests/data -> what the model saw in it; a replay needs no model and a twentieth of the time."""
    return cache(lambda name: tuple(recording.load(ROOT / "tests" / "data" / f"{name}.poses.npz")))
