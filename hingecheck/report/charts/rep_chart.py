"""Track + one rep -> its two curves: the angle that drives it, dotted, and the back's (or what is judged), solid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from exercises.exercise_model import Exercise
from exercises.results import Rep
from hingecheck.report import display, wording
from hingecheck.report.charts.angle_chart import degree_range, holes, is_measured, limits_of, value_text
from hingecheck.report.charts.chart import Margins, Size
from hingecheck.report.charts.plot_parts import Limit, label, plot_curve, plot_holes, plot_limits, set_ticks
from hingecheck.report.palette import light
from pose.quantity import QUANTITIES
from pose.track import Track

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Beside a rep's frame, and as wide as a phone.
SIZE = Size(340, 190, 14, 4)
#: Shown of the time before and after a rep.
_AROUND_S = 0.25
#: From this share of its change on, a curve is at its peak.
_NEAR_PEAK = 0.97


@dataclass(frozen=True, eq=False)
class RepChart:
    """The curves of one rep; `judged` is the solid one, with its limits."""

    track: Track
    rep: Rep
    quantities: Sequence[str]
    judged: str
    limits: Sequence[Limit]
    signal: str = ""
    margins: ClassVar[Margins] = Margins(left=3.2, top=0.8)

    @property
    def title(self) -> str:
        """Which rep it is."""
        return f"Rep {self.rep.index}: curves"

    @property
    def description(self) -> str:
        """Verdict and judged value."""
        value = value_text(self.rep, self.judged, self.signal)
        at_bottom = f"; {QUANTITIES[self.judged].label} {value} at the bottom" if value else ""
        return f"{wording.look_of(self.rep).word}{at_bottom}"

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        axes.set_xlim(float(self.track.time_s[0]), float(self.track.time_s[-1]) + 1e-3)
        axes.set_ylim(*degree_range([self.track.columns[name] for name in self.quantities], self.limits))
        set_ticks(axes, size, " s", "\u00b0", 4)
        plot_holes(axes, holes(self.track, self.judged), size)
        plot_limits(axes, self.limits, size)
        axes.axvline(self.rep.bottom_s, color=light("muted"), linewidth=1, linestyle=(0, (3, 3)))
        for name in self.quantities:
            plot_curve(axes, self.track, name, quiet=name != self.judged)
            self._name_at_peak(axes, name, size)

    def _name_at_peak(self, axes: Axes, name: str, size: Size) -> None:
        """Write the short name of a curve at the end of its peak; the limits' words stand at the left."""
        values = self.track.columns[name]
        change = np.nan_to_num(values - values[np.isfinite(values)][0])
        index = int(np.flatnonzero(np.abs(change) >= _NEAR_PEAK * np.abs(change).max())[-1])
        above = change[index] >= 0
        label(axes, display.short(name), (float(self.track.time_s[index]), float(values[index])), size, "ink",
              offset=(0, 3 if above else -3), ha="center", va="bottom" if above else "top")


def rep_chart(track: Track, rep: Rep, exercise: Exercise | None = None) -> RepChart | None:
    """Return the chart of a rep; None where nothing of it was measured."""
    rows = track.between(rep.start_s - _AROUND_S, rep.end_s + _AROUND_S)
    part = Track(track.time_s[rows], {name: column[rows] for name, column in track.columns.items()},
                 {name: column[rows] for name, column in track.uncertainty.items()},
                 {name: column[rows] for name, column in track.reasons.items()})
    shown = display.curves(exercise)
    names = [name for name in shown if is_measured(part, name)]
    if not names:
        return None
    # What was judged and not seen in this rep is hatched; what a clip never measures is no curve of it.
    judged = shown[-1] if shown[-1] in part.columns and is_measured(track, shown[-1]) else names[-1]
    limits = limits_of(exercise, judged)
    if len(names) > 1:  # of two curves in one chart, whose limit it is
        limits = [replace(limit, word=f"{display.short(judged)}: {limit.word}") for limit in limits]
    return RepChart(part, rep, names, judged, limits, exercise.signal.quantity if exercise is not None else "")
