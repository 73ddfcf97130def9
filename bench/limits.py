"""Compared clips -> how they stand against the limits that were set before anything was measured.

A folder is held against one set of limits, named when it is given to `accuracy.py`. Nothing here is computed otherwise
than in the other tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.compare import Compared, Pair, pairs_of
from bench.figures import describe
from bench.lying import faults
from bench.real import RealClip, matched_difference
from bench.tables import Table, number, percent, table


@dataclass(frozen=True)
class Limit:
    """One figure and what it must be.

    Attributes
    ----------
    must : str
        The limit in words.
    value : callable
        Clips -> the figure; NaN where it is unmeasured, which holds no limit.
    at_most, at_least : float or None
    text_of : callable
        The figure -> text.
    """

    must: str
    value: Callable[[Sequence[Compared]], float]
    at_most: float | None = None
    at_least: float | None = None
    text_of: Callable[[float], str] = percent

    def held(self, value: float) -> bool:
        """Whether the figure is within the limit."""
        return ((self.at_most is None or value <= self.at_most) and (self.at_least is None or value >= self.at_least)
                and value == value)


def _counts(clips: Sequence[Compared]) -> float:
    return sum(clip.rep_count == len(clip.truth.reps) for clip in clips) / len(clips)


def _judged(clips: Sequence[Compared]) -> list[Pair]:
    return [pair for pair in pairs_of(clips) if pair.judged]


def _right(clips: Sequence[Compared]) -> float:
    return float(describe([pair.right for pair in _judged(clips)]).mae)


def _unseen(clips: Sequence[Compared]) -> float:
    pairs = pairs_of(clips)
    return sum(pair.verdict == "unseen" for pair in pairs) / max(len(pairs), 1)


def _wrong_and_sure(clips: Sequence[Compared]) -> float:
    return float(sum(pair.wrong_and_sure for pair in pairs_of(clips)))


def _doubted(clips: Sequence[Compared]) -> float:
    return float(describe([pair.verdict == "unseen" or pair.borderline for pair in pairs_of(clips)]).mae)


def _mae(name: str, words: str, at_most_deg: float) -> Limit:
    def value(clips: Sequence[Compared]) -> float:
        return describe([pair.error(name) for pair in pairs_of(clips) if name in pair.true_deg]).mae

    return Limit(f"{words} MAE ≤ {at_most_deg:g} deg", value, at_most=at_most_deg, text_of=number)


def _hold(clips: Sequence[Compared]) -> float:
    return describe([pair.hold_error_s for pair in pairs_of(clips)]).largest


def _sensitivity(clips: Sequence[Compared]) -> float:
    made, caught, _ = faults(pairs_of(clips))
    return caught / made if made else float("nan")


def _faults_invented(clips: Sequence[Compared]) -> float:
    reps = pairs_of(clips)
    return sum(faults([pair])[2] > 0 for pair in reps) / max(len(reps), 1)


_COUNTS = Limit("every rep count right", _counts, at_least=1.0)
_NONE_WRONG = Limit("no wrong verdict without “borderline”", _wrong_and_sure, at_most=0, text_of=lambda n: number(n, 0))

#: By name: what the clips of a folder must show.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "hinge": (
        _COUNTS,
        Limit("verdicts right in ≥ 98 % of judged reps", _right, at_least=0.98),
        Limit("unseen ≤ 8 %", _unseen, at_most=0.08),
        _mae("spine_flexion_deg", "spine flexion", 7), _mae("hip_flexion_deg", "hip flexion", 5),
        _mae("knee_flexion_deg", "knee flexion", 5),
    ),
    "lift": (
        _COUNTS,
        Limit("verdicts right in ≥ 95 % of judged reps", _right, at_least=0.95),
        _NONE_WRONG,
        _mae("spine_flexion_deg", "spine flexion", 8),
    ),
    "hard": (_NONE_WRONG, _mae("spine_flexion_deg", "spine flexion", 10)),
    "doorway": (
        _mae("leg_raise_deg", "raised leg", 4), _mae("knee_flexion_deg", "knee flexion", 5),
        Limit("every hold timed within 1 s", _hold, at_most=1.0, text_of=lambda s: f"{number(s, 2)} s"),
        Limit("planted faults found ≥ 95 %", _sensitivity, at_least=0.95),
        Limit("reps with an invented fault ≤ 5 %", _faults_invented, at_most=0.05),
    ),
    "off-side": (
        Limit("≥ 95 % of reps refused or marked unsure", _doubted, at_least=0.95),
        _NONE_WRONG,
    ),
}

#: A matched pair must lie this far apart, the rounded one higher.
LEAST_DIFFERENCE_DEG = 10.0


def against_limits(folders: Sequence[tuple[str, str, Sequence[Compared]]],
                   real: Sequence[RealClip] | None = None) -> Table:
    """The limits beside the figures.

    Parameters
    ----------
    folders : sequence of (title, name of its limits, clips)
    real : sequence of RealClip, optional
    """
    rows = []
    for title, name, clips in folders:
        for limit in LIMITS[name]:
            value = limit.value(clips)
            size = f"{len(clips)} clips, {len(pairs_of(clips))} reps"
            rows.append((title, limit.must, limit.text_of(value), size, _word(limit.held(value))))
    return table("Against the limits", ("on", "must show", "measured", "of", "held"), [*rows, *_real(real or ())],
                 "The limits were set before anything was measured, and nothing was chosen on these clips but what a "
                 "row says.")


def _real(clips: Sequence[RealClip]) -> list[tuple[str, ...]]:
    if not clips:
        return []
    reps = f"{len(clips)} clips, {sum(len(clip.report.reps) for clip in clips)} reps"
    wrong = sum(clip.wrong_and_sure for clip in clips)
    rows = [("real people", "every label right or borderline, none wrong and sure", f"{wrong} wrong and sure", reps,
             _word(wrong == 0))]
    for name, difference_deg in matched_difference(clips).items():
        rows.append(("real people", f"{name}: rounded above neutral by ≥ {LEAST_DIFFERENCE_DEG:g} deg",
                     f"{number(difference_deg, 0)} deg", "1 pair", _word(difference_deg >= LEAST_DIFFERENCE_DEG)))
    return rows


def _word(held: bool) -> str:
    return "yes" if held else "**no**"
