"""Analyse the video of an AnalysisRequest in this process, save its set, or one per part, and draw its video."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from hingecheck import child_process
from hingecheck.analysis.pipeline import Options, Progress, SetAnalysis
from hingecheck.history import recent_videos
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.jobs import part_jobs, rejudged, video_job
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse, ProgressStep, WorkerMessage
from hingecheck.jobs.video_job import VideoResult
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
    responses.send(WorkerMessage(response=run(request, responses.send)))


def run(request: AnalysisRequest, send: Send) -> AnalysisResponse:
    """Analyse the video, save its sets and draw their videos; send what there is to say meanwhile."""
    options = rejudged.options_of(request, request.exercise)
    saver = _Saver(request, options, send)
    if request.parts:
        results = part_jobs.run(request.video, request.folder, options, True, _ProgressSender(send), saver,
                                request.from_last)
    else:
        results = (video_job.run(request.video, request.folder, options, True, _ProgressSender(send), saver,
                                 from_last=request.from_last),)
    first, *others = (_with_files(saver.response_of(result), result) for result in results)
    # The share of a programme that was done stands beside its parts, even beside a single one.
    several = others or request.programme is not None
    return AnalysisResponse(report=first.report, parts=(first, *others)) if several else first


class _Saver:
    """Saves each set as soon as it is judged, and sends what is judged by then."""

    def __init__(self, request: AnalysisRequest, options: Options, send: Send) -> None:
        self._request, self._options, self._send = request, options, send
        self._judged: list[tuple[SetAnalysis, AnalysisResponse]] = []

    def __call__(self, result: VideoResult) -> None:
        place, request = len(self._judged), self._request
        set_id = request.set_ids[place] if place < len(request.set_ids) else None
        response = self._response(result).model_copy(update={"set_id": set_id})
        if set_id is None and result.report.status == "judged":
            try:
                with open_history() as history:
                    response = response.model_copy(update={"set_id": rejudged.save(history, result, request)})
            except HistoryError as error:
                response = response.model_copy(update={"problems": (_("Not saved: {error}").format(error=error),)})
        self._judged.append((result.analysis, response))
        if request.parts or result.report.status == "judged":
            first, *others = (one for _analysis, one in self._judged)
            known = AnalysisResponse(report=first.report, parts=(first, *others)) if request.parts else first
            self._send(WorkerMessage(judged=known))

    def response_of(self, result: VideoResult) -> AnalysisResponse:
        """Return what is known of a result, which may have failed before it could be saved."""
        known = next((response for analysis, response in self._judged if analysis is result.analysis), None)
        return known or self._response(result)

    def _response(self, result: VideoResult) -> AnalysisResponse:
        """Return the response for a result of which nothing is saved."""
        report = rejudged.named(result.report, self._request)
        alone = self._request if self._request.parts and result.analysis.rows else None
        if alone is not None and "json" in result.files:
            own = part_jobs.part_options(result.analysis, self._options)
            alone = alone.model_copy(update={
                "parts": False, "programme": None, "from_last": False, "folder": result.files["json"].parent,
                "start_s": own.start_s, "end_s": own.end_s, "exercise": result.analysis.exercise})
        return AnalysisResponse(report=report, request=alone)


def _with_files(response: AnalysisResponse, result: VideoResult) -> AnalysisResponse:
    """Add the annotated video of a set, laid where it outlives the window, and what could not be written."""
    problems = list(response.problems)
    video = result.files.get("video")
    if response.set_id is not None and video is not None:
        video = _put_aside(response.set_id, video, problems)
    return response.model_copy(update={"video": video, "problems": (*problems, *result.problems)})


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
