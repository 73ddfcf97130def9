"""Write files whole or not at all: to a temporary name beside the target, then renamed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def temporary_path(path: Path) -> Path:
    """Return an unused name in the same folder, with the same suffix: writers of video choose the container by it."""
    return path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")


@contextmanager
def atomic_replace(path: Path) -> Iterator[Path]:
    """Yield a temporary path; rename it to `path` when the block succeeds, delete it when the block fails.

    Raises
    ------
    OSError
        If the file cannot be written or renamed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "report.txt"
    ...     with atomic_replace(target) as temporary:
    ...         _ = temporary.write_text("whole")
    ...     [path.name for path in Path(folder).iterdir()]
    ['report.txt']
    """
    temporary = temporary_path(path)
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to a compressed `.npz` file, whole or not at all.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with atomic_replace(path) as temporary, temporary.open("wb") as file:
        savez: Any = np.savez_compressed  # mypy reads its other parameters as names of arrays
        savez(file, **arrays)
