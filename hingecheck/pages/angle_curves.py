"""Track -> curves over time with the reps shaded by verdict; a click says which moment was meant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from exercises.exercise_model import Exercise
from exercises.results import Rep, SetReport
from hingecheck.report import display as what
from hingecheck.report import wording
from hingecheck.report.charts import angle_chart
from hingecheck.report.charts.angle_chart import Limit
from pose.quantity import QUANTITIES
from pose.track import Track

#: More points than a screen has pixels show nothing more and make the page slow.
_POINTS = 600
_HEIGHT = 230
COLOURS = {"good": "#2a87c8", "watch": "#d99400", "fault": "#dd6b20", "unseen": "#8a929a"}


def draw(set_id: UUID, track: Track | None, report: SetReport, exercise: Exercise) -> float | None:
    """Draw them; return the moment (seconds) that was clicked, None where none was."""
    if track is None:
        st.info("The curves of this set are not on this computer.")
        return None
    names = [name for name in what.curves(exercise) if angle_chart.measured(track, name)]
    if not names:
        return None
    st.header("Over time", anchor=False)
    st.caption("Click anywhere in a curve, and the video goes there. The band is where the value lies in 9 of 10 "
               "cases. A sign on each rep is its verdict. Where nothing was seen, the line has a gap.")
    found = None
    for name in names:
        quantity = QUANTITIES[name]
        st.markdown(f"**{quantity.label.capitalize()}**")
        chart = _chart(set_id, name, track, report.reps, angle_chart.limits_of(exercise, name))
        event: Any = st.altair_chart(chart, width="stretch", on_select="rerun", key=f"curve-{name}")
        picked = event["selection"].get("moment") or []
        if picked and "time_s" in picked[0]:
            found = float(picked[0]["time_s"])
    return found


# A kept set never changes, and Altair takes a quarter of a second for a chart.
@st.cache_resource(max_entries=64, show_spinner=False)
def _chart(set_id: UUID, name: str, _track: Track, _reps: tuple[Rep, ...], _limits: list[Limit]) -> Any:
    rows = _rows(_track, name)
    x = alt.X("time_s:Q", title="seconds", scale=alt.Scale(nice=False))
    y = alt.Y("value:Q", title="degrees")
    moment = alt.selection_point(name="moment", fields=["time_s"], on="click", nearest=True, empty=False)
    curve = alt.Chart(pd.DataFrame(rows))
    layers: list[Any] = _bars(_reps)
    if any(row["low"] is not None for row in rows):
        layers.append(curve.mark_area(opacity=0.18, color="#6b7680").encode(x=x, y=alt.Y("low:Q", title="degrees"),
                                                                          y2="high:Q"))
    colour = COLOURS["fault" if name == "spine_flexion_deg" else "good"]
    layers.append(curve.mark_line(strokeWidth=2.2, color=colour).encode(x=x, y=y))
    layers += [_limit(limit) for limit in _limits]
    layers.append(curve.mark_point(size=90, filled=True).encode(
        x=x, y=y, opacity=alt.condition(moment, alt.value(1), alt.value(0)),
        tooltip=[alt.Tooltip("time_s:Q", format=".1f", title="seconds"),
                 alt.Tooltip("value:Q", format=".0f", title="degrees")]).add_params(moment))
    about = "; ".join(f"rep {rep.index} {wording.look_of(rep).word}" for rep in _reps)
    return alt.layer(*layers).properties(height=_HEIGHT, description=f"{QUANTITIES[name].label} over time; {about}")


def _rows(track: Track, name: str) -> list[dict[str, float | None]]:
    """The curve's points; None where it was not seen, so that the line breaks there."""
    step = max(1, -(-len(track) // _POINTS))
    value = track.columns[name][::step]
    width = track.uncertainty.get(name, np.full(len(track), np.nan))[::step]
    columns = {"value": value, "low": value - width, "high": value + width}
    return [{"time_s": round(float(time_s), 3),
             **{key: round(float(column[place]), 1) if np.isfinite(column[place]) else None
                for key, column in columns.items()}}
            for place, time_s in enumerate(track.time_s[::step])]


def _bars(reps: tuple[Rep, ...]) -> list[Any]:
    """The reps as upright bars: colour, and number with the verdict's sign above."""
    if not reps:
        return []
    looks = [wording.look_of(rep) for rep in reps]
    rows = [{"start": rep.start_s, "end": rep.end_s, "middle": (rep.start_s + rep.end_s) / 2, "tone": look.tone,
             "label": f"{rep.index} {look.sign}", "verdict": look.word} for rep, look in zip(reps, looks, strict=True)]
    colour = alt.Color("tone:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    chart = alt.Chart(pd.DataFrame(rows))
    return [chart.mark_rect(opacity=0.2).encode(x="start:Q", x2="end:Q", color=colour,
                                                tooltip=[alt.Tooltip("verdict:N", title="verdict")]),
            chart.mark_text(baseline="top", fontSize=13, fontWeight="bold", dy=2).encode(
                x="middle:Q", y=alt.value(0), text="label:N", color=colour)]


def _limit(limit: Limit) -> Any:
    base = alt.Chart(pd.DataFrame([{"at": limit.value, "word": limit.word}]))
    fault = limit.kind == "fault"
    line = base.mark_rule(strokeDash=[1, 0] if fault else [6, 4], color=COLOURS["fault" if fault else "watch"],
                          strokeWidth=1.6).encode(y="at:Q")
    word = base.mark_text(align="left", dx=4, dy=-6, color="#7b858e").encode(x=alt.value(0), y="at:Q", text="word:N")
    return line + word
