"""Sets and answers -> minutes and days of practice against the dose, and pain over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone, tzinfo

import altair as alt
import pandas as pd
import streamlit as st

from exercises.aftercare import care, labels
from hingecheck.history.records import PracticeRecord
from hingecheck.pages import altair_chart, elements, state, trend_charts
from hingecheck.progress import practice
from hingecheck.progress.days import monday_of
from hingecheck.progress.practice import Pain

_LISTED = 5
#: More answers than this lie on top of each other in a chart.
_POINTS = 300


def draw(done: Sequence[PracticeRecord], pains: Sequence[Pain]) -> None:
    """Draw this week, the weeks before, and what hurt."""
    st.header("Practice", anchor=False)
    zone = state.zone()
    now = practice.week(done, datetime.now(timezone.utc), zone)
    low, high = now.target_days
    elements.piece("numbers", pairs=[
        ("Days this week", f"{now.days}, aim {low} to {high}"),
        ("Left hamstring, minutes", f"{now.left_min:.0f} of {now.target_min:.0f}"),
        ("Right hamstring, minutes", f"{now.right_min:.0f} of {now.target_min:.0f}")])
    elements.sentences([_said(now)])
    weeks = practice.weeks(done, zone)
    if len(weeks) > 1:
        rows = [{"week": week.monday.isoformat(), "days": week.days} for week in weeks]
        bars = alt.Chart(pd.DataFrame(rows)).mark_bar(color="#2a87c8", size=10).encode(
            x=trend_charts.week_axis([week.monday.isoformat() for week in weeks]),
            y=alt.Y("days:Q", title="days", scale=alt.Scale(domain=[0, 7])),
            tooltip=[alt.Tooltip("week:N", title="week of"), "days:Q"])
        enough = alt.Chart(pd.DataFrame([{"at": low}])).mark_rule(strokeDash=[6, 4], color="#7b858e").encode(y="at:Q")
        altair_chart.draw(bars + enough, 150, "Days of practice by week")
        st.caption(f"Days of practice by week. The dashed line: {low} days, from which on it is enough.")
    _pain(pains)


def _said(now: practice.Practice) -> str:
    low, high = now.target_days
    enough_min = care().dose.session_min
    if now.days == 0:
        return "Nothing yet this week. Short and often does more than long and seldom."
    if now.longest_day_min > enough_min * 1.5:
        return f"About {enough_min:.0f} minutes a side in one go are enough; more in one go adds little."
    if now.days < low:
        return f"{low} to {high} days a week are enough to get on."
    return "Enough days this week."


def _pain(pains: Sequence[Pain]) -> None:
    st.header("After your sets", anchor=False)
    if not pains:
        st.write("The two questions after a set have not been answered yet; their answers show here.")
        return
    zone = state.zone()
    scored, told = _scored(pains, zone)
    if len(scored) > 1:
        points = alt.Chart(pd.DataFrame(scored)).mark_point(color="#dd6b20", filled=True, size=60).encode(
            x=alt.X("when:T", title=None, axis=alt.Axis(format="%d %b", labelOverlap=True, tickCount=6)),
            y=alt.Y("pain:Q", title="pain, 0 to 10", scale=alt.Scale(domain=[0, 10])))
        altair_chart.draw(points, 140, f"{told}, 0 to 10")
        st.caption(f"{told}.")
    lines = []
    for one in pains[-_LISTED:][::-1]:
        pain = "pain not said" if one.pain is None else f"pain {one.pain} of 10"
        felt = f", felt {', '.join(labels(one.felt))}" if one.felt else ""
        minded = ". Stop, or take the easier form, and see a professional." if one.stop else ""
        lines.append(f"{one.made_at.astimezone(zone):%d %B %Y}: {pain}{felt}{minded}")
    elements.piece("bullets", texts=lines)


def _scored(pains: Sequence[Pain], zone: tzinfo) -> tuple[list[dict[str, object]], str]:
    """Return the points of the chart and what they are: years of sets are shown by their weeks' worst."""
    said = [one for one in pains if one.pain is not None]
    if len(said) <= _POINTS:
        return [{"when": one.made_at.isoformat(), "pain": one.pain} for one in said], "Pain after each set"
    worst: dict[date, int] = {}
    for one in said:
        monday = monday_of(one.made_at.astimezone(zone).date())
        worst[monday] = max(worst.get(monday, 0), one.pain or 0)
    return [{"when": monday.isoformat(), "pain": pain} for monday, pain in worst.items()], "The worst pain of each week"
