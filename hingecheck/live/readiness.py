"""Measured frames and scenes -> the phases of the set-up: position, rest, get-ready count; then the first rep."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from hingecheck.live.camera_advice import advice, is_resting
from hingecheck.live.events import Phase
from hingecheck.live.phrases import Words
from hingecheck.live.scene import Scene
from pose.frame.measure import Row
from pose.frame.view import ViewLimits

#: How long the person rests for the neutral pose.
REST_S = 2.0
#: Advice is based on the last second; the get-ready count takes three.
_ADVICE_S, _COUNT_S = 1.0, 3.0


@dataclass(frozen=True)
class Prompt:
    """What to speak now. `is_spoken_once` is for the count: each of its words is spoken once."""

    text: str
    is_spoken_once: bool = False


class SetUp:
    """Leads through one set-up; call it with every frame.

    Parameters
    ----------
    exercise : Exercise
    words : Words
    side : "left" or "right", optional
        The side that must be towards the camera.
    limits : ViewLimits, optional
    """

    def __init__(self, exercise: Exercise, words: Words, side: Side | None = None,
                 limits: ViewLimits | None = None) -> None:
        self._exercise, self._words, self._side, self._limits = exercise, words, side, limits
        self._recent: deque[Row] = deque()
        self._resting: list[Row] = []
        self._ready_s: float | None = None
        self.phase = Phase.PLACING

    @property
    def rest(self) -> tuple[Row, ...]:
        """The measured frames of the rest, from its beginning: the set begins with them."""
        return tuple(self._resting)

    @property
    def progress(self) -> float:
        """How much of the rest is done, 0 to 1."""
        return min(1.0, (self._resting[-1].time_s - self._resting[0].time_s) / REST_S) if self._resting else 0.0

    def __call__(self, row: Row, scene: Scene | None, size_px: tuple[int, int]) -> Prompt:
        """Take one more frame; return what to speak."""
        if self.phase is Phase.READY:
            self._resting.append(row)
            return self._count(row.time_s)
        self._recent.append(row)
        while row.time_s - self._recent[0].time_s > _ADVICE_S:
            self._recent.popleft()
        if row.time_s - self._recent[0].time_s < 0.5 * _ADVICE_S:
            return Prompt("")
        change = advice(self._recent, self._exercise, self._words.setup, scene, size_px, self._side, self._limits)
        position = self._exercise.position
        if change:
            self.phase = Phase.PLACING
            self._resting.clear()
            return Prompt(change)
        self.phase = Phase.RESTING
        if not is_resting(self._recent, position):
            self._resting.clear()
        else:
            self._resting.append(row)
        if self.progress >= 1.0:
            self.phase, self._ready_s = Phase.READY, row.time_s
            return Prompt(self._words.ready.three, is_spoken_once=True)
        return Prompt(str(getattr(self._words.rest, position.value)))

    def _count(self, now_s: float) -> Prompt:
        assert self._ready_s is not None
        ready, elapsed_s = self._words.ready, now_s - self._ready_s
        words = (ready.three, ready.two, ready.one, ready.go)
        if elapsed_s >= _COUNT_S:
            self.phase = Phase.GOING
        return Prompt(words[min(int(elapsed_s), 3)], is_spoken_once=True)
