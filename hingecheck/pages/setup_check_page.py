"""Set-up check: a still from the camera or a clip, with ticks, and where the camera stands for an exercise."""

from __future__ import annotations

import cv2
import numpy as np
import streamlit as st

from exercises.library import library
from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import Tick
from hingecheck.pages import elements, refusal, state
from hingecheck.report import wording
from pose.io.video import VideoError

_PICTURE, _CLIP = "A picture from the camera", "A picture or clip from a file"


def page() -> None:
    """Draw the page."""
    st.title("Set-up check")
    st.write("One picture says whether the camera stands right. It is looked at on this computer and not kept.")
    way = st.segmented_control("What to check", [_PICTURE, _CLIP], default=_CLIP, required=True)
    found = _of_camera() if way == _PICTURE else _of_file()
    if found is not None:
        wrong = sum(tick.state is setup_check.BAD for tick in found)
        st.subheader("Ready" if not wrong else f"{wrong} to change", anchor=False)
        elements.piece("ticks", found=[(tick, wording.TICKS[tick.state]) for tick in found])
    st.header("Where the camera stands", anchor=False)
    known = {one.exercise.id: one.exercise for one in library().entries()}
    name = st.selectbox("Exercise", list(known), index=list(known).index("hip_hinge"),
                        format_func=lambda one: known[one].name)
    refusal.camera(known[name])


def _of_camera() -> tuple[Tick, ...] | None:
    st.caption("Stand where you exercise. Somebody else presses the button, or a phone takes the picture as a file.")
    given = st.camera_input("Picture")
    return None if given is None else _of_image(given.getvalue())


def _of_file() -> tuple[Tick, ...] | None:
    given = st.file_uploader("A picture (JPEG, PNG) or a short clip",
                             type=["jpg", "jpeg", "png", "mp4", "mov", "m4v", "webm", "mkv", "avi"])
    if given is None:
        return None
    if given.name.lower().endswith((".jpg", ".jpeg", ".png")):
        return _of_image(given.getvalue())
    clip = state.workspace().make() / "clip.mp4"
    clip.write_bytes(given.getbuffer())
    try:
        with st.spinner("Looking"):
            return setup_check.of_clip(clip)
    except VideoError:
        st.error("This clip could not be read. Try the file as the camera or the phone wrote it.")
        return None
    finally:
        clip.unlink(missing_ok=True)


def _of_image(packed: bytes) -> tuple[Tick, ...] | None:
    image = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        st.error("This picture could not be read. Take it again, or save it as JPEG.")
        return None
    with st.spinner("Looking"):
        return setup_check.of_picture(np.ascontiguousarray(image[:, :, ::-1], dtype=np.uint8))
