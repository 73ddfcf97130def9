"""What a report keeps of its video file: how fast it plays, when it was filmed, and which file it was."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pose.io.video import VideoReader

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class VideoSource:
    """Facts about the file of a set.

    Attributes
    ----------
    speed : float
        How fast it plays against what was filmed; every time of the set is one of the filming.
    recorded_at : datetime or None
        When it was filmed, with its time zone; None where it does not say.
    sha256 : str
        Of the file: the same for the same file, whatever its name; "" where it could not be read again.
    """

    speed: float = 1.0
    recorded_at: datetime | None = None
    sha256: str = ""

    def report_keys(self) -> dict[str, Any]:
        """Return the keys of a SetReport that tell of it."""
        return {"playback_speed": self.speed, "recorded_at": self.recorded_at, "video_sha256": self.sha256}

    def to_json(self) -> dict[str, Any]:
        """Return it as what `json` writes."""
        recorded_at = None if self.recorded_at is None else self.recorded_at.isoformat()
        return {"speed": self.speed, "recorded_at": recorded_at, "sha256": self.sha256}


def source_of(reader: VideoReader) -> VideoSource:
    """Return the facts about the file of a reader."""
    return VideoSource(reader.speed, reader.info.recorded_at, sha256_of(reader.info.path))


def source_from_json(stored: Mapping[str, Any]) -> VideoSource:
    """Return what `to_json` wrote; older versions wrote nothing.

    Raises
    ------
    ValueError
        It is something else.
    """
    recorded_at = stored.get("recorded_at")
    return VideoSource(float(stored.get("speed", 1.0)), None if recorded_at is None else
                       datetime.fromisoformat(str(recorded_at)), str(stored.get("sha256", "")))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
