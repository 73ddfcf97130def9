"""Track of one position -> which exercise was done when: runs of reps, where several exercises follow each other.

Every exercise of the position makes reps of the track, and each rep fits more or less. Of reps that overlap only one
can be true: those are chosen whose fits, weighted by their seconds and by how usual the exercise is, come to the most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.recognise import LEAST_FIT, rep_fits
from exercises.results import Span
from pose.track import Track

#: So many reps of an exercise without a hold are needed for a run of its own amid another exercise: one squatted hinge
#: among hinges is a bad hinge.
_FEWEST_REPS = 2


@dataclass(frozen=True)
class ExerciseRun:
    """Reps of one exercise that follow each other.

    Attributes
    ----------
    exercise : Exercise
    spans : tuple of Span
        In order of time; at least one.
    """

    exercise: Exercise
    spans: tuple[Span, ...]

    @property
    def start_s(self) -> float:
        """When the first rep begins."""
        return self.spans[0].start_s

    @property
    def end_s(self) -> float:
        """When the last rep ends."""
        return self.spans[-1].end_s


@dataclass(frozen=True)
class _Candidate:
    """A rep as one exercise sees it; `value`: its weight in the choice of runs."""

    exercise: Exercise
    span: Span
    value: float


def exercise_runs(track: Track, exercises: Iterable[Exercise]) -> tuple[ExerciseRun, ...]:
    """Return the runs of reps of a track, in order of time.

    Parameters
    ----------
    track : Track
        Of one position.
    exercises : iterable of Exercise
        Those to choose from; postures and exercises that are only judged when named make no runs.
    """
    possible = [one for one in exercises if one.position is track.position and one.posture is None
                and (one.camera == "front") == track.facing_camera and not one.recognise.only_named]
    reps = {one.id: rep_fits(one, track) for one in possible}
    candidates = [_Candidate(one, span, fit * one.recognise.usual * (span.end_s - span.start_s))
                  for one in possible for span, fit in reps[one.id] if fit >= LEAST_FIT]
    seen = {name: [span for span, _ in spans] for name, spans in reps.items()}
    return _merged(_grouped(_best(candidates)), seen)


def _best(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates without overlap whose values come to the most (weighted interval scheduling)."""
    ordered = sorted(candidates, key=lambda one: one.span.end_s)
    ends = [one.span.end_s for one in ordered]
    best: list[tuple[float, list[_Candidate]]] = [(0.0, [])]
    for number, one in enumerate(ordered):
        value, before = best[bisect_right(ends, one.span.start_s, hi=number)]
        total = value + one.value, [*before, one]
        best.append(max(best[-1], total, key=lambda choice: choice[0]))
    return best[-1][1]


def _grouped(chosen: Iterable[_Candidate]) -> list[ExerciseRun]:
    runs: list[ExerciseRun] = []
    for one in chosen:
        if runs and runs[-1].exercise.id == one.exercise.id:
            runs[-1] = ExerciseRun(one.exercise, (*runs[-1].spans, one.span))
        else:
            runs.append(ExerciseRun(one.exercise, (one.span,)))
    return runs


def _merged(runs: list[ExerciseRun], seen: dict[str, list[Span]]) -> tuple[ExerciseRun, ...]:
    """Give a lone rep without a hold to a neighbour that sees a rep there too."""
    for place, run in enumerate(runs):
        if run.exercise.hold is not None or len(run.spans) >= _FEWEST_REPS:
            continue
        neighbours = [runs[other] for other in (place - 1, place + 1) if 0 <= other < len(runs)]
        taker = next((other for other in neighbours if _sees(seen[other.exercise.id], run.spans[0])), None)
        if taker is not None:
            joined = sorted((*taker.spans, *run.spans), key=lambda span: span.start_s)
            rest = [other for other in runs if other is not run and other is not taker]
            merged = [*rest, ExerciseRun(taker.exercise, tuple(joined))]
            return _merged(_rejoined(sorted(merged, key=lambda one: one.start_s)), seen)
    return tuple(runs)


def _rejoined(runs: Iterable[ExerciseRun]) -> list[ExerciseRun]:
    """Join neighbours of one exercise."""
    return _grouped(_Candidate(run.exercise, span, 0.0) for run in runs for span in run.spans)


def _sees(spans: Iterable[Span], rep: Span) -> bool:
    """Return whether one of the spans covers most of a rep."""
    return any(min(span.end_s, rep.end_s) - max(span.start_s, rep.start_s) > 0.5 * (rep.end_s - rep.start_s)
               for span in spans)
