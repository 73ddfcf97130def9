"""Sightings, one by one -> events: set-up, cues, reps, the end of the set; and then the report that a file would get.

No thread, no clock, no screen, no model: the same poses give the same events, whatever the machine. What is measured
and judged is what `hingecheck.analysis.pipeline` measures and judges; `conclude` judges the whole set by the very same
function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exercises.results import Rep, SetReport
from hingecheck import reasons
from hingecheck.analysis import set_report
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.pipeline import DetectedFrame, SetAnalysis, conclude
from hingecheck.live.cue_queue import Voice
from hingecheck.live.cues import Prompter
from hingecheck.live.events import Event, Phase, PhaseChanged, RepCounted, RepSettled, Said, SetOver
from hingecheck.live.hold_clock import Holding
from hingecheck.live.readiness import SetUp
from hingecheck.live.rep_tracking import Follower
from hingecheck.live.rolling_track import Rolling
from hingecheck.live.scene import Scene
from hingecheck.live.scene_watch import Watcher
from hingecheck.live.set_plan import Plan
from pose.frame.measure import Measurer, Row
from pose.frame.view import ViewLimits
from pose.track import Track

#: Stands in a kept set until it is over.
_BROKE_OFF = "The set broke off here; what was done until then is kept."
#: How often the window is looked at: on the way to a bottom, where cues must come in time, with each of its rows (ten
#: a second); in a long hold less often, since its window is longer.
_LOOK_EVERY_S, _LONG_LOOK_EVERY_S, _LONG_ROWS = 0.15, 0.3, 110
#: A set of more rows than this (five minutes at 30 a second) keeps fewer of the older half: ten a second, from which
#: reps and angles come out the same. An hour of watched sitting would else take a quarter of a gigabyte.
_MOST_ROWS, _THIN_STEP_S = 9000, 0.09


class Live:
    """One set; call it with every frame, in order.

    Parameters
    ----------
    plan : Plan
    limits : ViewLimits, optional
    voice : Voice, optional
        Of the session, where several sets follow each other.
    most_rows : int
        A longer set keeps fewer of its older half.

    Attributes
    ----------
    phase : Phase
    row : Row or None
        The latest frame's.
    track : Track or None
        The latest look at the window; up to 0.3 s old.
    trouble : str
        What keeps the person from being judged now; "" for nothing.
    wish : str
        What set-up asks for; "" for nothing.
    """

    def __init__(self, plan: Plan, limits: ViewLimits | None = None, voice: Voice | None = None,
                 most_rows: int = _MOST_ROWS) -> None:
        self.plan, self._limits = plan, limits
        self._voice = voice or Voice()
        self._measurer = Measurer(limits)
        self._set_up = SetUp(plan.exercise, plan.words, plan.toward_camera, limits)
        self._rolling = Rolling(limits)
        self._follower = Follower(plan.exercise)
        self._prompter = Prompter(plan, self._voice)
        self._watcher = Watcher(plan.words.going)
        self._rows: list[Row] = []
        self._most_rows = self._thin_from = most_rows
        self._zero_s, self._looked_s, self._moved_s = 0.0, -1e9, -1e9
        self._counted: set[str] = set()
        self._bending = False
        self._due_s: float | None = None
        self.keys = KeyFrames()
        self.phase = Phase.PLACING if plan.set_up else Phase.GOING
        self.row: Row | None = None
        self.track: Track | None = None
        self.trouble = self.wish = ""

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The reps so far, the last maybe not settled."""
        return self._follower.reps

    @property
    def holding(self) -> Holding | None:
        """The hold under way."""
        return self._prompter.holding

    @property
    def rest_progress(self) -> float:
        """How much of the rest before the set is done, 0 to 1."""
        return self._set_up.progress

    def __call__(self, seen: DetectedFrame, scene: Scene | None = None) -> list[Event]:
        """Take one more frame, and look at the window where that is due."""
        return [*self.advance(seen, scene), *self.look()]

    def advance(self, seen: DetectedFrame, scene: Scene | None = None) -> list[Event]:
        """Take one more frame; `look` must follow before the next one.

        Parameters
        ----------
        seen : Seen
            Its time is the session's; the set's own begins with the rest before it.
        scene : Scene, optional
            Its surroundings; None in a replay of poses.
        """
        self.row = row = self._measurer(seen.sighting)
        if self.phase is Phase.OVER:
            return []
        if self.phase is not Phase.GOING:
            return self._setting_up(row, seen, scene)
        return self._going(replace(row, time_s=row.time_s - self._zero_s), seen, scene)

    def stop(self) -> list[Event]:
        """End the set now; a rep that is under way counts if enough of it was seen."""
        return [] if self.phase is Phase.OVER else self._over("stopped")

    def conclude(self, name: str, notes: tuple[str, ...] = ()) -> SetAnalysis:
        """Judge the whole set, exactly as a file with these frames."""
        return conclude(self._rows, self.plan.exercise, name, notes, self._limits)

    def so_far(self, name: str) -> SetReport | None:
        """Return the report of the reps so far, for whoever keeps them while the set goes on; None without any."""
        if self.track is None or not self.reps:
            return None
        return set_report.report(self.plan.exercise, name, self.track, self.reps, reasons.notes((_BROKE_OFF,)))

    def key_times(self) -> Mapping[int, float]:
        """Return the middle of each rep's deepest part, by its index."""
        return {rep.index: (rep.bottom_s + rep.leave_s) / 2 for rep in self.reps}

    def _setting_up(self, row: Row, seen: DetectedFrame, scene: Scene | None) -> list[Event]:
        was = self._set_up.phase
        wish = self._set_up(row, scene, seen.sighting.size_px)
        self.phase, self.wish = self._set_up.phase, wish.text
        events: list[Event] = [] if self.phase is was else [PhaseChanged(self.phase, row.time_s)]
        if wish.text and not (wish.spoken_once and wish.text in self._counted):
            said = self._voice.say(wish.text, "count" if wish.spoken_once else "setup", row.time_s,
                                   "ready" if wish.spoken_once else "")
            if said is not None:
                self._counted |= {wish.text}
                events.append(said)
        if self.phase is Phase.GOING:
            self._begin(scene)
        return events

    def _begin(self, scene: Scene | None) -> None:
        """The set begins with the rest that was the last part of the set-up."""
        rest = self._set_up.rest
        self._zero_s, self.wish = rest[0].time_s, ""
        self._watcher.remember(scene)
        self._rows = [replace(row, time_s=row.time_s - self._zero_s) for row in rest]
        self._rolling.rest([row for row in self._rows if row.time_s <= 2.0])
        for row in self._rows:
            self._rolling.add(row)

    def _going(self, row: Row, seen: DetectedFrame, scene: Scene | None) -> list[Event]:
        self._rows.append(row)
        if len(self._rows) >= self._thin_from:
            self._thin()
        if seen.frame is not None:
            self.keys.offer(replace(seen.frame, time_s=row.time_s), row)
        now_s = row.time_s + self._zero_s
        self.trouble = self._watcher.trouble(row)
        if self._watcher.is_moved(row.time_s, scene):
            return self._over("moved")
        events: list[Event] = []
        if self.trouble:
            said = self._voice.say(self.trouble, "trouble", now_s)
            events += [said] if said is not None else []
        every_s = 0.0 if self._bending else _LOOK_EVERY_S if len(self._rolling) < _LONG_ROWS else _LONG_LOOK_EVERY_S
        if self._rolling.add(row) and row.time_s - self._looked_s >= every_s - 1e-6:
            self._looked_s = self._due_s = row.time_s
        return events

    def _thin(self) -> None:
        half = len(self._rows) // 2
        fewer = self._rows[:1]
        for row in self._rows[1:half]:
            if row.time_s - fewer[-1].time_s >= _THIN_STEP_S:
                fewer.append(row)
        self._rows = [*fewer, *self._rows[half:]]
        self._thin_from = max(self._most_rows, len(self._rows) * 3 // 2)

    def look(self) -> list[Event]:
        """Look at the window if the last frame made that due; no picture needs to wait for it."""
        if self.phase is not Phase.GOING:  # whoever judges the set has the pictures now
            return []
        self.keys.pack()
        if self._due_s is None:
            return []
        time_s, self._due_s = self._due_s, None
        track = self._rolling.track()
        if track is None:
            return []
        self.track = track
        step = self._follower.look(track, time_s)
        now_s, events = time_s + self._zero_s, list[Event]()
        said: list[Said] = []
        for rep in step.counted:
            events.append(RepCounted(rep, now_s))
            said += self._prompter.counted(rep, now_s)
        span = step.under_way
        self._bending = span is not None and step.held is None and len(self._rolling) < _LONG_ROWS
        if span is not None:
            self._moved_s = time_s
        said += self._prompter.during(track, step, self.reps, now_s)
        events += said
        events += [RepSettled(rep, now_s) for rep in step.settled]
        if step.settled:
            self._settle()
        return events + self._maybe_over(time_s, span is not None)

    def _settle(self) -> None:
        """Let the window begin after the last settled rep; without a set-up, its surroundings are the rest."""
        until_s = self._follower.settled_until_s
        assert until_s is not None
        if not self._rolling.has_rest:
            first = self.reps[0]
            before = [row for row in self._rows if row.time_s < first.start_s]
            self._rolling.rest(before if len(before) > 2 else [row for row in self._rows if row.time_s > until_s])
        self._rolling.forget_before(until_s)
        self.keys.thin(tuple(self.key_times().values()), until_s)

    def _maybe_over(self, time_s: float, under_way: bool) -> list[Event]:
        goal = self.plan.reps_in_all
        settled = self._follower.settled_count
        if goal is not None and settled >= goal and not under_way:
            return self._over("goal")
        last_s = max(self._moved_s, self._follower.settled_until_s or -1e9)
        if settled and not under_way and self.plan.exercise.posture is None \
                and time_s - last_s > self.plan.rest_ends_s:
            return self._over("rest")
        return []

    def _over(self, why: str) -> list[Event]:
        at_s = self.row.time_s if self.row is not None else 0.0
        self.phase = Phase.OVER
        going = self.plan.words.going
        text = {"moved": going.moved, "stopped": going.stopped}.get(why, going.over)
        said = self._voice.say(text, "count", at_s) if self.reps or why == "moved" else None
        events: list[Event] = [SetOver(why, at_s), PhaseChanged(Phase.OVER, at_s)]  # type: ignore[arg-type]
        return events if said is None else [said, *events]
