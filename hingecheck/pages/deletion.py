"""Delete a set, or what else a person made, in ten seconds, unless it is taken back until then.

Until the time is over nothing is touched: a server that ends before has deleted nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import streamlit as st

from exercises.tomlfile import ExerciseError
from hingecheck.history import sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.set_access import require_set
from hingecheck.pages import elements, language_choice, state
from language.translate import _

#: For so long a deletion can be taken back, seconds.
UNDO_S = 10.0
#: Session state: what this window asked to delete.
_MINE = "deleted"


@dataclass(frozen=True)
class _Pending:
    """A deletion to come; `back` opens the page of what was taken back."""

    title: str
    back: Callable[[], None]
    timer: threading.Timer
    due_s: float


_lock = threading.Lock()
_pending: dict[Hashable, _Pending] = {}
_failed: dict[Hashable, str] = {}


def is_pending(key: Hashable) -> bool:
    """Whether something is about to be deleted, and no longer listed; of a set, by its id."""
    with _lock:
        return key in _pending


def ask(history: History, set_id: UUID, title: str) -> None:
    """Delete a set in `UNDO_S` seconds; the window says so on every page, with a button that takes it back.

    Raises
    ------
    HistoryError
        The viewer may not delete it, or it is gone.
    """
    require_set(history, set_id, own=True)
    begin(set_id, title, partial(sets.delete, history, set_id), partial(state.go, "review", set=str(set_id)))


def begin(key: Hashable, title: str, delete: Callable[[], None], back: Callable[[], None]) -> None:
    """Delete something in `UNDO_S` seconds, as `ask`; whoever may not do so is refused before."""
    timer = threading.Timer(UNDO_S, _delete, (key, delete))
    timer.daemon = True
    with _lock:
        before = _pending.get(key)
        if before is not None:  # asked for in two windows: with two timers only one could be taken back
            before.timer.cancel()
        _pending[key] = _Pending(title, back, timer, time.monotonic() + UNDO_S)
    timer.start()
    st.session_state.setdefault(_MINE, []).append(key)


def _delete(key: Hashable, delete: Callable[[], None]) -> None:
    try:
        delete()
    except (HistoryError, ExerciseError) as error:
        with _lock:
            _failed[key] = str(error)
    finally:
        with _lock:
            _pending.pop(key, None)


def take_back(key: Hashable) -> None:
    """Keep what was to be deleted, if it is not too late."""
    with _lock:
        pending = _pending.pop(key, None)
    if pending is not None:
        pending.timer.cancel()


def draw_notice() -> None:
    """Say what this window is about to delete, for as long as it is not too late."""
    mine: list[Hashable] = st.session_state.get(_MINE, [])
    with _lock:
        waiting = {key: _pending[key] for key in mine if key in _pending}
        failed = [_failed.pop(key) for key in mine if key in _failed]
    st.session_state[_MINE] = list(waiting)
    for text in failed:
        st.error(_("This could not be deleted."))
        st.text(text)
    if waiting:
        _draw_waiting(waiting)


@partial(language_choice.fragment, run_every=1.0)
def _draw_waiting(waiting: dict[Hashable, _Pending]) -> None:
    still = {key: one for key, one in waiting.items() if is_pending(key)}
    if not still:
        st.rerun()
    for key, one in still.items():
        with st.container(horizontal=True, key=f"undo-{key}", vertical_alignment="center"):
            left_s = max(0.0, one.due_s - time.monotonic())
            elements.piece("kicker", texts=[_("{title} is deleted in {left_s:.0f} s").format(
                title=one.title, left_s=left_s)])
            if st.button(_("Undo"), key=f"undo-button-{key}"):
                take_back(key)
                one.back()
