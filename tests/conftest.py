"""Where the samples lie, how their truth is read, and what the model saw in them, recorded."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from pose.io import recording
from tests.helpers.fixture_types import SightingsOf, TruthOf

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no page of Streamlit's AppTest behind as `__main__`, which a process that is spawned would run first."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample clips."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def truth(samples: Path) -> TruthOf:
    """Name of a sample -> its truth; samples/README.md explains the keys."""
    return cache(lambda name: json.loads((samples / f"{name}.truth.json").read_text()))


@pytest.fixture(scope="session")
def recorded() -> SightingsOf:
    """Name of a clip in tests/data -> what the model saw in it; a replay needs no model and a twentieth of the time."""
    return cache(lambda name: tuple(recording.load(ROOT / "tests" / "data" / f"{name}.poses.npz")))
