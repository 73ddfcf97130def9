"""Track -> the curves of a set beside its video: a line runs with the video, a press on a curve moves it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np
import streamlit as st

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.results import SetReport
from hingecheck.pages.browser_part import browser_part
from hingecheck.report import display
from hingecheck.report.charts import angle_chart, chart_style, hip_spine_chart
from language.current import current
from language.numbers import localised
from language.translate import _
from language.words import large_start
from pose.track import Track

#: More values would only make the page heavy: of an hour, one in half a second.
_MOST_VALUES = 7200


def draw(set_id: UUID, track: Track | None, report: SetReport, exercise: Exercise, video: str, begin_s: float) -> None:
    """Draw the curves.

    Parameters
    ----------
    set_id : UUID
    track : Track or None
        None where this computer has no time series of the set.
    report : SetReport
    exercise : Exercise
    video : str
        CSS selector of the video; there may be none.
    begin_s : float
        The time of the video's first frame.
    """
    if track is None:
        st.info(_("The curves of this set are not on this computer. Open it on the computer that analysed it."))
        return
    data = _data(set_id, current(), track, report, exercise)
    if not data["curves"]:
        return
    st.header(_("Over time"), anchor=False)
    st.caption(_("Press a curve to see that moment. The band holds the value in 9 of 10 cases. The line has a gap "
                 "where the value is unmeasured."))
    component = browser_part("curve_panel", '<div class="panel"></div>', chart_style.css(), "curve_panel")
    component(data={**data, "video": video, "begin_s": begin_s}, key="curve_panel")


# A saved set never changes.
@st.cache_resource(max_entries=32, show_spinner=False)
def _data(set_id: UUID, language_code: str, _track: Track, _report: SetReport, _exercise: Exercise) -> dict[str, Any]:
    driver = label_of(display.driver_of(_exercise))
    return {"id": str(set_id), "hatches": str(chart_style.hatches()),
            "curves": [_curve(_track, name, _report, _exercise) for name in display.curves(_exercise)
                       if angle_chart.measured(_track, name)],
            "trails": str(hip_spine_chart.of_set(_track, _report, _exercise)),
            "words": {"unseen": _("not seen"), "decimal": localised("."),
                      "trails": _("Spinal curve against {driver}").format(driver=driver),
                      "trails_about": _("Each line is one rep on its way down. Along the bottom the {driver} grows "
                                        "alone; where a line climbs, the back takes over.").format(driver=driver)}}


def _curve(track: Track, name: str, report: SetReport, exercise: Exercise) -> dict[str, Any]:
    limits = angle_chart.limits_of(exercise, name)
    wide, narrow = (str(angle_chart.over_time(track, name, report.reps, limits, size, report.signal))
                    for size in (angle_chart.COLUMN, angle_chart.NARROW))
    step = max(1, -(-len(track) // _MOST_VALUES))
    width = track.uncertainty.get(name, np.full(len(track), np.nan))
    columns = {"value": track.columns[name], "width": width}
    return {"label": large_start(label_of(name)), "wide": wide, "narrow": narrow,
            "time_s": [round(float(time_s), 3) for time_s in track.time_s[::step]],
            **{key: [round(float(value), 1) if np.isfinite(value) else None for value in column[::step]]
               for key, column in columns.items()}}
