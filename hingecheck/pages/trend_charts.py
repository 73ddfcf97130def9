"""Weeks of progress -> charts with uncertainty and a goal line, and whether a change is real, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from hingecheck.pages import altair_chart
from hingecheck.progress.trends import Change, Pause, Value, Week
from hingecheck.report.wording import amount as written

_HEIGHT = 240
_BLUE, _ORANGE, _GREY = "#2a87c8", "#dd6b20", "#7b858e"


def amount(value: Value | None) -> str:
    """Return a value with its uncertainty."""
    return "not seen" if value is None else written(value.value, value.uncertainty)


def change_words(change: Change | None, label: str) -> str:
    """Say what changed from the first week to the last, and whether it counts."""
    if change is None:
        return "One week so far: a second one shows whether something changes."
    told = f"Typical {label}: from about {change.before.value:.0f}\u00b0 to about {change.after.value:.0f}\u00b0."
    if change.real:
        way = "more" if change.difference > 0 else "less"
        return f"{told} About {abs(change.difference):.0f}\u00b0 {way}: more than the measurement's own scatter, so " \
               "a real change."
    needed = "" if change.threshold is None else f" (it takes about {change.threshold:.0f}\u00b0)"
    return f"{told} No clear change{needed}."


def sides_words(apart: Change) -> str:
    """Say how left and right compare."""
    if not apart.real:
        return "Left and right: no clear difference in the last four weeks."
    further = "right" if apart.difference > 0 else "left"
    return f"Left and right: the {further} side gets about {abs(apart.difference):.0f}\u00b0 further."


def pause_words(pause: Pause) -> str:
    """Say what a break did: only a real change is spoken of as its effect."""
    told = f"A break of {pause.days} days until {pause.first_day_back.day} {pause.first_day_back:%B}"
    if pause.change is None:
        return f"{told}: what it did was not seen."
    if not pause.change.real:
        return f"{told}: no clear change."
    if pause.change.difference < 0:
        return f"{told}: about {-pause.change.difference:.0f}\u00b0 less afterwards. What is not practised fades."
    return f"{told}: about {pause.change.difference:.0f}\u00b0 more afterwards."


def angles(weeks: Sequence[Week], label: str, goals: Sequence[tuple[float, str]]) -> None:
    """Draw best and typical value a week, each with its band."""
    rows = [{"week": week.monday.isoformat(), "value": value.value, "kind": kind,
             "low": value.value - (value.uncertainty or 0), "high": value.value + (value.uncertainty or 0)}
            for week in weeks for kind, value in (("typical", week.typical), ("best", week.best)) if value is not None]
    st.subheader(label.capitalize(), anchor=False)
    if not rows:
        st.info("No rep counted: a bent knee, a lifted leg or a rounded back says nothing about how far you get.")
        return
    base = alt.Chart(pd.DataFrame(rows)).encode(x=_week(rows))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["typical", "best"], range=[_BLUE, _ORANGE]), legend=None)
    y = alt.Y("value:Q", title="degrees", scale=alt.Scale(zero=False))
    layers: list[Any] = [
        base.mark_rule(strokeWidth=2, opacity=0.45).encode(y=alt.Y("low:Q", title="degrees"), y2="high:Q",
                                                           color=colour),
        base.mark_line().encode(y=y, color=colour, strokeDash=alt.StrokeDash("kind:N", legend=None)),
        base.mark_point(size=70, filled=True).encode(
            y=y, color=colour, shape=alt.Shape("kind:N", scale=alt.Scale(domain=["typical", "best"],
                                                                         range=["circle", "triangle-up"]), legend=None),
            tooltip=["kind:N", _tip(), alt.Tooltip("value:Q", format=".0f", title="degrees")])]
    for at, word in goals:
        goal = alt.Chart(pd.DataFrame([{"at": at, "word": f"{word} {at:.0f}\u00b0"}]))
        layers += [goal.mark_rule(strokeDash=[6, 4], color=_GREY, strokeWidth=2).encode(y="at:Q"),
                   goal.mark_text(align="left", dx=4, dy=-7, color=_GREY).encode(x=alt.value(0), y="at:Q",
                                                                                 text="word:N")]
    altair_chart.draw(alt.layer(*layers), _HEIGHT, f"{label} by week: {_words(rows)}")
    st.caption("\u25cf typical  \u25b2 best of the week. The upright lines are the uncertainty: where they "
               "overlap, nothing is sure to have changed.")


def shares(weeks: Sequence[Week]) -> None:
    """Draw the share of good reps a week."""
    rows = [{"week": week.monday.isoformat(), "value": 100 * week.good_share, "judged": week.judged}
            for week in weeks if week.good_share is not None]
    if not rows:
        return
    st.subheader("Good reps", anchor=False)
    bars = alt.Chart(pd.DataFrame(rows)).mark_bar(color=_BLUE, size=14).encode(
        x=_week(rows), y=alt.Y("value:Q", title="%", scale=alt.Scale(domain=[0, 100])),
        tooltip=[_tip(), alt.Tooltip("value:Q", format=".0f", title="%"), alt.Tooltip("judged:Q", title="reps judged")])
    about = f"Share of good reps by week: {_words(rows)}"
    altair_chart.draw(bars, 160, about)


def onsets(weeks: Sequence[Week]) -> None:
    """Draw the hip angle at which the back begins to give."""
    rows = [{"week": week.monday.isoformat(), "value": week.onset.value,
             "low": week.onset.value - (week.onset.uncertainty or 0),
             "high": week.onset.value + (week.onset.uncertainty or 0)} for week in weeks if week.onset is not None]
    st.subheader("Where the back begins to give", anchor=False)
    base = alt.Chart(pd.DataFrame(rows)).encode(x=_week(rows))
    marks = base.mark_rule(color=_ORANGE, strokeWidth=2, opacity=0.45).encode(
        y=alt.Y("low:Q", title="degrees"), y2="high:Q") + base.mark_point(
        color=_ORANGE, filled=True, size=70, shape="diamond").encode(
        y=alt.Y("value:Q", title="degrees", scale=alt.Scale(zero=False)),
        tooltip=[_tip(), alt.Tooltip("value:Q", format=".0f", title="degrees")])
    altair_chart.draw(marks, 180, f"By week: {_words(rows)}")


def week_axis(mondays: Sequence[str]) -> alt.X:
    """Return a time axis whose ticks are these Mondays (ISO dates), wherever the browser is."""
    values = sorted(set(mondays))
    return alt.X("week:T", title="week of", scale=alt.Scale(type="utc"),
                 axis=alt.Axis(format="%d %b", labelOverlap=True, values=values))


def _week(rows: Sequence[dict[str, Any]]) -> alt.X:
    return week_axis([row["week"] for row in rows])


def _tip() -> alt.Tooltip:
    return alt.Tooltip("week:N", title="week of")


def _words(rows: Sequence[dict[str, Any]]) -> str:
    return ", ".join(f"{row['week']} {row['value']:.0f}" for row in rows[-12:])
