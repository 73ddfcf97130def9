"""Measure how memory develops while one long video is analysed and drawn.

    python -m bench.memory                    # 5,000 frames: a sample, again and again, in one file
    python -m bench.memory --frames 20000 --every 2000

Runs what `hingecheck analyse` runs and prints the resident memory of the process (Linux) every so many frames, in both
passes over the video, then how much it grew from the second line of each pass to its last: the first line still holds
what is loaded once. A row of measurements per frame is saved, so some growth belongs to it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import av

from bench.live import CLIP
from bench.process_memory import peak_mb, resident_mb
from exercises.load import load
from hingecheck.analysis.pipeline import Options, Progress
from hingecheck.jobs import video_job


class MemoryLog:
    """Prints and keeps the resident memory at steps of so many frames; called with the progress of a job."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.steps: dict[str, list[tuple[int, float]]] = {}

    def __call__(self, progress: Progress) -> None:
        """Take down the memory where a step is reached."""
        steps = self.steps.setdefault(progress.stage, [])
        if progress.frames_done >= self.every * (len(steps) + 1):
            steps.append((progress.frames_done, resident_mb()))
            print(f"{progress.stage:>10}  frame {progress.frames_done:>6}  {steps[-1][1]:5.0f} MB", flush=True)


def lengthened(clip: Path, frames: int, target: Path) -> int:
    """Write a clip's packets again and again, not decoded, until there are so many frames; return how many."""
    with av.open(str(clip)) as source, av.open(str(target), "w") as out:
        stream = source.streams.video[0]
        packets = [packet for packet in source.demux(stream) if packet.dts is not None]
        length = max(packet.pts + packet.duration for packet in packets)
        copied = out.add_stream_from_template(stream)
        loops = -(-frames // len(packets))
        for loop in range(loops):
            source.seek(0)
            for packet in source.demux(stream):
                if packet.dts is not None:
                    packet.pts, packet.dts = packet.pts + loop * length, packet.dts + loop * length
                    packet.stream = copied
                    out.mux(packet)
    return loops * len(packets)


def grown_mb(steps: Sequence[tuple[int, float]]) -> float:
    """How much memory grew from the second step to the last, megabytes."""
    return steps[-1][1] - steps[1][1] if len(steps) > 2 else float("nan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--frames", type=int, default=5000, help="at least so many frames (%(default)s)")
    parser.add_argument("--every", type=int, default=500, help="frames between two lines (%(default)s)")
    options = parser.parse_args(arguments)
    log = MemoryLog(options.every)
    with tempfile.TemporaryDirectory() as scratch:
        video = Path(scratch) / "long.mp4"
        frames = lengthened(CLIP, options.frames, video)
        print(f"{frames} frames, before the first {resident_mb():.0f} MB", flush=True)
        result = video_job.run(video, Path(scratch) / "out", Options(load("hip_hinge")), on_progress=log)
    print(f"{result.report.status}, {len(result.report.reps)} reps; files: {', '.join(result.files)}")
    for stage, steps in log.steps.items():
        print(f"{stage}: {grown_mb(steps):+.0f} MB from frame {steps[1][0]} to {steps[-1][0]}")
    print(f"peak {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
