"""Show the progress of each video as a bar on standard error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from language.translate import _, mark

if TYPE_CHECKING:
    from hingecheck.analysis import pipeline


#: Stage of the work -> its name for people.
_STAGES = {"measuring": mark("measuring"), "drawing": mark("drawing")}


class Meter:
    """Progress bars, one line per video: stage, frames, frames per second, time left."""

    def __init__(self, console: Console, quiet: bool) -> None:
        self._bars = Progress(
            TextColumn("{task.fields[name]}", markup=False),
            TextColumn("{task.description}", style="dim", markup=False),
            BarColumn(bar_width=24), TextColumn("{task.fields[frames]}", style="dim"),
            TextColumn("{task.fields[rate]}", style="dim"), TimeRemainingColumn(compact=True), console=console,
            transient=True, disable=quiet or not console.is_terminal)
        self._task: TaskID | None = None

    def __enter__(self) -> Meter:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def video(self, name: str) -> Callable[[pipeline.Progress], None]:
        """Start the line of a video; the returned function updates it."""
        if self._task is not None:
            self._bars.remove_task(self._task)
        task = self._task = self._bars.add_task(_("starting"), total=None, name=name, frames="", rate="")
        stage = ""

        def update(progress: pipeline.Progress) -> None:
            nonlocal stage
            if progress.stage != stage:
                stage = progress.stage
                self._bars.reset(task, total=progress.frames_total)
            of = "" if progress.frames_total is None else f"/{progress.frames_total}"
            self._bars.update(task, description=_(_STAGES.get(stage, stage)), completed=progress.frames_done,
                              total=progress.frames_total,
                              frames=_("{done} frames").format(done=f"{progress.frames_done}{of}"),
                              rate=_("{fps} fps").format(fps=f"{progress.fps:.0f}"))

        return update
