"""Where this person's files that can be made again lie: the assembled model, marks of files in the making."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

#: Environment variable with another folder.
CACHE_VARIABLE = "HINGECHECK_CACHE_DIR"


def cache_dir() -> Path:
    """Return the folder; it need not exist yet."""
    return Path(os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("hingecheck", appauthor=False))
