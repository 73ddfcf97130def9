"""Have a saved set judged as another exercise, from what was measured of its video."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from hingecheck import reasons
from hingecheck.analysis import rejudge
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.video_job import VideoResult
from hingecheck.pages import elements, state
from language.translate import _, mark
from pose.frame.rows_file import RowsFileError

_CHOOSE = mark("Another exercise")


def draw(saved: SavedSet) -> None:
    """Draw the choice for a saved set: the next likeliest first, then all others."""
    with st.expander(_("Judge as another exercise")):
        request = state.requests().get(saved.line.id)
        if request is None or not (request.folder / rejudge.NAME).is_file():
            st.write(_("What was measured in this video is no longer here. It stays only until you close the window "
                       "in which you analysed it. Open Analyse, choose the video again, and choose the exercise "
                       "there."))
            return
        st.write(_("The video is not measured again. A new set is saved, without pictures. This one stays until you "
                   "delete it."))
        others = {name: one for name, one in request.known.items() if name != saved.exercise.id}
        _draw_likely(saved, request, others)
        name = st.selectbox(_(_CHOOSE), list(others), index=None, format_func=lambda name: _(others[name].name),
                            placeholder=_("Choose an exercise"), key=f"other-{saved.line.id}")
        if name is not None and st.button(_("Judge"), key=f"judge-{saved.line.id}"):
            _start(saved, request, others[name])


def _draw_likely(saved: SavedSet, request: AnalysisRequest, others: dict[str, Exercise]) -> None:
    recognised = saved.report.recognised
    if recognised is None:
        return
    likely = dict.fromkeys(filter(None, (recognised.runner_up, *recognised.candidates)))
    for name in [name for name in likely if name in others][:3]:
        label = _("Judge as {name}").format(name=elements.plain(_(others[name].name)))
        if st.button(label, key=f"as-{saved.line.id}-{name}"):
            _start(saved, request, others[name])


def _start(saved: SavedSet, request: AnalysisRequest, exercise: Exercise) -> None:
    """Judge the measurements, save the new set and open it."""
    try:
        analysis = rejudge.of_measurements(request.folder, exercise, request.name)
    except RowsFileError as error:
        st.warning(elements.plain(str(error)))
        return
    if analysis.report.status != "judged":
        elements.sentences(reasons.sentences(analysis.report, reasons.Place.PAGE))
        return
    with state.report_errors():
        set_id = saving.save_set(state.history(), VideoResult(analysis), exercise, saved.person.id)
        state.requests()[set_id] = request
        st.query_params["set"] = str(set_id)
        st.rerun()
