"""Draw weeks of progress as charts with uncertainty and goal lines, and write sentences on what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from hingecheck.pages import chart_view
from hingecheck.progress.trends import Change, Pause, Value, Week
from hingecheck.report import wording
from hingecheck.report.charts.week_charts import GoalLine, WeekAngles, WeekBars, WeekLine, WeekValue


def amount(value: Value | None) -> str:
    """Return a value with its uncertainty."""
    return wording.amount(None) if value is None else wording.amount(value.value, value.uncertainty)


def change_sentence(change: Change | None, label: str) -> str:
    """Return what changed from the first week to the last, and whether it is a real change."""
    if change is None:
        return "One week so far. A second week shows whether something changes."
    values = f"Typical {label}: from about {change.before.value:.0f}\u00b0 to about {change.after.value:.0f}\u00b0."
    if change.real:
        way = "more" if change.difference > 0 else "less"
        return (f"{values} About {abs(change.difference):.0f}\u00b0 {way}: a real change, larger than the measurement "
                "error.")
    needed = "" if change.threshold is None else f" (a real one is at least about {change.threshold:.0f}\u00b0)"
    return f"{values} No clear change{needed}."


def sides_sentence(difference: Change) -> str:
    """Return how left (before) and right (after) compare."""
    if not difference.real:
        return "Left and right: no clear difference in the last four weeks."
    further = "right" if difference.difference > 0 else "left"
    return f"Left and right: the {further} side reaches about {abs(difference.difference):.0f}\u00b0 further."


def pause_sentence(pause: Pause) -> str:
    """Return the effect of a break; only a real change counts as one."""
    days = f"A break of {pause.days} days until {pause.first_day_back.day} {pause.first_day_back:%B}"
    if pause.change is None:
        return f"{days}: its effect is unmeasured."
    if not pause.change.real:
        return f"{days}: no clear change."
    if pause.change.difference < 0:
        return f"{days}: about {-pause.change.difference:.0f}\u00b0 less afterwards. What you do not practise fades."
    return f"{days}: about {pause.change.difference:.0f}\u00b0 more afterwards."


def draw_angles(weeks: Sequence[Week], label: str, goals: Sequence[tuple[float, str]]) -> None:
    """Draw the best and the typical value of each week with their uncertainty, and the goals (degrees, text)."""
    lines = tuple(WeekLine(name, values) for name, values in (
        ("typical", _week_values((week.monday, week.typical) for week in weeks)),
        ("best", _week_values((week.monday, week.best) for week in weeks))) if values)
    st.subheader(label.capitalize(), anchor=False)
    if not lines:
        st.info("No rep counts here. With a bent knee, a lifted leg or a rounded back, the angle does not show your "
                "range.")
        return
    chart_view.draw(WeekAngles(f"{label.capitalize()} by week", lines,
                               tuple(GoalLine(at, f"{text} {at:.0f}\u00b0") for at, text in goals)), "week-angles")
    st.caption("\u25cf typical  \u25b2 best of the week. The vertical lines are the uncertainty. Where they overlap, a "
               "change is not certain.")


def draw_shares(weeks: Sequence[Week]) -> None:
    """Draw the share of good reps of each week."""
    values = tuple(WeekValue(week.monday, 100 * week.good_share) for week in weeks if week.good_share is not None)
    if not values:
        return
    st.subheader("Good reps", anchor=False)
    chart_view.draw(WeekBars("Share of good reps by week", values, 100, "\u2009%"), "week-shares")


def draw_onsets(weeks: Sequence[Week]) -> None:
    """Draw the hip angle of the rounding onset in each week."""
    st.subheader("Rounding onset", anchor=False)
    line = WeekLine("", _week_values((week.monday, week.onset) for week in weeks))
    chart_view.draw(WeekAngles("Hip flexion at the rounding onset by week", (line,)), "week-onsets")


def _week_values(values: Iterable[tuple[date, Value | None]]) -> tuple[WeekValue, ...]:
    return tuple(WeekValue(monday, value.value, value.uncertainty) for monday, value in values if value is not None)
