"""Say what a chart is: its words, its margins, and how it is plotted on axes, at a given size.

Every output (page, HTML, PDF) draws the same chart; `render` turns it into SVG or PNG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

if TYPE_CHECKING:  # Matplotlib takes a third of a second to import: only what draws loads it
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn.

    Attributes
    ----------
    width_px, height_px : float
    font_px : float
        Height of its letters. At the sizes at which they are displayed, none becomes smaller than 13 px.
    x_ticks : int
        At most so many numbers along the horizontal axis.
    """

    width_px: float
    height_px: float
    font_px: float
    x_ticks: int


#: For columns from 820 px, for columns of a phone, and for the 178 mm of an A4 page.
WIDE = Size(960, 250, 15.5, 12)
NARROW = Size(350, 230, 13.5, 4)
PAPER = Size(700, 190, 11.5, 10)


@dataclass(frozen=True)
class Margins:
    """Room round the plot area for numbers and words, in heights of a letter."""

    left: float = 3.0
    right: float = 0.9
    top: float = 1.6
    bottom: float = 1.9


class Chart(Protocol):
    """What `render` draws."""

    @property
    def title(self) -> str:
        """What is shown, in a few words."""

    @property
    def description(self) -> str:
        """The values in words, for those who do not see the chart."""

    @property
    def margins(self) -> Margins:
        """Room round the plot area."""

    def plot(self, axes: Axes, size: Size) -> None:
        """Plot on empty axes and set their limits."""


@dataclass(frozen=True)
class Box:
    """The plot area in a chart, as fractions of its width and height from the left and the top."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class SvgChart:
    """A drawn chart.

    Attributes
    ----------
    svg : Markup
        An element to put into a page; its colours are the variables of `palette`.
    box : Box
        Where the plot area lies in it.
    x_range : (float, float)
        The numbers at the left and right edge of the plot area; of charts over a clip, its seconds.
    """

    svg: Markup
    box: Box
    x_range: tuple[float, float]
