"""The rolling track -> reps: the one under way, those just counted, and those that are settled.

Counting is `exercises.segment` on the window; judging is `exercises.rules.judge_rep`. A rep is counted when the person
has come back half-way. It is settled when the person has rested for so long that no later frame changes its times.
"""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.results import Rep, Span
from exercises.rules import judge_rep
from exercises.segment import finished_reps, rep_under_way, segment
from pose.track import Track


@dataclass(frozen=True)
class RepUpdate:
    """The reps of one analysis of the window.

    `under_way` is None at rest. `hold_span` is the same rep once the person has stayed at its bottom; its arrival there
    is timed as in a whole rep.
    """

    under_way: Span | None
    hold_span: Span | None
    new_reps: tuple[Rep, ...]
    settled_reps: tuple[Rep, ...]


class RepTracker:
    """Tracks the reps of one set.

    Parameters
    ----------
    exercise : Exercise
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._settled_reps: list[Rep] = []
        self._unsettled_reps: list[Rep] = []

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every rep so far, in order; the last may not be settled."""
        return (*self._settled_reps, *self._unsettled_reps)

    @property
    def settled_count(self) -> int:
        """Number of settled reps."""
        return len(self._settled_reps)

    @property
    def settled_until_s(self) -> float | None:
        """End of the last settled rep: nothing before it is needed any more."""
        return self._settled_reps[-1].end_s if self._settled_reps else None

    def update(self, track: Track, now_s: float) -> RepUpdate:
        """Analyse the window again.

        Parameters
        ----------
        track : Track
            Of the window, which begins at or after `settled_until_s`.
        now_s : float
        """
        signal = self._exercise.signal
        current = rep_under_way(track, signal)
        segments = segment(track, signal)
        spans = tuple(span for span in segments if current is None or span.bottom_s < current.start_s)
        hold_span = segments[-1] if current is not None and len(segments) > len(spans) else None
        settled_count = len(finished_reps(spans, now_s))
        new_reps = self._count(track, spans)
        settled_reps = tuple(self._judge(track, span, number) for number, span in enumerate(spans[:settled_count]))
        self._settled_reps.extend(settled_reps)
        self._unsettled_reps = self._unsettled_reps[settled_count:]
        return RepUpdate(current, hold_span, new_reps, settled_reps)

    def _count(self, track: Track, spans: tuple[Span, ...]) -> tuple[Rep, ...]:
        """Judge the new reps; a counted rep is not counted again when its times change a little."""
        reps = tuple(self._judge(track, span, number) for number, span in enumerate(spans)
                     if number >= len(self._unsettled_reps))
        self._unsettled_reps.extend(reps)
        return reps

    def _judge(self, track: Track, span: Span, number: int) -> Rep:
        return judge_rep(self._exercise, track, span, len(self._settled_reps) + number + 1)
