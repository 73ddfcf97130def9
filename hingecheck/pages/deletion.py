"""Delete a set in ten seconds, unless it is taken back until then.

Until the time is over nothing is touched: a server that ends before has deleted nothing.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import streamlit as st

from hingecheck.history import sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.pages import elements, language_choice, state
from language.translate import _

#: For so long a deletion can be taken back, seconds.
UNDO_S = 10.0
#: Session state: the sets that this window asked to delete, and the one that it says so of.
_MINE = "deleted_sets"


@dataclass(frozen=True)
class _Pending:
    """A deletion to come."""

    title: str
    timer: threading.Timer
    due_s: float


_lock = threading.Lock()
_pending: dict[UUID, _Pending] = {}
_failed: dict[UUID, str] = {}


def is_pending(set_id: UUID) -> bool:
    """Whether a set is about to be deleted, and no longer listed."""
    with _lock:
        return set_id in _pending


def ask(history: History, set_id: UUID, title: str) -> None:
    """Delete a set in `UNDO_S` seconds; the window says so on every page, with a button that takes it back.

    Raises
    ------
    HistoryError
        The viewer may not delete it, or it is gone.
    """
    require_set(history, set_id, own=True)
    timer = threading.Timer(UNDO_S, _delete, (history, set_id))
    timer.daemon = True
    with _lock:
        _pending[set_id] = _Pending(title, timer, time.monotonic() + UNDO_S)
    timer.start()
    st.session_state.setdefault(_MINE, []).append(set_id)


def _delete(history: History, set_id: UUID) -> None:
    try:
        sets.delete(history, set_id)
    except HistoryError as error:
        with _lock:
            _failed[set_id] = str(error)
    finally:
        with _lock:
            _pending.pop(set_id, None)


def _take_back(set_id: UUID) -> None:
    with _lock:
        pending = _pending.pop(set_id, None)
    if pending is not None:
        pending.timer.cancel()


def draw_notice() -> None:
    """Say which sets this window is about to delete, for as long as it is not too late."""
    mine: list[UUID] = st.session_state.get(_MINE, [])
    with _lock:
        waiting = {set_id: _pending[set_id] for set_id in mine if set_id in _pending}
        failed = [_failed.pop(set_id) for set_id in mine if set_id in _failed]
    st.session_state[_MINE] = list(waiting)
    for text in failed:
        st.error(_("A set could not be deleted."))
        st.text(text)
    if waiting:
        _draw_waiting(waiting)


@partial(language_choice.fragment, run_every=1.0)
def _draw_waiting(waiting: dict[UUID, _Pending]) -> None:
    still = {set_id: one for set_id, one in waiting.items() if is_pending(set_id)}
    if not still:
        st.rerun()
    for set_id, one in still.items():
        with st.container(horizontal=True, key=f"undo-{set_id}", vertical_alignment="center"):
            left_s = max(0.0, one.due_s - time.monotonic())
            elements.piece("kicker", texts=[_("{title} is deleted in {left_s:.0f} s").format(
                title=one.title, left_s=left_s)])
            if st.button(_("Undo"), key=f"undo-button-{set_id}"):
                _take_back(set_id)
                state.go("review", set=str(set_id))
