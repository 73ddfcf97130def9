"""A judged clip and its truth -> Compared: reps matched one to one, and how far everything is off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from bench import proxies
from bench.judged import judge
from bench.truth import NEITHER, TrueRep, Truth
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.recognise import recognise
from exercises.rep_values import part_window
from exercises.results import Recognition, Rep
from hingecheck.analysis.pipeline import SetAnalysis
from pose.arrays import FloatArray
from pose.track import Track

#: Angles that are compared, where the clip's truth has them.
ANGLES = ("spine_flexion_deg", "hip_flexion_deg", "knee_flexion_deg", "leg_raise_deg")
#: Compared once a rep, not frame by frame.
ONSET = "rounding_onset_deg"


@dataclass(frozen=True, eq=False)
class Pair:
    """One rep as made and as judged. Angles in degrees at the bottom, NaN where unmeasured.

    Attributes
    ----------
    number : int
        The rep's place in the clip, from 1.
    clip : str
        Name of the clip.
    true : TrueRep
    rep : Rep
    verdict : str
        What it was called.
    borderline : bool
        Whether that was said to be unsure.
    true_deg, measured_deg, band_deg, proxy_deg : mapping of str to float
        By name of the angle or the proxy; `band_deg` is the stated half-width of the 90 % band.
    """

    number: int
    true: TrueRep
    rep: Rep
    verdict: str
    borderline: bool
    true_deg: Mapping[str, float]
    measured_deg: Mapping[str, float]
    band_deg: Mapping[str, float]
    proxy_deg: Mapping[str, float]
    clip: str = ""

    def error(self, name: str) -> float:
        """Measured minus true."""
        return self.measured_deg.get(name, np.nan) - self.true_deg.get(name, np.nan)

    @property
    def hold_error_s(self) -> float:
        """Seconds held, measured minus true; NaN where none were measured."""
        return _number(self.rep.hold_s) - (self.true.leave_s - self.true.bottom_s)

    @property
    def judged(self) -> bool:
        """Whether its verdict can be right or wrong: there is one, and the truth is one of them."""
        return self.verdict != "unseen" and self.true.expected != NEITHER

    @property
    def right(self) -> bool:
        """Whether the verdict is the one that it should get."""
        return self.verdict == self.true.expected

    @property
    def wrong_and_sure(self) -> bool:
        """A false verdict that is not called borderline: the one thing that must not happen."""
        return self.judged and not self.right and not self.borderline


@dataclass(frozen=True, eq=False)
class Compared:
    """One clip compared with its truth.

    Attributes
    ----------
    truth : Truth
    pairs : tuple of Pair
    rep_count : int
        How many reps the program counted.
    refused : str
        Why the whole clip was refused, or "".
    turned_deg, height_px : float
        Measured turn from side-on and size of the person, medians over the clip.
    frame_errors : mapping of str to ndarray, shape (n,)
        Measured minus true in every frame, NaN where unmeasured.
    recognition : Recognition
        Which exercise the program takes it for when it is not told.
    """

    truth: Truth
    pairs: tuple[Pair, ...]
    rep_count: int
    refused: str
    turned_deg: float
    height_px: float
    frame_errors: Mapping[str, FloatArray]
    recognition: Recognition = field(default_factory=lambda: Recognition(exercise=None))

    @property
    def name(self) -> str:
        """Name of the clip."""
        return self.truth.clip.stem


def compare(truth: Truth, exercise: Exercise, cache: Path) -> Compared:
    """Judge a clip by an exercise's rules and compare it with its truth; `cache` is the folder of kept poses."""
    judgement = judge(truth.clip, exercise, cache)
    report, track = judgement.report, judgement.track
    return Compared(
        truth=truth,
        pairs=_pairs(truth, judgement, exercise),
        rep_count=len(report.reps),
        refused=report.reasons[0] if report.status != "judged" and report.reasons else "",
        turned_deg=_middle([row.view.turned_deg for row in judgement.rows]),
        height_px=_middle([row.view.height_px for row in judgement.rows]),
        frame_errors={name: track.columns[name] - truth.at(name, track.time_s)
                      for name in ANGLES if name in truth.angles},
        recognition=recognise(track, catalogue().values()),
    )


def pairs_of(clips: Sequence[Compared]) -> list[Pair]:
    """Every matched rep of some clips."""
    return [pair for clip in clips for pair in clip.pairs]


def match(true: Sequence[TrueRep], reps: Sequence[Rep]) -> list[tuple[int, int]]:
    """Pair reps: in order where the counts agree and each overlaps its own, else by the longest overlaps in time."""
    overlap = np.array([[min(t.end_s, f.end_s) - max(t.start_s, f.start_s) for f in reps] for t in true])
    if not overlap.size:
        return []
    if len(true) == len(reps) and (np.diag(overlap) > 0).all():
        return [(i, i) for i in range(len(true))]
    matched = []
    while overlap.max() > 0:
        i, j = (int(k) for k in np.unravel_index(overlap.argmax(), overlap.shape))
        matched.append((i, j))
        overlap[i, :] = overlap[:, j] = 0
    return sorted(matched)


def _pairs(truth: Truth, judgement: SetAnalysis, exercise: Exercise) -> tuple[Pair, ...]:
    columns = proxies.proxies(judgement.rows)
    pairs = (_pair(i + 1, truth, judgement.report.reps[j], judgement.track, columns)
             for i, j in match(truth.reps, judgement.report.reps))
    if exercise.onset_limit is None or "spine_flexion_deg" not in truth.angles:
        return tuple(pairs)
    return tuple(_with_onset(pair, truth, exercise.onset_limit) for pair in pairs)


def _pair(number: int, truth: Truth, rep: Rep, track: Track, columns: Mapping[str, FloatArray]) -> Pair:
    true = truth.reps[number - 1]
    names = [name for name in ANGLES if name in truth.angles]
    return Pair(
        number, true, rep, rep.verdict, rep.borderline,
        true_deg={name: float(truth.at(name, true.middle_s)) for name in names},
        measured_deg={name: _number(getattr(rep, name)) for name in names},
        band_deg={name: _number(getattr(rep.uncertainty_deg, name)) for name in names},
        proxy_deg=proxies.at(columns, track.between(*part_window(rep, "bottom"))),
        clip=truth.clip.stem,
    )


def _with_onset(pair: Pair, truth: Truth, limit_deg: float) -> Pair:
    """Add where the back truly began to give, and where that was seen."""
    rep = pair.rep
    return replace(
        pair,
        true_deg={**pair.true_deg, ONSET: true_onset_deg(truth, pair.true, limit_deg)},
        measured_deg={**pair.measured_deg, ONSET: _number(rep.rounding_onset_deg)},
        band_deg={**pair.band_deg, ONSET: _number(rep.rounding_onset_uncertainty_deg)},
    )


def true_onset_deg(truth: Truth, rep: TrueRep, limit_deg: float) -> float:
    """Hip flexion at which the true spine crosses the limit for the last time on the way down; NaN where it never does.
    """
    down = (truth.time_s >= rep.start_s) & (truth.time_s <= rep.middle_s)
    spine, hip = truth.angles["spine_flexion_deg"][down], truth.angles["hip_flexion_deg"][down]
    below = np.flatnonzero(spine <= limit_deg)
    if not len(below) or below[-1] + 1 >= len(spine):
        return np.nan
    last = below[-1]
    return float(np.interp(limit_deg, spine[last:last + 2], hip[last:last + 2]))


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _middle(values: Sequence[float]) -> float:
    seen = np.array(values, dtype=float)
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if len(seen) else np.nan
