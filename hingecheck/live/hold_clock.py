"""A hold under way -> seconds on its clock, and what is counted aloud: half-way, ten, five, done, switch sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.hold_timing import clocked
from exercises.results import Rep, Span
from exercises.sides import side_of
from hingecheck.live.phrases import HoldWords
from pose.track import Track

#: On the clock for so long, a hold has begun.
_BEGUN_S = 1.0
#: Shorter holds are not counted aloud; only their end is sounded.
_ALOUD_FROM_S = 10.0
#: What is counted comes at its second or not at all.
_LATE_S = 1.5


@dataclass(frozen=True)
class Holding:
    """A hold now: seconds on its clock, of how many, on which side where that can be told."""

    seconds: float
    of_s: float
    side: Side | None


def hold_goal_s(exercise: Exercise) -> float | None:
    """Return how long a hold is to last: the shortest that is no fault, else what is practised; None without a hold."""
    if exercise.hold is None:
        return None
    for rule in exercise.rules:
        if rule.measure == "hold_s" and rule.bound.at_least is not None:
            return rule.bound.at_least
    return exercise.dose.hold_s[0] if exercise.dose.hold_s is not None else None


def holding(exercise: Exercise, track: Track, span: Span, of_s: float) -> Holding | None:
    """Read the clock of a rep under way; None before it has begun to run."""
    timed = clocked(exercise, track, span)
    if timed.held is None or timed.held.seconds < _BEGUN_S:
        return None
    return Holding(timed.held.seconds, of_s, side_of(exercise, track, span))


class Counter:
    """Counts one hold aloud, each thing once.

    Parameters
    ----------
    words : HoldWords
    of_s : float
        How long it is to last.
    """

    def __init__(self, words: HoldWords, of_s: float) -> None:
        self._words, self._of_s = words, of_s
        self._said: set[str] = set()

    def due(self, now: Holding, last: str) -> tuple[str, str] | None:
        """Return the name and the words of what is to be said now; None for nothing.

        Parameters
        ----------
        now : Holding
        last : str
            What the end of the hold is said with.
        """
        left = self._of_s - now.seconds
        if left <= 0:
            return None if self.is_done else ("done", last)
        for at_s, name, text in self._steps():
            if at_s - _LATE_S < left <= at_s and name not in self._said:
                return name, text
        return None

    def said(self, name: str) -> None:
        """Note that something was really said; what could not be is asked for again."""
        self._said.add(name)

    @property
    def is_done(self) -> bool:
        """Whether the end was announced."""
        return "done" in self._said

    def _steps(self) -> list[tuple[float, str, str]]:
        """What is counted: at so many seconds left, its name, its words."""
        if self._of_s < _ALOUD_FROM_S:
            return []
        words = self._words
        steps = [(5.0, "five", words.five), (self._of_s - _BEGUN_S, "there", words.there)]
        if self._of_s >= 15:
            steps.append((10.0, "ten", words.ten))
        if self._of_s >= 25:  # else half-way would run into the ten
            steps.append((self._of_s / 2, "half", words.half))
        return steps


def next_sides(wanted: Iterable[Side], reps: Sequence[Rep], now: Side | None) -> tuple[Side, ...]:
    """Return the sides that are still to be done after the hold that is under way."""
    done = {rep.side for rep in reps} | {now}
    return tuple(side for side in wanted if side not in done)
