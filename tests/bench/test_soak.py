"""What counts as flat, and that what a process uses is seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.soak import Usage, grown, is_flat, live, usage


def uses(*memory_mb: float) -> list[Usage]:
    return [Usage(one, 10, 5, 1, 0, 0.0) for one in memory_mb]


def test_growth_is_told_from_warming_up() -> None:
    assert is_flat(uses(100, 200, 300, 300, 300, 300, 310, 310))
    assert not is_flat(uses(100, 200, 300, 320, 340, 360, 380, 400))
    assert grown(uses(1, 1, 2, 2, 3, 3, 4, 4))[0] == ("memory_mb", 2, 4)


#: Starts a process with a hundred megabytes when it is told to, and ends it with itself.
_PARENT = """
import subprocess, sys
sys.stdin.read(1)
child = "import sys; held = bytes(range(256)) * 400_000; print(1, flush=True); sys.stdin.read()"
with subprocess.Popen([sys.executable, "-c", child], stdin=subprocess.PIPE) as process:
    sys.stdin.read()
    process.kill()
"""


def test_children_memory_and_files_are_counted(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-uc", _PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        before = usage(parent.pid, tmp_path)
        (tmp_path / "left.bin").write_bytes(bytes(2_000_000))
        (tmp_path / "data").mkdir()
        (tmp_path / "data/kept.bin").write_bytes(bytes(2_000_000))
        parent.stdin.write(b"1")
        parent.stdin.flush()
        parent.stdout.read(1)
        during = usage(parent.pid, tmp_path, frozenset({"data"}))
        parent.stdin.close()
    assert (before.processes, during.processes) == (1, 2)
    assert during.memory_mb > before.memory_mb + 90
    assert (during.temporary_files, during.temporary_mb) == (1, 2.0)


def test_live_sets_follow_each_other(tmp_path: Path) -> None:
    assert len(list(live(0.03, tmp_path))) >= 3
