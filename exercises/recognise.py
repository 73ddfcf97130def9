"""Track and catalogue -> the exercise of the clip (Recognition): the likeliest, and the next likeliest.

For every exercise of the person's position and the camera's place: its signal must give reps, and each condition of its
`recognise` table is weighted, at the bottom of every rep, by the probability that it is true, given the measuring error
and the scatter of people. The product, times how often people do the exercise, is its likelihood. The likeliest is
chosen where it is plausible in itself and clearly ahead of all that would be judged by other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erf, hypot, sqrt

import numpy as np

from exercises.conditions import margin_of
from exercises.exercise_model import Exercise
from exercises.hold_timing import join_interrupted, time_hold
from exercises.measures import label_of, unit_of
from exercises.rep_values import RepValue, part_window, rep_value, sustained_level
from exercises.results import Recognition, Span
from exercises.rule_model import Condition
from exercises.segment import segment
from language.numbers import number
from language.translate import plural
from pose.quantity import Unmeasured
from pose.track import Track

#: Scatter of people about a condition, one standard deviation, by unit: people differ by more than the measuring error.
#: (Knees at the bottom of hinges of 16 people: 5 to 93 deg, of squats of 6: 98 to 127.)
_SCATTER = {"deg": 5.0, "s": 1.5, "ratio": 0.05, "deg/s": 3.0, "px": 10.0}
#: Half-width of a 90 % band in standard deviations.
_BAND = 1.645
#: Probability of an unmeasured condition.
_UNMEASURED = 0.5
#: An exercise is plausible from this fit on: one of three conditions is missed by a standard deviation, or two are.
LEAST_FIT = 0.2
#: The likeliest is chosen from this share in the likelihood of all that would be judged by other rules.
_LEAST_LIKELIHOOD_SHARE = 0.6
#: Half-width of the band of a hold at the edge of the clip.
_EDGE_HOLD_S = 3.0
#: What must never happen counts when it is sustained for this long.
_SUSTAINED_S = 0.3


@dataclass(frozen=True)
class _Fit:
    """How well a clip fits an exercise, 0 to 1, and its number of reps."""

    fit: float = 0.0
    reps: int = 0


def recognise(track: Track, exercises: Iterable[Exercise]) -> Recognition:
    """Detect which of some exercises a clip shows.

    Parameters
    ----------
    track : Track
    exercises : iterable of Exercise
        The exercises to choose from.

    Returns
    -------
    Recognition
        With `exercise` set and `sure` where one is chosen; `candidates` are all that are plausible, or, where none is,
        all of this position with reps, the likeliest first.
    """
    possible = {exercise.id: exercise for exercise in exercises
                if exercise.position is track.position and (exercise.camera == "front") == track.facing_camera}
    fits = {name: _fit(exercise, track) for name, exercise in possible.items()}
    weight = {name: fit.fit * possible[name].recognise.usual for name, fit in fits.items()}
    moved = sorted((name for name, fit in fits.items() if fit.reps), key=lambda name: -weight[name])
    plausible = [name for name in moved if fits[name].fit >= LEAST_FIT]
    # One that is based on another moves as that one does, and differs in its limits: nothing in the clip tells which.
    named = [name for name in plausible
             if possible[name].recognise.only_named or possible[name].based_on in plausible]
    unnamed = [name for name in plausible if name not in named]
    if not unnamed:
        return _without_plausible(track, possible, moved, plausible)
    best, *others = unnamed
    rivals = [name for name in others if not alike(possible[best], possible[name])]
    share = weight[best] / sum(weight[name] for name in (best, *rivals))
    sure = share >= _LEAST_LIKELIHOOD_SHARE
    runner_up = next(iter((*others, *named, *(name for name in moved if name not in plausible))), None)
    return Recognition(
        exercise=best if sure else None,
        runner_up=runner_up if sure else best,
        sure=sure,
        candidates=(*unnamed, *named),
        share=round(share, 2),
        because=_because(possible[best], track),
    )


def _without_plausible(track: Track, possible: Mapping[str, Exercise], moved: Sequence[str],
                       plausible: Sequence[str]) -> Recognition:
    """Return the result where no plausible exercise may be detected: the only one of a position, if nobody moved."""
    only = [name for name, exercise in possible.items() if exercise.based_on not in possible]
    if len(only) == 1 and not moved and not possible[only[0]].recognise.only_named:
        return Recognition(exercise=only[0], sure=True, candidates=(only[0],), share=1.0)
    ranked = tuple(plausible or moved)
    return Recognition(exercise=None, runner_up=next(iter(ranked), None), candidates=ranked)


def alike(first: Exercise, second: Exercise) -> bool:
    """Return whether two exercises resemble each other and share their rules: then the likelier is chosen."""
    return second.id in first.recognise.alike or first.id in second.recognise.alike


def rep_fits(exercise: Exercise, track: Track) -> tuple[tuple[Span, float], ...]:
    """Return the reps that an exercise's signal makes of a clip, each with how well it fits the exercise, 0 to 1."""
    signal = exercise.signal
    spans = join_interrupted(exercise, segment(track, signal)) if signal.quantity in track.columns else ()
    return tuple((span, _rep_fit(exercise, track, span)) for span in spans)


def _fit(exercise: Exercise, track: Track) -> _Fit:
    reps = rep_fits(exercise, track)
    if not reps:
        return _Fit()
    return _Fit(float(np.mean([fit for _, fit in reps])) * _never_fit(exercise, track), len(reps))


def _rep_fit(exercise: Exercise, track: Track, span: Span) -> float:
    span = time_hold(exercise, track, span)
    probabilities = [_probability(condition, _margin(condition, track, span)) for condition in exercise.recognise.when]
    return float(np.prod(probabilities)) if probabilities else 1.0


def _margin(condition: Condition, track: Track, span: Span) -> tuple[float, float] | Unmeasured:
    """As `conditions.margin_of`; of a hold at the edge of the clip the measured part is used."""
    if condition.measure != "hold_s" or span.whole:
        return margin_of(condition, track, part_window(span, "bottom"), span)
    hold_s = span.leave_s - span.bottom_s if span.held is None else span.held.seconds
    margin = hold_s - (condition.above or 0.0) if condition.below is None else condition.below - hold_s
    return margin, _EDGE_HOLD_S


def _never_fit(exercise: Exercise, track: Track) -> float:
    """Return the probability that what never happens in the exercise does not happen in the clip."""
    probabilities = [1.0]
    for condition in exercise.recognise.never:
        values = track.columns.get(condition.measure)
        if values is None or not np.isfinite(values).any() or condition.above is None:
            continue
        highest = sustained_level(track.time_s, values, _SUSTAINED_S)
        if highest is not None:
            probabilities.append(_probability(condition, (condition.above - highest[0], 0.0)))
    return float(np.prod(probabilities))


def _probability(condition: Condition, result: tuple[float, float] | Unmeasured) -> float:
    """Return the probability that a condition is true: normal, by the margin to its limit."""
    if isinstance(result, Unmeasured):
        return _UNMEASURED
    margin, error = result
    width = hypot(_SCATTER.get(unit_of(condition.measure), 5.0), error / _BAND)
    return 0.5 * (1 + erf(margin / width / sqrt(2)))


def _because(exercise: Exercise, track: Track) -> str:
    """Return the measurements at the bottom of the reps as one line."""
    spans = join_interrupted(exercise, segment(track, exercise.signal))
    parts = []
    measures = (exercise.signal.quantity, *(condition.measure for condition in exercise.recognise.when))
    for measure in dict.fromkeys(measures):
        if unit_of(measure) != "deg" or measure not in track.columns:
            continue
        at_bottom = [rep_value(track, measure, part_window(span, "bottom")) for span in spans]
        values = [value.value for value in at_bottom if isinstance(value, RepValue)]
        if values:
            parts.append(f"{label_of(measure)} {number(float(np.median(values)) + 0)}\u00b0")
    return ", ".join([*parts, plural("once", "{count} times", len(spans)).format(count=len(spans))])
