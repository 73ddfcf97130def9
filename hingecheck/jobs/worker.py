"""Analyse the video of an AnalysisRequest in this process, save its set and draw its video.

`python -m hingecheck.jobs.worker FOLDER` reads the request from the folder and writes one line of JSON per message to
standard output. It exits when its standard input is closed, because then the requesting process has stopped or ended.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from pathlib import Path
from uuid import UUID

from hingecheck.analysis.pipeline import Progress
from hingecheck.history import recent_videos
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.jobs import rejudged, video_job
from hingecheck.jobs.messages import (
    PREVIEW_FILE,
    REQUEST_FILE,
    AnalysisOutcome,
    AnalysisRequest,
    ProgressStep,
    WorkerMessage,
)
from language.current import use
from language.translate import _
from pose.frames import Frame
from pose.io.image_codec import encode_jpeg

_PREVIEW_EVERY_S = 0.4
_PREVIEW_PX, _PREVIEW_QUALITY = 480, 80
#: Shortest time between two progress messages.
_STEP_EVERY_S = 0.15


def run(request: AnalysisRequest) -> AnalysisOutcome:
    """Analyse the video, save its set and draw the annotated video."""
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
        _send(WorkerMessage(judged=AnalysisOutcome(report=rejudged.named(result.report, request),
                                                   set_id=next(iter(set_ids), None), problems=tuple(problems))))

    options = rejudged.options_of(request, request.exercise)
    result = video_job.run(request.video, request.folder, options, True, _ProgressWriter(request), save,
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


class _ProgressWriter:
    """Writes progress to standard output, and from time to time the current frame into the folder."""

    def __init__(self, request: AnalysisRequest) -> None:
        self._preview = request.folder / PREVIEW_FILE
        self._message_s = self._preview_s = -1.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._message_s >= _STEP_EVERY_S:
            self._message_s = now
            _send(WorkerMessage(step=ProgressStep(stage=progress.stage, done=progress.frames_done,
                                                  total=progress.frames_total, fps=round(progress.fps, 1))))
        if progress.frame is not None and now - self._preview_s >= _PREVIEW_EVERY_S:
            self._preview_s = now
            self._write_preview(progress.frame)

    def _write_preview(self, frame: Frame) -> None:
        part = self._preview.with_suffix(".part")
        part.write_bytes(encode_jpeg(frame.reduced(_PREVIEW_PX), _PREVIEW_QUALITY))
        part.replace(self._preview)


def _send(message: WorkerMessage) -> None:
    sys.stdout.write(message.model_dump_json() + "\n")
    sys.stdout.flush()


def _exit_with_parent() -> None:
    """Exit at once, from another thread, when the requesting process closes standard input."""
    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> int:
    """Handle the request in the folder given as argument."""
    _exit_with_parent()
    request = AnalysisRequest.model_validate_json((Path(sys.argv[1]) / REQUEST_FILE).read_text(encoding="utf-8"))
    with use(request.language):
        _send(WorkerMessage(outcome=run(request)))
    return 0


if __name__ == "__main__":
    # The other thread may be blocked in a read; an ordinary exit would wait for it, or end with that as the last error.
    try:
        code = main()
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
