"""What a browser window remembers (person, set, work in the background), and the one history of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from hingecheck.history import people
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, Person
from hingecheck.history.store import open_history
from hingecheck.jobs.work_queue import Batch, Workspace
from hingecheck.report.data_files import ReportError

_PAGES, _PERSON, _BATCH, _SPACE, _VIDEOS = "pages", "person_id", "batch", "workspace", "videos"


@st.cache_resource(show_spinner=False)
def _opened() -> History:
    return open_history()


def history() -> History:
    """Return the history; where it cannot be opened, the page says why and ends."""
    try:
        return _opened()
    except HistoryError as error:
        st.error("Your history cannot be opened.")
        st.text(str(error))
        st.stop()


@contextmanager
def shown_errors() -> Iterator[None]:
    """Say what went wrong with the history or a file in words, and go on with the page."""
    try:
        yield
    except (HistoryError, ReportError) as error:
        text = str(error)
        st.error("That did not work.")
        st.text(text[:1].upper() + text[1:])


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Keep the pages for `go` and `link`."""
    st.session_state[_PAGES] = pages


def go(name: str, **query: str) -> None:
    """Leave for another page."""
    st.switch_page(st.session_state[_PAGES][name], query_params=query)


def link(name: str, label: str, **query: str) -> None:
    """Draw a link to another page."""
    st.page_link(st.session_state[_PAGES][name], label=label, query_params=query)


def person(label: str = "Person") -> Person | None:
    """Return whose page this is, with a choice where there are several; None where there is nobody yet."""
    everybody = people.everyone(history())
    if not everybody:
        return None
    ids = [one.id for one in everybody]
    place = ids.index(st.session_state[_PERSON]) if st.session_state.get(_PERSON) in ids else 0
    if len(everybody) > 1:
        place = st.selectbox(label, range(len(ids)), index=place, format_func=lambda one: everybody[one].name)
    choose(ids[place])
    return everybody[place]


def choose(person_id: UUID) -> None:
    """Make somebody the one whose pages these are."""
    st.session_state[_PERSON] = person_id


def workspace() -> Workspace:
    """Return the window's own folder."""
    if _SPACE not in st.session_state:
        st.session_state[_SPACE] = Workspace()
    return st.session_state[_SPACE]


def batch() -> Batch | None:
    """Return what is being analysed for this window, or was last."""
    return st.session_state.get(_BATCH)


def set_batch(found: Batch | None) -> None:
    """Begin to wait for a batch, or forget it."""
    st.session_state[_BATCH] = found


def videos() -> dict[UUID, Path]:
    """Return the drawn videos of this window that nobody has kept."""
    return st.session_state.setdefault(_VIDEOS, {})


def zone() -> tzinfo:
    """Return the person's own time zone: the browser's, else the computer's."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (KeyError, ValueError, OSError):
        return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")
