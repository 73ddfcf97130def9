"""How fast HingeCheck is beside the bare pose model: python -m bench.speed [--quick]

Pair by pair in one run, each in a process of its own: the bare loop on one processor (`bench.speed_run`), the whole job
without and with the annotated video. On a sample, on five minutes of it at 640x480, and at 1920x1080 with 60 frames a
second. Prints for each the median of the ratios (a machine's drift hits both sides of a pair), frames a second,
processor time and peak memory, and what bare loops on all processors do at once, which is the machine's limit; then the
processor time of each part, memory on one and on twenty minutes, and how long the commands take to begin. `--quick`
takes half a minute of each clip and one pair: minutes in place of two hours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from bench import speed_clips

ROOT = Path(__file__).resolve().parents[1]
WAYS = ("bare", "numbers", "video")
#: What the ratio to the bare loop must be, by clip and way.
MUST = {("640x480", "numbers"): 0.58, ("640x480", "video"): 0.75, ("1920x1080, 60 a second", "numbers"): 0.65}
OWN = ("measuring", "judging", "drawing")
MUST_OWN, MUST_MEMORY_MB, MUST_GROW = 0.10, 900.0, 1.10
#: Command, until what is seen, seconds it may take.
MUST_HELP_S, MUST_FIRST_FRAME_S = 0.3, 2.0


def run(way: str, clip: Path) -> dict[str, Any]:
    """Run one way on one clip in a process of its own; return what it took."""
    return at_once(way, clip, 1)[0]


def at_once(way: str, clip: Path, count: int) -> list[dict[str, Any]]:
    """Run one way on one clip in so many processes at once; return what each took."""
    command = [sys.executable, "-m", "bench.speed_run", way, str(clip)]
    with ThreadPoolExecutor(count) as pool:
        ended = list(pool.map(lambda _: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True),
                              range(count)))
    return [json.loads(one.stdout.splitlines()[-1]) for one in ended]


def against_bare(name: str, clip: Path, pairs: int, ways: Sequence[str] = WAYS) -> Iterator[str]:
    """Run the ways one after the other, again and again; yield the lines of the clip's table."""
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(pairs):
        for way in ways:
            runs[way].append(run(way, clip))
    yield f"{name}: {clip.name}, {runs['bare'][0]['frames']} frames, {pairs} pairs"
    for way, results in runs.items():
        ratios = sorted(one["wall_s"] / bare["wall_s"] for one, bare in zip(results, runs["bare"], strict=True))
        fps = median(one["frames"] / one["wall_s"] for one in results)
        cpu_ms = median(1000 * one["cpu_s"] / one["frames"] for one in results)
        peak_mb = max(one["peak_mb"] for one in results)
        must = MUST.get((name, way))
        aim = "" if must is None else f"   must be at most {must:g}: {verdict(median(ratios) <= must)}"
        yield (f"  {way:10} {median(ratios):5.2f} of bare ({ratios[0]:.2f} to {ratios[-1]:.2f})  {fps:6.1f} frames a "
               f"second  {cpu_ms:5.1f} ms of processor a frame  {peak_mb:4.0f} MB{aim}")
    count = len(os.sched_getaffinity(0))
    shared_s = max(one["wall_s"] for one in at_once("bare", clip, count)) / count
    yield (f"  {count} bare loops at once, each with its share of the clip: "
           f"{shared_s / median(bare['wall_s'] for bare in runs['bare']):.2f} of bare, the limit of this machine")


def parts(name: str, clip: Path) -> Iterator[str]:
    """Yield the processor time of each part."""
    spent_ms = run("parts", clip)
    for title, names in (("without video", [part for part in spent_ms if part not in
                                            ("decoding again", "drawing", "encoding")]),
                         ("with video", list(spent_ms))):
        whole = sum(spent_ms[part] for part in names)
        own = sum(spent_ms[part] for part in names if part in OWN) / whole
        shares = ", ".join(f"{part} {spent_ms[part]:.2f}" for part in names)
        yield (f"{name}, {title}: {whole:.1f} ms of processor a frame ({shares}); own code {own:.1%}, "
               f"must be at most {MUST_OWN:.0%}: {verdict(own <= MUST_OWN)}")


def memory(folder: Path, minutes: Sequence[float]) -> Iterator[str]:
    """Yield the peak memory on a short and on a long video."""
    peaks = [run("video", speed_clips.small(folder, 60 * long))["peak_mb"] for long in minutes]
    grows = peaks[-1] / peaks[0]
    good = grows <= MUST_GROW and max(peaks) <= MUST_MEMORY_MB
    yield (f"peak memory: {peaks[0]:.0f} MB on {minutes[0]:g} min, {peaks[-1]:.0f} MB on {minutes[-1]:g} min ("
           f"{grows:.2f} times), must be at most {MUST_GROW:g} times and {MUST_MEMORY_MB:.0f} MB: {verdict(good)}")


def start_up(times: int) -> Iterator[str]:
    """Yield how long commands take to begin."""
    help_s = [_seconds([sys.executable, "-m", "hingecheck.cli.main", "--help"]) for _ in range(times)]
    yield f"hingecheck --help: {median(help_s):.2f} s, must be at most {MUST_HELP_S}: " \
          f"{verdict(median(help_s) <= MUST_HELP_S)}"
    first_s = [_seconds([sys.executable, "-m", "bench.speed_first", str(speed_clips.ROUND)]) for _ in range(times)]
    yield f"first frame analysed: {median(first_s):.2f} s, must be at most {MUST_FIRST_FRAME_S}: " \
          f"{verdict(median(first_s) <= MUST_FIRST_FRAME_S)}"


def _seconds(command: Sequence[str]) -> float:
    began_s = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began_s


def verdict(held: bool) -> str:
    """Say whether an aim was met."""
    return "yes" if held else "NO"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="half a minute of each clip, one pair")
    parser.add_argument("--pairs", type=int, help="pairs of each clip (default 5, quick 1)")
    parser.add_argument("--only", choices=["bare", "parts", "memory", "start"], nargs="+",
                        default=["bare", "parts", "memory", "start"], help="these tables only")
    parser.add_argument("--clips", type=Path, default=Path(tempfile.gettempdir()) / "hingecheck-speed",
                        help="where the clips are made and kept")
    wanted = parser.parse_args()
    long_s, large_s = (30.0, 20.0) if wanted.quick else (300.0, 60.0)
    pairs = wanted.pairs or (1 if wanted.quick else 5)
    print(f"{len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}")
    small, large = speed_clips.small(wanted.clips, long_s), speed_clips.large(wanted.clips, large_s)
    tables = {
        "bare": [("sample", speed_clips.ROUND, WAYS), ("640x480", small, WAYS),
                 ("1920x1080, 60 a second", large, (*WAYS, "bare-large"))]}
    if "bare" in wanted.only:
        for name, clip, ways in tables["bare"]:
            _show(against_bare(name, clip, pairs, ways))
    if "parts" in wanted.only:
        _show(parts("640x480", small))
        _show(parts("1920x1080, 60 a second", large))
    if "memory" in wanted.only:
        _show(memory(wanted.clips, (0.5, 2) if wanted.quick else (1, 20)))
    if "start" in wanted.only:
        _show(start_up(pairs))


def _show(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
