"""The charts of weeks match Vega-Lite's schema, which the pages do not check on each run, and have a description."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pyarrow as pa
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


def _specs(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


@pytest.fixture(scope="module")
def specs() -> list[dict[str, Any]]:
    return _specs(_page(_script))


def test_the_charts_of_weeks_are_vega_lite(specs: list[dict[str, Any]]) -> None:
    assert len(specs) == 5
    for spec in specs:
        (alt.LayerChart if "layer" in spec else alt.Chart).from_dict({**spec, "$schema": alt.SCHEMA_URL})


def test_each_chart_of_weeks_describes_its_values(specs: list[dict[str, Any]]) -> None:
    assert [spec["description"] for spec in specs] == [
        "leg raise by week: 2026-03-02 64, 2026-03-02 72, 2026-03-09 64, 2026-03-09 79",
        "Share of good reps by week: 2026-03-02 75, 2026-03-09 75",
        "Hip flexion at the rounding onset by week: 2026-03-02 40, 2026-03-09 40",
        "Days of practice by week", "Pain after each set, 0 to 10"]


def test_of_too_many_answers_the_chart_has_each_weeks_worst() -> None:
    page = _page(_many_answers)
    (chart,) = page.get("vega_lite_chart")
    assert json.loads(chart.proto.spec)["description"] == "The worst pain of each week, 0 to 10"
    (dataset,) = chart.proto.datasets
    points = pa.ipc.open_stream(dataset.data.data).read_pandas()
    assert list(zip(points["when"], points["pain"], strict=True)) == [("2026-03-02", 7), ("2026-03-09", 9)]
    assert "The worst pain of each week." in [caption.value for caption in page.caption]
