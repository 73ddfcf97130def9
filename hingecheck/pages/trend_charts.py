"""Draw weeks of progress as charts with uncertainty and goal lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from hingecheck.pages import altair_chart
from hingecheck.progress.trends import Week
from language import numbers
from language.translate import _, mark
from language.words import large_start

_HEIGHT = 240
_ANGLE = mark("angle, °")
#: Orange is the colour of faults, and of nothing else.
_BLUE, _VIOLET, _GREY = "#2a87c8", "#8268c8", "#7b858e"


def draw_angles(weeks: Sequence[Week], label: str, goals: Sequence[tuple[float, str]]) -> None:
    """Draw the best and the typical value of each week with their uncertainty, and the goals (degrees, text)."""
    points = [{"week": week.monday.isoformat(), "value": value.value, "kind": kind,
             "low": value.value - (value.uncertainty or 0), "high": value.value + (value.uncertainty or 0)}
            for week in weeks for kind, value in (("typical", week.typical), ("best", week.best)) if value is not None]
    st.subheader(large_start(label), anchor=False)
    if not points:
        st.info(_("No rep counts here. With a bent knee, a lifted leg or a rounded back, the angle does not show your "
                  "range."))
        return
    base = alt.Chart(pd.DataFrame(points)).encode(x=_week_axis(points))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["typical", "best"], range=[_BLUE, _VIOLET]), legend=None)
    y = alt.Y("value:Q", title=_(_ANGLE), scale=alt.Scale(zero=False))
    layers: list[Any] = [
        base.mark_rule(strokeWidth=2, opacity=0.45).encode(y=alt.Y("low:Q", title=_(_ANGLE)), y2="high:Q",
                                                           color=colour),
        base.mark_line().encode(y=y, color=colour, strokeDash=alt.StrokeDash("kind:N", legend=None)),
        base.mark_point(size=70, filled=True).encode(
            y=y, color=colour, shape=alt.Shape("kind:N", scale=alt.Scale(domain=["typical", "best"],
                                                                         range=["circle", "triangle-up"]), legend=None),
            tooltip=["kind:N", _week_tooltip(), alt.Tooltip("value:Q", format=".0f", title=_(_ANGLE))])]
    for at, text in goals:
        goal = alt.Chart(pd.DataFrame([{"at": at, "text": f"{text} {at:.0f}\u00b0"}]))
        layers += [goal.mark_rule(strokeDash=[6, 4], color=_GREY, strokeWidth=2).encode(y="at:Q"),
                   goal.mark_text(align="left", dx=4, dy=-7, color=_GREY).encode(x=alt.value(0), y="at:Q",
                                                                                 text="text:N")]
    altair_chart.draw(alt.layer(*layers), _HEIGHT, _("{label} by week: {description}").format(
        label=label, description=_description(points)))
    st.caption(_("● typical  ▲ best of the week. The vertical lines are the uncertainty. Where they overlap, a change "
                 "is not certain."))


def draw_shares(weeks: Sequence[Week]) -> None:
    """Draw the share of good reps of each week."""
    points = [{"week": week.monday.isoformat(), "value": 100 * week.good_share, "judged": week.judged}
            for week in weeks if week.good_share is not None]
    if not points:
        return
    st.subheader(_("Good reps"), anchor=False)
    bars = alt.Chart(pd.DataFrame(points)).mark_bar(color=_BLUE, size=14).encode(
        x=_week_axis(points), y=alt.Y("value:Q", title="%", scale=alt.Scale(domain=[0, 100])),
        tooltip=[_week_tooltip(), alt.Tooltip("value:Q", format=".0f", title="%"),
                 alt.Tooltip("judged:Q", title=_("reps judged"))])
    altair_chart.draw(bars, 160, _("Share of good reps by week: {description}").format(
        description=_description(points)))


def draw_onsets(weeks: Sequence[Week]) -> None:
    """Draw the hip angle of the rounding onset in each week."""
    points = [{"week": week.monday.isoformat(), "value": week.onset.value,
             "low": week.onset.value - (week.onset.uncertainty or 0),
             "high": week.onset.value + (week.onset.uncertainty or 0)} for week in weeks if week.onset is not None]
    st.subheader(_("Rounding onset"), anchor=False)
    base = alt.Chart(pd.DataFrame(points)).encode(x=_week_axis(points))
    layers = base.mark_rule(color=_VIOLET, strokeWidth=2, opacity=0.45).encode(
        y=alt.Y("low:Q", title=_(_ANGLE)), y2="high:Q") + base.mark_point(
        color=_VIOLET, filled=True, size=70, shape="diamond").encode(
        y=alt.Y("value:Q", title=_(_ANGLE), scale=alt.Scale(zero=False)),
        tooltip=[_week_tooltip(), alt.Tooltip("value:Q", format=".0f", title=_(_ANGLE))])
    altair_chart.draw(layers, 180, _("Hip flexion at the rounding onset by week: {description}").format(
        description=_description(points)))


def week_axis(mondays: Sequence[str]) -> alt.X:
    """Return a time axis whose ticks are these Mondays (ISO dates), wherever the browser is."""
    values = sorted(set(mondays))
    return alt.X("week:T", title=_("week of"), scale=alt.Scale(type="utc"),
                 axis=alt.Axis(format=numbers.chart_day(), labelOverlap=True, values=values))


def _week_axis(points: Sequence[dict[str, Any]]) -> alt.X:
    return week_axis([point["week"] for point in points])


def _week_tooltip() -> alt.Tooltip:
    return alt.Tooltip("week:N", title=_("week of"))


def _description(points: Sequence[dict[str, Any]]) -> str:
    return ", ".join(f"{point['week']} {point['value']:.0f}" for point in points[-12:])
