"""Plot the parts that charts share: tidy axes, limit lines, shaded reps, holes, curves with their band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from exercises.results import Rep
from hingecheck.report import wording
from hingecheck.report.charts.chart import Size
from hingecheck.report.palette import light
from pose.track import Track

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Marks an artist's group as one with a tooltip: the text behind it.
TOOLTIP = "tooltip: "
#: Marks an artist's group as one with a CSS class.
CLASS = "class: "
#: For those who see no colours, and for printers without.
HATCHES = {"good": "", "watch": "..", "fault": "//", "unseen": ""}
DASHES = {"good": "solid", "watch": (0, (1.5, 1.8)), "fault": (0, (6, 3)), "unseen": (0, (1, 3))}
#: Of what was not seen.
HOLE_HATCH = "\\\\"
#: At most so many points to a curve: a screen shows no more.
_MOST_POINTS = 700
#: Average width of a letter against its height, with room to spare.
_LETTER = 0.62


@dataclass(frozen=True)
class Limit:
    """A line across a chart: its height, the word at its end, "watch" or "fault"."""

    value: float
    word: str
    kind: str


@dataclass(frozen=True)
class Hole:
    """A time in which a quantity was not measured, and why ("" where nothing is known)."""

    start_s: float
    end_s: float
    reason: str


def tidy_axes(axes: Axes, size: Size) -> None:
    """Leave of the axes their numbers and the horizontal grid."""
    axes.set_facecolor("none")
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.grid(True, axis="y", color=light("line"), linewidth=1)
    axes.tick_params(left=False, bottom=False, labelsize=size.font_px, labelcolor=light("muted"), pad=5)


def set_ticks(axes: Axes, size: Size, x_unit: str, y_unit: str, y_ticks: int = 5) -> None:
    """Number the axes at round values; zero is drawn stronger."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(size.x_ticks, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(y_ticks, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(with_unit(x_unit))
    axes.yaxis.set_major_formatter(with_unit(y_unit))
    low, high = axes.get_ylim()
    if low < 0 < high:
        axes.axhline(0, color=light("muted"), linewidth=1, zorder=1)


def with_unit(unit: str) -> Callable[[float, object], str]:
    """Return what writes a number of an axis with its unit."""
    return lambda value, _: f"{value:g}{unit}".replace("-", "\N{MINUS SIGN}")


def label(axes: Axes, text: str, at: tuple[float, float], size: Size, colour: str = "muted", **options: object) -> None:
    """Write a word in the plot area on ground of its own, `offset` pixels from data coordinates."""
    offset = options.pop("offset", (0, 0))
    axes.annotate(text, at, xytext=offset, textcoords="offset points", fontsize=size.font_px, color=light(colour),  # type: ignore[arg-type]
                  annotation_clip=False, zorder=6,
                  bbox={"facecolor": light("ground"), "edgecolor": "none", "alpha": 0.85, "pad": 1}, **options)  # type: ignore[arg-type]


def plot_limits(axes: Axes, limits: Sequence[Limit], size: Size) -> None:
    """Draw the limits as lines across the plot area, each with its word at the left, where curves are at rest."""
    upper = max((limit.value for limit in limits), default=0.0)
    for limit in limits:
        axes.axhline(limit.value, color=light(limit.kind), linestyle=DASHES[limit.kind], linewidth=1.6, zorder=4,
                     gid=f"{CLASS}limit {limit.kind}")
        # Two limits are often close: the lower one's word hangs below its line.
        above = limit.value == upper
        label(axes, limit.word, (axes.get_xlim()[0], limit.value), size, limit.kind,
              offset=(4, 3 if above else -3), va="bottom" if above else "top")


def plot_reps(axes: Axes, reps: Sequence[Rep], size: Size) -> None:
    """Shade each rep in the colour and pattern of its verdict; its number and word stand above."""
    low, high = axes.get_xlim()
    px_per_s = axes.get_position().width * size.width_px / (high - low)
    for rep in reps:
        look = wording.look_of(rep)
        start, end = max(rep.start_s, low), min(rep.end_s, high)
        doubt = "?" if rep.borderline else ""
        tooltip = f"{TOOLTIP}Rep {rep.index}: {look.word}{', borderline' if rep.borderline else ''}"
        axes.axvspan(start, end, facecolor=light(f"{look.tone}-tint"), edgecolor=_hatch_colour(look.tone), linewidth=0,
                     hatch=HATCHES[look.tone], zorder=0.5, gid=tooltip)
        axes.plot([start, end], [1, 1], transform=axes.get_xaxis_transform(), color=light(look.tone), linewidth=4,
                  solid_capstyle="butt", clip_on=False, zorder=3)
        room = (end - start) * px_per_s
        words = (f"{rep.index} {look.word}{doubt}", f"{rep.index} {look.sign}{doubt}", f"{rep.index}{doubt}")
        word = next((word for word in words if len(word) * _LETTER * size.font_px < room), str(rep.index))
        axes.annotate(word, ((start + end) / 2, 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 5),
                      textcoords="offset points", ha="center", fontsize=size.font_px, color=light("ink"),
                      annotation_clip=False)


def _hatch_colour(tone: str) -> tuple[str, float]:
    return (light(tone), 0.45 if HATCHES[tone] else 0.0)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, past the last) of every stretch of True."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(first), int(past)) for first, past in zip(starts, ends, strict=True)]


def plot_holes(axes: Axes, gaps: Sequence[Hole], size: Size) -> None:
    """Hatch the times at which a quantity was not measured, with their reason."""
    low, high = axes.get_xlim()
    px_per_s = axes.get_position().width * size.width_px / (high - low)
    for gap in gaps:
        reason = f": {gap.reason}" if gap.reason else ""
        axes.axvspan(gap.start_s, gap.end_s, facecolor=light("ground"), edgecolor=light("unseen"), linewidth=0,
                     hatch=HOLE_HATCH, zorder=1.5, gid=f"{TOOLTIP}Not seen{reason}")
        if (gap.end_s - gap.start_s) * px_per_s > len("not seen") * _LETTER * size.font_px:
            label(axes, "not seen", ((gap.start_s + gap.end_s) / 2, np.mean(axes.get_ylim())), size, "ink",
                  ha="center", va="center")


def plot_curve(axes: Axes, track: Track, quantity: str, quiet: bool = False) -> None:
    """Plot a quantity over time with its band; the line breaks where it was not measured."""
    every = max(1, -(-len(track) // _MOST_POINTS))
    time_s, values = track.time_s[::every], track.columns[quantity][::every]
    colour = light("muted" if quiet else "ink")
    if quantity in track.uncertainty:
        half = track.uncertainty[quantity][::every]
        axes.fill_between(time_s, values - half, values + half, facecolor=colour, alpha=0.14, linewidth=0, zorder=2)
    axes.plot(time_s, values, color=colour, linewidth=1.6 if quiet else 2.2, zorder=5, gid=f"{CLASS}curve {quantity}",
              linestyle=(0, (1, 1.6)) if quiet else "solid", solid_capstyle="round")
