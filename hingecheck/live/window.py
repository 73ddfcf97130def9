"""Show a live session of a camera, a file or an address in an OpenCV window, or run it without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase, Utterance
from hingecheck.live.latest_frame import LatestFrame
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.programme_lead import Stage
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.snapshot import Snapshot
from language.numbers import localised
from language.translate import _, mark
from pose.arrays import Image
from pose.drawing.letters import to_ascii
from pose.frames import Frame
from pose.io.camera import read_camera
from pose.io.video import VideoReader, VideoWriter

TITLE = "HingeCheck"
_KEYS = mark("space: start again    s: stop the set    m: mirror    q: quit")
_PROGRAMME_KEYS = mark("space: pause, go on    n: next    m: mirror    q: quit")


class WindowError(Exception):
    """No window can be opened; the message says what to do."""


@dataclass(frozen=True)
class Source:
    """The source of the frames: a camera's number, or the path of a file or the address of a network camera."""

    camera: int = 0
    location: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file; nobody in a file can follow the remedy of a set-up."""
        return bool(self.location) and "://" not in self.location

    def frames(self) -> Iterable[Frame]:
        """Open the source; VideoError where that fails."""
        if self.is_file:
            return VideoReader(Path(self.location))
        return read_camera(self.location or self.camera)


@dataclass(frozen=True)
class WindowOptions:
    """How a session is shown: in a window or not, recorded to a file, mirrored, and spoken."""

    window: bool = True
    record: Path | None = None
    mirror: bool = False
    speak: Callable[[Utterance], None] | None = None
    #: Prints a line for a person at the terminal.
    print_line: Callable[[str], None] = print


def run(engine: Engine, plan: SetPlan | LiveProgramme, source: Source, options: WindowOptions) -> None:
    """Run the session until the source ends, the person quits, or the programme is over.

    Raises
    ------
    VideoError
        The source cannot be opened, or stopped.
    WindowError
        There is no screen.
    """
    if options.window:
        check_screen()
    frames = source.frames()
    with ExitStack() as stack:
        writer = None
        if options.record is not None:
            writer = stack.enter_context(VideoWriter(options.record))
        stack.callback(engine.end_stream)
        show = _Window(engine, plan) if options.window else None
        if show is not None:
            stack.callback(show.close)
            options.print_line(_(_KEYS if isinstance(plan, SetPlan) else _PROGRAMME_KEYS))
        last_id = 0
        for frame in _current_frames(frames, engine, source, stack, live=options.window or not source.is_file):
            drawn = engine.process(frame.image, frame.time_s)
            now = engine.snapshot()
            last_id = _speak(now, last_id, options)
            if writer is not None:
                writer.write(drawn, frame.time_s)
            if (show is not None and not show(drawn, now)) or _is_programme_over(now):
                break


def check_screen() -> None:
    """Refuse to open a window where there is no screen: OpenCV would end the whole program.

    Raises
    ------
    WindowError
        There is no screen; the message says what to do.
    """
    remedy = _("Use --no-window, or open the web page (hingecheck app) on a computer that has a screen.")
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise WindowError(_("There is no screen (DISPLAY is not set), so no window can be opened.") + f" {remedy}")
    try:
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL)
    except cv2.error as error:
        what = _("No window can be opened ({error}).").format(error=str(error).strip().splitlines()[-1])
        raise WindowError(f"{what} {remedy}") from error


def _current_frames(frames: Iterable[Frame], engine: Engine, source: Source, stack: ExitStack,
                    live: bool) -> Iterable[Frame]:
    """Yield the newest frames of a camera or of a file that is shown, and every frame of a file that is not."""
    if not live:
        yield from frames
        return
    latest = LatestFrame(frames, paced=source.is_file)
    stack.callback(latest.close)
    dropped = 0
    while not latest.is_over:
        frame = latest.take()
        engine.count_dropped(latest.dropped - dropped)
        dropped = latest.dropped
        if frame is not None:
            yield frame


def _speak(now: Snapshot, last_id: int, options: WindowOptions) -> int:
    """Speak and print the new utterances; return the id of the last."""
    for utterance in now.utterances:
        if utterance.id > last_id:
            last_id = utterance.id
            if options.speak is not None:
                options.speak(utterance)
            if utterance.text:
                options.print_line(f"{localised(f'{utterance.at_s:7.1f}')} s  {utterance.text}")
    return last_id


def _is_programme_over(now: Snapshot) -> bool:
    """Return whether a programme has ended and said so."""
    return now.programme is not None and now.programme.stage is Stage.OVER and now.programme.is_silent


class _Window:
    """The window; call it with each drawn frame: it returns False when the person has quit."""

    def __init__(self, engine: Engine, plan: SetPlan | LiveProgramme) -> None:
        self._engine, self._plan = engine, plan

    def __call__(self, drawn: Image, now: Snapshot) -> bool:
        image = np.ascontiguousarray(drawn[:, :, ::-1])
        status = to_ascii(_("{fps} fps, {dropped} dropped").format(fps=f"{now.fps:.0f}", dropped=now.dropped))
        cv2.putText(image, status, (8, image.shape[0] - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 255), 1)
        cv2.imshow(TITLE, image)
        key = cv2.waitKey(1) & 0xFF
        if key == ord("m"):
            self._engine.mirror = not self._engine.mirror
        elif now.programme is not None:
            self._steer(key, now.programme.stage)
        elif key == ord("s"):
            self._engine.stop()
        elif key == ord(" ") and now.phase in (Phase.OVER, Phase.PLACING):
            self._engine.start(self._plan)
        return not (key in (ord("q"), 27) or cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1)

    def _steer(self, key: int, stage: Stage) -> None:
        if key == ord("n"):
            self._engine.skip()
        elif key == ord(" ") and stage is Stage.PAUSED:
            self._engine.resume()
        elif key == ord(" "):
            self._engine.pause()

    def close(self) -> None:
        cv2.destroyAllWindows()
        cv2.waitKey(1)
