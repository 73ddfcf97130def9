"""Draw minutes and days of practice against the dose, and pain over time, from sets and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timezone, tzinfo

import streamlit as st

from exercises.aftercare import care, labels
from hingecheck.history.records import PracticeRecord
from hingecheck.pages import chart_view, elements, state
from hingecheck.progress import practice
from hingecheck.progress.days import monday_of
from hingecheck.progress.practice import Pain
from hingecheck.report.charts.week_charts import GoalLine, PainChart, WeekBars, WeekValue
from hingecheck.report.rep_card import CardNumber

_LISTED_ANSWERS = 5
#: More answers than this overlap in a chart.
_MOST_POINTS = 300


def draw(sets: Sequence[PracticeRecord], answers: Sequence[Pain]) -> None:
    """Draw this week, the weeks before, and pain after the sets."""
    st.header("Practice", anchor=False)
    zone = state.zone()
    this_week = practice.week(sets, datetime.now(timezone.utc), zone)
    low, high = this_week.target_days
    elements.numbers([
        CardNumber("Days this week", f"{this_week.days}, goal {low} to {high}"),
        CardNumber("Left hamstring, minutes", f"{this_week.left_min:.0f} of {this_week.target_min:.0f}"),
        CardNumber("Right hamstring, minutes", f"{this_week.right_min:.0f} of {this_week.target_min:.0f}")])
    elements.sentences([_advice(this_week)])
    weeks = practice.weeks(sets, zone)
    if len(weeks) > 1:
        values = tuple(WeekValue(week.monday, week.days) for week in weeks)
        goal = GoalLine(low, f"at least {low} days")
        chart_view.draw(WeekBars("Days of practice by week", values, 7, goal=goal), "practice")
        st.caption(f"Days of practice by week. The dashed line is the goal: at least {low} days.")
    _draw_pain(answers)


def _advice(week: practice.Practice) -> str:
    low, high = week.target_days
    enough_min = care().dose.session_min
    if week.days == 0:
        return "No practice yet this week. Short, frequent sessions do more than long, rare ones."
    if week.longest_day_min > enough_min * 1.5:
        return f"About {enough_min:.0f} minutes per side in one session are enough. More in one session adds little."
    if week.days < low:
        return f"Practise on {low} to {high} days per week: that is enough to make progress."
    return "You have practised on enough days this week."


def _draw_pain(answers: Sequence[Pain]) -> None:
    st.header("After your sets", anchor=False)
    if not answers:
        st.write("You have not answered the two questions after a set yet. Answer them in a set's review. Your answers "
                 "then appear here.")
        return
    zone = state.zone()
    chart = _pain_chart(answers, zone)
    if len(chart.answers) > 1:
        chart_view.draw(chart, "pain")
        st.caption(f"{chart.title}.")
    lines = []
    for answer in answers[-_LISTED_ANSWERS:][::-1]:
        pain = "pain not given" if answer.pain is None else f"pain {answer.pain} of 10"
        felt = f", felt {', '.join(labels(answer.felt))}" if answer.felt else ""
        warning = ". Stop, or do the easier form, and see a professional." if answer.stop else ""
        lines.append(f"{answer.made_at.astimezone(zone):%d %B %Y}: {pain}{felt}{warning}")
    elements.piece("bullets", texts=lines)


def _pain_chart(answers: Sequence[Pain], zone: tzinfo) -> PainChart:
    """Return the chart of the answers; of too many only each week's worst."""
    scores = [(answer.made_at.astimezone(zone), answer.pain) for answer in answers if answer.pain is not None]
    if len(scores) <= _MOST_POINTS:
        return PainChart("Pain after each set, 0 to 10", tuple(scores))
    worst: dict[date, int] = {}
    for made_at, pain in scores:
        monday = monday_of(made_at.date())
        worst[monday] = max(worst.get(monday, 0), pain)
    return PainChart("The worst pain of each week, 0 to 10",
                     tuple((datetime.combine(monday, time()), pain) for monday, pain in worst.items()))
