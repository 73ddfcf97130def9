"""Who sits in front of a window of a shared server, and what they may do; at home that is nobody in particular."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from uuid import UUID

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from hingecheck.history import accounts
from hingecheck.history.access import Viewer
from hingecheck.history.connection import History
from hingecheck.serving.door import COOKIE
from hingecheck.serving.shared_server import SharedServer
from language.translate import _


class _ThisServer:
    """What this process serves: there is one server in it, and its pages run in threads of the same process."""

    shared: SharedServer | None = None


def share(server: SharedServer | None) -> None:
    """Serve these pages to others, behind a login, from now on; None = to the person at this computer alone."""
    _ThisServer.shared = server


def shared_server() -> SharedServer | None:
    """Return the shared server; None at home."""
    return _ThisServer.shared


def view(history: History) -> History:
    """Return the history as the account in front of this window sees it; end the page where nobody is logged in."""
    if _ThisServer.shared is None:
        return history
    viewer = _viewer(history, _ThisServer.shared)
    if viewer is None:
        st.info(_("You are logged out. Log in again."))
        st.html(f'<a href="/login" target="_self">{escape(_("Log in"))}</a>')
        st.stop()
    return replace(history, viewer=viewer)


def _viewer(history: History, server: SharedServer) -> Viewer | None:
    """Return the account, and note that this window belongs to its login."""
    token = st.context.cookies.get(COOKIE, "")
    login = server.logins.find(token)
    window = get_script_run_ctx()
    if login is None or login.must_choose or window is None:
        return None
    login.windows.add(window.session_id)
    viewer = accounts.viewer(history, login.account_id, login.stamp)
    if viewer is None:
        login.windows.discard(window.session_id)  # this one still has to say so
        server.logins.end(token)
    return viewer


def may_change(history: History, person_id: UUID) -> bool:
    """Whether this window may change and delete what is this person's."""
    viewer = history.viewer
    return viewer is None or viewer.is_owner or person_id in viewer.own


def is_keeper(history: History) -> bool:
    """Whether this window may add people, and import and back up everything."""
    return history.viewer is None or history.viewer.is_owner
