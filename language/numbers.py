"""Numbers and dates as the current language writes them (formats.json: the Unicode consortium's data, from Babel)."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from language.current import current

_FIELD = re.compile(r"'([^']*)'|(y+|M+|d+|E+)")


def number(value: float, digits: int = 0, group: bool = False) -> str:
    """Return a number with so many digits after the decimal sign.

    Examples
    --------
    >>> number(1234.5, 1, group=True)
    '1,234.5'
    >>> from language.current import use
    >>> with use("de"):
    ...     number(12.06, 1), number(1234.5, 1, group=True)
    ('12,1', '1.234,5')
    >>> number(-0.3)  # what rounds to zero has no sign
    '0'
    """
    text = f"{value:{',' if group else ''}.{digits}f}"
    return localised(text if text.strip("-0.") else text.lstrip("-"))


def compact(value: float) -> str:
    """Return a number with as few digits as it has, six at most: what was set, not what was measured.

    Examples
    --------
    >>> compact(30.0), compact(0.8)
    ('30', '0.8')
    """
    return localised(f"{value:g}")


def localised(text: str) -> str:
    """Return a number that Python formatted with the current language's decimal and grouping signs.

    Examples
    --------
    >>> from language.current import use
    >>> with use("fr"):
    ...     localised("0.58")
    '0,58'
    """
    formats = _formats()
    return text.translate({ord("."): formats["decimal"], ord(","): formats["group"]})


def day(when: date, style: Literal["medium", "long", "full"] = "medium") -> str:
    """Return a day, as "27 Nov 2026", "27 November 2026" or "Friday, 27 November 2026".

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2026, 11, 27))
    '27 Nov 2026'
    >>> from language.current import use
    >>> with use("de"):
    ...     day(date(2026, 11, 27), "long")
    '27. November 2026'
    """
    def fill(match: re.Match[str]) -> str:
        quoted, field = match.groups()
        return str(quoted) if field is None else _date_field(field, when)
    return _FIELD.sub(fill, _formats()[style])


def day_of_month(when: date) -> str:
    """Return a day within its year, short: "27 Nov", in German "27. Nov."."""
    return f"{when.day}{_after_day()} {month(when)}"


def chart_day() -> str:
    """Return how a chart writes a day, "27 Nov 2026": a format of d3, https://d3js.org/d3-time-format."""
    return f"%-d{_after_day()} %b %Y"


def month(when: date, wide: bool = False) -> str:
    """Return the name of a day's month, short ("Nov") or whole."""
    return str(_formats()["months_wide" if wide else "months"][when.month - 1])


def weekday(when: date, wide: bool = False) -> str:
    """Return the name of a day of the week, short ("Fri") or whole."""
    return str(_formats()["days_wide" if wide else "days"][when.weekday()])


def vega_locale() -> dict[str, dict[str, Any]]:
    """Return how a Vega chart writes numbers, days and months: `config.locale`, https://vega.github.io/vega/docs/config."""
    formats = _formats()
    days, days_wide = (formats[key][-1:] + formats[key][:-1] for key in ("days", "days_wide"))  # from Sunday on
    return {
        "number": {"decimal": formats["decimal"], "thousands": formats["group"], "grouping": [3], "currency": ["", ""]},
        "time": {"dateTime": f"{chart_day()}, %H:%M", "date": chart_day(), "time": "%H:%M", "periods": ["AM", "PM"],
                 "days": days_wide, "shortDays": days, "months": formats["months_wide"],
                 "shortMonths": formats["months"]}}


def _after_day() -> str:
    """Return what stands behind the number of a day: "." where it is an ordinal number, else nothing."""
    return "." if str(_formats()["long"]).startswith("d.") else ""


def _date_field(field: str, when: date) -> str:
    kind, width = field[0], len(field)
    if kind == "y":
        return str(when.year) if width != 2 else f"{when.year % 100:02d}"
    if kind == "d":
        return f"{when.day:0{width}d}"
    if kind == "E":
        return weekday(when, wide=width > 3)
    return f"{when.month:0{width}d}" if width < 3 else month(when, wide=width > 3)


def _formats() -> dict[str, Any]:
    return dict(_all_formats()[current()])


@cache
def _all_formats() -> dict[str, dict[str, Any]]:
    return dict(json.loads(resources.files("language").joinpath("formats.json").read_text(encoding="utf-8")))
