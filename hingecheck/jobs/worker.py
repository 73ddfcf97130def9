"""Analyse the video of an AnalysisRequest in this process, save its set and draw its video."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from hingecheck import child_process
from hingecheck.analysis.pipeline import Progress
from hingecheck.history import recent_videos
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.jobs import rejudged, video_job
from hingecheck.jobs.messages import AnalysisOutcome, AnalysisRequest, ProgressStep, WorkerMessage
from language.translate import _
from pose.io.image_codec import encode_jpeg

_PREVIEW_EVERY_S = 0.4
_PREVIEW_PX, _PREVIEW_QUALITY = 480, 80
#: Shortest time between two progress messages.
_STEP_EVERY_S = 0.15

Send = Callable[[WorkerMessage], None]


def serve(requests: Connection, responses: Connection, request: AnalysisRequest) -> None:
    """Be the worker of one request; exit at once when the process that started this one has stopped or ended."""
    child_process.exit_with_parent(requests)
    responses.send(WorkerMessage(outcome=run(request, responses.send)))


def run(request: AnalysisRequest, send: Send) -> AnalysisOutcome:
    """Analyse the video, save its set and draw the annotated video; send what there is to say meanwhile."""
    set_ids = [] if request.set_id is None else [request.set_id]
    problems: list[str] = []

    def save(result: video_job.VideoResult) -> None:
        if result.report.status != "judged" or set_ids:
            return
        try:
            with open_history() as history:
                set_ids.append(rejudged.save(history, result, request))
        except HistoryError as error:
            problems.append(_("Not saved: {error}").format(error=error))
        send(WorkerMessage(judged=AnalysisOutcome(report=rejudged.named(result.report, request),
                                                  set_id=next(iter(set_ids), None), problems=tuple(problems))))

    options = rejudged.options_of(request, request.exercise)
    result = video_job.run(request.video, request.folder, options, True, _ProgressSender(send), save,
                           from_last=request.from_last)
    video = result.files.get("video")
    if set_ids and video is not None:
        video = _put_aside(set_ids[0], video, problems)
    return AnalysisOutcome(report=rejudged.named(result.report, request), set_id=next(iter(set_ids), None),
                           video=video, problems=(*problems, *result.problems))


def _put_aside(set_id: UUID, video: Path, problems: list[str]) -> Path:
    """Lay the video where it outlives the window; return where it is."""
    try:
        with open_history() as history:
            recent_videos.sweep(history)
            return recent_videos.put(history, set_id, video)
    except HistoryError as error:
        problems.append(_("The video stays until you close this window: {error}").format(error=error))
        return video


class _ProgressSender:
    """Sends progress, and from time to time the current frame."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._step_s = self._preview_s = -1.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._step_s >= _STEP_EVERY_S:
            self._step_s = now
            self._send(WorkerMessage(step=ProgressStep(stage=progress.stage, done=progress.frames_done,
                                                       total=progress.frames_total, fps=round(progress.fps, 1))))
        if progress.frame is not None and now - self._preview_s >= _PREVIEW_EVERY_S:
            self._preview_s = now
            self._send(WorkerMessage(preview=encode_jpeg(progress.frame.reduced(_PREVIEW_PX), _PREVIEW_QUALITY)))
