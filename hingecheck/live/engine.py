"""Pictures with times in -> drawn pictures out, and a snapshot for whoever polls: one object for each session.

The media thread calls `frame`; pages and windows call the rest, from any thread. Nothing that goes wrong in a frame
leaves `frame`: it is told in the snapshot, and the picture goes on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from hingecheck.analysis.pipeline import DetectedFrame
from hingecheck.live.autosave import Keeper
from hingecheck.live.cue_queue import Voice
from hingecheck.live.detector import Eyes, the_model
from hingecheck.live.events import Event, Phase, RepCounted, RepSettled, Said, SetOver
from hingecheck.live.live_overlay import Headline, counter, gauges, show
from hingecheck.live.scene import Scene
from hingecheck.live.session import Live
from hingecheck.live.set_analysis import NAME, Judge
from hingecheck.live.set_plan import Plan
from hingecheck.live.snapshot import Snapshot
from pose.drawing.lettering import Image
from pose.frames import Frame

#: What was said stands over the picture for so long.
_SHOWN_S = 3.0
#: A page that polls less often than this many utterances come has lost its camera anyway.
_SAID_KEPT = 40
_GOES_ON = "If it goes on, stop and start the camera."
_TONES = {"cue": "fault", "trouble": "watch", "setup": "watch"}


class Engine:
    """One live session: sets one after the other, in front of one camera.

    Parameters
    ----------
    plan : Plan
    keeper : Keeper, optional
        None keeps nothing.
    model : Path, optional
        Another pose model than the built-in one.
    mirror : bool
        Show the picture as a mirror does.
    eyes : callable, optional
        Makes what finds the person; default: the pose model, loaded with the first frame.
    """

    def __init__(self, plan: Plan, keeper: Keeper | None = None, model: Path | None = None, mirror: bool = False,
                 eyes: Callable[[], Eyes] | None = None) -> None:
        self._lock = threading.RLock()
        self._keeper, self._make_eyes, self._voice = keeper, eyes or (lambda: the_model(model)), Voice()
        self._eyes: Eyes | None = None
        self._begin(plan)
        self._said: deque[Said] = deque(maxlen=_SAID_KEPT)
        self._recent: deque[float] = deque(maxlen=60)
        self._judge = Judge()
        self._beside = ThreadPoolExecutor(1, "hingecheck-look")
        self._looking: Future[None] | None = None
        self._index, self._last_s, self._offset_s = 0, -1.0, 0.0
        self._dropped = 0
        self._size_px: tuple[int, int] | None = None
        self._problem = self._look_problem = ""
        self.mirror = mirror

    def frame(self, image: Image, time_s: float) -> Image:
        """Look at a picture (RGB) that was taken at `time_s` of the stream; return it with everything drawn on it."""
        try:
            drawn = self._frame(image, time_s)
            self._problem = ""
            return drawn
        except Exception as error:  # whatever it is: a picture that stands still tells the person nothing
            self._problem = f"This picture could not be looked at ({error}). {_GOES_ON}"
            return image

    def dropped(self, count: int) -> None:
        """Count pictures that were left out."""
        with self._lock:
            self._dropped += count

    def start(self, plan: Plan) -> None:
        """Begin another set, with its own set-up; the one before is judged and kept."""
        self._looked()
        with self._lock:
            self._take(self._live.stop())
            self._begin(plan)

    def stop(self) -> None:
        """End the set; it is judged and kept."""
        self._looked()
        with self._lock:
            self._take(self._live.stop())

    def ended(self) -> None:
        """The camera is gone: end the set and free the model. More pictures begin anew."""
        self._looked()
        with self._lock:
            plan = self._live.plan
            self._take(self._live.stop())
            self._begin(plan)
            self._recent.clear()  # the time without a camera is no slow camera
            eyes, self._eyes = self._eyes, None
        if eyes is not None:
            eyes.close()

    def close(self) -> None:
        """End everything and wait until it is kept."""
        self.ended()
        self._beside.shutdown()
        self._judge.close()
        if self._keeper is not None:
            self._keeper.close()

    def snapshot(self) -> Snapshot:
        """Return how things stand."""
        self._looked()
        with self._lock:
            live, keeper, report = self._live, self._keeper, self._judge.report
            problem = (self._problem or self._look_problem or self._judge.problem
                       or ("" if keeper is None else keeper.problem))
            return Snapshot(
                phase=live.phase, headline=self._headline(), counter=counter(live), gauges=gauges(live),
                reps=live.reps, holding=live.holding,
                said=tuple(self._said), frames=self._index, dropped=self._dropped, fps=self._fps(), gap_s=self._gap_s(),
                problem=problem, report=report,
                set_id=None if keeper is None or report is None else keeper.id_of(report),
                judging=self._judge.is_judging)

    def _frame(self, image: Image, time_s: float) -> Image:
        now_s = self._placed(time_s)
        image = self._sized(image)
        frame = Frame(self._index, now_s, image)
        self._index += 1
        eyes = self._eyes = self._eyes or self._make_eyes()
        sighting = eyes.look(frame)
        scene = Scene.of(frame, sighting.pose)
        self._looked()
        with self._lock:
            self._take(self._live.advance(DetectedFrame(sighting, frame), scene))
            self._recent.append(time.monotonic())
            drawn = show(image, self._live, self._headline(), self.mirror)
        # The look goes on beside the next picture's model, which needs no Python: nobody waits for it.
        self._looking = self._beside.submit(self._look)
        return drawn

    def _look(self) -> None:
        try:
            with self._lock:
                self._take(self._live.look())
            self._look_problem = ""
        except Exception as error:  # as in `frame`: told, and the camera goes on
            self._look_problem = f"The last seconds could not be looked at ({error}). {_GOES_ON}"

    def _looked(self) -> None:
        """Wait for the look at the last picture."""
        if self._looking is not None:
            self._looking.result()

    def _sized(self, image: Image) -> Image:
        """Return the picture in the size of the set: a browser changes its own as the connection allows."""
        size_px = (image.shape[1], image.shape[0])
        with self._lock:
            if self._size_px is None:
                self._size_px = size_px
            if size_px != self._size_px and self._live.phase not in (Phase.READY, Phase.GOING):
                self._size_px = size_px
                if self._live.phase is not Phase.OVER:
                    self._begin(self._live.plan)
            if size_px == self._size_px:
                return image
            return np.asarray(cv2.resize(image, self._size_px, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def _placed(self, time_s: float) -> float:
        """Return the session's time of a stream's, which begins anew with every camera."""
        now_s = time_s + self._offset_s
        if now_s <= self._last_s:
            self._offset_s = self._last_s + 1 / 30 - time_s
            now_s = time_s + self._offset_s
        self._last_s = now_s
        return now_s

    def _begin(self, plan: Plan) -> None:
        """Let another set begin."""
        self._live = Live(plan, voice=self._voice)
        self._kept = None if self._keeper is None else self._keeper.another()

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Said):
                self._said.append(event)
            elif isinstance(event, (RepCounted, RepSettled)) and self._kept is not None:
                so_far = self._live.so_far(NAME)
                if so_far is not None:
                    self._kept.so_far(so_far, self._live.plan.exercise)
            elif isinstance(event, SetOver):
                self._over(event)

    def _over(self, event: SetOver) -> None:
        live = self._live
        if live.reps:
            self._judge.over(live, self._kept)
        if event.why == "moved":
            left = live.plan.reps
            self._begin(replace(live.plan, reps=None if left is None else max(1, left - len(live.reps))))

    def _headline(self) -> Headline:
        live = self._live
        if live.trouble or live.wish:
            return Headline(live.trouble or live.wish, "watch")
        last = next((said for said in reversed(self._said) if said.text), None)
        if last is None or self._last_s - last.at_s > _SHOWN_S:
            return Headline()
        return Headline(last.text, _TONES.get(last.kind, "good"))

    def _fps(self) -> float:
        if len(self._recent) < 2 or time.monotonic() - self._recent[-1] > 2.0:
            return 0.0
        return round((len(self._recent) - 1) / max(self._recent[-1] - self._recent[0], 1e-3), 1)

    def _gap_s(self) -> float:
        return round(max((b - a for a, b in pairwise([*self._recent, time.monotonic()])), default=0.0), 1)
