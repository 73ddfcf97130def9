"""Measure how long a live frame takes from in to out, how many frames are dropped, and how memory develops.

    python -m bench.live                      # half a minute each at 640x480 and 1280x720
    python -m bench.live --minutes 10         # for memory
    python -m bench.live --browser            # camera to page and back, in Chromium; needs playwright

A sample is played in a loop at 30 frames per second, as a camera does, into the session object that window and page
use: model, measuring, counting, cues and drawing, everything but the screen. A frame that arrives while another is
processed replaces the one that waits, which counts as dropped. Sets of five reps follow each other; each is judged
while the next goes on. Prints p50 and p95 from frame in to drawn frame out, frames per second, memory at a quarter of
the time and at the end, and how much of the cores' time their host took away. Targets: p95 of at most 60 ms and 25
frames per second at 640x480, memory flat. Then what a frame's way to the engine's own process and back adds, as on the
Live page.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import cv2
import numpy as np

from bench import process_trip
from bench.process_memory import resident_mb
from exercises.load import load
from hingecheck.live.detector import load_detector
from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase
from hingecheck.live.latest_frame import LatestFrame
from hingecheck.live.set_plan import make_plan
from pose.frames import Frame, Sighting
from pose.io.video import VideoReader

CLIP = Path(__file__).resolve().parents[1] / "samples" / "hinge_mixed.mp4"
SIZES = ((640, 480), (1280, 720))
#: As the page asks how things stand.
ASKED_EVERY_S = 0.4


def spent() -> tuple[int, int]:
    """How much time the machine's cores worked, and how much their host gave to others meanwhile (Linux; steal)."""
    user, nice, system, _, _, _, _, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return user + nice + system, steal


def looped(size_px: tuple[int, int], seconds: float) -> Iterator[Frame]:
    """The sample again and again, in this size, with times that go on."""
    width, height = size_px
    index, shift_s = count(), 0.0
    while True:
        time_s = 0.0
        for frame in VideoReader(CLIP):
            time_s = frame.time_s
            if shift_s + time_s > seconds:
                return
            scale = height / frame.image.shape[0]
            image = cv2.resize(frame.image, None, fx=scale, fy=scale) if scale != 1 else frame.image
            beside = width - image.shape[1]
            image = np.pad(image, ((0, 0), (beside // 2, beside - beside // 2), (0, 0)), mode="edge")
            yield Frame(next(index), shift_s + time_s, np.ascontiguousarray(image))
        shift_s += time_s + 1 / 30


class Timed:
    """The model, with the time that it takes: what of a picture's time is not this program's own."""

    def __init__(self) -> None:
        self._model, self.took_ms = load_detector(), []

    def detect(self, frame: Frame) -> Sighting:
        """Find the person, by the clock."""
        since_s = time.perf_counter()
        sighting = self._model.detect(frame)
        self.took_ms.append(1000 * (time.perf_counter() - since_s))
        return sighting

    def close(self) -> None:
        """Free the model."""
        self._model.close()


def measured(size_px: tuple[int, int], seconds: float) -> str:
    """Play for so long; return the table's line."""
    chosen = make_plan(load("hip_hinge"), set_up=False, reps=5)
    detector = Timed()
    engine = Engine(chosen, make_detector=lambda: detector)
    engine.process(next(looped(size_px, seconds)).image, -1.0)  # the model is loaded once, before the clock runs
    camera = LatestFrame(looped(size_px, seconds), paced=True)
    took_ms, memory, sets = [], [(0.0, resident_mb())], 0
    began_s = asked_s = time.monotonic()
    worked, stolen = spent()
    while not camera.is_over:
        frame = camera.take()
        if frame is None:
            continue
        since_s = time.perf_counter()
        engine.process(frame.image, frame.time_s)
        took_ms.append(1000 * (time.perf_counter() - since_s))
        if time.monotonic() - asked_s > ASKED_EVERY_S:
            asked_s = time.monotonic()
            if engine.snapshot().phase is Phase.OVER:
                sets += 1
                engine.start(chosen)
        if time.monotonic() - began_s > memory[-1][0] + 5:
            memory.append((time.monotonic() - began_s, resident_mb()))
    lasted_s = time.monotonic() - began_s
    problem = engine.snapshot().problem
    engine.close()
    p50, p95 = np.percentile(took_ms, [50, 95])
    quarter = next(mb for at_s, mb in memory if at_s >= lasted_s / 4) if len(memory) > 4 else memory[0][1]
    rate = len(took_ms) / lasted_s
    worked, stolen = (now - before for now, before in zip(spent(), (worked, stolen), strict=True))
    model50, model95 = np.percentile(detector.took_ms, [50, 95])
    return (f"{size_px[0]}x{size_px[1]}  p50 {p50:5.1f} ms (model {model50:.1f})  p95 {p95:5.1f} ms ({model95:.1f})  "
            f"{rate:4.1f} a second  "
            f"{camera.dropped} of {len(took_ms) + camera.dropped} left out  {sets} sets  "
            f"memory {quarter:.0f} -> {memory[-1][1]:.0f} MB  "
            f"{stolen / max(1, worked + stolen):.0%} of the cores' time went to others  {problem}").rstrip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=0.5, help="how long at each size (default 0.5)")
    parser.add_argument("--browser", action="store_true", help="camera to page and back, in Chromium")
    wanted = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {wanted.minutes:g} minutes each")
    if wanted.browser:
        from bench import round_trip

        print(round_trip.measured(CLIP, 60 * wanted.minutes))
        return
    for size_px in SIZES:
        print(measured(size_px, 60 * wanted.minutes), flush=True)
        print(process_trip.measured(size_px), flush=True)


if __name__ == "__main__":
    main()
