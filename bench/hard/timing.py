"""Changes of time: rates, cuts, stills, repeats, speed, and clocks that jump."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from bench.hard.shots import NOTHING_S, Change, Shot
from pose.arrays import Image


def timed(shots: Sequence[Shot], fps: float) -> list[Shot]:
    """Lay shots one after the other at an even rate."""
    return [replace(shot, time_s=number / fps) for number, shot in enumerate(shots)]


def at_rate(fps: float) -> Change:
    """Show the same time at another even rate: frames left out, or shown more than once."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        times_s = np.array([shot.time_s for shot in shots])
        for number in range(int(times_s[-1] * fps) + 1):
            yield replace(shots[int(np.argmin(abs(times_s - number / fps)))], time_s=number / fps)
    return changed


def played(speed: float) -> Change:
    """Play every frame, faster or slower than filmed."""
    return lambda shots: (replace(shot, time_s=shot.time_s / speed) for shot in shots)


def dropped(share: float, seed: int = 0) -> Change:
    """Leave frames out at random; the times of the others stay."""
    chance = np.random.default_rng(seed)
    return lambda shots: (shot for number, shot in enumerate(shots) if number == 0 or chance.random() >= share)


def shaken(by_s: float, seed: int = 0) -> Change:
    """Let the clock be imprecise: every time is off by up to so much, in order."""
    chance = np.random.default_rng(seed)

    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        times_s = sorted(max(0.0, shot.time_s + chance.uniform(-by_s, by_s)) for shot in shots)
        return (replace(shot, time_s=time_s) for shot, time_s in zip(shots, times_s, strict=True))
    return changed


def part(first_s: float, last_s: float, fps: float = 30.0) -> Change:
    """Show only a part."""
    return lambda shots: timed([shot for shot in shots if first_s <= shot.time_s < last_s], fps)


def without(first_s: float, last_s: float, fps: float = 30.0) -> Change:
    """Cut a part out, so that the clip jumps."""
    return lambda shots: timed([shot for shot in shots if not first_s <= shot.time_s < last_s], fps)


def gap(first_s: float, last_s: float) -> Change:
    """Leave a part out while the clock goes on, as a camera that stalls."""
    return lambda shots: (shot for shot in shots if not first_s <= shot.time_s < last_s)


def still(at_s: float, seconds: float, fps: float = 30.0) -> Change:
    """Stop at a time: the same image for so long, then go on."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        at = next(number for number, shot in enumerate(shots) if shot.time_s >= at_s)
        return timed([*shots[:at], *[shots[at]] * round(seconds * fps), *shots[at:]], fps)
    return changed


def only_image(at_s: float) -> Change:
    """Show one image all the time."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        still = next(shot for shot in shots if shot.time_s >= at_s)
        return (replace(still, time_s=shot.time_s) for shot in shots)
    return changed


def backward(fps: float = 30.0) -> Change:
    """Play from the end to the beginning."""
    return lambda shots: timed(list(reversed(shots)), fps)


def repeated(times: int, fps: float = 30.0) -> Change:
    """Show the clip again and again."""
    return lambda shots: timed(list(shots) * times, fps)


def stuttering(hold: int) -> Change:
    """Refresh the image only every so many frames."""
    return lambda shots: (replace(shot, image=shots[number - number % hold].image,
                                  source_s=shots[number - number % hold].source_s)
                          for number, shot in enumerate(shots))


def swapped(distance: int) -> Change:
    """Let neighbouring frames change places, as a player that mixes them up."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        for number, shot in enumerate(shots):
            other = number + distance if number // distance % 2 == 0 else number - distance
            other = min(other, len(shots) - 1)
            yield replace(shot, image=shots[other].image, source_s=shots[other].source_s)
    return changed


def between(before: Image | None, before_s: float, after: Image | None, after_s: float, fps: float = 30.0) -> Change:
    """Put an image that has nothing to do with the clip before and behind it."""
    def changed(shots: Sequence[Shot]) -> Iterable[Shot]:
        first = [] if before is None else [Shot(0.0, NOTHING_S, before)] * round(before_s * fps)
        last = [] if after is None else [Shot(0.0, NOTHING_S, after)] * round(after_s * fps)
        return timed([*first, *shots, *last], fps)
    return changed


def followed_by(others: Sequence[Shot], fps: float = 30.0) -> Change:
    """Cut hard to another clip, of which nothing counts."""
    return lambda shots: timed([*shots, *(replace(other, source_s=NOTHING_S) for other in others)], fps)


def jumping_clock(at_s: float, by_s: float) -> Change:
    """Let the clock leap in the middle, forward or back."""
    return lambda shots: (replace(shot, time_s=shot.time_s + by_s) if shot.time_s >= at_s else shot for shot in shots)
