"""The rolling track -> reps: the one under way, those just counted, those that no later frame changes.

Counting is `exercises.segment` on the window; judging is `exercises.rules.judge_rep`. A rep is counted when the person
has come back half-way, and settled when back at rest for long enough that its times stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.results import Rep, Span
from exercises.rules import judge_rep
from exercises.segment import finished, segment, under_way
from pose.track import Track


@dataclass(frozen=True)
class Step:
    """What one look found.

    `under_way` is None at rest; `held` is the same rep once the person has stayed at its bottom, with the arrival there
    timed as that of a whole rep.
    """

    under_way: Span | None
    held: Span | None
    counted: tuple[Rep, ...]
    settled: tuple[Rep, ...]


class Follower:
    """Follows one set.

    Parameters
    ----------
    exercise : Exercise
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._settled: list[Rep] = []
        self._waiting: list[Rep] = []

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every rep so far, in order; the last may not be settled."""
        return (*self._settled, *self._waiting)

    @property
    def settled_count(self) -> int:
        """How many reps are settled."""
        return len(self._settled)

    @property
    def settled_until_s(self) -> float | None:
        """End of the last settled rep: nothing before it is needed any more."""
        return self._settled[-1].end_s if self._settled else None

    def look(self, track: Track, now_s: float) -> Step:
        """Look at the window once more.

        Parameters
        ----------
        track : Track
            Of the window, which begins at or after `settled_until_s`.
        now_s : float
        """
        signal = self._exercise.signal
        now = under_way(track, signal)
        every = segment(track, signal)
        spans = tuple(span for span in every if now is None or span.bottom_s < now.start_s)
        held = every[-1] if now is not None and len(every) > len(spans) else None
        done = len(finished(spans, now_s))
        counted = self._count(track, spans)
        settled = tuple(self._judge(track, span, place) for place, span in enumerate(spans[:done]))
        self._settled.extend(settled)
        self._waiting = self._waiting[done:]
        return Step(now, held, counted, settled)

    def _count(self, track: Track, spans: tuple[Span, ...]) -> tuple[Rep, ...]:
        """Judge the reps that are new; one that was counted is not counted again when its times move a little."""
        new = tuple(self._judge(track, span, place) for place, span in enumerate(spans)
                    if place >= len(self._waiting))
        self._waiting.extend(new)
        return new

    def _judge(self, track: Track, span: Span, place: int) -> Rep:
        return judge_rep(self._exercise, track, span, len(self._settled) + place + 1)
