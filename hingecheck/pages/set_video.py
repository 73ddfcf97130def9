"""The annotated video of a set: find it, wait for it while it is drawn, draw it, keep it or not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

import streamlit as st

from hingecheck.history import files, recent_videos
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.pages import language_choice, state, visitors
from language.translate import _

#: CSS selector of the video on the page.
SELECTOR = ".st-key-film video"
_POLL_S = 1.0


def find(history: History, set_id: UUID) -> Path | None:
    """Return the annotated video: kept, else of the last days, else of this window; None where there is none."""
    of_window = state.videos().get(set_id)
    return (files.video_path(history, set_id) or recent_videos.path(history, set_id)
            or (of_window if of_window is not None and of_window.is_file() else None))


def draw(history: History, saved: SavedSet, video: Path | None) -> None:
    """Draw the video, or say why there is none."""
    if video is not None:
        with st.container(key="film"):
            st.video(str(video))
    elif state.is_drawing(saved.line.id):
        _await(saved.line.id)
    else:
        st.info(_("The video of this set is not kept, or its 14 days are over. Numbers, curves and key pictures are "
                  "here."))


@partial(language_choice.fragment, run_every=_POLL_S)
def _await(set_id: UUID) -> None:
    """Say that the video is being drawn; once it is there, the whole page runs again."""
    if not state.is_drawing(set_id):
        st.rerun()
    st.info(_("The video is being drawn. It appears here as soon as it is ready."))


def draw_keep(history: History, saved: SavedSet, video: Path) -> None:
    """Draw the choice to keep the video for good, and say how long it stays otherwise."""
    set_id = saved.line.id
    if not visitors.may_change(history, saved.person.id):
        return
    kept = files.video_path(history, set_id) is not None
    keep = st.checkbox(_("Keep this video"), value=kept, key=f"keep-{set_id}")
    with state.report_errors():
        if keep and not kept:
            files.save_video(history, set_id, video)
            recent_videos.delete(history, set_id)
        elif kept and not keep:
            recent_videos.put(history, set_id, _copy(video))
            files.delete_video(history, set_id)
    st.caption(_how_long(history, set_id, keep))


def _how_long(history: History, set_id: UUID, keep: bool) -> str:
    if keep:
        return _("It stays on {place} until you delete this set or take away the tick.").format(place=state.place())
    recent = recent_videos.path(history, set_id)
    if recent is None:
        return _("Without the tick it is deleted when you close this window. The numbers stay.")
    days = recent_videos.days_left(recent)
    when = _("today") if days == 0 else _("tomorrow") if days == 1 else _("in {days} days").format(days=days)
    return _("Without the tick it is deleted from {place} {when}. The numbers stay.").format(
        place=state.place(), when=when)


def _copy(video: Path) -> Path:
    """Copy the video into the window's own folder."""
    copy = state.workspace().make() / video.name
    copy.write_bytes(video.read_bytes())
    return copy
