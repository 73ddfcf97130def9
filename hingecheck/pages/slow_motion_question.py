"""Draw the question how fast a video plays, where its set looks like slow motion or says that it is."""

from __future__ import annotations

import shutil

import streamlit as st

from hingecheck.history.records import SavedSet
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.pages import state
from language.translate import _, mark
from pose.reason import ReasonKind

_KINDS = (ReasonKind.SLOW_MOTION.value, ReasonKind.SLOW_MOTION_ASKED.value)
_SPEEDS = {1.0: mark("As fast as filmed"), 0.5: mark("Half as fast"),
           0.25: mark("A quarter as fast"), 0.125: mark("An eighth as fast")}


def request_at_speed(request: AnalysisRequest, speed: float) -> AnalysisRequest:
    """Request the same video once more, with how fast it plays against what was filmed."""
    folder = state.workspace().make()
    video = folder / request.video.name
    shutil.copy2(request.video, video)
    return request.model_copy(update={"video": video, "folder": folder, "speed": speed, "from_last": False})


def draw(saved: SavedSet) -> None:
    """Draw the question; nothing where there is none, or the video is no longer in this window."""
    request = state.requests().get(saved.line.id)
    if request is None or not set(_KINDS) & set(saved.report.reason_kinds) or not request.video.is_file():
        return
    st.write(_("How fast does this video play? It is analysed again, and a new set is saved."))
    with st.container(horizontal=True):
        for speed, label in _SPEEDS.items():
            if speed != saved.report.playback_speed and st.button(_(label), key=f"speed-{saved.line.id}-{speed}"):
                with state.report_errors():
                    state.analyse(request_at_speed(request, speed))
                    state.go("analyse")
