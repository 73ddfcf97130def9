"""How the charts look: the style sheet and the patterns that a page with charts holds once."""

from __future__ import annotations

from functools import cache
from importlib import resources

from markupsafe import Markup


@cache
def css() -> str:
    """Return the style sheet of the charts; the page sets its variables (--ink, --muted, --line, --good, ...)."""
    return _text("chart.css")


@cache
def hatches() -> Markup:
    """Return the patterns, in a picture without a size."""
    return Markup(_text("hatches.svg"))


def _text(name: str) -> str:
    return resources.files("hingecheck.report.charts").joinpath(name).read_text(encoding="utf-8")
