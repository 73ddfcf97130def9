"""How long a frame's way to the process of the live engine and back takes, without the engine.

In a module of its own: a new process imports its function from where it stands, never from the program that runs.
"""

from __future__ import annotations

import time
from contextlib import suppress
from multiprocessing.connection import Connection

import numpy as np

from exercises.load import load
from hingecheck.live.engine_process import WorkerConnection
from hingecheck.live.set_plan import make_plan
from hingecheck.live.shared_image import SharedImage


def echo(requests: Connection, responses: Connection, given: SharedImage, drawn: SharedImage, *_: object) -> None:
    """Be a worker without an engine: give every frame back."""
    with suppress(EOFError):
        while True:
            number, _method, (shape, _time_s) = requests.recv()
            responses.send((number, "", drawn.write(given.read(shape))))


def measured(size_px: tuple[int, int], frames: int = 300) -> str:
    """Send frames to a process and back; return the table's line."""
    connection, took_ms = WorkerConnection(make_plan(load("hip_hinge")), None, echo), []
    image = np.random.default_rng(0).integers(0, 255, (size_px[1], size_px[0], 3), np.uint8)
    for _ in range(frames):
        since_s = time.perf_counter()
        connection.process(image, 0.0)
        took_ms.append(1000 * (time.perf_counter() - since_s))
    connection.disconnect()
    connection.wait()
    p50, p95 = np.percentile(took_ms, [50, 95])
    return f"{size_px[0]}x{size_px[1]}  to the engine's process and back: p50 {p50:.2f} ms  p95 {p95:.2f} ms"
