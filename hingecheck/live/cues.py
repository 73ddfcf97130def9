"""Reps under way and counted reps -> the cue, the count or the praise that is worth speaking now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exercises.exercise_model import Exercise
from exercises.feedback import worst
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Severity
from exercises.rules import findings
from hingecheck.live.cue_queue import SAME_CUE_S, CueQueue
from hingecheck.live.events import Utterance
from hingecheck.live.hold_clock import HoldCounter, HoldState, hold_state
from hingecheck.live.rep_tracking import RepUpdate
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.side_plan import side_cue, words_at_end
from pose.track import Track

#: A fault that begins is named after so long: a cue is a warning, the verdict waits for the rule's own time.
_WARN_FOR_S = 0.1
#: The trend of a value is fitted over so long, and extrapolated so far ahead.
_TREND_S, _AHEAD_S = 0.4, 0.35
#: A hold is judged as one after so long.
_HOLD_FROM_S = 3.0
#: So many good reps in a row earn praise.
_STREAK = 3


class CueChooser:
    """Chooses what to speak about the reps of one set."""

    def __init__(self, plan: SetPlan, queue: CueQueue) -> None:
        self._plan, self._queue = plan, queue
        self._early_warning = with_early_warning(plan.exercise)
        #: Rule id -> when it was last named, in this rep (or in the last seconds of a hold).
        self._named_s: dict[str, float] = {}
        self._counter: HoldCounter | None = None
        self._is_side_named = False
        self._good_in_a_row = 0
        self._last_is_bad = False
        self.hold: HoldState | None = None

    def during_rep(self, track: Track, update: RepUpdate, reps: Sequence[Rep], now_s: float) -> list[Utterance]:
        """Choose for the rep under way; `reps` are the reps before it."""
        exercise, span = self._plan.exercise, update.under_way
        if span is None:
            self.hold, self._counter, self._is_side_named = None, None, False
            return []
        if exercise.posture is not None and span.end_s - span.start_s < exercise.posture.nudge_s:
            return []
        self.hold = None
        if self._plan.hold_s is not None and update.hold_span is not None:
            self.hold = hold_state(exercise, track, update.hold_span, self._plan.hold_s)
        count = self._side(reps, now_s) or self._count(reps, now_s)
        if update.hold_span is not None and self.hold is not None and self.hold.seconds >= _HOLD_FROM_S:
            candidates = findings(exercise, track, update.hold_span)
        else:
            candidates = findings(self._early_warning, track, span, under_way=True)
        faults = [finding for finding in candidates if _is_fault(finding) or is_imminent(exercise, track, finding)]
        return count or self._cue([finding.model_copy(update={"verdict": Verdict.BROKEN}) for finding in faults], now_s)

    def after_rep(self, rep: Rep, now_s: float) -> list[Utterance]:
        """Choose for a rep that was just counted."""
        exercise = self._plan.exercise
        sound = [self._queue.sound("rep", "count", now_s)] if exercise.posture is None else []
        is_bad = any(_is_fault(finding) for finding in rep.findings)
        words = self._cue(rep.findings, now_s, rep.start_s)
        if rep.verdict == exercise.good and not is_bad:
            self._good_in_a_row += 1
            words = words or self._praise(rep, now_s)
        else:
            self._good_in_a_row = 0
        self._last_is_bad = is_bad
        self._named_s = {rule: at_s for rule, at_s in self._named_s.items() if now_s - at_s < SAME_CUE_S and
                         exercise.hold is not None}
        return [*sound, *words]

    def _cue(self, candidates: Sequence[Finding], now_s: float, since_s: float | None = None) -> list[Utterance]:
        """Name the worst finding that was not named in this rep."""
        fresh = [finding for finding in candidates if finding.rule not in self._named_s
                 or (since_s is None and now_s - self._named_s[finding.rule] >= SAME_CUE_S)]
        choice = worst(self._plan.exercise, fresh)
        if choice is None or (since_s is not None and len(fresh) < len(candidates)
                              and _has_named_fault(candidates, self._named_s)):
            return []
        rule, is_watch = choice
        text = self._plan.words.cue(self._plan.exercise, rule.id, is_watch)
        utterance = self._queue.offer(text, "cue", now_s, "" if is_watch else "fault", rule.id)
        if utterance is None:
            return []
        self._named_s[rule.id] = now_s
        return [utterance]

    def _side(self, reps: Sequence[Rep], now_s: float) -> list[Utterance]:
        """Name a side out of turn once, as soon as its hold has begun."""
        if self.hold is None or self._is_side_named:
            return []
        text = side_cue(self._plan, reps, self.hold.side, self._plan.words.hold)
        utterance = self._queue.offer(text, "count", now_s, "fault") if text else None
        if utterance is None:
            return []
        self._is_side_named = True
        return [utterance]

    def _count(self, reps: Sequence[Rep], now_s: float) -> list[Utterance]:
        hold = self.hold
        if hold is None:
            return []
        words = self._plan.words.hold
        self._counter = self._counter or HoldCounter(words, hold.goal_s)
        due = self._counter.due(hold, words_at_end(self._plan, reps, hold.side, words))
        if due is None:
            return []
        name, text = due
        utterance = self._queue.offer(text, "count", now_s, "hold" if name in ("there", "done") else "")
        if utterance is None:
            return []
        self._counter.mark_spoken(name)
        return [utterance]

    def _praise(self, rep: Rep, now_s: float) -> list[Utterance]:
        if rep.borderline or self._plan.exercise.good_word or self._plan.exercise.posture is not None:
            return []
        words = self._plan.words.praise
        if self._last_is_bad:
            text = words.better
        elif self._good_in_a_row % _STREAK == 0:
            text = words.streak
        elif self._good_in_a_row == 1:
            text = words.good
        else:
            return []
        utterance = self._queue.offer(text, "praise", now_s, "good")
        return [] if utterance is None else [utterance]


def with_early_warning(exercise: Exercise) -> Exercise:
    """Return the exercise with rules that warn sooner: a fault is named when it begins, not when it has lasted."""
    rules = tuple(rule.model_copy(update={"for_s": min(rule.for_s, _WARN_FOR_S)}) for rule in exercise.rules)
    return exercise.model_copy(update={"rules": rules})


def is_imminent(exercise: Exercise, track: Track, finding: Finding) -> bool:
    """Return whether a value past its watch limit grows so fast that it will be a fault within `_AHEAD_S`.

    Hearing and stopping take a person most of a second: a cue that waits for the fault itself comes when the bottom is
    reached.
    """
    rule = exercise.rule(finding.rule)
    if not finding.watched or rule.severity is not Severity.FAULT or rule.measure not in track.columns:
        return False
    window = track.between(float(track.time_s[-1]) - _TREND_S, float(track.time_s[-1]))
    times, values = track.time_s[window], track.columns[rule.measure][window]
    if len(values) < 3 or not np.isfinite(values).all():
        return False
    per_s = float(np.polyfit(times, values, 1)[0])
    return rule.bound.sign * (values[-1] + per_s * _AHEAD_S - rule.bound.limit) > 0


def _is_fault(finding: Finding) -> bool:
    return finding.verdict is Verdict.BROKEN and finding.severity is Severity.FAULT


def _has_named_fault(candidates: Sequence[Finding], named_s: dict[str, float]) -> bool:
    """Return whether a fault of this rep was named while it was under way: one cue per rep is enough."""
    return any(_is_fault(finding) and finding.rule in named_s for finding in candidates)
