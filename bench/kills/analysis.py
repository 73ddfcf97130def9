"""Analyse a video as a page's worker does: measure, save the set, draw the video, lay it aside."""

from __future__ import annotations

from bench.kills import recorded
from bench.kills.home import Home
from hingecheck.jobs import worker
from hingecheck.jobs.messages import WorkerMessage
from hingecheck.jobs.workspace import Workspace


def prepare(home: Home) -> None:
    """Nothing."""


def work(home: Home) -> None:
    """Analyse one video; a set counts as saved as soon as the worker says so."""
    workspace = Workspace()
    asked = recorded.request(workspace.make(), home)
    print("ready")
    response = worker.run(asked, _print_saved)
    print(f"saved {response.set_id}\npass")


def _print_saved(message: WorkerMessage) -> None:
    if message.judged is not None and message.judged.set_id is not None:
        print(f"saved {message.judged.set_id}")
