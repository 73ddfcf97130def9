"""Reps under way and reps counted -> the cue, the count or the praise that is worth saying now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exercises.exercise_model import Exercise
from exercises.feedback import worst
from exercises.results import Finding, Rep, Verdict
from exercises.rule_model import Severity
from exercises.rules import findings
from hingecheck.live.cue_queue import SAME_CUE_S, Voice
from hingecheck.live.events import Said
from hingecheck.live.hold_clock import Counter, Holding, holding, next_sides
from hingecheck.live.rep_tracking import Step
from hingecheck.live.set_plan import Plan
from pose.track import Track

#: A fault that is on its way is named after so long: a cue is a warning, the verdict waits for the rule's own time.
_WARN_FOR_S = 0.1
#: How a value goes is read off so long, and followed so far ahead.
_TREND_S, _AHEAD_S = 0.4, 0.35
#: A hold is judged as one after so long.
_HELD_FROM_S = 3.0
#: So many good reps in a row earn a word.
_STREAK = 3


class Prompter:
    """Says what is to be said about reps; one for each set."""

    def __init__(self, plan: Plan, voice: Voice) -> None:
        self._plan, self._voice = plan, voice
        self._warned = quick(plan.exercise)
        self._cued: dict[str, float] = {}
        self._counter: Counter | None = None
        self._good_in_a_row = 0
        self._last_bad = False
        self.holding: Holding | None = None

    def during(self, track: Track, step: Step, done: Sequence[Rep], now_s: float) -> list[Said]:
        """Look at the rep under way; `done` are the reps before it."""
        exercise, span = self._plan.exercise, step.under_way
        if span is None:
            self.holding, self._counter = None, None
            return []
        if exercise.posture is not None and span.end_s - span.start_s < exercise.posture.nudge_s:
            return []
        self.holding = None
        if self._plan.hold_s is not None and step.held is not None:
            self.holding = holding(exercise, track, step.held, self._plan.hold_s)
        said = self._count(done, now_s)
        if step.held is not None and self.holding is not None and self.holding.seconds >= _HELD_FROM_S:
            found = findings(exercise, track, step.held)
        else:
            found = findings(self._warned, track, span, under_way=True)
        faults = [finding for finding in found if _is_fault(finding) or is_coming(exercise, track, finding)]
        return said or self._cue([finding.model_copy(update={"verdict": Verdict.BROKEN}) for finding in faults], now_s)

    def counted(self, rep: Rep, now_s: float) -> list[Said]:
        """Look at a rep that was just counted."""
        exercise = self._plan.exercise
        sound = [self._voice.sound("rep", "count", now_s)] if exercise.posture is None else []
        bad = any(_is_fault(finding) for finding in rep.findings)
        words = self._cue(rep.findings, now_s, rep.start_s)
        if rep.verdict == exercise.good and not bad:
            self._good_in_a_row += 1
            words = words or self._praise(rep, now_s)
        else:
            self._good_in_a_row = 0
        self._last_bad = bad
        self._cued = {rule: at_s for rule, at_s in self._cued.items() if now_s - at_s < SAME_CUE_S and
                      exercise.hold is not None}
        return [*sound, *words]

    def _cue(self, found: Sequence[Finding], now_s: float, since_s: float | None = None) -> list[Said]:
        """Name the worst that was not named in this rep."""
        fresh = [finding for finding in found if finding.rule not in self._cued
                 or (since_s is None and now_s - self._cued[finding.rule] >= SAME_CUE_S)]
        named = worst(self._plan.exercise, fresh)
        if named is None or (since_s is not None and len(fresh) < len(found) and _named_worse(found, self._cued)):
            return []
        rule, watched = named
        text = self._plan.words.cue(self._plan.exercise, rule.id, watched)
        said = self._voice.say(text, "cue", now_s, "" if watched else "fault", rule.id)
        if said is None:
            return []
        self._cued[rule.id] = now_s
        return [said]

    def _count(self, done: Sequence[Rep], now_s: float) -> list[Said]:
        now = self.holding
        if now is None:
            return []
        words = self._plan.words.hold
        self._counter = self._counter or Counter(words, now.of_s)
        left = next_sides(self._plan.sides, done, now.side)
        last = words.switch if left else words.finished if len(self._plan.sides) > 1 else words.done
        due = self._counter.due(now, last)
        if due is None:
            return []
        name, text = due
        said = self._voice.say(text, "count", now_s, "hold" if name in ("there", "done") else "")
        if said is None:
            return []
        self._counter.said(name)
        return [said]

    def _praise(self, rep: Rep, now_s: float) -> list[Said]:
        if rep.borderline or self._plan.exercise.good_word or self._plan.exercise.posture is not None:
            return []
        words = self._plan.words.praise
        if self._last_bad:
            text = words.better
        elif self._good_in_a_row % _STREAK == 0:
            text = words.streak
        elif self._good_in_a_row == 1:
            text = words.good
        else:
            return []
        said = self._voice.say(text, "praise", now_s, "good")
        return [] if said is None else [said]


def quick(exercise: Exercise) -> Exercise:
    """Return the exercise with rules that warn sooner: what must have lasted is named when it begins to."""
    rules = tuple(rule.model_copy(update={"for_s": min(rule.for_s, _WARN_FOR_S)}) for rule in exercise.rules)
    return exercise.model_copy(update={"rules": rules})


def is_coming(exercise: Exercise, track: Track, finding: Finding) -> bool:
    """Whether a value past its watch limit still grows so fast that it will be a fault in a moment.

    Hearing and stopping take a person most of a second: a cue that waits for the fault itself comes when the bottom is
    reached.
    """
    rule = exercise.rule(finding.rule)
    if not finding.watched or rule.severity is not Severity.FAULT or rule.measure not in track.columns:
        return False
    rows = track.between(float(track.time_s[-1]) - _TREND_S, float(track.time_s[-1]))
    times, values = track.time_s[rows], track.columns[rule.measure][rows]
    if len(values) < 3 or not np.isfinite(values).all():
        return False
    per_s = float(np.polyfit(times, values, 1)[0])
    return rule.bound.sign * (values[-1] + per_s * _AHEAD_S - rule.bound.limit) > 0


def _is_fault(finding: Finding) -> bool:
    return finding.verdict is Verdict.BROKEN and finding.severity is Severity.FAULT


def _named_worse(found: Sequence[Finding], cued: dict[str, float]) -> bool:
    """Whether a fault of this rep was named while it was under way: one cue a rep is enough."""
    return any(_is_fault(finding) and finding.rule in cued for finding in found)
