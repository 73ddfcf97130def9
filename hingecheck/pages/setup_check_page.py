"""Set-up check: check a picture or a clip point by point, and draw where the camera belongs for an exercise."""

from __future__ import annotations

import streamlit as st

from exercises.library import load_library
from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import Tick
from hingecheck.pages import camera_drawing, elements, state
from hingecheck.report import wording
from pose.io.image_codec import decode_image
from pose.io.image_size import is_small_image
from pose.io.video import VideoError

#: Phones' largest pictures are 9248 pixels wide.
_LARGEST_SIDE_PX = 12_000
_PICTURE, _CLIP = "A picture from the camera", "A picture or clip from a file"


def page() -> None:
    """Draw the page."""
    st.title("Set-up check")
    st.write("One picture shows whether the camera is placed well. It is checked on this computer and not saved.")
    source = st.segmented_control("What to check", [_PICTURE, _CLIP], default=_CLIP, required=True)
    ticks = _check_camera() if source == _PICTURE else _check_file()
    if ticks is not None:
        bad_count = sum(tick.state is setup_check.BAD for tick in ticks)
        st.subheader("Ready" if not bad_count else f"{bad_count} to change", anchor=False)
        elements.piece("ticks", ticks=[(tick, wording.TICKS[tick.state]) for tick in ticks])
    st.header("Where to put the camera", anchor=False)
    known = {entry.exercise.id: entry.exercise for entry in load_library().entries()}
    name = st.selectbox("Exercise", list(known), index=list(known).index("hip_hinge"),
                        format_func=lambda name: known[name].name)
    camera_drawing.draw_with_steps(known[name])


def _check_camera() -> tuple[Tick, ...] | None:
    st.caption("Stand where you exercise. Somebody else presses the button, or a phone takes the picture as a file.")
    photo = st.camera_input("Picture")
    return None if photo is None else _check_image(photo.getvalue())


def _check_file() -> tuple[Tick, ...] | None:
    upload = st.file_uploader("A picture (JPEG, PNG) or a short clip",
                             type=["jpg", "jpeg", "png", "mp4", "mov", "m4v", "webm", "mkv", "avi"])
    if upload is None:
        return None
    if upload.name.lower().endswith((".jpg", ".jpeg", ".png")):
        return _check_image(upload.getvalue())
    clip = state.workspace().make() / "clip.mp4"
    clip.write_bytes(upload.getbuffer())
    try:
        with st.spinner("Checking"):
            return setup_check.of_clip(clip)
    except VideoError:
        st.error("This clip could not be read. Use the original file from the camera or phone.")
        return None
    finally:
        clip.unlink(missing_ok=True)


def _check_image(data: bytes) -> tuple[Tick, ...] | None:
    # Other formats that OpenCV knows are never decoded: a picture comes from outside.
    is_picture = is_small_image(data, _LARGEST_SIDE_PX, _LARGEST_SIDE_PX)
    image = decode_image(data) if is_picture else None
    if image is None:
        st.error("This picture could not be read. Take it again, or save it as JPEG.")
        return None
    with st.spinner("Checking"):
        return setup_check.of_picture(image)
