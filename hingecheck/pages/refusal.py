"""A clip that could not be judged -> why, and what to change, with a drawing of where the camera stands."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.load import load
from hingecheck.jobs.messages import AnalysisOutcome
from hingecheck.pages import elements, state
from hingecheck.report import camera_text
from hingecheck.report.charts import camera_diagram

_USUAL = "hip_hinge"


def show(outcome: AnalysisOutcome, exercise: Exercise | None) -> None:
    """Draw it."""
    report = outcome.report
    bad_file = report.status == "error"
    st.subheader("This file could not be read" if bad_file else "This clip could not be judged")
    elements.piece("kicker", texts=[report.video])
    elements.sentences([elements.for_page(reason) for reason in (*report.reasons, *outcome.problems)])
    if bad_file:
        st.write("Try the video as the camera or the phone wrote it: an .mp4 or .mov file that plays on this computer.")
        return
    camera(exercise or load(_USUAL))
    state.link("setup", "Check the set-up with one picture")


def camera(exercise: Exercise) -> None:
    """Draw where the camera stands, and the steps of the set-up."""
    left, right = st.columns([2, 3])
    with left:
        st.image(camera_diagram.drawing(exercise), width="stretch")
        st.caption(camera_text.sentence(exercise))
    with right:
        elements.piece("steps", texts=exercise.setup)
