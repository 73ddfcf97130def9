"""A posture over time: the time in its fault, and the sentences about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exercises.curve import GRID_HZ, curve
from exercises.exercise_model import Exercise
from exercises.hold_model import PostureResult
from exercises.rep_values import GAP_S
from exercises.results import Rep, Verdict
from exercises.rule_model import Rule, Severity
from language.numbers import number
from language.translate import _, plural
from language.words import small_start
from pose.track import Track

#: A fault of a smaller share is ignored.
_LEAST_SHARE = 0.02


def posture_of(exercise: Exercise, track: Track, reps: Sequence[Rep]) -> PostureResult | None:
    """Return how long a posture was watched and how long it was in its fault; None for other exercises.

    The time of the fault is that beyond the limit of the exercise's first fault, within the reps in which that rule is
    broken.
    """
    rule = _rule(exercise)
    if exercise.posture is None or rule is None or rule.measure not in track.columns:
        return None
    line = curve(track.time_s, rule.bound.sign * track.columns[rule.measure], GAP_S)
    if line is None:
        return None
    beyond = (line.depth > rule.bound.sign * rule.bound.limit) & ~line.blind
    times = []
    for rep in reps:
        if any(finding.rule == rule.id and finding.verdict is Verdict.BROKEN for finding in rep.findings):
            inside = (line.time_s >= rep.start_s) & (line.time_s <= rep.end_s)
            times.append(float((beyond & inside).sum()) / GRID_HZ)
    watched_s = float((~line.blind).sum()) / GRID_HZ
    return PostureResult(watched_s=round(watched_s, 1), fault_s=round(float(np.sum(times)), 1),
                         longest_s=round(max(times, default=0.0), 1),
                         nudges=sum(seconds >= exercise.posture.nudge_s for seconds in times))


def sentences(exercise: Exercise, result: PostureResult) -> tuple[str, ...]:
    """Return the sentences about a posture over a clip, most important first."""
    rule = _rule(exercise)
    assert exercise.posture is not None
    assert rule is not None
    if result.share <= _LEAST_SHARE:
        return (_("Watched for about {watched} s: {praise}").format(watched=number(result.watched_s),
                                                                    praise=small_start(_(exercise.praise))),)
    lines = [_("You were {word} for about {fault} of {watched} s ({percent} % of the time). {advice}").format(
        word=_(exercise.posture.word), fault=number(result.fault_s), watched=number(result.watched_s),
        percent=number(100 * result.share), advice=_(rule.advice))]
    if result.nudges:
        text = plural("Once it went on for {limit} s and more (longest about {longest} s): change your posture before "
                      "that.", "{count} times it went on for {limit} s and more (longest about {longest} s): change "
                      "your posture before that.", result.nudges)
        lines.append(text.format(count=result.nudges, limit=number(exercise.posture.nudge_s),
                                 longest=number(result.longest_s)))
    return tuple(lines)


def _rule(exercise: Exercise) -> Rule | None:
    return next((rule for rule in exercise.rules if rule.severity is Severity.FAULT), None)
