"""Pairs of values measured by hand and by this program -> a Bland-Altman plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from hingecheck.report import wording
from hingecheck.report.charts.chart import Margins, Size
from hingecheck.report.charts.plot_parts import CLASS, label, set_ticks
from hingecheck.report.palette import light
from hingecheck.validation.agreement import AgreementPairs
from pose.quantity import QUANTITIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: For wide and for narrow columns.
SIZES = (Size(620, 300, 14.5, 6), Size(330, 280, 13.5, 3))
#: More dots than this are a blot.
_MOST_DOTS = 400


@dataclass(frozen=True, eq=False)
class AgreementChart:
    """Differences over means, with the bias and the 95 % limits of agreement as lines."""

    pairs: AgreementPairs
    margins: ClassVar[Margins] = Margins(left=3.2, right=6.4, top=0.9, bottom=3.3)

    @property
    def title(self) -> str:
        """The quantity compared."""
        return f"{self._label.capitalize()}: agreement with hand"

    @property
    def description(self) -> str:
        """The figures of the comparison."""
        return wording.agreement(self.pairs.agreement)

    @property
    def _label(self) -> str:
        return QUANTITIES[self.pairs.agreement.quantity].label

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot it."""
        agreement = self.pairs.agreement
        low, high = agreement.limits_deg
        means, differences = (self.pairs.hand + self.pairs.ours) / 2, self.pairs.ours - self.pairs.hand
        axes.set_xlim(*_round_range(means))
        axes.set_ylim(*_round_range(np.concatenate([differences, [low, high, 0.0]])))
        set_ticks(axes, size, "\u00b0", "\u00b0", 6)
        axes.set_xlabel(f"mean of both, {self._label} \u2192", loc="right", fontsize=size.font_px, color=light("muted"))
        label(axes, "\u2191 HingeCheck minus hand", (axes.get_xlim()[0], axes.get_ylim()[1]), size, offset=(4, -2),
              va="top")
        every = max(1, -(-len(means) // _MOST_DOTS))
        axes.plot(means[::every], differences[::every], "o", color=light("good"), markersize=6, alpha=0.6,
                  markeredgewidth=0, zorder=3, gid=f"{CLASS}moments")
        for value, word in ((agreement.bias_deg, "bias "), (low, ""), (high, "")):
            axes.axhline(value, color=light("ink" if word else "muted"), linewidth=1.7, zorder=4,
                         linestyle="solid" if word else (0, (6, 4)), gid=f"{CLASS}{word.strip() or 'edge'}")
            label(axes, f"{word}{value:+.1f}\u00b0", (axes.get_xlim()[1], value), size, "ink", offset=(6, 0),
                  va="center")


def _round_range(values: NDArray[np.float64]) -> tuple[float, float]:
    """Round limits of a degree axis with a little room on both sides."""
    low, high = float(values.min()), float(values.max())
    step = 10.0 if high - low > 25 else 5.0 if high - low > 8 else 2.0
    return float(np.floor((low - 0.5) / step) * step), float(np.ceil((high + 0.5) / step) * step)
