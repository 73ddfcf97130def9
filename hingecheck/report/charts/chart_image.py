"""A chart as SVG -> the same chart as image (PNG), for documents that cannot show the page's SVG."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import resvg_py
from markupsafe import Markup

from hingecheck.report.charts import chart_style

#: The variables of chart.css, for paper.
_COLOURS = {
    "ink": "#1b2026", "muted": "#59636e", "line": "#d9d5cb", "ground": "#ffffff", "card": "#ffffff",
    "accent": "#00629a", "good": "#0072b2", "watch": "#8a6400", "fault": "#b84a00", "unseen": "#59636e",
    "good-tint": "#e4f0f8", "watch-tint": "#fdf1d8", "fault-tint": "#fbe6da", "unseen-tint": "#eceef0",
}
_TONES = ("good", "watch", "fault", "unseen")
#: Pixels to a unit of the chart.
_ZOOM = 2
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def png(chart: Markup) -> bytes:
    """Return the chart on white, two pixels to each of its units.

    Parameters
    ----------
    chart : Markup
        What `svg.picture` returns.
    """
    text = str(chart).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    text = text.replace("</svg>", f"{_coloured(_definitions())}</svg>")
    return bytes(resvg_py.svg_to_bytes(
        svg_string=text, background=_COLOURS["ground"], zoom=_ZOOM, style_sheet=_style_sheet(),
        skip_system_fonts=True, font_files=list(_font_files()), font_family="DejaVu Sans"))


@cache
def _style_sheet() -> str:
    """Return chart.css without variables, which the library does not know."""
    rules = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", chart_style.css())):
        if "--tone:" in body:  # the tones themselves
            continue
        tones = _TONES if "var(--tone)" in body else ("",)
        rules += [f"{selector.strip()}{'.' if tone else ''}{tone} {{{_coloured(body, tone)}}}" for tone in tones]
    return "\n".join([*rules, ".chart text { font-family: 'DejaVu Sans'; }"])


def _coloured(text: str, tone: str = "") -> str:
    return re.sub(r"var\(--([\w-]+)\)", lambda match: _COLOURS[tone if match[1] == "tone" else match[1]], text)


@cache
def _definitions() -> str:
    match = re.search("<defs>.*</defs>", str(chart_style.hatches()), re.DOTALL)
    return "" if match is None else match[0]


@cache
def _font_files() -> tuple[str, ...]:
    fonts = resources.files("matplotlib") / "mpl-data" / "fonts" / "ttf"
    return tuple(str(fonts / name) for name in _FONTS)
