"""Times of frames and ends of sets -> what comes next in a programme: the warm-up, a rest, a set, a pause, the end.

No thread, no clock: times are those of the session. It makes no set itself; it returns the plan of the one to begin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.events import Utterance
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.set_plan import SetPlan
from language.current import use
from language.translate import _

#: The last words are spoken within this.
_LAST_WORDS_S = 3.0


class Stage(str, Enum):
    """Stages of a programme."""

    WARM_UP = "warm_up"
    #: Before a set: the rest runs, and what comes next is announced.
    REST = "rest"
    #: A set, with its set-up.
    SET = "set"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True)
class ProgrammeState:
    """How far a programme is.

    Attributes
    ----------
    stage : Stage
    index, of : int
        The activity that goes on or comes next, from 0, and how many there are.
    title, amount : str
        That activity in words; "" when the programme is over.
    instructions : tuple of str
        What to read before it, or during the warm-up.
    remaining_s : float
        Of the warm-up or the rest, seconds.
    is_silent : bool
        Whether everything was announced, and has been heard.
    """

    stage: Stage
    index: int
    of: int
    title: str = ""
    amount: str = ""
    instructions: tuple[str, ...] = ()
    remaining_s: float = 0.0
    is_silent: bool = True


class ProgrammeLead:
    """Leads through one programme; call `advance` with every frame.

    Parameters
    ----------
    programme : LiveProgramme
    queue : CueQueue
        The session's own.
    asks : bool
        Whether a question follows at the end, where anything was done.

    Attributes
    ----------
    stage : Stage
    """

    def __init__(self, programme: LiveProgramme, queue: CueQueue, asks: bool = True) -> None:
        self._programme, self._queue, self._asks = programme, queue, asks
        self._index, self._done = programme.first, 0
        self._is_any_done = any(part.done for part in programme.continues or ())
        warm_up = programme.programme.warm_up if programme.first == 0 else None
        words = programme.words.programme
        self.stage = Stage.REST if warm_up is None else Stage.WARM_UP
        self._now_s = self._heard_s = 0.0
        #: When the warm-up or rest ends; None before the first frame.
        self._until_s: float | None = None
        self._length_s = 0.0 if warm_up is None else warm_up.seconds
        self._pending = [words.warm_up] if warm_up is not None else self._announcements()
        #: The set was stopped, by a pause or with the camera: what is missing of it follows.
        self._is_interrupted = False
        self._paused: tuple[Stage, float] | None = None

    @property
    def plan(self) -> SetPlan:
        """The plan of the set that goes on or comes next."""
        return self._programme.set_plan(min(self._index, len(self._programme.activities) - 1), self._done)

    @property
    def state(self) -> ProgrammeState:
        """Return how far the programme is."""
        stage, programme = self.stage, self._programme
        of, is_silent = len(programme.activities), not self._pending and self._now_s >= self._heard_s
        if stage is Stage.OVER:
            return ProgrammeState(stage, self._index, of, is_silent=is_silent)
        warm_up = programme.programme.warm_up
        read = tuple(_(text) for text in warm_up.do) if stage is Stage.WARM_UP and warm_up is not None else \
            programme.instructions(self._index)
        return ProgrammeState(stage, self._index, of, programme.title(self._index), programme.amount(self._index), read,
                              self._remaining_s(), is_silent)

    @property
    def counter(self) -> str:
        """Return the seconds of the warm-up or the rest that remain, as text; "" where none do."""
        remaining_s = math.ceil(self._remaining_s())
        return f"{remaining_s} s" if remaining_s else ""

    @property
    def headline(self) -> str:
        """The text at the foot of a frame outside a set."""
        words = self._programme.words.programme
        fixed = {Stage.WARM_UP: words.warm_up, Stage.PAUSED: words.paused, Stage.OVER: words.finished}.get(self.stage)
        if fixed is not None:
            return fixed
        with use(self._programme.words.language):
            return words.next.format(exercise=self._programme.title(self._index))

    def advance(self, now_s: float) -> tuple[list[Utterance], SetPlan | None]:
        """Take the time of one more frame; return what to speak, and the plan of the set that is to begin now."""
        self._now_s, spoken = now_s, self._speak(now_s)
        if self.stage in (Stage.WARM_UP, Stage.REST):
            self._until_s = now_s + self._length_s if self._until_s is None else self._until_s
            if now_s < self._until_s or self._pending:
                return spoken, None
            if self.stage is Stage.WARM_UP:
                self._rest(0.0)
                return spoken, None
            self.stage = Stage.SET
            return spoken, self.plan
        if self.stage is Stage.SET and self._is_interrupted:
            self._is_interrupted = False
            return spoken, self.plan
        return spoken, None

    def end_set(self, cause: Literal["goal", "rest", "moved", "stopped"], reps: int) -> None:
        """Take the end of the set that went on, and its reps."""
        if self.stage is not Stage.SET:
            return
        self._done += reps
        self._is_any_done = self._is_any_done or reps > 0
        goal = self._programme.activities[self._index].reps
        if cause in ("moved", "stopped") and self._done < goal:
            self._is_interrupted = True
        else:
            self._go_on()

    def skip(self, given_in: Stage | None = None) -> None:
        """Leave out what remains of the warm-up, the rest or the set; after a set without a rep no rest follows.

        `given_in`: the stage before the set was stopped for it. Where the rep under way completed the set, nothing of
        it remains, and its rest does.
        """
        if given_in is Stage.SET and self.stage is not Stage.SET:
            return
        if self.stage is Stage.PAUSED:
            self.resume()
        if self.stage is Stage.WARM_UP:
            self._rest(0.0)
        elif self.stage is Stage.REST:
            self._until_s, self._length_s, self._pending = None, 0.0, []
        elif self.stage is Stage.SET:
            self._go_on()

    def pause(self) -> None:
        """Stop the time of the warm-up or the rest; a set must have been stopped before."""
        if self.stage not in (Stage.PAUSED, Stage.OVER):
            self._paused = self.stage, self._remaining_s()
            self.stage, self._pending = Stage.PAUSED, [self._programme.words.programme.paused]

    def resume(self) -> None:
        """Go on where `pause` came; what comes next is announced again."""
        if self._paused is None or self.stage is not Stage.PAUSED:
            return
        self.stage, self._length_s = self._paused
        self._until_s = None
        self._pending = self._announcements() if self.stage is Stage.REST else []

    def take_sign(self, given_in: Stage) -> None:
        """Take the sign of a raised arm: on past the warm-up or rest, a pause of the set, or on after the pause.

        A set must have been stopped before, as for `pause`; `given_in` is the stage before that.
        """
        if given_in is Stage.SET:
            self.pause()
        elif self.stage is Stage.PAUSED:
            self.resume()
        else:
            self.skip()

    def finish(self) -> None:
        """End the programme here."""
        if self.stage is not Stage.OVER:
            words = self._programme.words.programme
            self.stage, self._is_interrupted = Stage.OVER, False
            self._pending = [words.finished, *([words.question] if self._asks and self._is_any_done else [])]

    def _go_on(self) -> None:
        rest_s = self._programme.activities[self._index].rest_s if self._done else 0.0
        self._index, self._done, self._is_interrupted = self._index + 1, 0, False
        if self._index == len(self._programme.activities):
            self.finish()
        else:
            self._rest(rest_s)

    def _rest(self, rest_s: float) -> None:
        self.stage, self._until_s, self._length_s = Stage.REST, None, rest_s
        self._pending = self._announcements()

    def _announcements(self) -> list[str]:
        return list(self._programme.announcements(self._index, self._length_s))

    def _speak(self, now_s: float) -> list[Utterance]:
        if not self._pending:
            return []
        utterance = self._queue.offer(self._pending[0], "setup", now_s)
        if utterance is None:
            return []
        del self._pending[0]
        self._heard_s = now_s + _LAST_WORDS_S
        return [utterance]

    def _remaining_s(self) -> float:
        if self.stage not in (Stage.WARM_UP, Stage.REST):
            return 0.0
        return self._length_s if self._until_s is None else max(0.0, self._until_s - self._now_s)
