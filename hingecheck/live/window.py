"""A camera, a file or an address -> the live coach in an OpenCV window, or without one; its keys and its errors."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from hingecheck.live.engine import Engine
from hingecheck.live.events import Phase, Said
from hingecheck.live.latest_frame import Latest
from hingecheck.live.set_plan import Plan
from hingecheck.live.snapshot import Snapshot
from pose.drawing.lettering import Image
from pose.frames import Frame
from pose.io.video import VideoReader, VideoWriter, read_camera

TITLE = "HingeCheck"
_KEYS = "space: start again    s: stop the set    m: mirror    q: quit"


class WindowError(Exception):
    """There is no screen to show anything on; the message says what to do."""


@dataclass(frozen=True)
class Source:
    """Where the pictures come from: a camera's number, a file, or a network camera's address."""

    camera: int = 0
    given: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file, which cannot be told what to change."""
        return bool(self.given) and "://" not in self.given

    def frames(self) -> Iterable[Frame]:
        """Open it; VideoError where that fails."""
        if self.is_file:
            return VideoReader(Path(self.given))
        return read_camera(self.given or self.camera)


@dataclass(frozen=True)
class Choices:
    """How it is to be shown: no window, a recording of what was shown, mirrored, and who hears the cues."""

    window: bool = True
    record: Path | None = None
    mirror: bool = False
    speak: Callable[[Said], None] | None = None
    #: Told once, for a person at the terminal.
    tell: Callable[[str], None] = print


def run(engine: Engine, plan: Plan, source: Source, choices: Choices) -> None:
    """Show the live coach until the source ends or the person quits.

    Raises
    ------
    VideoError
        The source cannot be opened, or stopped.
    WindowError
        No screen.
    """
    if choices.window:
        check_screen()
    frames = source.frames()
    with ExitStack() as stack:
        writer = None
        if choices.record is not None:
            writer = stack.enter_context(VideoWriter(choices.record))
        stack.callback(engine.ended)
        show = _Screen(engine, plan) if choices.window else None
        if show is not None:
            stack.callback(show.close)
            choices.tell(_KEYS)
        spoken = 0
        for frame in _coming(frames, engine, source, stack, live=choices.window or not source.is_file):
            drawn = engine.frame(frame.image, frame.time_s)
            now = engine.snapshot()
            spoken = _speak(now, spoken, choices)
            if writer is not None:
                writer.write(drawn, frame.time_s)
            if show is not None and not show(drawn, now):
                break


def check_screen() -> None:
    """Refuse to open a window where there is none to be had: OpenCV would end the whole program.

    Raises
    ------
    WindowError
        With what to do.
    """
    advice = ("Use --no-window, or open the web page (streamlit run app.py) in a browser on a computer that has a "
              "screen.")
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise WindowError(f"There is no screen here (DISPLAY is not set), so no window can be opened. {advice}")
    try:
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL)
    except cv2.error as error:
        raise WindowError(f"No window can be opened ({str(error).strip().splitlines()[-1]}). {advice}") from error


def _coming(frames: Iterable[Frame], engine: Engine, source: Source, stack: ExitStack, live: bool) -> Iterable[Frame]:
    """Give the frames as they are wanted: the newest of a camera, every one of a file that nobody watches."""
    if not live:
        yield from frames
        return
    latest = Latest(frames, paced=source.is_file)
    stack.callback(latest.close)
    counted = 0
    while not latest.is_over:
        frame = latest.take()
        engine.dropped(latest.dropped - counted)
        counted = latest.dropped
        if frame is not None:
            yield frame


def _speak(now: Snapshot, spoken: int, choices: Choices) -> int:
    """Hand over what is new; return the id of the last."""
    for said in now.said:
        if said.id > spoken:
            spoken = said.id
            if choices.speak is not None:
                choices.speak(said)
            if said.text:
                choices.tell(f"{said.at_s:7.1f} s  {said.text}")
    return spoken


class _Screen:
    """The window; call it with a picture, it answers False when the person has quit."""

    def __init__(self, engine: Engine, plan: Plan) -> None:
        self._engine, self._plan = engine, plan
        self._shown_s = time.monotonic()

    def __call__(self, drawn: Image, now: Snapshot) -> bool:
        picture = np.ascontiguousarray(drawn[:, :, ::-1])
        status = f"{now.fps:.0f} fps, {now.dropped} dropped"
        cv2.putText(picture, status, (8, picture.shape[0] - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (255, 255, 255), 1)
        cv2.imshow(TITLE, picture)
        key = cv2.waitKey(1) & 0xFF
        if key == ord("m"):
            self._engine.mirror = not self._engine.mirror
        elif key == ord("s"):
            self._engine.stop()
        elif key == ord(" ") and now.phase in (Phase.OVER, Phase.PLACING):
            self._engine.start(self._plan)
        return not (key in (ord("q"), 27) or cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1)

    def close(self) -> None:
        cv2.destroyAllWindows()
        cv2.waitKey(1)
