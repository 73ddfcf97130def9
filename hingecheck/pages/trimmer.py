"""Choose a part of an uploaded video while it plays: from here, until here."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from hingecheck.pages.browser_part import browser_part
from language.numbers import localised
from language.translate import all_of, mark

_WORDS = {"start": mark("Begin here"), "end": mark("End here"), "whole": mark("Whole video"),
          "none": mark("Play the video, stop where the exercise begins, and press Begin here."),
          "part": mark("From {start} s to {end} s"), "to_end": mark("From {start} s to the end"),
          "wrong": mark("The end would be before the beginning. Move the video on, then press again."),
          "unplayable": mark("The browser cannot play this kind of file. It is analysed as a whole.")}


def draw(upload: UploadedFile) -> tuple[float | None, float | None]:
    """Draw the video with its buttons; return the beginning and the end of the part in seconds, None where whole."""
    with st.container(key="trim"):
        st.video(upload)
    component = browser_part("trimmer", '<div class="recorder"></div>', style="recorder")
    part = component(data={"words": {**all_of(_WORDS), "decimal": localised(".")}, "video": ".st-key-trim video"},
                     key=f"trimmer-{upload.file_id}",
                     default={"part": None}, on_part_change=lambda: None).part
    if not isinstance(part, dict):
        return None, None
    return _seconds(part.get("start")), _seconds(part.get("end"))


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
