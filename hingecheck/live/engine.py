"""Frames with times in -> drawn frames out, and a snapshot for pages and windows that poll: one object per session.

The media thread calls `process`; pages and windows call the rest, from any thread. No error in a frame leaves
`process`: the snapshot reports it, and the video goes on.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from hingecheck.analysis.detection import DetectedFrame
from hingecheck.live import engine_display
from hingecheck.live.autosave import Autosave
from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.detector import Detector, load_detector
from hingecheck.live.events import Event, Phase, RepCounted, RepSettled, SetOver, Utterance
from hingecheck.live.frame_clock import FrameClock
from hingecheck.live.live_overlay import Headline, draw_live, gauges
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.live_set import LiveSet
from hingecheck.live.programme_lead import ProgrammeLead, Stage
from hingecheck.live.raised_arm import RaisedArm
from hingecheck.live.scene import Scene
from hingecheck.live.set_analysis import VIDEO_NAME, SetAnalyser
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.set_recording import SetVideo
from hingecheck.live.side_plan import counted
from hingecheck.live.snapshot import Snapshot
from hingecheck.live.window_thread import WindowThread
from language.translate import _
from pose.arrays import Image
from pose.frames import Frame, Pose

#: A page that polls less often than this many utterances come has lost its camera anyway.
_MAX_UTTERANCES = 40


class Engine:
    """One live session: sets one after the other, in front of one camera.

    Parameters
    ----------
    plan : SetPlan or LiveProgramme
        What to do: one set, repeated as often as the person likes, or the sets of a programme in order.
    autosave : Autosave, optional
        None saves nothing.
    model : Path, optional
        Another pose model than the built-in one.
    mirror : bool
        Show the video as a mirror does.
    make_detector : callable, optional
        Makes what detects the person; default: the pose model, loaded with the first frame.
    keeps_video : bool
        Save the annotated video of each set with it; see `keep_video`.
    """

    def __init__(self, plan: SetPlan | LiveProgramme, autosave: Autosave | None = None, model: Path | None = None,
                 mirror: bool = False, make_detector: Callable[[], Detector] | None = None,
                 keeps_video: bool = False) -> None:
        self._lock = threading.RLock()
        self._autosave, self._queue = autosave, CueQueue()
        self._make_detector = make_detector or (lambda: load_detector(model))
        self._detector: Detector | None = None
        self._utterances: deque[Utterance] = deque(maxlen=_MAX_UTTERANCES)
        self._clock = FrameClock()
        self._analyser = SetAnalyser()
        self._keeps_video = keeps_video
        self._video: SetVideo | None = None
        self._begin_plan(plan)
        self._window = WindowThread(self._analyse_window)
        self._index = self._dropped = 0
        self._size_px: tuple[int, int] | None = None
        self._frame_problem = ""
        self.mirror = mirror

    def process(self, image: Image, time_s: float) -> Image:
        """Process a frame (RGB) taken at `time_s` of the stream; return it with everything drawn on it."""
        try:
            drawn = self._process(image, time_s)
            self._frame_problem = ""
            return drawn
        except Exception as error:  # whatever it is: a frozen video would explain nothing to the person
            self._frame_problem = _("This frame could not be analysed ({error}). If it goes on, stop and start the "
                                    "camera.").format(error=error)
            return image

    def count_dropped(self, count: int) -> None:
        """Count frames that were dropped before they came here."""
        with self._lock:
            self._dropped += count

    def start(self, plan: SetPlan | LiveProgramme) -> None:
        """Begin another set, with its own set-up, or a programme; the set before is judged and saved."""
        with self._set_stopped():
            self._begin_plan(plan)

    def stop(self) -> None:
        """End the set, or the programme; it is judged and saved."""
        self._steer(lambda lead, _stage: lead.finish())

    def skip(self, seen: tuple[Stage, int] | None = None) -> None:
        """Go on in the programme: past the warm-up, the rest, or what is missing of the set.

        Parameters
        ----------
        seen : Stage and int, optional
            Stage and activity that the person saw: nothing is skipped where the programme has gone on meanwhile, as
            when a rest ends while its button is pressed.
        """
        self._steer(ProgrammeLead.skip, seen)

    def pause(self) -> None:
        """Let the programme wait; what is missing of the set follows after `resume`."""
        self._steer(lambda lead, _stage: lead.pause())

    def resume(self) -> None:
        """Go on with a programme that waits."""
        with self._lock:
            if self._lead is not None:
                self._lead.resume()

    def end_stream(self) -> None:
        """End the set and free the model, since the camera stopped; the next frame begins another set."""
        with self._set_stopped():
            if self._lead is None:
                self._begin(self._live.plan)
            self._clock.forget()
            detector, self._detector = self._detector, None
        if detector is not None:
            detector.close()

    def keep_video(self, keep: bool) -> None:
        """Keep the annotated video of the sets from now on, or of none; the set that goes on keeps to what it was."""
        with self._lock:
            self._keeps_video = keep
            if self._live.phase not in (Phase.GOING, Phase.OVER):
                self._begin_video()

    def _steer(self, command: Callable[[ProgrammeLead, Stage | None], None],
               seen: tuple[Stage, int] | None = None) -> None:
        """End the set, and give the lead of a programme a command, with the stage that it was given in."""
        lead, stage = self._lead, None if self._lead is None else self._lead.stage
        self._window.wait()
        with self._lock:
            if lead is not None and seen is not None and seen != (lead.state.stage, lead.state.index):
                return
            self._handle(self._live.stop())
            if lead is not None:
                command(lead, stage)

    @contextmanager
    def _set_stopped(self) -> Iterator[None]:
        """Hold the lock, after the end of the set that goes on."""
        self._window.wait()
        with self._lock:
            self._handle(self._live.stop())
            yield

    def close(self) -> None:
        """End everything and wait until it is saved."""
        self.end_stream()
        self.keep_video(False)
        self._window.close()
        self._analyser.close()
        if self._autosave is not None:
            self._autosave.close()

    def snapshot(self) -> Snapshot:
        """Return the state of the session."""
        self._window.wait()
        with self._lock:
            live, lead, autosave, report = self._live, self._lead, self._autosave, self._analyser.report
            problem = (self._frame_problem or self._window.problem or self._analyser.problem
                       or ("" if autosave is None else autosave.problem))
            return Snapshot(
                phase=live.phase, headline=self._headline(), counter=engine_display.counter(live, lead),
                gauges=gauges(live), reps=live.reps, hold=live.hold, utterances=tuple(self._utterances),
                frames=self._index, dropped=self._dropped, fps=self._clock.fps, gap_s=self._clock.gap_s,
                problem=problem, report=report,
                set_id=None if autosave is None or report is None else autosave.set_id(report),
                is_analysing=self._analyser.is_running, programme=None if lead is None else lead.state,
                tally=engine_display.tally_of(live),
                done=() if self._programme is None else self._programme.done(self._analyser.reports or ()))

    def _process(self, image: Image, time_s: float) -> Image:
        now_s = self._clock.session_time_s(time_s)
        image = self._resized(image)
        frame = Frame(self._index, now_s, image)
        self._index += 1
        detector = self._detector = self._detector or self._make_detector()
        sighting = detector.detect(frame)
        scene = Scene.of(frame, sighting.pose)
        self._window.wait()
        with self._lock:
            self._handle(self._live.advance(DetectedFrame(sighting, frame), scene))
            if self._video is not None:
                self._video.offer(frame, self._live.phase)
            self._lead_on(now_s, sighting.pose)
            self._clock.mark_processed()
            drawn = draw_live(image, self._live, self._headline(), self.mirror,
                              engine_display.counter(self._live, self._lead))
        # The window is analysed while the model works on the next frame, which needs no Python: nothing waits for it.
        self._window.begin()
        return drawn

    def _analyse_window(self) -> None:
        with self._lock:
            self._handle(self._live.analyse_window())

    def _resized(self, image: Image) -> Image:
        """Return the frame in the size of the set: a browser changes its own as the connection allows."""
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

    def _begin_plan(self, plan: SetPlan | LiveProgramme) -> None:
        """Begin a set, or a programme, whose first set waits for its announcement."""
        self._programme = plan if isinstance(plan, LiveProgramme) else None
        self._lead: ProgrammeLead | None = None
        if self._autosave is not None:
            begun = self._programme
            # What goes on after another engine is in that engine's session.
            self._autosave.begin_session("" if begun is None or begun.continues is not None else begun.programme.name)
        if isinstance(plan, SetPlan):
            self._analyser.end_series()
            self._begin(plan)
            return
        self._analyser.begin_series()
        self._lead, self._arm = ProgrammeLead(plan, self._queue, self._autosave is not None), RaisedArm()
        self._begin(self._lead.plan)
        self._live.stop()

    def _lead_on(self, now_s: float, pose: Pose | None) -> None:
        """Speak what comes next in the programme, take a raised arm as a sign, and begin the set that is due."""
        if self._lead is None:
            return
        if self._arm(pose, now_s):
            stage = self._lead.stage
            self._handle(self._live.stop())
            self._lead.take_sign(stage)
        spoken, plan = self._lead.advance(now_s)
        self._utterances.extend(spoken)
        if plan is not None:
            self._begin(plan)

    def _begin(self, plan: SetPlan) -> None:
        """Begin another set."""
        self._live = LiveSet(plan, queue=self._queue)
        self._set_autosave = None if self._autosave is None else self._autosave.new_set()
        self._begin_video()

    def _begin_video(self) -> None:
        if self._video is not None:
            self._video.close()
        self._video = SetVideo() if self._keeps_video and self._autosave is not None else None

    def _handle(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Utterance):
                self._utterances.append(event)
            elif isinstance(event, (RepCounted, RepSettled)) and self._set_autosave is not None:
                report = self._live.interim_report(VIDEO_NAME)
                if report is not None:
                    self._set_autosave.save_reps(report, self._live.plan.exercise)
            elif isinstance(event, SetOver):
                self._handle_end(event)

    def _handle_end(self, event: SetOver) -> None:
        live = self._live
        if live.reps:
            self._analyser.submit(live, self._set_autosave, self._video)
            self._video = None  # the analyser's now
        if self._lead is not None:
            self._lead.end_set(event.cause, counted(live.plan, live.reps))
        elif event.cause == "moved":
            goal = live.plan.reps
            self._begin(replace(live.plan, reps=None if goal is None else max(1, goal - counted(live.plan, live.reps))))

    def _headline(self) -> Headline:
        return engine_display.headline(self._live, self._lead, self._utterances, self._clock.now_s)
