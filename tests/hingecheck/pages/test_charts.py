"""The charts of weeks hold to Vega-Lite's schema, which the pages do not check each time, and say what they show."""

from __future__ import annotations

import json

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest


def _script() -> None:
    """Every chart of weeks once; Streamlit runs this text by itself."""
    from datetime import date, datetime, timezone
    from uuid import UUID

    from hingecheck.history.records import PracticeRecord, SetAnswers
    from hingecheck.pages import practice_charts, trend_charts
    from hingecheck.progress import practice
    from hingecheck.progress.trends import Value, Week

    weeks = [Week(date(2026, 3, day), 5, 4, 0.75, 0, Value(70.0 + day, 5.0), Value(64.0, 5.0), Value(40.0, 9.0))
             for day in (2, 9)]
    trend_charts.angles(weeks, "leg raise", [(90.0, "goal")])
    trend_charts.shares(weeks)
    trend_charts.onsets(weeks)
    moments = [datetime(2026, 3, day, 9, tzinfo=timezone.utc) for day in (2, 9)]
    practice_charts.draw([PracticeRecord(at, "hip_hinge", None, None) for at in moments],
                   practice.pain([SetAnswers(UUID(int=1), at, "hip_hinge", 2, ()) for at in moments]))


@pytest.fixture(scope="module")
def specs() -> list[dict[str, object]]:
    page = AppTest.from_function(_script, default_timeout=60).run()
    assert not page.exception
    return [json.loads(one.proto.spec) for one in page.get("vega_lite_chart")]


def test_the_charts_of_weeks_are_vega_lite(specs: list[dict[str, object]]) -> None:
    assert len(specs) == 5
    for spec in specs:
        (alt.LayerChart if "layer" in spec else alt.Chart).from_dict({**spec, "$schema": alt.SCHEMA_URL})


def test_the_charts_of_weeks_say_what_they_show(specs: list[dict[str, object]]) -> None:
    told = [str(spec["description"]) for spec in specs]
    assert told[0].startswith("leg raise by week: 2026-03-02 64, 2026-03-02 72")
    assert told[1] == "Share of good reps by week: 2026-03-02 75, 2026-03-09 75"
    assert told[3:] == ["Days of practice by week", "Pain after each set, 0 to 10"]
