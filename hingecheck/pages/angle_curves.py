"""Track -> curves over time. Draw them with each rep shaded by its verdict, and return the time that was clicked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from exercises.exercise_model import Exercise
from exercises.results import Rep, SetReport
from hingecheck.report import display, wording
from hingecheck.report.charts import angle_chart
from hingecheck.report.charts.angle_chart import Limit
from pose.quantity import QUANTITIES
from pose.track import Track

#: A screen is about this many pixels wide at a curve; more points only slow the page.
_MOST_POINTS = 600
_HEIGHT = 230
_ANGLE = "angle, \u00b0"
#: Name of the chart's selection that a click fills.
_CLICK = "click"
COLOURS = {"good": "#2a87c8", "watch": "#d99400", "fault": "#dd6b20", "unseen": "#8a929a"}


def draw(set_id: UUID, track: Track | None, report: SetReport, exercise: Exercise) -> float | None:
    """Draw the curves; return the time (seconds) that was clicked, or None."""
    if track is None:
        st.info("The curves of this set are not on this computer. Open it on the computer that analysed it.")
        return None
    names = [name for name in display.curves(exercise) if angle_chart.measured(track, name)]
    if not names:
        return None
    st.header("Over time", anchor=False)
    st.caption("Click a curve to move the video to that time. The band holds the value in 9 of 10 cases. "
               "The sign on each rep is its verdict. The line has a gap where the value is unmeasured.")
    clicked_s = None
    for name in names:
        quantity = QUANTITIES[name]
        st.markdown(f"**{quantity.label.capitalize()}**")
        chart = _chart(set_id, name, track, report.reps, angle_chart.limits_of(exercise, name))
        event: Any = st.altair_chart(chart, width="stretch", on_select="rerun", key=f"curve-{name}")
        selection = event["selection"].get(_CLICK) or []
        if selection and "time_s" in selection[0]:
            clicked_s = float(selection[0]["time_s"])
    return clicked_s


# A saved set never changes, and Altair takes a quarter of a second for a chart.
@st.cache_resource(max_entries=64, show_spinner=False)
def _chart(set_id: UUID, name: str, _track: Track, _reps: tuple[Rep, ...], _limits: list[Limit]) -> Any:
    points = _points(_track, name)
    x = alt.X("time_s:Q", title="seconds", scale=alt.Scale(nice=False))
    y = alt.Y("value:Q", title=_ANGLE)
    click = alt.selection_point(name=_CLICK, fields=["time_s"], on="click", nearest=True, empty=False)
    curve = alt.Chart(pd.DataFrame(points))
    layers: list[Any] = _rep_bars(_reps)
    if any(point["low"] is not None for point in points):
        layers.append(curve.mark_area(opacity=0.18, color="#6b7680").encode(x=x, y=alt.Y("low:Q", title=_ANGLE),
                                                                          y2="high:Q"))
    colour = COLOURS["fault" if name == "spine_flexion_deg" else "good"]
    layers.append(curve.mark_line(strokeWidth=2.2, color=colour).encode(x=x, y=y))
    layers += [_limit_line(limit) for limit in _limits]
    layers.append(curve.mark_point(size=90, filled=True).encode(
        x=x, y=y, opacity=alt.condition(click, alt.value(1), alt.value(0)),
        tooltip=[alt.Tooltip("time_s:Q", format=".1f", title="seconds"),
                 alt.Tooltip("value:Q", format=".0f", title=_ANGLE)]).add_params(click))
    verdicts = "; ".join(f"rep {rep.index} {wording.look_of(rep).word}" for rep in _reps)
    return alt.layer(*layers).properties(height=_HEIGHT, description=f"{QUANTITIES[name].label} over time; {verdicts}")


def _points(track: Track, name: str) -> list[dict[str, float | None]]:
    """The curve's points, degrees; None where the value is unmeasured, so that the line breaks there."""
    step = max(1, -(-len(track) // _MOST_POINTS))
    value = track.columns[name][::step]
    width = track.uncertainty.get(name, np.full(len(track), np.nan))[::step]
    columns = {"value": value, "low": value - width, "high": value + width}
    return [{"time_s": round(float(time_s), 3),
             **{key: round(float(column[index]), 1) if np.isfinite(column[index]) else None
                for key, column in columns.items()}}
            for index, time_s in enumerate(track.time_s[::step])]


def _rep_bars(reps: tuple[Rep, ...]) -> list[Any]:
    """The reps as vertical bars in their verdict's colour, with number and sign above."""
    if not reps:
        return []
    looks = [wording.look_of(rep) for rep in reps]
    bars = [{"start": rep.start_s, "end": rep.end_s, "middle": (rep.start_s + rep.end_s) / 2, "tone": look.tone,
             "label": f"{rep.index} {look.sign}", "verdict": look.word} for rep, look in zip(reps, looks, strict=True)]
    colour = alt.Color("tone:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    chart = alt.Chart(pd.DataFrame(bars))
    return [chart.mark_rect(opacity=0.2).encode(x="start:Q", x2="end:Q", color=colour,
                                                tooltip=[alt.Tooltip("verdict:N", title="verdict")]),
            chart.mark_text(baseline="top", fontSize=13, fontWeight="bold", dy=2).encode(
                x="middle:Q", y=alt.value(0), text="label:N", color=colour)]


def _limit_line(limit: Limit) -> Any:
    base = alt.Chart(pd.DataFrame([{"at": limit.value, "word": limit.word}]))
    fault = limit.kind == "fault"
    line = base.mark_rule(strokeDash=[1, 0] if fault else [6, 4], color=COLOURS["fault" if fault else "watch"],
                          strokeWidth=1.6).encode(y="at:Q")
    word = base.mark_text(align="left", dx=4, dy=-6, color="#7b858e").encode(x=alt.value(0), y="at:Q", text="word:N")
    return line + word
