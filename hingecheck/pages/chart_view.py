"""Draw a chart of `report.charts` on a page, for wide and narrow columns, and return where it was clicked."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from hingecheck.report.charts.chart import NARROW, WIDE, Chart
from hingecheck.report.charts.render import svg


def draw(chart: Chart, key: str, identity: str = "") -> float | None:
    """Draw a chart as wide as its container.

    Parameters
    ----------
    chart : Chart
    key : str
        Differs for each chart of a page.
    identity : str
        The same for the same chart in the next run of the page; default: what the chart says of itself.

    Returns
    -------
    float or None
        Where it was clicked since the last run, on its horizontal axis.
    """
    result = _component()(data={"charts": _svgs(identity or repr(chart), chart)}, key=key,
                          on_clicked_change=_nothing)
    return None if result.clicked is None else float(result.clicked)


def _nothing() -> None:
    """Let Streamlit return what was clicked; without a callback it returns nothing."""


@cache
def _component() -> Any:
    files = resources.files("hingecheck.pages")
    script, style = (files.joinpath(name).read_text(encoding="utf-8") for name in ("chart_view.js", "chart_view.css"))
    return st.components.v2.component("hingecheck_chart", html='<div class="charts"></div>', css=style, js=script)


# Drawing takes some 30 ms for each size, and a page runs anew on each click.
@st.cache_resource(max_entries=128, show_spinner=False)
def _svgs(identity: str, _chart: Chart) -> list[dict[str, Any]]:
    return [asdict(svg(_chart, size, f"chart {name}")) for name, size in (("wide", WIDE), ("narrow", NARROW))]
