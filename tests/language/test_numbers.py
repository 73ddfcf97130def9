"""Numbers and days as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from language import numbers
from language.current import use


@pytest.mark.parametrize(("code", "short", "chart"), [("en", "3 Nov", "%-d %b %Y"), ("de", "3. Nov.", "%-d. %b %Y"),
                                                      ("es", "3 nov", "%-d %b %Y"), ("fr", "3 nov.", "%-d %b %Y")])
def test_a_day_has_its_full_stop_where_it_is_an_ordinal_number(code: str, short: str, chart: str) -> None:
    with use(code):
        assert numbers.day_of_month(date(2026, 11, 3)) == short
        assert numbers.chart_day() == numbers.vega_locale()["time"]["date"] == chart


@pytest.mark.parametrize(("value", "digits", "text"), [(-0.4, 0, "0"), (-0.04, 1, "0.0"), (-0.6, 0, "-1"),
                                                       (-0.06, 1, "-0.1"), (float("nan"), 0, "nan")])
def test_what_rounds_to_zero_has_no_sign(value: float, digits: int, text: str) -> None:
    assert numbers.number(value, digits) == text
