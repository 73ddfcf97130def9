"""Values of weeks -> progress, shares of good reps, practice and pain over time; the year stands on the axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from hingecheck.report.charts.chart import Margins, Size
from hingecheck.report.charts.plot_parts import TOOLTIP, label, with_unit
from hingecheck.report.palette import light

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DEGREE = "\u00b0"
#: A line under the dates for the year, and room at the right for the names of the lines.
_MARGINS = Margins(left=3.4, right=7.6, top=1.5, bottom=3.2)
#: Values of more bars than this would run into each other.
_MOST_BAR_LABELS = 14
_SHAPES = ("o", "^")


@dataclass(frozen=True)
class WeekValue:
    """A value of the week that begins on a Monday, with the half-width of its 90 % band where it has one."""

    monday: date
    value: float
    uncertainty: float | None = None


@dataclass(frozen=True)
class WeekLine:
    """A line through weeks and the word at its end."""

    name: str
    values: tuple[WeekValue, ...]


@dataclass(frozen=True)
class GoalLine:
    """A level to reach and its words."""

    value: float
    text: str


@dataclass(frozen=True)
class WeekAngles:
    """Angles by week with their uncertainty, each line named at its end, and the goals."""

    title: str
    lines: tuple[WeekLine, ...]
    goals: tuple[GoalLine, ...] = ()
    margins: ClassVar[Margins] = _MARGINS

    @property
    def description(self) -> str:
        """The last values of each line."""
        return "; ".join(f"{line.name} {_values(line.values, DEGREE)}".strip() for line in self.lines)

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        levels = [level for line in self.lines for value in line.values
                  for level in (value.value - (value.uncertainty or 0), value.value + (value.uncertainty or 0))]
        levels += [goal.value for goal in self.goals]
        axes.set_ylim(min(levels) - 5, max(levels) + 5)
        _set_dates(axes, [value.monday for line in self.lines for value in line.values], size)
        axes.yaxis.set_major_formatter(with_unit(DEGREE))
        for goal in self.goals:
            _plot_goal(axes, goal, size)
        ends = _apart([line.values[-1].value for line in self.lines], 1.25 * size.font_px / _px_per_unit(axes, size))
        for line, shape, colour, end in zip(self.lines, _SHAPES, ("good", "ink"), ends, strict=False):
            _plot_line(axes, line, shape, colour)
            last = line.values[-1]
            label(axes, f"{line.name} {last.value:.0f}{DEGREE}".strip(), (last.monday.toordinal(), end), size, colour,
                  offset=(12, 0), va="center")


@dataclass(frozen=True)
class WeekBars:
    """One bar per week on a fixed scale, with a goal."""

    title: str
    values: tuple[WeekValue, ...]
    top: float
    unit: str = ""
    goal: GoalLine | None = None
    margins: ClassVar[Margins] = _MARGINS

    @property
    def description(self) -> str:
        """The last values."""
        return _values(self.values, self.unit)

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        axes.set_ylim(0, self.top)
        _set_dates(axes, [value.monday for value in self.values], size)
        axes.yaxis.set_major_formatter(with_unit(self.unit))
        for value in self.values:
            axes.bar(value.monday.toordinal(), value.value, width=4, color=light("good"), zorder=3)
            if len(self.values) <= _MOST_BAR_LABELS and size.width_px > 32 * len(self.values):
                label(axes, f"{value.value:.0f}", (value.monday.toordinal(), value.value), size, "ink", offset=(0, 3),
                      ha="center", va="bottom")
        if self.goal is not None:
            _plot_goal(axes, self.goal, size)


@dataclass(frozen=True)
class PainChart:
    """Pain from 0 to 10 at the times of its answers."""

    title: str
    answers: tuple[tuple[datetime, float], ...]
    margins: ClassVar[Margins] = Margins(left=3.4, top=0.9, bottom=3.2)

    @property
    def description(self) -> str:
        """The last answers."""
        return ", ".join(f"{when:%d %B %Y}: {pain:.0f}" for when, pain in self.answers[-12:])

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        axes.set_ylim(-0.7, 10.7)
        axes.set_yticks([0, 5, 10])
        _set_dates(axes, [when.date() for when, _ in self.answers], size)
        for when, pain in self.answers:
            x = when.toordinal() + (when.hour + when.minute / 60) / 24
            axes.plot(x, pain, "o", color=light("ink"), markersize=8, zorder=3,
                      gid=f"{TOOLTIP}{when.day} {when:%B %Y}: {pain:.0f}")


def _values(values: Sequence[WeekValue], unit: str) -> str:
    return ", ".join(f"{value.monday} {value.value:.0f}{unit}" for value in values[-12:])


def _set_dates(axes: Axes, days: Sequence[date], size: Size) -> None:
    """Number the horizontal axis by the days that have values, at most as many as there is room for."""
    unique = sorted(set(days))
    room = size.width_px - (axes.get_position().x0 * size.width_px)
    most = max(2, int(room / (5.2 * size.font_px)))
    ticks = unique[::-max(1, -(-len(unique) // most))][::-1]
    axes.set_xlim(unique[0].toordinal() - 4, unique[-1].toordinal() + 4)
    axes.set_xticks([day.toordinal() for day in ticks], [f"{day.day} {day:%b}" for day in ticks])
    for day, before in zip(ticks, [None, *ticks], strict=False):
        if before is None or day.year != before.year:
            axes.annotate(str(day.year), (day.toordinal(), 0), xycoords=axes.get_xaxis_transform(),
                          xytext=(0, -5 - 1.3 * size.font_px), textcoords="offset points", ha="center", va="top",
                          fontsize=size.font_px, color=light("muted"), annotation_clip=False)


def _px_per_unit(axes: Axes, size: Size) -> float:
    low, high = axes.get_ylim()
    return axes.get_position().height * size.height_px / (high - low)


def _apart(levels: Sequence[float], gap: float) -> list[float]:
    """Move levels apart, so that words at them do not cover each other; their order stays."""
    order = sorted(range(len(levels)), key=lambda index: levels[index])
    moved = list(levels)
    for below, above in pairwise(order):
        short = moved[below] + gap - moved[above]
        if short > 0:
            moved[below] -= short / 2
            moved[above] += short / 2
    return moved


def _plot_line(axes: Axes, line: WeekLine, shape: str, colour: str) -> None:
    days = [value.monday.toordinal() for value in line.values]
    axes.plot(days, [value.value for value in line.values], color=light(colour), linewidth=2, zorder=3,
              linestyle="solid" if shape == "o" else (0, (4, 2)))
    for day, value in zip(days, line.values, strict=True):
        band = value.uncertainty or 0.0
        axes.plot([day, day], [value.value - band, value.value + band], color=light(colour), alpha=0.4, linewidth=2)
        known = f" \u00b1 {band:.0f}" if value.uncertainty is not None else ""
        axes.plot(day, value.value, shape, color=light(colour), markersize=9, zorder=4,
                  gid=f"{TOOLTIP}Week of {value.monday.day} {value.monday:%B %Y}: {value.value:.0f}{known}\u00b0")


def _plot_goal(axes: Axes, goal: GoalLine, size: Size) -> None:
    axes.axhline(goal.value, color=light("muted"), linewidth=2, linestyle=(0, (5, 4)), zorder=2)
    label(axes, goal.text, (axes.get_xlim()[1], goal.value), size, offset=(4, 0), va="center")
