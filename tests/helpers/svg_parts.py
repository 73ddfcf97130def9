"""Read what a chart's SVG shows: points of its lines, words, tooltips, in its own pixels."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from hingecheck.report.charts.chart import Size, SvgChart

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def groups(chart: SvgChart, class_: str) -> list[ElementTree.Element]:
    """Return the groups that have this class."""
    return [group for group in ElementTree.fromstring(chart.svg).iter("g") if class_ in group.get("class", "").split()]


def points(group: ElementTree.Element) -> NDArray[np.float64]:
    """Return the points of a group's first line, shape (n, 2)."""
    path = next(element for element in group.iter("path") if "d" in element.attrib)
    return np.array(_NUMBER.findall(path.attrib["d"]), dtype=float).reshape(-1, 2)


def pieces(group: ElementTree.Element) -> int:
    """Return in how many pieces a group's first line is drawn."""
    return next(element for element in group.iter("path")).attrib["d"].count("M")


def markers(group: ElementTree.Element) -> NDArray[np.float64]:
    """Return the places of a group's markers, shape (n, 2)."""
    return np.array([[float(use.attrib["x"]), float(use.attrib["y"])] for use in group.iter("use")])


def words(chart: SvgChart) -> list[str]:
    """Return the words in a chart."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(chart.svg).iter("text")]


def tooltips(chart: SvgChart) -> list[str]:
    """Return the tooltips of a chart, without its own title."""
    return [title.text or "" for title in ElementTree.fromstring(chart.svg).iter("title")][1:]


def x_px(chart: SvgChart, size: Size, value: float) -> float:
    """Return where a number lies across, as the chart says of itself."""
    low, high = chart.x_range
    return size.width_px * (chart.box.left + (value - low) / (high - low) * chart.box.width)


def numbered(chart: SvgChart) -> dict[str, tuple[float, float]]:
    """Return the centres of the circles that carry a number, by the number."""
    return {text.text or "": (float(text.attrib["x"]), float(text.attrib["y"]))
            for group in ElementTree.fromstring(chart.svg).iter("g") if group.find("title") is not None
            for text in group.iter("text")}


def places(chart: SvgChart) -> dict[str, tuple[float, float]]:
    """Return the words of a chart with their places."""
    return {"".join(text.itertext()): (float(text.attrib["x"]), float(text.attrib["y"]))
            for text in ElementTree.fromstring(chart.svg).iter("text") if "x" in text.attrib}
