"""Chart -> SVG that follows the reader's theme, or PNG for paper.

Uses Matplotlib's objects without pyplot. Its settings are global, so they are set for the time of one drawing and under
a lock; settings of a person's own notebook neither change nor count. The same chart gives the same bytes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

from hingecheck.report import palette
from hingecheck.report.charts.chart import Box, Chart, Size, SvgChart
from hingecheck.report.charts.plot_parts import CLASS, TOOLTIP, tidy_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: One unit of the drawing is one pixel.
_DPI = 72
#: Words come from outside too: none of them is read as a formula.
_SETTINGS: Any = {"svg.fonttype": "none", "font.family": ["DejaVu Sans"], "hatch.linewidth": 1.4,
                  "text.parse_math": False}
_LOCK = threading.Lock()

#: Matplotlib 3.10 writes the first, 3.11 the second.
_FONT = re.compile(r"font: (?P<size>[\d.]+px) [^;]*|font-family: [^;]*")
_NO_TURN = re.compile(r"rotate\(-?0 [^)]*\)")
_DECIMALS = re.compile(r"(\d+\.\d)\d+")
_REFERENCE = re.compile(r"""(?:url\(|href=["'])#([^)"']+)""")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = re.compile(r"\s+")
_FAMILY = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
#: Matplotlib writes these into a style sheet that would reach the whole page.
_STYLE = "stroke-linejoin: round; stroke-linecap: butt"


def svg(chart: Chart, size: Size, class_: str = "chart") -> SvgChart:
    """Draw a chart as an SVG element.

    Parameters
    ----------
    chart : Chart
    size : Size
    class_ : str
        CSS class of the element.
    """
    with _drawn(chart, size) as (figure, axes):
        packed = BytesIO()
        figure.savefig(packed, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        left, bottom, width, height = (float(part) for part in axes.get_position().bounds)
        low, high = axes.get_xlim()
    root = ElementTree.fromstring(packed.getvalue())
    _clean(root)
    root.attrib = {"class": class_, "role": "img", "aria-label": f"{chart.title}. {chart.description}",
                   "viewBox": f"0 0 {size.width_px:g} {size.height_px:g}", "style": _STYLE,
                   "data-width": f"{size.width_px:g}"}
    root.insert(0, _element("title", chart.title))
    return SvgChart(Markup(palette.with_variables(ElementTree.tostring(root, encoding="unicode"))),
                    Box(left, 1 - bottom - height, width, height), (float(low), float(high)))


def png(chart: Chart, size: Size, dpi: int = 216) -> bytes:
    """Draw a chart as a PNG on white, for paper."""
    with _drawn(chart, size) as (figure, _):
        packed = BytesIO()
        figure.savefig(packed, format="png", dpi=dpi, facecolor="white", metadata={"Software": None})
    return packed.getvalue()


@contextmanager
def _drawn(chart: Chart, size: Size) -> Iterator[tuple[Figure, Axes]]:
    import matplotlib
    from matplotlib.figure import Figure

    with _LOCK, matplotlib.rc_context():
        matplotlib.rcdefaults()
        # The same names for the same chart each time, and others for each chart of a page: browsers do not draw a
        # pattern that is defined in the size that is not displayed.
        matplotlib.rcParams.update(_SETTINGS)
        matplotlib.rcParams["svg.hashsalt"] = f"{chart.title}{chart.description}{size}"
        figure = Figure((size.width_px / _DPI, size.height_px / _DPI), dpi=_DPI)
        figure.patch.set_visible(False)
        em, margins = size.font_px, chart.margins
        left, bottom = margins.left * em / size.width_px, margins.bottom * em / size.height_px
        axes = figure.add_axes((left, bottom, 1 - left - margins.right * em / size.width_px,
                                1 - bottom - margins.top * em / size.height_px))
        tidy_axes(axes, size)
        chart.plot(axes, size)
        yield figure, axes


def _clean(root: ElementTree.Element) -> None:
    """Remove what a page does not need, shorten numbers, and turn marked groups into groups with a tooltip."""
    used = set(_REFERENCE.findall(ElementTree.tostring(root, encoding="unicode")))
    for element in list(root.iter()):
        element.tag = element.tag.rpartition("}")[2]
        for child in list(element):
            if child.tag.endswith(("}metadata", "}style")):
                element.remove(child)
        if _XLINK in element.attrib:
            element.set("href", element.attrib.pop(_XLINK))
        identifier = element.get("id", "")
        if identifier not in used:
            element.attrib.pop("id", None)
        if identifier.startswith(TOOLTIP):
            element.insert(0, _element("title", identifier.removeprefix(TOOLTIP)))
        if identifier.startswith(CLASS):
            element.set("class", identifier.removeprefix(CLASS))
        for key in element.attrib.keys() & {"d", "style", "transform", "x", "y"}:
            element.set(key, _shortened(element.attrib[key]))
        if _NO_TURN.fullmatch(element.get("transform", "")):
            del element.attrib["transform"]


def _shortened(text: str) -> str:
    text = _FONT.sub(lambda match: (f"font-size: {match['size']}; " if match["size"] else "") + _FAMILY, text)
    return _SPACE.sub(" ", _DECIMALS.sub(r"\1", text)).strip()


def _element(tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.Element(tag)
    element.text = text
    return element
