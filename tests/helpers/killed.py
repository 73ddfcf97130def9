"""Kill programs in the middle of what they do to a history, and say what is not whole afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from hingecheck.history import files, history_check, queries, sets
from hingecheck.history.store import open_history

ROOT = Path(__file__).resolve().parents[2]


def is_running(process: int) -> bool:
    """Whether a process, by its id, goes on."""
    state = Path(f"/proc/{process}/stat")
    if state.exists():  # nobody waits for it any more: it may stay as a zombie
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def kill_after(seconds: float, folder: Path, url: str, what: str, archive: Path | None = None) -> list[UUID]:
    """Let a process change a history for some seconds, kill it, and return the sets that it said were saved."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "helpers" / "history_changes.py"), str(folder), url, what,
         str(archive or "")], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    assert first.strip() == "ready", process.stderr.read()
    time.sleep(seconds)
    process.kill()
    output = process.stdout.read()
    process.wait()
    # The last line may be cut.
    return [UUID(line) for line in output.splitlines() if len(line) == 36]


def not_whole(folder: Path, url: str, saved: list[UUID]) -> Iterator[str]:
    """Say what is lost, half there, or left behind, after the history was opened again."""
    with open_history(folder, url) as history:
        lines = {line.id: line for line in queries.lines(history, limit=None)}
        yield from (f"lost: {set_id}" for set_id in saved if set_id not in lines)
        for line in lines.values():
            report, track = sets.load(history, line.id).report, files.load_track(history, line.id)
            if track is None:
                yield f"half: {line.id} has no series"
            elif abs(float(track.time_s[-1]) - (report.duration_s or 0)) > 0.1:
                yield f"half: {line.id} has the series of another report"
        yield from (str(problem) for problem in history_check.check(history).problems)
        yield from (f"left behind: {path.name}" for path in (folder / "unsettled").glob("*") if path.suffix != ".lock")
        yield from (f"left behind: {path.name}" for path in (folder / "sets").glob("*/.*"))
