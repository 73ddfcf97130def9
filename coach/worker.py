"""Order -> a judged set in the history and a drawn video; a process of its own, so that no page waits for it.

`python -m coach.worker FOLDER` reads the order there, writes a line of JSON to standard output for each step, and ends
when its standard input is closed: then whoever asked has stopped or is gone.
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

from coach import job, keep
from coach.history.records import HistoryError
from coach.history.store import open_history
from coach.order import ORDER, PREVIEW, Order, Outcome, Step, Told
from coach.session import Options, Progress
from exercises.outcome import SetReport
from pose.frames import Frame

_PREVIEW_EVERY_S = 0.4
_PREVIEW_PX = 480
#: Steps go in the first stage; nobody waits for the last hundredth of the second.
_STEP_EVERY_S = 0.15


def run(order: Order) -> Outcome:
    """Analyse, keep, draw."""
    teller = _Teller(order)
    found: dict[str, UUID] = {}
    problems: list[str] = []

    def keep_it(done: job.Done) -> None:
        exercise = None if done.analysis is None else done.analysis.exercise
        if done.report.status != "judged" or exercise is None:
            return
        try:
            with open_history() as history:
                found["set"] = keep.keep(history, replace(done, report=_renamed(done.report, order)), exercise,
                                         order.person)
        except HistoryError as error:
            problems.append(f"Not kept: {error}")

    done = job.run(order.video, order.folder, Options(order.exercise, known=order.known), True, teller, keep_it)
    return Outcome(report=_renamed(done.report, order), set_id=found.get("set"), video=done.files.get("video"),
                   problems=(*problems, *done.problems))


def _renamed(report: SetReport, order: Order) -> SetReport:
    """Speak of the video by the name that the person knows."""
    reasons = tuple(reason.replace(str(order.video), order.name) for reason in report.reasons)
    return report.model_copy(update={"video": order.name, "reasons": reasons})


class _Teller:
    """Writes steps to standard output and, now and then, the frame at hand into the folder."""

    def __init__(self, order: Order) -> None:
        self._preview = order.folder / PREVIEW
        self._told = self._shown = -1.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._told >= _STEP_EVERY_S:
            self._told = now
            _say(Told(step=Step(stage=progress.stage, done=progress.frames_done, total=progress.frames_total,
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


def _say(told: Told) -> None:
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
    order = Order.model_validate_json((Path(sys.argv[1]) / ORDER).read_text(encoding="utf-8"))
    _say(Told(outcome=run(order)))
    return 0


if __name__ == "__main__":
    # The watching thread may be in the middle of a read: an ordinary end would wait for it.
    code = main()
    sys.stdout.flush()
    os._exit(code)
