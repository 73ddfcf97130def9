"""Draw minutes and days of practice against the dose, and pain over time, from sets and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone, tzinfo

import altair as alt
import pandas as pd
import streamlit as st

from exercises.aftercare import care, labels
from hingecheck.history.records import PracticeRecord
from hingecheck.pages import altair_chart, elements, page_words, state, trend_charts
from hingecheck.progress import practice
from hingecheck.progress.days import monday_of
from hingecheck.progress.practice import Pain
from hingecheck.report.rep_card import CardNumber
from language import numbers
from language.translate import _

_LISTED_ANSWERS = 5
#: More answers than this overlap in a chart.
_MOST_POINTS = 300


def draw(sets: Sequence[PracticeRecord], answers: Sequence[Pain]) -> None:
    """Draw this week, the weeks before, and pain after the sets."""
    st.header(_("Practice"), anchor=False)
    zone = state.zone()
    this_week = practice.week(sets, datetime.now(timezone.utc), zone)
    low, high = this_week.target_days
    elements.numbers([
        CardNumber(_("Days this week"), _("{days}, goal {low} to {high}").format(
            days=this_week.days, low=low, high=high)),
        CardNumber(_("Left hamstring, minutes"), _("{done} of {of}").format(
            done=f"{this_week.left_min:.0f}", of=f"{this_week.target_min:.0f}")),
        CardNumber(_("Right hamstring, minutes"), _("{done} of {of}").format(
            done=f"{this_week.right_min:.0f}", of=f"{this_week.target_min:.0f}"))])
    elements.sentences([_advice(this_week)])
    weeks = practice.weeks(sets, zone)
    if len(weeks) > 1:
        points = [{"week": week.monday.isoformat(), "days": week.days} for week in weeks]
        bars = alt.Chart(pd.DataFrame(points)).mark_bar(color="#2a87c8", size=10).encode(
            x=trend_charts.week_axis([week.monday.isoformat() for week in weeks]),
            y=alt.Y("days:Q", title=_("days"), scale=alt.Scale(domain=[0, 7])),
            tooltip=[alt.Tooltip("week:N", title=_("week of")), "days:Q"])
        goal = alt.Chart(pd.DataFrame([{"at": low}])).mark_rule(strokeDash=[6, 4], color="#7b858e").encode(y="at:Q")
        altair_chart.draw(bars + goal, 150, _("Days of practice by week"))
        st.caption(_("Days of practice by week. The dashed line is the goal: at least {low} days.").format(low=low))
    _draw_pain(answers)


def _advice(week: practice.Practice) -> str:
    low, high = week.target_days
    enough_min = care().dose.session_min
    if week.days == 0:
        return _("No practice yet this week. Short, frequent sessions do more than long, rare ones.")
    if week.longest_day_min > enough_min * 1.5:
        return _("About {minutes:.0f} minutes per side in one session are enough. More in one session adds "
                 "little.").format(minutes=enough_min)
    if week.days < low:
        return _("Practise on {low} to {high} days per week: that is enough to make progress.").format(
            low=low, high=high)
    return _("You have practised on enough days this week.")


def _draw_pain(answers: Sequence[Pain]) -> None:
    st.header(_("After your sets"), anchor=False)
    if not answers:
        st.write(_("You have not answered the two questions after a set yet. Answer them in a set's review. Your "
                   "answers then appear here."))
        return
    zone = state.zone()
    points, title = _pain_points(answers, zone)
    if len(points) > 1:
        chart = alt.Chart(pd.DataFrame(points)).mark_point(color="#dd6b20", filled=True, size=60).encode(
            x=alt.X("when:T", title=None, axis=alt.Axis(format=numbers.chart_day(), labelOverlap=True, tickCount=6)),
            y=alt.Y("pain:Q", title=_("pain, 0 to 10"), scale=alt.Scale(domain=[0, 10])))
        altair_chart.draw(chart, 140, _("{title}, 0 to 10").format(title=title))
        st.caption(f"{title}.")
    lines = []
    for answer in answers[-_LISTED_ANSWERS:][::-1]:
        pain = _("pain not given") if answer.pain is None else _("pain {pain} of 10").format(pain=answer.pain)
        felt = _(", felt {places}").format(places=", ".join(labels(answer.felt))) if answer.felt else ""
        warning = _(". Stop, or do the easier form, and see a professional.") if answer.stop else ""
        lines.append(f"{page_words.day(answer.made_at)}: {pain}{felt}{warning}")
    elements.piece("bullets", texts=lines)


def _pain_points(answers: Sequence[Pain], zone: tzinfo) -> tuple[list[dict[str, object]], str]:
    """Return the points of the chart and its title; of too many answers only each week's worst."""
    scores = [(answer.made_at, answer.pain) for answer in answers if answer.pain is not None]
    if len(scores) <= _MOST_POINTS:
        return [{"when": made_at.isoformat(), "pain": pain} for made_at, pain in scores], _("Pain after each set")
    worst: dict[date, int] = {}
    for made_at, pain in scores:
        monday = monday_of(made_at.astimezone(zone).date())
        worst[monday] = max(worst.get(monday, 0), pain)
    points = [{"when": monday.isoformat(), "pain": pain} for monday, pain in worst.items()]
    return points, _("The worst pain of each week")
