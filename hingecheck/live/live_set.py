"""Detected frames, one by one -> the events of a live set, and at its end the report that a file would get.

No thread, no clock, no screen, no model: the same poses give the same events on every machine. Frames are measured and
reps judged by the functions of `hingecheck.analysis.pipeline`; `conclude` judges the whole set by its very own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exercises.results import Rep, SetReport
from hingecheck.analysis import set_report
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.pipeline import SetAnalysis, conclude
from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.cues import CueChooser
from hingecheck.live.events import Event, Phase, PhaseChanged, RepCounted, RepSettled, SetOver, Utterance
from hingecheck.live.hold_clock import HoldState
from hingecheck.live.readiness import SetUp
from hingecheck.live.rep_tracking import RepTracker
from hingecheck.live.rolling_track import RollingTrack
from hingecheck.live.scene import Scene
from hingecheck.live.scene_watch import SceneWatch
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.set_rows import MAX_ROWS, SetRows
from hingecheck.live.side_plan import counted
from pose.frame.measure import Measurer, Row
from pose.frame.view import ViewLimits
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: Stands in an autosaved set until it is over.
_BROKE_OFF = Reason(ReasonKind.SET_BROKE_OFF)
#: How often the window is analysed: on the way to a bottom, where cues must come in time, with each of its rows (ten
#: per second); in a long hold less often, since its window is longer.
_WINDOW_EVERY_S, _LONG_WINDOW_EVERY_S, _LONG_ROWS = 0.15, 0.3, 110


class LiveSet:
    """One set; call it with every frame, in order.

    Parameters
    ----------
    plan : SetPlan
    limits : ViewLimits, optional
    queue : CueQueue, optional
        The session's own, where several sets follow each other.
    max_rows : int
        The older half of a longer set is thinned.

    Attributes
    ----------
    phase : Phase
    row : Row or None
        The measured latest frame.
    track : Track or None
        The window at its latest analysis; up to 0.3 s old.
    trouble : str
        Why the person cannot be judged now; "" for nothing.
    prompt : str
        What the set-up wants the person to do; "" for nothing.
    """

    def __init__(self, plan: SetPlan, limits: ViewLimits | None = None, queue: CueQueue | None = None,
                 max_rows: int = MAX_ROWS) -> None:
        self.plan, self._limits = plan, limits
        self._queue = queue or CueQueue()
        self._measurer = Measurer(limits)
        self._set_up = SetUp(plan.exercise, plan.words, plan.toward_camera, limits)
        self._window = RollingTrack(limits)
        self._tracker = RepTracker(plan.exercise)
        self._cues = CueChooser(plan, self._queue)
        self._scene_watch = SceneWatch(plan.words.going)
        self._rows = SetRows(max_rows)
        #: Session time of the set's beginning; the other times are those of the set.
        self._start_s, self._last_analysis_s, self._last_moving_s = 0.0, -1e9, -1e9
        self._spoken: set[str] = set()
        self._is_bending = False
        self._due_s: float | None = None
        self.key_frames = KeyFrames()
        self.phase = Phase.PLACING if plan.set_up else Phase.GOING
        self.row: Row | None = None
        self.track: Track | None = None
        self.trouble = self.prompt = ""

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The reps so far; the last may not be settled."""
        return self._tracker.reps

    @property
    def hold(self) -> HoldState | None:
        """The hold under way."""
        return self._cues.hold

    @property
    def start_s(self) -> float:
        """Session time of the set's beginning, with the rest before it."""
        return self._start_s

    @property
    def rest_progress(self) -> float:
        """How much of the rest before the set is done, 0 to 1."""
        return self._set_up.progress

    def __call__(self, detection: DetectedFrame, scene: Scene | None = None) -> list[Event]:
        """Take one more frame, and analyse the window where that is due."""
        return [*self.advance(detection, scene), *self.analyse_window()]

    def advance(self, detection: DetectedFrame, scene: Scene | None = None) -> list[Event]:
        """Take one more frame; `analyse_window` must follow before the next one.

        Parameters
        ----------
        detection : DetectedFrame
            Its time is the session's; the set's own time begins with the rest before it.
        scene : Scene, optional
            Its surroundings; None in a replay of poses.
        """
        self.row = row = self._measurer(detection.sighting)
        if self.phase is Phase.OVER:
            return []
        if self.phase is not Phase.GOING:
            return self._advance_set_up(row, detection, scene)
        return self._advance_set(replace(row, time_s=row.time_s - self._start_s), detection, scene)

    def stop(self) -> list[Event]:
        """End the set now; a rep under way counts if enough of it was measured."""
        return [] if self.phase is Phase.OVER else self._end("stopped")

    def conclude(self, name: str, notes: tuple[Reason, ...] = ()) -> SetAnalysis:
        """Judge the whole set, exactly as `analyse` judges a file with these frames."""
        return conclude(self._rows.all, self.plan.exercise, name, notes, self._limits)

    def interim_report(self, name: str) -> SetReport | None:
        """Return the report of the reps so far, for the autosave of a set that goes on; None without reps."""
        if self.track is None or not self.reps:
            return None
        return set_report.report(self.plan.exercise, name, self.track, self.reps,
                                 (_BROKE_OFF,))

    def key_times(self) -> Mapping[int, float]:
        """Return the middle of each rep's deepest part, seconds, by the rep's index."""
        return {rep.index: (rep.bottom_s + rep.leave_s) / 2 for rep in self.reps}

    def _advance_set_up(self, row: Row, detection: DetectedFrame, scene: Scene | None) -> list[Event]:
        before = self._set_up.phase
        prompt = self._set_up(row, scene, detection.sighting.size_px)
        self.phase, self.prompt = self._set_up.phase, prompt.text
        events: list[Event] = [] if self.phase is before else [PhaseChanged(self.phase, row.time_s)]
        if prompt.text and not (prompt.is_spoken_once and prompt.text in self._spoken):
            utterance = self._queue.offer(prompt.text, "count" if prompt.is_spoken_once else "setup", row.time_s,
                                          "ready" if prompt.is_spoken_once else "")
            if utterance is not None:
                self._spoken |= {prompt.text}
                events.append(utterance)
        if self.phase is Phase.GOING:
            self._begin(scene)
        return events

    def _begin(self, scene: Scene | None) -> None:
        """Begin the set with the rest that was the last part of the set-up."""
        rest = self._set_up.rest
        self._start_s, self.prompt = rest[0].time_s, ""
        self._scene_watch.set_reference(scene)
        rows = [replace(row, time_s=row.time_s - self._start_s) for row in rest]
        self._window.set_rest([row for row in rows if row.time_s <= 2.0])
        for row in rows:
            self._rows.add(row)
            self._window.add(row)

    def _advance_set(self, row: Row, detection: DetectedFrame, scene: Scene | None) -> list[Event]:
        self._rows.add(row)
        if detection.frame is not None:
            self.key_frames.offer(detection.frame.at(row.time_s), row)
        now_s = row.time_s + self._start_s
        self.trouble = self._scene_watch.trouble(row)
        if self._scene_watch.is_moved(row.time_s, scene):
            return self._end("moved")
        events: list[Event] = []
        if self.trouble:
            utterance = self._queue.offer(self.trouble, "trouble", now_s)
            events += [utterance] if utterance is not None else []
        usual_s = _WINDOW_EVERY_S if len(self._window) < _LONG_ROWS else _LONG_WINDOW_EVERY_S
        every_s = 0.0 if self._is_bending else usual_s
        if self._window.add(row) and row.time_s - self._last_analysis_s >= every_s - 1e-6:
            self._last_analysis_s = self._due_s = row.time_s
        return events

    def analyse_window(self) -> list[Event]:
        """Analyse the window if the last frame made that due; no frame needs to wait for it."""
        if self.phase is not Phase.GOING:  # the key frames belong to the final analysis now
            return []
        self.key_frames.pack()
        if self._due_s is None:
            return []
        time_s, self._due_s = self._due_s, None
        track = self._window.track()
        if track is None:
            return []
        self.track = track
        update = self._tracker.update(track, time_s)
        now_s, events = time_s + self._start_s, list[Event]()
        utterances: list[Utterance] = []
        for rep in update.new_reps:
            events.append(RepCounted(rep, now_s))
            utterances += self._cues.after_rep(rep, now_s)
        span = update.under_way
        self._is_bending = span is not None and update.hold_span is None and len(self._window) < _LONG_ROWS
        if span is not None:
            self._last_moving_s = time_s
        utterances += self._cues.during_rep(track, update, self.reps, now_s)
        events += utterances
        events += [RepSettled(rep, now_s) for rep in update.settled_reps]
        if update.settled_reps:
            self._move_window()
        return events + self._end_if_due(time_s, span is not None)

    def _move_window(self) -> None:
        """Let the window begin after the last settled rep; without a set-up, the rest is what lies before the first."""
        until_s = self._tracker.settled_until_s
        assert until_s is not None
        if not self._window.has_rest:
            rows, first = self._rows.all, self.reps[0]
            before = [row for row in rows if row.time_s < first.start_s]
            self._window.set_rest(before if len(before) > 2 else [row for row in rows if row.time_s > until_s])
        self._window.drop_before(until_s)
        self.key_frames.thin(tuple(self.key_times().values()), until_s)

    def _end_if_due(self, time_s: float, under_way: bool) -> list[Event]:
        goal = self.plan.total_reps
        settled = self._tracker.settled_count
        if goal is not None and counted(self.plan, self.reps[:settled]) >= goal and not under_way:
            return self._end("goal")
        last_s = max(self._last_moving_s, self._tracker.settled_until_s or -1e9)
        if settled and not under_way and self.plan.exercise.posture is None \
                and time_s - last_s > self.plan.rest_ends_s:
            return self._end("rest")
        return []

    def _end(self, cause: str) -> list[Event]:
        at_s = self.row.time_s if self.row is not None else 0.0
        self.phase = Phase.OVER
        going = self.plan.words.going
        text = {"moved": going.moved, "stopped": going.stopped}.get(cause, going.over)
        utterance = self._queue.offer(text, "count", at_s) if self.reps or cause == "moved" else None
        events: list[Event] = [SetOver(cause, at_s), PhaseChanged(Phase.OVER, at_s)]  # type: ignore[arg-type]
        return events if utterance is None else [utterance, *events]
