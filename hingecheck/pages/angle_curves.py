"""Track -> curves over time. Draw them with each rep shaded by its verdict, and return the time that was clicked."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.pages import chart_view
from hingecheck.report.charts.angle_chart import angle_charts
from pose.quantity import QUANTITIES
from pose.track import Track


def draw(set_id: UUID, track: Track | None, report: SetReport, exercise: Exercise) -> float | None:
    """Draw the curves; return the time (seconds) that was clicked, or None."""
    if track is None:
        st.info("The curves of this set are not on this computer. Open it on the computer that analysed it.")
        return None
    charts = angle_charts(track, report, exercise)
    if not charts:
        return None
    st.header("Over time", anchor=False)
    st.caption("Click a curve to move the video to that time. The band holds the value in 9 of 10 cases. "
               "The sign on each rep is its verdict. The line has a gap where the value is unmeasured.")
    clicked_s = None
    for chart in charts:
        st.markdown(f"**{QUANTITIES[chart.quantity].label.capitalize()}**")
        # A saved set never changes: set and quantity say which chart it is.
        click_s = chart_view.draw(chart, f"curve-{chart.quantity}", f"{set_id} {chart.quantity}")
        clicked_s = clicked_s if click_s is None else click_s
    return clicked_s
