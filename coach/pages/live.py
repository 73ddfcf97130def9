"""The place of the live page: what to do until it is there."""

from __future__ import annotations

import streamlit as st

from coach.pages import state


def page() -> None:
    """Draw the page."""
    st.title("Live")
    st.write("Feedback while you move, from a webcam, is not in this version yet.")
    st.write("Until then: film yourself with a phone or webcam from the side, and have the video judged.")
    state.link("analyse", "Analyse a video")
    state.link("setup", "Check where the camera stands first")
    st.caption("Without a browser: hingecheck analyse VIDEO does the same.")
