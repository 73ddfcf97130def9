"""Run an engine that receives requests and sends responses.

It is the other end of `engine_process.WorkerConnection`. It ends when the requests do, for whatever reason, and first
judges and saves what it has.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from hingecheck.live.autosave import Autosave
from hingecheck.live.engine import Engine
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.shared_image import Shape, SharedImage


def serve(requests: Connection, responses: Connection, given: SharedImage, drawn: SharedImage,
          plan: SetPlan | LiveProgramme, person_id: UUID | None) -> None:
    """Respond to requests until there are no more.

    Parameters
    ----------
    requests : Connection
        Of (number, method, arguments).
    responses : Connection
        For (number, problem, value).
    given, drawn : SharedImage
        Where the frame to be processed lies, and where what came of it is to lie; their shapes go through the
        connections.
    plan : SetPlan or LiveProgramme
    person_id : UUID or None
        See `EngineProcess`.
    """
    engine = Engine(plan, Autosave(person_id))
    one_at_a_time = threading.Lock()

    def process(shape: Shape, time_s: float) -> Shape:
        return drawn.write(engine.process(given.read(shape), time_s))

    def call(number: int, method: str, arguments: tuple[Any, ...]) -> None:
        try:
            called = process if method == "process" else getattr(engine, method)
            response = (number, "", called(*arguments))
        except Exception as error:  # reported in the response
            response = (number, f"{type(error).__name__}: {error}", None)
        with one_at_a_time, suppress(OSError):  # the reader has ended: the end of the requests follows
            responses.send(response)

    # Frames one after the other, and everything else beside them: a page does not wait for the model.
    with ThreadPoolExecutor(1) as frame_thread, ThreadPoolExecutor(1) as other_thread:
        while True:
            try:
                number, method, arguments = requests.recv()
            except (EOFError, OSError):
                break
            (frame_thread if method == "process" else other_thread).submit(call, number, method, arguments)
    engine.close()
