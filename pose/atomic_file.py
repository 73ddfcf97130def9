"""Write files whole or not at all: to a temporary name beside the target, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pose.temporary_files import temporary_file


@contextmanager
def atomic_replace(path: Path) -> Iterator[Path]:
    """Yield a temporary path; rename it to `path` when the block succeeds, delete it when the block fails.

    What a killed program leaves is deleted at the next start (`pose.temporary_files`).

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
    with temporary_file(path) as temporary:
        yield temporary
        os.replace(temporary, path)


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
