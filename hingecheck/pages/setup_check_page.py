"""Set-up check: check a picture or a clip point by point, and draw where the camera belongs for an exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from exercises.library import load_library
from hingecheck.analysis import setup_check
from hingecheck.analysis.setup_check import Tick
from hingecheck.jobs import setup_check_job
from hingecheck.jobs.setup_check_job import SetupCheckError
from hingecheck.pages import camera_drawing, elements, state
from hingecheck.report import verdict_words
from language.translate import _, mark

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

#: What may be uploaded.
_SUFFIXES = ["jpg", "jpeg", "png", "mp4", "mov", "m4v", "webm", "mkv", "avi"]
#: In the session: the id of the upload that was checked, and what was found.
_CHECKED = "setup_checked"
_CAMERA, _CLIP = mark("From the camera"), mark("From a file")


def page() -> None:
    """Draw the page."""
    st.title(_("Set-up check"))
    st.write(_("One picture shows whether the camera is placed well. It is checked on this computer and not saved."))
    source = st.segmented_control(_("What to check"), [_CAMERA, _CLIP], format_func=_, default=_CLIP, required=True)
    ticks = _check_camera() if source == _CAMERA else _check_file()
    if ticks is not None:
        bad_count = sum(tick.state is setup_check.BAD for tick in ticks)
        heading = _("{count} to change").format(count=bad_count) if bad_count else _("Ready")
        st.subheader(heading, anchor=False)
        elements.piece("ticks", ticks=[(tick, verdict_words.tick_look(tick.state)) for tick in ticks])
    st.header(_("Where to put the camera"), anchor=False)
    known = {entry.exercise.id: entry.exercise for entry in load_library().entries()}
    name = st.selectbox(_("Exercise"), list(known), index=list(known).index("hip_hinge"),
                        format_func=lambda name: _(known[name].name))
    camera_drawing.draw_with_steps(known[name])


def _check_camera() -> tuple[Tick, ...] | None:
    st.caption(_("Stand where you exercise. Somebody else presses the button, or a phone takes the picture as a file."))
    photo = st.camera_input(_("Picture"))
    return None if photo is None else _check(photo, ".jpg")


def _check_file() -> tuple[Tick, ...] | None:
    upload = st.file_uploader(_("A picture (JPEG, PNG) or a short clip"), type=_SUFFIXES)
    elements.upload_limits(_SUFFIXES)
    return None if upload is None else _check(upload, Path(upload.name).suffix)


def _check(upload: UploadedFile, suffix: str) -> tuple[Tick, ...] | None:
    """Check an upload once, however often the page is drawn."""
    if st.session_state.get(_CHECKED, ("", None))[0] != upload.file_id:
        path = state.workspace().make() / f"upload{suffix.lower()}"
        path.write_bytes(upload.getbuffer())
        try:
            with st.spinner(_("Checking")):
                ticks: tuple[Tick, ...] | str = setup_check_job.check(path)
        except SetupCheckError as error:
            ticks = str(error)
        finally:
            path.unlink(missing_ok=True)
        st.session_state[_CHECKED] = (upload.file_id, ticks)
    ticks = st.session_state[_CHECKED][1]
    if isinstance(ticks, str):
        st.error(ticks)
        return None
    return ticks
