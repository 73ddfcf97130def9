"""Rows and scenes -> placed, rested, ready: what stands between somebody who presses start and the first rep."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from hingecheck.live.camera_advice import is_resting, to_change
from hingecheck.live.events import Phase
from hingecheck.live.phrases import Words
from hingecheck.live.scene import Scene
from pose.frame.measure import Row
from pose.frame.view import ViewLimits

#: So long the person rests for the neutral.
REST_S = 2.0
#: What is to be changed is looked for over the last second; the get-ready count takes three.
_LOOK_S, _COUNT_S = 1.0, 3.0


@dataclass(frozen=True)
class Wish:
    """What is to be said now. `spoken_once` is for the count: each of its words is said one time."""

    text: str
    spoken_once: bool = False


class SetUp:
    """Follows one set-up; call it with every frame.

    Parameters
    ----------
    exercise : Exercise
    words : Words
    side : "left" or "right", optional
        The side that must be toward the camera.
    limits : ViewLimits, optional
    """

    def __init__(self, exercise: Exercise, words: Words, side: Side | None = None,
                 limits: ViewLimits | None = None) -> None:
        self._exercise, self._words, self._side, self._limits = exercise, words, side, limits
        self._last: deque[Row] = deque()
        self._resting: list[Row] = []
        self._ready_s: float | None = None
        self.phase = Phase.PLACING

    @property
    def rest(self) -> tuple[Row, ...]:
        """The rows of the rest, from when it began: the set begins with them."""
        return tuple(self._resting)

    @property
    def progress(self) -> float:
        """How much of the rest is done, 0 to 1."""
        return min(1.0, (self._resting[-1].time_s - self._resting[0].time_s) / REST_S) if self._resting else 0.0

    def __call__(self, row: Row, scene: Scene | None, size_px: tuple[int, int]) -> Wish:
        """Take one more frame; return what is to be said."""
        if self.phase is Phase.READY:
            self._resting.append(row)
            return self._count(row.time_s)
        self._last.append(row)
        while row.time_s - self._last[0].time_s > _LOOK_S:
            self._last.popleft()
        if row.time_s - self._last[0].time_s < 0.5 * _LOOK_S:
            return Wish("")
        change = to_change(self._last, self._exercise, self._words.setup, scene, size_px, self._side, self._limits)
        position = self._exercise.position
        if change:
            self.phase = Phase.PLACING
            self._resting.clear()
            return Wish(change)
        self.phase = Phase.RESTING
        if not is_resting(self._last, position):
            self._resting.clear()
        else:
            self._resting.append(row)
        if self.progress >= 1.0:
            self.phase, self._ready_s = Phase.READY, row.time_s
            return Wish(self._words.ready.three, spoken_once=True)
        return Wish(str(getattr(self._words.rest, position.value)))

    def _count(self, now_s: float) -> Wish:
        assert self._ready_s is not None
        ready, gone_s = self._words.ready, now_s - self._ready_s
        words = (ready.three, ready.two, ready.one, ready.go)
        if gone_s >= _COUNT_S:
            self.phase = Phase.GOING
        return Wish(words[min(int(gone_s), 3)], spoken_once=True)
