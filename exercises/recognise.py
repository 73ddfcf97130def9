"""A Track and a catalogue -> which exercise the clip shows (Recognised): the likeliest, and the next likeliest.

Every exercise of the person's position and the camera's place is asked how well the clip fits it: its signal must find
reps, and each condition of its `recognise` table counts at the bottom of every rep by how surely it holds, given the
measuring error and how far people scatter. The product, times how often people mean the exercise, is its likelihood.
The likeliest is taken where it is plausible in itself and clearly ahead of all that would be judged by other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erf, hypot, sqrt

import numpy as np

from exercises.exercise_model import Exercise
from exercises.hold_timing import clocked, joined
from exercises.measures import label_of, unit_of
from exercises.rep_values import RepValue, part_of, rep_value, sustained
from exercises.results import Recognised, Span
from exercises.rule_model import Condition
from exercises.rules import room
from exercises.segment import segment
from pose.quantity import Unmeasured
from pose.track import Track

#: How far a person may lie on the wrong side of a condition, one standard deviation, by unit: people differ by more
#: than what is measured is off. (Knees at the bottom of hinges of 16 people: 5 to 93 deg, of squats of 6: 98 to 127.)
_SCATTER = {"deg": 5.0, "s": 1.5, "ratio": 0.05, "deg/s": 3.0, "px": 10.0}
#: Half-width of a 90 % band in standard deviations.
_BAND = 1.645
#: What cannot be seen speaks neither way.
_UNSEEN = 0.5
#: A clip that fits less than this fits nothing: of three conditions one is missed by a standard deviation, or two are.
_PLAUSIBLE = 0.2
#: The likeliest is taken from this share of the likelihood of all that would be judged by other rules than it.
_AHEAD = 0.6
#: Half-width of the band of a hold that the clip's edge cuts.
_CUT_HOLD_S = 3.0
#: What a clip never does must be done for so long to count.
_DONE_S = 0.3


@dataclass(frozen=True)
class _Fit:
    """How well a clip fits an exercise, 0 to 1, and how many reps were found."""

    fit: float = 0.0
    reps: int = 0


def recognise(track: Track, exercises: Iterable[Exercise]) -> Recognised:
    """Tell which of some exercises a clip shows.

    Parameters
    ----------
    track : Track
    exercises : iterable of Exercise
        Those that it may be.

    Returns
    -------
    Recognised
        With `exercise` set and `sure` where one is taken; `candidates` are all that are plausible, or, where none is,
        all of this position whose movement was found, the likeliest first.
    """
    possible = {one.id: one for one in exercises
                if one.position is track.position and (one.camera == "front") == track.facing_camera}
    fits = {name: _fit(one, track) for name, one in possible.items()}
    weight = {name: fit.fit * possible[name].recognise.usual for name, fit in fits.items()}
    moved = sorted((name for name, fit in fits.items() if fit.reps), key=lambda name: -weight[name])
    plausible = [name for name in moved if fits[name].fit >= _PLAUSIBLE]
    named = [name for name in plausible if possible[name].recognise.only_named]
    own = [name for name in plausible if name not in named]
    if not own:
        return _nothing_plausible(track, possible, moved, plausible)
    best, *others = own
    rivals = [name for name in others if not alike(possible[best], possible[name])]
    share = weight[best] / sum(weight[name] for name in (best, *rivals))
    sure = share >= _AHEAD
    runner_up = next(iter((*others, *named, *(name for name in moved if name not in plausible))), None)
    return Recognised(
        exercise=best if sure else None,
        runner_up=runner_up if sure else best,
        sure=sure,
        candidates=(*own, *named),
        share=round(share, 2),
        because=_because(possible[best], track),
    )


def _nothing_plausible(track: Track, possible: Mapping[str, Exercise], moved: Sequence[str],
                       plausible: Sequence[str]) -> Recognised:
    """What is left where no exercise fits that may be taken unnamed: the only one of a position, if nobody moved."""
    only = [name for name, one in possible.items() if not one.recognise.only_named]
    if len(only) == 1 and not moved and len(possible) == 1:
        return Recognised(exercise=only[0], sure=True, candidates=(only[0],), share=1.0)
    ranked = tuple(plausible or moved)
    return Recognised(exercise=None, runner_up=next(iter(ranked), None), candidates=ranked)


def alike(first: Exercise, second: Exercise) -> bool:
    """Whether two exercises look alike and share their rules: then the likelier is taken and the other offered."""
    return second.id in first.recognise.alike or first.id in second.recognise.alike


def _fit(exercise: Exercise, track: Track) -> _Fit:
    signal = exercise.signal
    spans = joined(exercise, segment(track, signal)) if signal.quantity in track.columns else ()
    if not spans:
        return _Fit()
    fit = float(np.mean([_rep_fit(exercise, track, span) for span in spans])) * _never_done(exercise, track)
    return _Fit(fit, len(spans))


def _rep_fit(exercise: Exercise, track: Track, span: Span) -> float:
    span = clocked(exercise, track, span)
    chances = [_chance(condition, _room(condition, track, span)) for condition in exercise.recognise.when]
    return float(np.prod(chances)) if chances else 1.0


def _room(condition: Condition, track: Track, span: Span) -> tuple[float, float] | Unmeasured:
    """As `rules.room`; of a hold that the clip's edge cuts, what was seen of it counts."""
    if condition.measure != "hold_s" or span.whole:
        return room(condition, track, part_of(span, "bottom"), span)
    seen_s = span.leave_s - span.bottom_s if span.held is None else span.held.seconds
    left = seen_s - (condition.above or 0.0) if condition.below is None else condition.below - seen_s
    return left, _CUT_HOLD_S


def _never_done(exercise: Exercise, track: Track) -> float:
    """How surely the clip never does what the exercise never does."""
    chances = [1.0]
    for condition in exercise.recognise.never:
        values = track.columns.get(condition.measure)
        if values is None or not np.isfinite(values).any() or condition.above is None:
            continue
        most = sustained(track.time_s, values, _DONE_S)
        if most is not None:
            chances.append(_chance(condition, (condition.above - most[0], 0.0)))
    return float(np.prod(chances))


def _chance(condition: Condition, left: tuple[float, float] | Unmeasured) -> float:
    """How surely a condition holds: the normal probability of what is left to its limit."""
    if isinstance(left, Unmeasured):
        return _UNSEEN
    space, error = left
    width = hypot(_SCATTER.get(unit_of(condition.measure), 5.0), error / _BAND)
    return 0.5 * (1 + erf(space / width / sqrt(2)))


def _because(exercise: Exercise, track: Track) -> str:
    """What was measured at the bottom of the reps, as one line."""
    spans = joined(exercise, segment(track, exercise.signal))
    parts = []
    for measure in dict.fromkeys((exercise.signal.quantity, *(one.measure for one in exercise.recognise.when))):
        if unit_of(measure) != "deg" or measure not in track.columns:
            continue
        found = [rep_value(track, measure, part_of(span, "bottom")) for span in spans]
        values = [one.value for one in found if isinstance(one, RepValue)]
        if values:
            parts.append(f"{label_of(measure)} {np.median(values) + 0:.0f} deg")
    times = "once" if len(spans) == 1 else f"{len(spans)} times"
    return f"{', '.join(parts)}, {times}" if parts else times
