"""Track + reps -> spine against hip on the way down, a line per rep: where it rises, the back bends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from exercises.exercise_model import Exercise
from exercises.results import Rep, SetReport, Verdict
from hingecheck.report import display, wording
from hingecheck.report.charts.angle_chart import degree_range, is_measured, limits_of
from hingecheck.report.charts.chart import Margins, Size
from hingecheck.report.charts.plot_parts import DASHES, TOOLTIP, Limit, label, plot_limits, set_ticks
from hingecheck.report.palette import light
from pose.quantity import QUANTITIES
from pose.track import Track

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = Size(340, 300, 14, 5)
#: Dots closer than this in both directions would cover each other.
_DOT_PX = 24


@dataclass(frozen=True, eq=False)
class HipSpineChart:
    """The ways down of all seen reps; `driver` is the quantity along the bottom."""

    track: Track
    reps: Sequence[Rep]
    driver: str
    limits: Sequence[Limit]
    signal: str = ""
    margins: ClassVar[Margins] = Margins(left=3.2, right=1.2, top=0.9, bottom=3.3)

    @property
    def title(self) -> str:
        """Both quantities."""
        return f"Spine flexion against {QUANTITIES[self.driver].label}"

    @property
    def description(self) -> str:
        """Both values of each rep."""
        return "; ".join(f"rep {rep.index}: {display.short(self.driver)} "
                         f"{wording.amount(display.value_of(rep, self.driver, self.signal)[0])}, "
                         f"spine {wording.amount(rep.spine_flexion_deg)}" for rep in self.reps)

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        rows = [self.track.between(rep.start_s, rep.leave_s) for rep in self.reps]
        left, right = degree_range([self.track.columns[self.driver][row] for row in rows], [])
        axes.set_xlim(max(left, -10), right)
        axes.set_ylim(*degree_range([self.track.columns[display.BACK][row] for row in rows], self.limits))
        set_ticks(axes, size, "\u00b0", "\u00b0", 6)
        axes.set_xlabel(f"{QUANTITIES[self.driver].label} \u2192", loc="right", fontsize=size.font_px,
                        color=light("muted"))
        label(axes, "\u2191 spine flexion", (axes.get_xlim()[0], axes.get_ylim()[1]), size, offset=(4, -2), va="top")
        plot_limits(axes, self.limits, size)
        dots: list[tuple[float, float]] = []
        # Reps with the most rounding last, on top.
        for rep in sorted(self.reps, key=lambda rep: rep.spine_flexion_deg or 0):
            self._plot_rep(axes, rep, size, dots)

    def _plot_rep(self, axes: Axes, rep: Rep, size: Size, dots: list[tuple[float, float]]) -> None:
        """Plot one rep's way down, with a dot and its number at the bottom; `dots` are those before it, in pixels."""
        rows = self.track.between(rep.start_s, rep.leave_s)
        across, up = self.track.columns[self.driver][rows][::2], self.track.columns[display.BACK][rows][::2]
        look = wording.look_of(rep)
        axes.plot(across, up, color=light(look.tone), linewidth=2.4, linestyle=DASHES[look.tone], zorder=4.5)
        hip, spine = display.value_of(rep, self.driver, self.signal)[0], rep.spine_flexion_deg
        if hip is None or spine is None:
            return
        x, y = axes.transData.transform((hip, min(spine, axes.get_ylim()[1])))
        moved = 0
        while any(abs(x + moved - a) < _DOT_PX and abs(y - b) < _DOT_PX for a, b in dots):
            moved -= _DOT_PX
        dots.append((x + moved, y))
        axes.annotate(str(rep.index), (hip, spine), xytext=(moved, 0), textcoords="offset points", ha="center",
                      va="center", fontsize=size.font_px, color=light("ink"), zorder=7, annotation_clip=False,
                      gid=f"{TOOLTIP}Rep {rep.index}: {look.word}",
                      bbox={"boxstyle": "circle,pad=0.18", "facecolor": light(f"{look.tone}-tint"),
                            "edgecolor": light(look.tone), "linewidth": 2})


def hip_spine_chart(track: Track | None, report: SetReport, exercise: Exercise | None) -> HipSpineChart | None:
    """Return the chart where the exercise judges the back and something else grows; None elsewhere."""
    driver = display.driver_of(exercise)
    falls = exercise is not None and exercise.signal.falls
    if track is None or falls or not display.judges_back(exercise) or report.posture or driver == display.BACK:
        return None
    seen = [rep for rep in report.reps if rep.verdict != Verdict.UNSEEN.value]
    if not (seen and is_measured(track, driver) and is_measured(track, display.BACK)):
        return None
    return HipSpineChart(track, seen, driver, limits_of(exercise, display.BACK), report.signal)
