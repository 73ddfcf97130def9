"""A folder for the files of one browser window; it is deleted with the window, or at the next start after a crash."""

from __future__ import annotations

from pathlib import Path

from pose.temporary_files import temporary_folder


class Workspace:
    """A folder for the files of one browser window, deleted when the window closes or the server ends."""

    def __init__(self) -> None:
        self._temporary = temporary_folder("app")
        self.folder = self._temporary.path
        self._count = 0

    def make(self) -> Path:
        """Create an empty folder inside and return it."""
        self._count += 1
        folder = self.folder / f"{self._count}"
        folder.mkdir()
        return folder
