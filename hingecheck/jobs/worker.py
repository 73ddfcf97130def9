"""Order -> a judged set in the history and a drawn video; a process of its own, so that no page waits for it.

`python -m hingecheck.jobs.worker FOLDER` reads the request there, writes a line of JSON to standard output for each
step, and ends when its standard input is closed: then whoever asked has stopped or is gone.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import cv2

from exercises.results import SetReport
from hingecheck.analysis.pipeline import Options, Progress
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.jobs import saving, video_job
from hingecheck.jobs.messages import ORDER, PREVIEW, AnalysisOutcome, AnalysisRequest, ProgressStep, WorkerMessage
from pose.frames import Frame

_PREVIEW_EVERY_S = 0.4
_PREVIEW_PX = 480
#: Steps go in the first stage; nobody waits for the last hundredth of the second.
_STEP_EVERY_S = 0.15


def run(order: AnalysisRequest) -> AnalysisOutcome:
    """Analyse, keep, draw."""
    teller = _Teller(order)
    found: dict[str, UUID] = {}
    problems: list[str] = []

    def keep_it(done: video_job.VideoResult) -> None:
        exercise = done.analysis.exercise
        if done.report.status != "judged" or exercise is None:
            return
        try:
            with open_history() as history:
                named = replace(done, analysis=replace(done.analysis, report=_renamed(done.report, order)))
                found["set"] = saving.save_set(history, named, exercise, order.person)
        except HistoryError as error:
            problems.append(f"Not kept: {error}")

    done = video_job.run(order.video, order.folder, Options(order.exercise, known=order.known), True, teller, keep_it,
                   from_last=order.from_last)
    return AnalysisOutcome(report=_renamed(done.report, order), set_id=found.get("set"), video=done.files.get("video"),
                   problems=(*problems, *done.problems))


def _renamed(report: SetReport, order: AnalysisRequest) -> SetReport:
    """Speak of the video by the name that the person knows."""
    reasons = tuple(reason.replace(str(order.video), order.name) for reason in report.reasons)
    return report.model_copy(update={"video": order.name, "reasons": reasons})


class _Teller:
    """Writes steps to standard output and, now and then, the frame at hand into the folder."""

    def __init__(self, order: AnalysisRequest) -> None:
        self._preview = order.folder / PREVIEW
        self._told = self._shown = -1.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told >= _STEP_EVERY_S:
            self._told = now
            _say(WorkerMessage(step=ProgressStep(stage=progress.stage, done=progress.frames_done,
                                                 total=progress.frames_total,
                                fps=round(progress.fps, 1))))
        if progress.frame is not None and now - self._shown >= _PREVIEW_EVERY_S:
            self._shown = now
            self._show(progress.frame)

    def _show(self, frame: Frame) -> None:
        scale = min(1.0, _PREVIEW_PX / max(frame.size_px))
        small = cv2.resize(frame.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        good, packed = cv2.imencode(".jpg", small[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])
        if good:
            part = self._preview.with_suffix(".part")
            part.write_bytes(packed.tobytes())
            part.replace(self._preview)


def _say(told: WorkerMessage) -> None:
    sys.stdout.write(told.model_dump_json() + "\n")
    sys.stdout.flush()


def _end_with_the_asker() -> None:
    """End at once, from another thread, when nobody is there to hear the outcome."""
    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> int:
    """Do what the folder's order says."""
    _end_with_the_asker()
    order = AnalysisRequest.model_validate_json((Path(sys.argv[1]) / ORDER).read_text(encoding="utf-8"))
    _say(WorkerMessage(outcome=run(order)))
    return 0


if __name__ == "__main__":
    # The watching thread may be in the middle of a read: an ordinary end would wait for it.
    code = main()
    sys.stdout.flush()
    os._exit(code)
