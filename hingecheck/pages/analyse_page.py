"""Analyse: choose videos, follow their analysis, answer what is asked, open the review."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from hingecheck.history import people, personal_exercises
from hingecheck.history.records import Person
from hingecheck.pages import analysis_progress, camera_drawing, elements, new_batch, state, whose
from hingecheck.samples import samples

_AUTO = "auto"


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
    st.title("Analyse a video", anchor=False)
    known, problems = personal_exercises.for_person(state.history(), person.id if person else None)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.write("Film yourself with your whole body in the picture. Be still for two seconds first. Then drop the "
                 "video here.")
        uploads = st.file_uploader("Your videos", type=new_batch.SUFFIXES, accept_multiple_files=True)
        exercise = _exercise(known)
        if exercise is not None and exercise.before:
            st.info(elements.plain(exercise.before))
        if st.button("Analyse", type="primary", disabled=not uploads):
            with state.report_errors():
                owner = person or people.default(state.history())
                _start(owner, uploads, exercise, known)
        if samples():
            state.button("samples", "Or try a sample", "tertiary")
        elements.sentences(problems)
    with right:
        st.subheader("Where to put the camera", anchor=False)
        shown = exercise or known["hip_hinge"]
        if exercise is None:
            st.caption("For a hip hinge. Choose your exercise to see where its camera stands.")
        camera_drawing.draw(shown)
        state.button("setup", "Check your set-up with one picture", "tertiary")


def _exercise(known: dict[str, Exercise]) -> Exercise | None:
    asked = st.query_params.get("exercise", _AUTO)
    names = [_AUTO, *known]
    choice = st.selectbox("Exercise", names, index=names.index(asked) if asked in names else 0,
                          format_func=lambda name: "Detect automatically" if name == _AUTO else known[name].name)
    return known.get(choice)


def _start(owner: Person, uploads: list, exercise: Exercise | None,  # type: ignore[type-arg]
           known: dict[str, Exercise]) -> None:
    state.choose_person(owner.id)
    new_batch.start(owner, uploads, exercise, known)
    st.rerun()
