"""Hold the data of a browser window (person, background work, videos), and the one history of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from hingecheck.history import recent_videos
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.work_queue import Batch
from hingecheck.jobs.workspace import Workspace
from hingecheck.pages import visitors
from hingecheck.report.data_files import ReportError
from language.translate import _

_PAGES, _PERSON, _BATCH, _WORKSPACE, _VIDEOS = "pages", "person_id", "batch", "workspace", "videos"
_REQUESTS = "requests"


@st.cache_resource(show_spinner=False)
def _cached_history() -> History:
    opened = open_history()
    recent_videos.sweep(opened)
    return opened


def whole_history() -> History:
    """Return the history as nobody in particular: for the server itself, never for a page.

    Raises
    ------
    HistoryError
        It cannot be opened.
    """
    return _cached_history()


def history() -> History:
    """Return the history as this window sees it; where it cannot be opened, show the reason and end the page."""
    try:
        return visitors.view(_cached_history())
    except HistoryError as error:
        st.error(_("Your history cannot be opened."))
        st.text(str(error))
        st.stop()


@contextmanager
def report_errors() -> Iterator[None]:
    """Show an error of the history or of a file as text, and continue with the page."""
    try:
        yield
    except (HistoryError, ReportError) as error:
        text = str(error)
        st.error(_("This could not be done."))
        st.text(text[:1].upper() + text[1:])


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Store the pages for `go` and `link`."""
    st.session_state[_PAGES] = pages


def go(name: str, **query: str) -> None:
    """Switch to another page."""
    st.switch_page(st.session_state[_PAGES][name], query_params=query)


def link(name: str, label: str, **query: str) -> None:
    """Draw a link to another page."""
    st.page_link(st.session_state[_PAGES][name], label=label, query_params=query)


def button(name: str, label: str, kind: str = "secondary", **query: str) -> None:
    """Draw a button that opens another page."""
    if st.button(label, type=kind, key=f"to-{name}"):  # type: ignore[arg-type]
        go(name, **query)


def person_id() -> UUID | None:
    """Return the id of the person who was chosen in this window; `whose.current` knows the browser's last as well."""
    return st.session_state.get(_PERSON)


def choose_person(person_id: UUID) -> None:
    """Make a person the one of this window."""
    st.session_state[_PERSON] = person_id


def workspace() -> Workspace:
    """Return the window's own folder."""
    if _WORKSPACE not in st.session_state:
        st.session_state[_WORKSPACE] = Workspace()
    return st.session_state[_WORKSPACE]


def batch() -> Batch | None:
    """Return the batch in work for this window, or the last one."""
    return st.session_state.get(_BATCH)


def set_batch(batch: Batch | None) -> None:
    """Make this the batch of the window; None removes the last one."""
    _remember_results()
    st.session_state[_BATCH] = batch


def analyse(request: AnalysisRequest) -> None:
    """Analyse a video after those of this window that wait or are being analysed."""
    last = batch()
    if last is None or last.is_over:
        set_batch(Batch([request]))
    else:
        last.add(request)


def _remember_results() -> None:
    """Store what the window knows of the sets that its batch has saved by now."""
    last = batch()
    if last is None:
        return
    for request, video in zip(last.requests, last.states, strict=True):
        for known in () if video.verdict is None else video.verdict.sets:
            if known.set_id is not None:
                st.session_state.setdefault(_REQUESTS, {})[known.set_id] = known.request or request
                if known.video is not None:
                    st.session_state.setdefault(_VIDEOS, {})[known.set_id] = known.video


def videos() -> dict[UUID, Path]:
    """Return where the annotated videos of this window's analyses were written."""
    _remember_results()
    return st.session_state.setdefault(_VIDEOS, {})


def requests() -> dict[UUID, AnalysisRequest]:
    """Return how the sets of this window were requested; their measurements lie in the window's own folder."""
    _remember_results()
    return st.session_state.setdefault(_REQUESTS, {})


def place() -> str:
    """Return where everything stays, in words."""
    return _("this computer") if visitors.shared_server() is None else _("the computer that serves these pages")


def author() -> str | None:
    """Return whose name stands under what this window writes; None at home, where one types it."""
    viewer = history().viewer
    return None if viewer is None else viewer.name


def is_drawing(set_id: UUID) -> bool:
    """Return whether the annotated video of a set is being drawn, or waits for its turn."""
    last = batch()
    return last is not None and any(one.set_id == set_id for video in last.states
                                    if video.judged is not None and not video.is_over for one in video.judged.sets)


def zone() -> tzinfo:
    """Return the person's own time zone: the browser's, else the computer's."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (KeyError, ValueError, OSError):
        return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")
