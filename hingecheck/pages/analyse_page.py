"""Analyse: choose videos, follow their analysis, answer what is asked, open the review."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from hingecheck.history import people, personal_exercises
from hingecheck.history.records import Person
from hingecheck.pages import (
    analysis_progress,
    camera_drawing,
    elements,
    new_batch,
    recorder,
    state,
    trimmer,
    video_content,
    whose,
)
from hingecheck.pages.video_content import VideoContent
from hingecheck.samples import samples
from language.translate import _

_UPLOADS = "uploads"


def page() -> None:
    """Draw the page."""
    batch = state.batch()
    if batch is not None and analysis_progress.was_opened(batch):
        state.set_batch(None)
        batch = None
    if batch is None:
        _draw_choices()
    else:
        analysis_progress.draw(batch)


def _draw_choices() -> None:
    if whose.is_asked():
        whose.ask()
        return
    person = whose.draw()
    st.title(_("Analyse a video"), anchor=False)
    known, problems = personal_exercises.for_person(state.history(), person.id if person else None)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.write(_("Film yourself with your whole body in the picture. Be still for two seconds first. Then drop the "
                   "video here."))
        with st.container(key=_UPLOADS):
            uploads = st.file_uploader(_("Your videos"), type=new_batch.SUFFIXES, accept_multiple_files=True)
            elements.upload_limits(new_batch.SUFFIXES)
        with st.expander(_("Record with this camera"), expanded=st.query_params.get("from") == "camera"):
            recorder.draw(_UPLOADS)
        part = _part(uploads)
        content = video_content.choose(known, person)
        exercise = content.exercise
        named = content.known.values() if content.programme is not None else filter(None, (exercise,))
        for before in dict.fromkeys(one.before for one in named if one.before):
            st.info(elements.plain(_(before)))
        if st.button(_("Analyse"), type="primary", disabled=not uploads):
            with state.report_errors():
                owner = person or people.default(state.history())
                _start(owner, uploads, content, part)
        if samples():
            state.button("samples", _("Or try a sample"), "tertiary")
        elements.sentences(problems)
    with right:
        st.subheader(_("Where to put the camera"), anchor=False)
        if exercise is None:
            st.caption(_("For a hip hinge. Choose your exercise to see where its camera stands."))
        camera_drawing.draw(exercise or known["hip_hinge"])
        state.button("setup", _("Check your set-up with one picture"), "tertiary")


def _part(uploads: list[UploadedFile]) -> tuple[float | None, float | None]:
    """Let the person choose a part of a single video; the whole of several."""
    if len(uploads) == 1 and st.toggle(_("Use only a part of it")):
        return trimmer.draw(uploads[0])
    return None, None


def _start(owner: Person, uploads: list[UploadedFile], content: VideoContent,
           part: tuple[float | None, float | None]) -> None:
    state.choose_person(owner.id)
    new_batch.start(owner, uploads, content, part)
    st.rerun()
