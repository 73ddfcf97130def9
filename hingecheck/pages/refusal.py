"""Draw why a clip could not be judged, what to change, and where to place the camera."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.load import load
from hingecheck import reasons
from hingecheck.jobs.messages import AnalysisOutcome
from hingecheck.pages import elements, state
from hingecheck.report import camera_text
from hingecheck.report.charts import camera_diagram
from pose.reason import ReasonKind

_DEFAULT_EXERCISE = "hip_hinge"


def draw(outcome: AnalysisOutcome, exercise: Exercise | None) -> None:
    """Draw the reasons of an unjudged clip, then the set-up of the exercise."""
    report = outcome.report
    unreadable = report.status == "error"
    st.subheader("This file could not be read" if unreadable else "This clip could not be judged")
    elements.piece("kicker", texts=[report.video])
    elements.sentences((*reasons.sentences(report, reasons.Place.PAGE), *outcome.problems))
    if unreadable:
        st.write(reasons.WORDS[ReasonKind.UNREADABLE].remedy)
        return
    draw_camera(exercise or load(_DEFAULT_EXERCISE))
    state.link("setup", "Check the set-up with one picture")


def draw_camera(exercise: Exercise) -> None:
    """Draw the camera's place and the steps of the set-up."""
    left, right = st.columns([2, 3])
    with left:
        st.image(camera_diagram.drawing(exercise), width="stretch")
        st.caption(camera_text.sentence(exercise))
    with right:
        elements.piece("steps", texts=exercise.setup)
