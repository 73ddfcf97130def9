"""Does anything grow? python -m bench.soak [--analyses 500] [--live-hours 8] (Linux, Chromium for the analyses)

Every piece of work is a line of `--log`, so that a run that was stopped is no loss.

One page server analyses a short upload again and again, each in a new window that is closed after the verdict; it lets
closed windows go after ten seconds in place of Streamlit's two minutes, because otherwise what they still hold follows
how quickly they come. And one live engine judges sets of recorded poses, one after the other, as fast as it can, for so
many hours of their clock. After each piece of work: memory (what the processes hold, without files: a process's share
of those grows when another program that has mapped them ends), handles, threads, processes, and what lies in the
temporary folder. Exit code 1 where a median of the last quarter is over a tenth above that of the second quarter; the
first warms up.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from bench.process_memory import below
from exercises.load import load
from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase
from hingecheck.live.set_plan import make_plan
from pose.frames import Frame, Sighting
from pose.io import recording
from pose.io.video import VideoReader, VideoWriter
from tests.helpers import app_server

_ROOT = Path(__file__).resolve().parents[1]
_CLIP_S = 5.6
_CLOSED_WINDOWS = "[server]\ndisconnectedSessionTTL = 20\n"
_MOST = 1.1
#: A worker ends within, seconds.
_DRAWN_S = 60.0
#: As the live page asks how things stand: every so many frames.
_ASKED_EVERY = 12


@dataclass(frozen=True)
class Usage:
    """What processes use at a moment."""

    memory_mb: float
    handles: float
    threads: float
    processes: float
    temporary_files: float
    temporary_mb: float


def usage(root: int, folder: Path, without: frozenset[str] = frozenset()) -> Usage:
    """Return what a process and all below it use, and what lies in a folder but for the named parts."""
    members = [root, *below(root)]
    files = [Path(parent, name) for parent, _, names in os.walk(folder) for name in names]
    sizes = [size for file in files if not without & set(file.relative_to(folder).parts)
             and (size := _size(file)) is not None]
    return Usage(sum(_memory_mb(one) for one in members), sum(_entries(one, "fd") for one in members),
                 sum(_entries(one, "task") for one in members), len(members), len(sizes), sum(sizes) / 1e6)


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:  # it has been deleted meanwhile
        return None


def _memory_mb(process: int) -> float:
    lines = [line.split() for line in _text(Path(f"/proc/{process}/smaps_rollup")).splitlines()]
    return sum(float(line[1]) for line in lines if line[0] in ("Pss_Anon:", "Pss_Shmem:")) * 1024 / 1e6


def _entries(process: int, what: str) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/{what}"))
    except OSError:  # it has ended meanwhile
        return 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def analyses(count: int, folder: Path) -> Iterator[Usage]:
    """Analyse an upload so many times in one server, each in a window of its own; yield what it uses after each."""
    clip = _thinned(_ROOT / "samples/hinge_neutral.mp4", folder / "clip.mp4")
    settings = folder / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(_CLOSED_WINDOWS, encoding="utf-8")
    before = set(below(os.getpid()))
    with app_server.server(folder / "data", folder / "exercises") as address:
        (server,) = (one for one in below(os.getpid()) if one not in before and _parent(one) == os.getpid())
        with app_server.browser() as chromium:
            for number in range(count):
                try:
                    _analyse_in_new_window(chromium, address, clip)
                except (AssertionError, PlaywrightError) as error:  # a busy machine: the window is closed all the same
                    print(f"analysis {number + 1}: {str(error).splitlines()[0]}", file=sys.stderr, flush=True)
                print(f"analysis {number + 1} of {count}", end="\r", file=sys.stderr, flush=True)
                _wait_for_workers(server)
                yield usage(server, folder, frozenset(("data", clip.name, settings.name)))


def _analyse_in_new_window(chromium: Browser, address: str, clip: Path) -> None:
    try:
        page = app_server.open_page(chromium, address, "analyse")
        app_server.upload(page, clip)
        expect(page.get_by_role("heading", name="1 of 1 rep")).to_be_visible(timeout=app_server.ANALYSED_MS)
        page.wait_for_timeout(500)
    finally:
        for context in chromium.contexts:
            context.close()


def _wait_for_workers(server: int) -> None:
    """Wait until only the server and Python's own helper are left: on a busy machine a worker still draws."""
    until_s = time.monotonic() + _DRAWN_S
    while len(list(below(server))) > 1 and time.monotonic() < until_s:
        time.sleep(0.2)


def _thinned(clip: Path, target: Path) -> Path:
    """Write every third frame of a clip's beginning: what is left behind does not depend on how many there are."""
    with VideoReader(clip) as frames, VideoWriter(target) as writer:
        for frame in frames:
            if frame.time_s > _CLIP_S:
                break
            if frame.index % 3 == 0:
                writer.write(frame.image, frame.time_s)
    return target


def _parent(process: int) -> int:
    return int(_text(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()[1])


class _Recorded:
    """Plays recorded poses again and again in place of the pose model."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self._sightings = sightings

    def detect(self, frame: Frame) -> Sighting:
        """Return the next pose."""
        return replace(self._sightings[frame.index % len(self._sightings)], index=frame.index, time_s=frame.time_s)

    def close(self) -> None:
        """There is nothing to free."""


def live(hours: float, folder: Path) -> Iterator[Usage]:
    """Judge one set after the other for so many hours of the poses' clock; yield what is used after each."""
    recorded = tuple(recording.load(_ROOT / "tests/data/hinge_neutral.poses.npz"))
    step_s = float(np.median(np.diff([one.time_s for one in recorded])))
    width, height = recorded[0].size_px
    image = np.full((height, width, 3), 90, np.uint8)
    plan = make_plan(load("hip_hinge"), set_up=False, reps=4)
    engine = Engine(plan, make_detector=lambda: _Recorded(recorded))
    number, sets = 0, 0
    while number * step_s < hours * 3600:
        engine.process(image, number * step_s)
        number += 1
        if number % _ASKED_EVERY == 0 and engine.snapshot().phase is Phase.OVER:
            sets += 1
            print(f"set {sets}, {number * step_s / 3600:.2f} h", end="\r", file=sys.stderr, flush=True)
            engine.start(plan)
            yield usage(os.getpid(), folder)
    engine.close()


def _logged(title: str, uses: Iterator[Usage], log: Path | None) -> Iterator[Usage]:
    for number, use in enumerate(uses, start=1):
        if log is not None:
            with log.open("a", encoding="utf-8") as file:
                file.write(",".join([title, str(number), *(f"{value:.1f}" for value in astuple(use))]) + "\n")
        yield use


def grown(uses: Sequence[Usage]) -> list[tuple[str, float, float]]:
    """Return by name the medians of the second and the last quarter."""
    quarter = len(uses) // 4
    early, late = uses[quarter:2 * quarter], uses[-quarter:]
    return [(field.name, median(astuple(one)[place] for one in early), median(astuple(one)[place] for one in late))
            for place, field in enumerate(fields(Usage))]


def is_flat(uses: Sequence[Usage]) -> bool:
    """Whether nothing grew by over a tenth."""
    return all(late <= _MOST * early for _, early, late in grown(uses))


def table_row(name: str, uses: Sequence[Usage]) -> str:
    """Return a table's row: where each began and how it ended."""
    cells = " | ".join(f"{early:.0f} -> {late:.0f}" for _, early, late in grown(uses))
    return f"| {name} | {len(uses)} | {cells} | {'yes' if is_flat(uses) else 'no'} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--analyses", type=int, default=500)
    parser.add_argument("--live-hours", type=float, default=8.0)
    parser.add_argument("--log", type=Path, help="adds a line a piece of work to this CSV file")
    options = parser.parse_args(arguments)
    print("| work | pieces | memory, MB | handles | threads | processes | temporary files | MB of them | flat |\n"
          "|---|---:|---:|---:|---:|---:|---:|---:|---|")
    flat = True
    with tempfile.TemporaryDirectory() as name:
        works = {"live sets": lambda: live(options.live_hours, Path(name)) if options.live_hours else iter(()),
                 "analyses": lambda: analyses(options.analyses, Path(name))}
        for title, work in works.items():
            uses = list(_logged(title, work(), options.log))
            if len(uses) >= 4:
                print(table_row(title, uses), flush=True)
                flat = flat and is_flat(uses)
    return int(not flat)


if __name__ == "__main__":
    sys.exit(main())
