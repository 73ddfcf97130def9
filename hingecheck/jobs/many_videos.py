"""Tasks + an executor -> their results as they end, each once, whatever happens to a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed

from hingecheck.jobs import video_task
from hingecheck.jobs.executors import WorkerDiedError
from hingecheck.jobs.video_task import TaskResult, VideoTask
from language.translate import _
from pose.reason import Reason, ReasonKind


def results(tasks: Sequence[VideoTask], executor: Executor) -> Iterator[tuple[VideoTask, TaskResult]]:
    """Analyse videos; yield each with its result as soon as it ends.

    A mistake of this program's own, or a worker that dies over a video, is the result of that video alone.
    """
    waiting = {executor.submit(video_task.run, task): task for task in tasks}
    for future in as_completed(waiting):
        task = waiting.pop(future)
        error = future.exception()
        yield task, future.result() if error is None else _failed(task, error)


def _failed(task: VideoTask, error: BaseException) -> TaskResult:
    # Dask has an error of its own for a video that killed several workers.
    died = isinstance(error, WorkerDiedError) or type(error).__name__ == "KilledWorker"
    what = _("the process that analysed it ended without a message") if died else f"{type(error).__name__}: {error}"
    text = _("HingeCheck itself failed on this video ({error}). Please report this.").format(error=what)
    return video_task.failed(task, Reason.of(ReasonKind.PROGRAM_FAILED, text=text))
