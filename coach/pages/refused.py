"""A clip that could not be judged -> why, and what to change, with a drawing of where the camera stands."""

from __future__ import annotations

import streamlit as st

from coach import camera_drawing, camera_picture
from coach.order import Outcome
from coach.pages import shown, state
from exercises.load import load
from exercises.model import Exercise

_USUAL = "hip_hinge"


def show(outcome: Outcome, exercise: Exercise | None) -> None:
    """Draw it."""
    report = outcome.report
    bad_file = report.status == "error"
    st.subheader("This file could not be read" if bad_file else "This clip could not be judged")
    shown.piece("kicker", texts=[report.video])
    shown.sentences([shown.for_page(reason) for reason in (*report.reasons, *outcome.problems)])
    if bad_file:
        st.write("Try the video as the camera or the phone wrote it: an .mp4 or .mov file that plays on this computer.")
        return
    camera(exercise or load(_USUAL))
    state.link("setup", "Check the set-up with one picture")


def camera(exercise: Exercise) -> None:
    """Draw where the camera stands, and the steps of the set-up."""
    left, right = st.columns([2, 3])
    with left:
        st.image(camera_picture.drawing(exercise), width="stretch")
        st.caption(camera_drawing.sentence(exercise))
    with right:
        shown.piece("steps", texts=exercise.setup)
