"""Analyse a video as a page's worker does: measure, save the set, draw the video, lay it aside."""

from __future__ import annotations

from bench.kills import recorded
from bench.kills.home import Home
from hingecheck.jobs import worker
from hingecheck.jobs.workspace import Workspace


def prepare(home: Home) -> None:
    """Nothing."""


def work(home: Home) -> None:
    """Analyse one video; what the worker says itself, goes out as its lines of JSON."""
    workspace = Workspace()
    asked = recorded.request(workspace.make(), home)
    print("ready")
    outcome = worker.run(asked)
    print(f"saved {outcome.set_id}\npass")
