"""`hingecheck analyse` of several videos: on this machine's processors or a cluster, a result as each ends, a summary.

As in `main`, nothing heavy is imported until it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from language.translate import _, mark

if TYPE_CHECKING:
    from rich.console import Console

    from hingecheck.jobs.video_job import VideoResult
    from hingecheck.jobs.video_task import TaskResult, VideoTask

#: Status of a video -> how the summary shows it.
_STATUSES = {"judged": mark("judged"), "refused": mark("refused"), "error": mark("error")}
#: Called with what came of a video.
Tell = Callable[["VideoTask", "TaskResult"], None]
Keep = Callable[["VideoResult"], "VideoResult"]


@dataclass(frozen=True)
class Many:
    """How several videos are analysed.

    Attributes
    ----------
    jobs : int
        How many processors of this machine work.
    scheduler : str or None
        Address of a Dask scheduler whose workers work in their place.
    """

    jobs: int
    scheduler: str | None = None


def run(tasks: Sequence[VideoTask], root: str, how: Many, console: Console, tell: Tell, keep: Keep,
        quiet: bool, table: bool) -> bool:
    """Analyse videos, report each as it ends, and write summary.csv.

    Parameters
    ----------
    tasks : sequence of VideoTask
    root : str
        The folder for summary.csv.
    how : Many
    console : Console
        For problems and progress.
    tell, keep : callable
        Called with what came of each video, and before that with each of its results to save its set.
    quiet : bool
        No progress on the screen.
    table : bool
        Print the summary on standard output, too.

    Returns
    -------
    bool
        Whether every video was judged, and its files written.
    """
    from hingecheck.jobs import addresses, executors, many_videos, summary
    from hingecheck.report.data_files import ReportError

    processes = min(how.jobs, len(tasks))
    each = 1 if how.scheduler else max(1, how.jobs // processes)
    tasks = [replace(task, options=replace(task.options, jobs=each)) for task in tasks]
    rows: dict[str, list[tuple[str, ...]]] = {}
    good = True
    with executors.opened(processes, how.scheduler) as executor, _Progress(console, len(tasks), quiet) as advance:
        for task, result in many_videos.results(tasks, executor):
            result = save_result(task, result, keep)
            rows[task.folder] = summary.rows(task, result)
            good = good and result.is_good
            advance(addresses.name(task.address))
            if not result.skipped:
                tell(task, result)
    listed = [row for task in tasks for row in rows[task.folder]]
    try:
        addresses.write_text(root, summary.NAME, summary.to_csv(listed))
    except (addresses.AddressError, ReportError) as error:
        console.print(str(error), style="bold", markup=False, soft_wrap=True)
        return False
    if table:
        _show(listed, f"{root}/{summary.NAME}")
    return good


def save_result(task: VideoTask, result: TaskResult, keep: Keep) -> TaskResult:
    """Save the sets of a video, then note that it is done."""
    from hingecheck.jobs import video_task

    if result.skipped:
        return result
    results = tuple(replace(one, result=keep(one.result)) for one in result.results)
    return video_task.done(task, replace(result, results=results))


def _show(rows: Sequence[tuple[str, ...]], path: str) -> None:
    """Print the summary."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from hingecheck.jobs import summary

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in (_("video"), _("result"), _("exercise"), _("reps")):
        table.add_column(heading, overflow="fold")
    lines = [dict(zip(summary.COLUMNS, row, strict=True)) for row in rows]
    for line in lines:
        status = _(_STATUSES[line["status"]])
        if line["skipped"] == "true":
            status = _("{status}, done before").format(status=status)
        table.add_row(*map(Text, (line["video"], status, line["exercise"], line["verdicts"])))
    console.print(table)
    judged = sum(line["status"] == "judged" for line in lines)
    console.print(_("{judged} of {count} judged: {path}").format(
                      judged=judged, count=len(lines), path=path), markup=False, soft_wrap=True)


class _Progress:
    """A bar of videos that are done."""

    def __init__(self, console: Console, total: int, quiet: bool) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn(_("videos"), style="dim"), TimeElapsedColumn(),
            TextColumn("{task.fields[last]}", style="dim", markup=False), console=console, transient=True,
            disable=quiet or not console.is_terminal)
        self._task = self._bar.add_task("", total=total, last="")

    def __enter__(self) -> Callable[[str], None]:
        self._bar.start()
        return lambda name: self._bar.update(self._task, advance=1, last=name)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
