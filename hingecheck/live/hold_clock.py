"""A hold under way -> the seconds on its clock, and the announcements: half-way, ten, five, done, switch sides."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.hold_timing import time_hold
from exercises.results import Span
from exercises.sides import side_of
from hingecheck.live.phrases import HoldWords
from pose.track import Track

#: A hold has begun once its clock has run for so long.
_BEGUN_S = 1.0
#: Shorter holds are not announced; only their end is sounded.
_ANNOUNCED_FROM_S = 10.0
#: An announcement comes at its second or not at all.
_LATE_S = 1.5


@dataclass(frozen=True)
class HoldState:
    """A hold now: seconds on its clock, its goal in seconds, and its side where that is known."""

    seconds: float
    goal_s: float
    side: Side | None


def hold_state(exercise: Exercise, track: Track, span: Span, goal_s: float) -> HoldState | None:
    """Return the clock of a rep under way; None before it has begun to run."""
    times = time_hold(exercise, track, span)
    if times.held is None or times.held.seconds < _BEGUN_S:
        return None
    return HoldState(times.held.seconds, goal_s, side_of(exercise, track, span))


class HoldCounter:
    """Announces the progress of one hold, each announcement once.

    Parameters
    ----------
    words : HoldWords
    goal_s : float
        How long the hold is to last.
    """

    def __init__(self, words: HoldWords, goal_s: float) -> None:
        self._words, self._goal_s = words, goal_s
        self._spoken: set[str] = set()

    def due(self, hold: HoldState, last: str) -> tuple[str, str] | None:
        """Return the name and the words of the announcement that is due; None for nothing.

        Parameters
        ----------
        hold : HoldState
        last : str
            The words that announce the end of the hold.
        """
        remaining_s = self._goal_s - hold.seconds
        if remaining_s <= 0:
            return None if self.is_done else ("done", last)
        for at_s, name, text in self._announcements():
            if at_s - _LATE_S < remaining_s <= at_s and name not in self._spoken:
                return name, text
        return None

    def mark_spoken(self, name: str) -> None:
        """Note that an announcement was spoken; one that could not be stays due."""
        self._spoken.add(name)

    @property
    def is_done(self) -> bool:
        """Whether the end was announced."""
        return "done" in self._spoken

    def _announcements(self) -> list[tuple[float, str, str]]:
        """Return each announcement: at how many remaining seconds, its name, its words."""
        if self._goal_s < _ANNOUNCED_FROM_S:
            return []
        words = self._words
        announcements = [(5.0, "five", words.five), (self._goal_s - _BEGUN_S, "there", words.there)]
        if self._goal_s >= 15:
            announcements.append((10.0, "ten", words.ten))
        if self._goal_s >= 25:  # else half-way would run into the ten
            announcements.append((self._goal_s / 2, "half", words.half))
        return announcements
