"""Types of the fixtures in conftest.py that tests take as arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pose.frames import Sighting

#: Name of a clip in tests/data -> what the model saw in it.
SightingsOf = Callable[[str], tuple[Sighting, ...]]
#: Name of a sample -> its truth; samples/README.md explains the keys.
TruthOf = Callable[[str], dict[str, Any]]
