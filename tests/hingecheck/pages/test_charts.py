"""The pages hand each chart of weeks to the browser in both sizes, with its values in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def _script() -> None:
    """Draw every chart of weeks once; Streamlit runs this function's text by itself."""
    from datetime import date, datetime, timezone
    from uuid import UUID

    from hingecheck.history.records import PracticeRecord, SetAnswers
    from hingecheck.pages import practice_charts, trend_charts
    from hingecheck.progress import practice
    from hingecheck.progress.trends import Value, Week

    weeks = [Week(date(2026, 3, day), 5, 4, 0.75, 0, Value(70.0 + day, 5.0), Value(64.0, 5.0), Value(40.0, 9.0))
             for day in (2, 9)]
    trend_charts.draw_angles(weeks, "leg raise", [(90.0, "goal")])
    trend_charts.draw_shares(weeks)
    trend_charts.draw_onsets(weeks)
    times = [datetime(2026, 3, day, 9, tzinfo=timezone.utc) for day in (2, 9)]
    practice_charts.draw([PracticeRecord(at, "hip_hinge", None, None) for at in times],
                         practice.pain([SetAnswers(UUID(int=1), at, "hip_hinge", 2, ()) for at in times]))


def _many_answers() -> None:
    """Draw 301 answers of two weeks: one an hour from 2 March, with pain 0 to 7 in turn, and one of 9 on 12 March."""
    from datetime import datetime, timedelta, timezone
    from uuid import UUID

    from hingecheck.history.records import SetAnswers
    from hingecheck.pages import practice_charts
    from hingecheck.progress import practice

    start = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
    answers = [SetAnswers(UUID(int=index), start + timedelta(hours=index), "hip_hinge", index % 8, ())
               for index in range(300)]
    worst = SetAnswers(UUID(int=300), datetime(2026, 3, 12, 12, tzinfo=timezone.utc), "hip_hinge", 9, ())
    practice_charts.draw([], practice.pain([*answers, worst]))


def _page(script: Any) -> AppTest:
    page = AppTest.from_function(script, default_timeout=60).run()
    assert not page.exception
    return page


def _charts(page: AppTest) -> list[list[dict[str, Any]]]:
    return [json.loads(component.proto.json)["charts"] for component in page.get("bidi_component")]


def _labels(charts: list[list[dict[str, Any]]]) -> list[str]:
    return [wide["svg"].split('aria-label="')[1].split('"')[0] for wide, _ in charts]


@pytest.fixture(scope="module")
def charts() -> list[list[dict[str, Any]]]:
    return _charts(_page(_script))


def test_each_chart_comes_for_wide_and_for_narrow_columns(charts: list[list[dict[str, Any]]]) -> None:
    assert len(charts) == 5
    for sizes in charts:
        assert ['class="chart wide"' in sizes[0]["svg"], 'class="chart narrow"' in sizes[1]["svg"]] == [True, True]
        for chart in sizes:
            assert 0 < chart["box"]["left"] < chart["box"]["left"] + chart["box"]["width"] <= 1
            assert chart["x_range"][0] < chart["x_range"][1]


def test_each_chart_of_weeks_describes_its_values(charts: list[list[dict[str, Any]]]) -> None:
    assert _labels(charts) == [
        "Leg raise by week. typical 2026-03-02 64\u00b0, 2026-03-09 64\u00b0; "
        "best 2026-03-02 72\u00b0, 2026-03-09 79\u00b0",
        "Share of good reps by week. 2026-03-02 75\u2009%, 2026-03-09 75\u2009%",
        "Hip flexion at the rounding onset by week. 2026-03-02 40\u00b0, 2026-03-09 40\u00b0",
        "Days of practice by week. 2026-03-02 1, 2026-03-09 1",
        "Pain after each set, 0 to 10. 02 March 2026: 2, 09 March 2026: 2"]


def test_of_too_many_answers_the_chart_has_each_weeks_worst() -> None:
    page = _page(_many_answers)
    assert _labels(_charts(page)) == ["The worst pain of each week, 0 to 10. 02 March 2026: 7, 09 March 2026: 9"]
    assert "The worst pain of each week, 0 to 10." in [caption.value for caption in page.caption]
