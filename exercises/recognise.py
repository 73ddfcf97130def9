"""A Track and a catalogue -> which exercise the clip shows (Recognised). Sure only where exactly one fits.

An exercise fits when the person's position and the camera are its own, its signal finds reps, and what its `recognise`
table asks holds at the bottom of most of them. Nothing is judged by a guess that another exercise could claim as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from exercises.exercise_model import Exercise
from exercises.hold_timing import clocked
from exercises.rep_values import RepValue, part_of, rep_value
from exercises.results import Recognised, Span
from exercises.rules import Applies, all_hold
from exercises.segment import segment
from pose.track import Track

#: Of the reps found this share must look like the exercise.
_MOST = 0.5
#: A movement this much smaller than another one of the same clip, each in units of its own `enter`, goes along with it.
_GOES_ALONG = 0.4


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
        With `exercise` set and `sure` where exactly one fits; `candidates` are all that fit, or, where none does, all
        of this position, the likeliest first.
    """
    possible = [one for one in exercises if one.position is track.position and
                (one.camera == "front") == track.facing_camera]
    looks = {one.id: _look(one, track) for one in possible}
    looks = {name: look for name, look in looks.items() if look.size > 0}
    biggest = max((look.size for look in looks.values() if look.share >= _MOST), default=0.0)
    ranked = sorted(looks, key=lambda name: (-looks[name].share, -looks[name].size))
    fitting = [name for name in ranked if looks[name].share >= _MOST and looks[name].size >= _GOES_ALONG * biggest]
    named = {one.id for one in possible if one.recognise.only_named}
    sure = len(fitting) == 1 and fitting[0] not in named
    return Recognised(
        exercise=fitting[0] if sure else None,
        runner_up=next((name for name in ranked if not sure or name != fitting[0]), None),
        sure=sure,
        candidates=tuple(fitting or ranked),
    )


@dataclass(frozen=True)
class _Look:
    """How a clip looks by one exercise: the share of its reps that fit, and how large they are in units of `enter`."""

    share: float = 0.0
    size: float = 0.0


def _look(exercise: Exercise, track: Track) -> _Look:
    signal = exercise.signal
    spans = segment(track, signal) if signal.quantity in track.columns else ()
    if not spans:
        return _Look()
    ends = [rep_value(track, signal.quantity, part_of(span, "bottom")) for span in spans]
    sizes = [abs(end.value - signal.rest) / signal.enter for end in ends if isinstance(end, RepValue)]
    share = sum(_looks_like(exercise, track, span) for span in spans) / len(spans)
    return _Look(share, float(np.median(sizes)) if sizes else 0.0)


def _looks_like(exercise: Exercise, track: Track, span: Span) -> bool:
    applies = all_hold(exercise.recognise.when, track, clocked(exercise, track, span))
    return isinstance(applies, Applies) and applies.holds
