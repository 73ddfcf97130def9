"""Track + SetReport -> an angle over the whole clip: reps shaded by verdict, limits, uncertainty, what was not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from exercises.exercise_model import Exercise
from exercises.reason_words import clause
from exercises.results import Rep, SetReport
from hingecheck.report import display, wording
from hingecheck.report.charts.chart import Margins, Size
from hingecheck.report.charts.plot_parts import (
    Hole,
    Limit,
    plot_curve,
    plot_holes,
    plot_limits,
    plot_reps,
    runs,
    set_ticks,
)
from pose.quantity import QUANTITIES
from pose.track import Track

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Shorter holes are not worth a hatched bar.
_HOLE_S = 0.1


@dataclass(frozen=True, eq=False)
class AngleChart:
    """One quantity over the whole clip.

    Attributes
    ----------
    track : Track
    quantity : str
        A measured column of it.
    reps : sequence of Rep
    limits : sequence of Limit
    signal : str
        The quantity that drives the reps, whose value they carry.
    """

    track: Track
    quantity: str
    reps: Sequence[Rep]
    limits: Sequence[Limit] = ()
    signal: str = ""
    margins: ClassVar[Margins] = Margins(left=3.2, top=2.0)

    @property
    def title(self) -> str:
        """The quantity, and that it is shown over time."""
        return f"{QUANTITIES[self.quantity].label.capitalize()} over time"

    @property
    def description(self) -> str:
        """Each rep's verdict and value, and for how long nothing was seen."""
        peaks = [" ".join(filter(None, (f"rep {rep.index}", wording.look_of(rep).word.lower(),
                                        value_text(rep, self.quantity, self.signal)))) for rep in self.reps]
        text = "; ".join(peaks) or "no reps"
        gaps = holes(self.track, self.quantity)
        unseen = f"; not seen for {sum(gap.end_s - gap.start_s for gap in gaps):.1f} s in all" if gaps else ""
        return f"Degrees: {text}{unseen}"

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        start = float(self.track.time_s[0])
        axes.set_xlim(start, max(float(self.track.time_s[-1]), start + 0.1))
        axes.set_ylim(*degree_range([self.track.columns[self.quantity]], self.limits))
        set_ticks(axes, size, " s", "\u00b0")
        plot_reps(axes, self.reps, size)
        plot_holes(axes, holes(self.track, self.quantity), size)
        plot_limits(axes, self.limits, size)
        plot_curve(axes, self.track, self.quantity)


def angle_charts(track: Track | None, report: SetReport, exercise: Exercise | None) -> list[AngleChart]:
    """Return a chart for each quantity that the exercise shows and the clip measured; none without a track."""
    if track is None or not len(track):
        return []
    return [AngleChart(track, name, report.reps, limits_of(exercise, name), report.signal)
            for name in display.curves(exercise) if is_measured(track, name)]


def limits_of(exercise: Exercise | None, quantity: str) -> list[Limit]:
    """Return the limits that an exercise's unconditional rules set to a quantity."""
    limits = []
    for rule in exercise.rules if exercise else ():
        if rule.measure != quantity or rule.only_when:
            continue
        hard = rule.bound.at_most if rule.bound.at_most is not None else rule.bound.at_least
        side = "limit" if rule.bound.at_most is not None else "at least"
        if hard is not None:
            limits.append(Limit(hard, f"{side} {hard:g}\u00b0", "fault" if rule.severity == "fault" else "watch"))
        if rule.bound.watch is not None:
            limits.append(Limit(rule.bound.watch, f"watch {rule.bound.watch:g}\u00b0", "watch"))
    return limits


def is_measured(track: Track, quantity: str) -> bool:
    """Return whether a quantity was measured at all."""
    return quantity in track.columns and bool(np.isfinite(track.columns[quantity]).any())


def degree_range(values: Sequence[NDArray[np.float64]], limits: Sequence[Limit]) -> tuple[float, float]:
    """Return round limits of a degree axis that hold the values, zero and the limit lines."""
    every = np.concatenate([np.asarray(part, dtype=float) for part in values])
    every = every[np.isfinite(every)]
    low = min([0.0, *every.tolist()]) - 2
    high = max([20.0, *every.tolist(), *(limit.value for limit in limits)]) + 6
    return float(np.floor(low / 10) * 10), float(np.ceil(high / 10) * 10)


def holes(track: Track, quantity: str) -> list[Hole]:
    """Return every time in which a quantity was not measured, with the reason."""
    gaps = []
    for first, past in runs(~np.isfinite(track.columns[quantity])):
        start, end = float(track.time_s[max(first - 1, 0)]), float(track.time_s[min(past, len(track) - 1)])
        if end - start >= _HOLE_S:
            why = track.why_unmeasured(quantity, start, end)
            gaps.append(Hole(start, end, "" if why is None else clause(why)))
    return gaps


def value_text(rep: Rep, quantity: str, signal: str) -> str:
    """Return the value of a quantity at the bottom of a rep, "" where reps do not carry it."""
    if quantity not in wording.ANGLES and quantity != signal:
        return ""
    return wording.amount(display.value_of(rep, quantity, signal)[0])
