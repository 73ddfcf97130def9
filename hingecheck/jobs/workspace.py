"""A folder for the files of one browser window; it is deleted with the window, or a day after a crash."""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path

_PREFIX = "hingecheck-app-"
#: Age at which a folder left by a killed server is deleted: one day; no analysis takes that long.
_STALE_S = 86_400.0


class Workspace:
    """A folder for the files of one browser window, deleted when the window closes or the server ends."""

    def __init__(self) -> None:
        _delete_stale(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._count = 0

    def make(self) -> Path:
        """Create an empty folder inside and return it."""
        self._count += 1
        folder = self.folder / f"{self._count}"
        folder.mkdir()
        return folder


def _delete_stale(root: Path) -> None:
    for folder in root.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_S:
                shutil.rmtree(folder, ignore_errors=True)
